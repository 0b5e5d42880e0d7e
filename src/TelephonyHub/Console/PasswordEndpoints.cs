using Microsoft.AspNetCore.Antiforgery;
using TelephonyHub.Accounts;
using TelephonyHub.Cabinets;
using TelephonyHub.Console.Texts;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>A person's own password. No page of the circuit: only the answer to a request can set the cookie of the session that goes on.</summary>
internal static class PasswordEndpoints
{
    public const string Page = $"{ConsoleServices.Root}/password";

    public static void MapPassword(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Page, ShowAsync).RequireAuthorization().NeedsDatabase().ExcludeFromDescription();
        routes.MapPost(Page, ChangeAsync).RequireAuthorization().NeedsDatabase().LimitsSignIns().DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, OwnPassword own, string? changed, CancellationToken ct) =>
        changed is null
            ? await PageAsync(http, own, 200, [], ct)
            : PlainPage.Answer(PasswordPage.Message(ConsoleChoice.Of(http.Request), AccountTexts.PasswordChanged, AccountTexts.PasswordChangedHint), 200);

    private static async Task<IResult> ChangeAsync(HttpContext http, IAntiforgery antiforgery, OwnPassword own, CancellationToken ct)
    {
        if (await PlainForm.ReadAsync(http.Request, ct) is not { } form)
        {
            return PlainForm.Unreadable;
        }

        var language = ConsoleChoice.Of(http.Request).Language;
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return await PageAsync(http, own, 400, Said(PasswordPage.WholeForm, AccountTexts.PasswordStale), ct);
        }

        var next = PlainForm.One(form["next"]);
        if (next != PlainForm.One(form["again"]))
        {
            return await PageAsync(http, own, 400, Said("again", AccountTexts.PasswordsDiffer), ct);
        }

        var (rules, refusal) = await own.ChangeAsync(http, new OwnPasswordRequest(PlainForm.One(form["current"]), next), ct);
        return refusal is not null ? await PageAsync(http, own, (refusal as IStatusCodeHttpResult)?.StatusCode ?? 409, Said(PasswordPage.WholeForm, CommonTexts.CannotDo), ct)
            : rules.Faults.Count > 0 ? await PageAsync(http, own, 400, rules.Faults.ToDictionary(f => f.Key, f => FaultTexts.Say(f.Value[0], language == "ru"), StringComparer.Ordinal), ct)
            : Results.LocalRedirect($"{Page}?changed=1");

        Dictionary<string, string> Said(string field, Words words) => new(StringComparer.Ordinal) { [field] = words.In(language) };
    }

    /// <summary>The form; whoever has no password here is told who keeps it.</summary>
    private static async Task<IResult> PageAsync(HttpContext http, OwnPassword own, int status, Dictionary<string, string> faults, CancellationToken ct)
    {
        var choice = ConsoleChoice.Of(http.Request);
        var html = await own.KeeperAsync(http.User, ct) switch
        {
            PasswordKeeper.Settings => PasswordPage.Message(choice, AccountTexts.ChangePassword, AccountTexts.PasswordOfSettings),
            PasswordKeeper.Elsewhere => PasswordPage.Message(choice, AccountTexts.ChangePassword, AccountTexts.PasswordElsewhere),
            _ => PasswordPage.Form(choice, http.User.Identity!.Name!, PlainForm.Token(http), faults),
        };
        return PlainPage.Answer(html, status);
    }
}
