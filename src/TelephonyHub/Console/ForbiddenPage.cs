using System.Net;
using TelephonyHub.Cabinets;
using TelephonyHub.Console.Texts;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>What a person gets who opens a page of the console that is not for him: words, and the way out.</summary>
internal static class ForbiddenPage
{
    public static Task WriteAsync(HttpContext context) =>
        PlainPage.Answer(Html(HubAccess.Of(context.User), ConsoleChoice.Of(context.Request), PlainForm.Token(context)), StatusCodes.Status403Forbidden).ExecuteAsync(context);

    private static string Html(HubAccess access, ConsoleChoice choice, string token)
    {
        string T(Words words) => WebUtility.HtmlEncode(words.In(choice.Language));
        var (sees, nobody) = (HubPolicies.IsAllowed(HubPolicies.ReadOwn, access), access.ContactId is null && access.Roles.Contains(HubRoles.Manager));
        return PlainPage.Html(choice, ShellTexts.NotAllowed.In(choice.Language), $$"""
            <h1>{{T(ShellTexts.NotAllowed)}}</h1>
            <p>{{T(nobody ? ShellTexts.NoContactHint : ShellTexts.NotAllowedHint)}}</p>
            <div class="row">
              {{(sees ? $"<a class=\"quiet\" href=\"{ConsoleServices.Root}\">{T(ShellTexts.ToCalls)}</a>" : "")}}
              <form method="post" action="/sign-out">
                {{token}}
                <button class="quiet" type="submit">{{T(ShellTexts.SignOut)}}</button>
              </form>
            </div>
            """);
    }
}
