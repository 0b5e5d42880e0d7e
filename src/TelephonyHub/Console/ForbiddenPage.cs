using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using TelephonyHub.Cabinets;
using TelephonyHub.Console.Texts;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>What a person gets who opens a page of the console that is not for him: words, and the way out. Without scripts and files, as the sign-in page.</summary>
internal static class ForbiddenPage
{
    public static Task WriteAsync(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        var html = Html(HubAccess.Of(context.User), ConsoleChoice.Of(context.Request), tokens.FormFieldName, tokens.RequestToken!);
        return Results.Content(html, "text/html; charset=utf-8", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    private static string Html(HubAccess access, ConsoleChoice choice, string tokenField, string token)
    {
        string T(Words words) => WebUtility.HtmlEncode(words.In(choice.Language));
        var (sees, nobody) = (HubPolicies.IsAllowed(HubPolicies.ReadOwn, access), access.ContactId is null && access.Roles.Contains(HubRoles.Manager));
        return $$"""
            <!DOCTYPE html>
            <html lang="{{choice.Language}}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>TelephonyHub – {{T(ShellTexts.NotAllowed)}}</title>
              <style>
                body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh; margin: 0; background: #f4f5f7; color: #1c2733; }
                main { background: #fff; padding: 2rem; border-radius: 12px; box-shadow: 0 2px 16px #0002; width: min(28rem, 90vw); box-sizing: border-box; }
                h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
                div { display: flex; gap: .75rem; flex-wrap: wrap; align-items: center; }
                form { margin: 0; }
                a, button { font: inherit; padding: .5rem .9rem; border: 1px solid #8a97a6; border-radius: 8px; background: none; color: inherit; text-decoration: none; cursor: pointer; }
                {{(choice.Dark ? "body { background: #11161c; color: #e6edf3; } main { background: #1b222b; }" : "")}}
              </style>
            </head>
            <body>
              <main>
                <h1>{{T(ShellTexts.NotAllowed)}}</h1>
                <p>{{T(nobody ? ShellTexts.NoContactHint : ShellTexts.NotAllowedHint)}}</p>
                <div>
                  {{(sees ? $"<a href=\"{ConsoleServices.Root}\">{T(ShellTexts.ToCalls)}</a>" : "")}}
                  <form method="post" action="/sign-out">
                    <input type="hidden" name="{{tokenField}}" value="{{token}}">
                    <button type="submit">{{T(ShellTexts.SignOut)}}</button>
                  </form>
                </div>
              </main>
            </body>
            </html>
            """;
    }
}
