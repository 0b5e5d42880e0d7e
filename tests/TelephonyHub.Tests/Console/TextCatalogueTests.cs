using System.Reflection;
using System.Text.RegularExpressions;
using TelephonyHub.Cabinets;
using TelephonyHub.Console;
using TelephonyHub.Console.Texts;

namespace TelephonyHub.Tests.Console;

public sealed partial class TextCatalogueTests
{
    /// <summary>Names of products and the like, which are the same in both languages.</summary>
    private static readonly string[] Same = ["API (Swagger)", "CRM", "3. API", "{0}"];

    public static TheoryData<string> Catalogues =>
        [.. typeof(ShellTexts).Assembly.GetTypes().Where(t => t.Namespace == typeof(ShellTexts).Namespace && t is { IsAbstract: true, IsSealed: true }).Select(t => t.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Catalogues))]
    public void Catalogue_EveryText_StandsInBothLanguages(string name)
    {
        var words = WordsOf(name).ToList();

        words.Should().NotBeEmpty();
        foreach (var (field, text) in words)
        {
            text.En.Should().NotBeNullOrWhiteSpace(field);
            text.Ru.Should().NotBeNullOrWhiteSpace(field);
            Cyrillic().IsMatch(text.En.Replace("Интерактивная обработка вызова", "", StringComparison.Ordinal)).Should().Be(field == nameof(ShellTexts.OtherLanguage), $"{field} is English");
            if (!Same.Contains(text.Ru) && field != nameof(ShellTexts.OtherLanguage))
            {
                Cyrillic().IsMatch(Placeholder().Replace(text.Ru, "")).Should().BeTrue($"{field} is Russian");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Catalogues))]
    public void Catalogue_EveryText_TakesTheSameValuesInBothLanguages(string name)
    {
        foreach (var (field, text) in WordsOf(name))
        {
            Placeholder().Matches(text.Ru).Select(m => m.Value).Order().Should().Equal(Placeholder().Matches(text.En).Select(m => m.Value).Order(), field);
        }
    }

    [Theory]
    [InlineData(0, "звонков")]
    [InlineData(1, "звонок")]
    [InlineData(2, "звонка")]
    [InlineData(5, "звонков")]
    [InlineData(11, "звонков")]
    [InlineData(12, "звонков")]
    [InlineData(21, "звонок")]
    [InlineData(104, "звонка")]
    [InlineData(111, "звонков")]
    [InlineData(1_000_022, "звонка")]
    public void Plural_InRussian_FollowsTheLastDigits(long n, string expected) => CommonTexts.Calls.For(n, russian: true).Should().Be(expected);

    [Fact]
    public void Plural_InEnglish_IsOneOrMany() => new[] { 0L, 1, 2 }.Select(n => CommonTexts.Calls.For(n, russian: false)).Should().Equal("calls", "call", "calls");

    private static IEnumerable<(string Field, Words Text)> WordsOf(string catalogue)
    {
        var type = typeof(ShellTexts).Assembly.GetType($"{typeof(ShellTexts).Namespace}.{catalogue}", throwOnError: true)!;
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            switch (field.GetValue(null))
            {
                case Words words:
                    yield return (field.Name, words);
                    break;
                case IReadOnlyDictionary<string, Words> many:
                    foreach (var (key, words) in many)
                    {
                        yield return ($"{field.Name}[{key}]", words);
                    }

                    break;
                case PluralWords plural:
                    yield return (field.Name, new Words(plural.EnOne, plural.RuOne));
                    yield return (field.Name, new Words(plural.EnMany, plural.RuFew));
                    yield return (field.Name, new Words(plural.EnMany, plural.RuMany));
                    break;
            }
        }
    }

    [GeneratedRegex("[а-яёА-ЯЁ]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Cyrillic();

    [GeneratedRegex(@"\{\d\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
