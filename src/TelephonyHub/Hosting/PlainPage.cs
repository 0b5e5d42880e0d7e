using System.Net;
using TelephonyHub.Console;

namespace TelephonyHub.Hosting;

/// <summary>The frame of the pages beside the console: sign-in, refusal, own password. Without scripts and without files: whoever is to sign in, or is refused, is told so while all else is down.</summary>
internal static class PlainPage
{
    private const string Light = """
        body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh; margin: 0; background: #f4f5f7; color: #1c2733; }
        main { background: #fff; padding: 2rem; border-radius: 12px; box-shadow: 0 2px 16px #0002; width: min(24rem, 90vw); box-sizing: border-box; }
        h1 { font-size: 1.25rem; margin: 0 0 .75rem; }
        form { display: grid; gap: .75rem; margin: 0; }
        label { display: grid; gap: .25rem; }
        input { font: inherit; padding: .5rem .75rem; border: 1px solid #8a97a6; border-radius: 8px; min-width: 0; }
        button { font: inherit; padding: .6rem; border: 0; border-radius: 8px; background: #0b5cad; color: #fff; cursor: pointer; }
        a { color: inherit; }
        .quiet { padding: .5rem .9rem; border: 1px solid #8a97a6; border-radius: 8px; background: none; color: inherit; text-align: center; text-decoration: none; }
        .row { display: flex; gap: .75rem; flex-wrap: wrap; align-items: center; }
        .foot { margin: 1rem 0 0; text-align: center; font-size: .9rem; }
        .error { color: #a1160a; margin: 0; }
        """;

    private const string Dark = "html { color-scheme: dark; } body { background: #11161c; color: #e6edf3; } main { background: #1b222b; } input { background: #11161c; color: inherit; } .error { color: #ff9a8f; }";

    /// <param name="choice">Where no theme was chosen, it is the browser's.</param>
    /// <param name="title">As text.</param>
    /// <param name="body">As HTML.</param>
    public static string Html(ConsoleChoice choice, string title, string body) => $$"""
        <!DOCTYPE html>
        <html lang="{{choice.Language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>TelephonyHub – {{WebUtility.HtmlEncode(title)}}</title>
        <style>
        {{Light}}
        {{DarkOf(choice)}}
        </style>
        </head>
        <body>
        <main>
        {{body}}
        </main>
        </body>
        </html>
        """;

    public static IResult Answer(string html, int status) => Results.Content(html, "text/html; charset=utf-8", statusCode: status);

    private static string DarkOf(ConsoleChoice choice) => choice.Dark ? Dark : choice.ThemeChosen ? "" : $"@media (prefers-color-scheme: dark) {{ {Dark} }}";
}
