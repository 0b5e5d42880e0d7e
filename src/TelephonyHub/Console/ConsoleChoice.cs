using TelephonyHub.Cabinets;

namespace TelephonyHub.Console;

/// <summary>Language and theme that a person has chosen; until then the browser's language and the light theme.</summary>
/// <param name="Language"><c>ru | en</c></param>
/// <param name="Dark">The theme.</param>
/// <param name="ThemeChosen">Until then the plain pages beside the console follow the browser.</param>
public sealed record ConsoleChoice(string Language, bool Dark, bool ThemeChosen)
{
    public const string LanguageCookie = "hub-language";
    public const string ThemeCookie = "hub-theme";

    public static ConsoleChoice Of(HttpRequest request) => new(LanguageOf(request), request.Cookies[ThemeCookie] == "dark", request.Cookies[ThemeCookie] is "dark" or "light");

    private static string LanguageOf(HttpRequest request)
    {
        if (request.Cookies[LanguageCookie] is "ru" or "en")
        {
            return request.Cookies[LanguageCookie]!;
        }

        var first = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault();
        return first?.Value.StartsWith("ru", StringComparison.OrdinalIgnoreCase) == true ? "ru" : "en";
    }
}

internal static class WordsInLanguage
{
    public static string In(this Words words, string language) => language == "ru" ? words.Ru : words.En;
}
