using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using TelephonyHub.Accounts;
using TelephonyHub.Console;

namespace TelephonyHub.Hosting;

/// <summary>A session for people. Recordings' links lead here when nobody is signed in.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (HttpContext context, string? returnUrl, string? refused) => Page(context, returnUrl, refused switch
        {
            "role" => SignInNotice.NoRole,
            "oidc" => SignInNotice.Refused,
            _ => SignInNotice.None,
        })).ExcludeFromDescription();
        routes.MapPost("/sign-in", SignInAsync).LimitsSignIns().DisableAntiforgery().ExcludeFromDescription();
        routes.MapPost("/sign-out", async (HttpContext context, IAntiforgery antiforgery) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return Results.BadRequest();
            }

            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.Redirect("/sign-in");
        }).DisableAntiforgery().ExcludeFromDescription();
    }

    /// <summary>Where to go next, as the address says: only within the hub.</summary>
    public static string LocalOrHome(string? url) => IsLocal(url) ? url! : "/";

    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery, SignIn signIn, CancellationToken ct)
    {
        if (await PlainForm.ReadAsync(context.Request, ct) is not { } form)
        {
            return PlainForm.Unreadable;
        }

        var returnUrl = form["returnUrl"].ToString();
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Page(context, returnUrl, SignInNotice.Stale);
        }

        var (account, refusal) = await signIn.CheckAsync(PlainForm.One(form["userName"]), PlainForm.One(form["password"]), context.Connection.RemoteIpAddress, ct);
        if (account is null)
        {
            return Page(context, returnUrl, refusal switch
            {
                SignInRefusal.LockedOut => SignInNotice.LockedOut,
                SignInRefusal.Unavailable => SignInNotice.Unavailable,
                _ => SignInNotice.Wrong,
            });
        }

        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, account.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        return Results.LocalRedirect(LocalOrHome(returnUrl));
    }

    private static bool IsLocal(string? url) =>
        url is { Length: > 0 } && url[0] == '/' && (url.Length == 1 || (url[1] != '/' && url[1] != '\\')) && url.All(c => char.IsAscii(c) && !char.IsControl(c));

    private static IResult Page(HttpContext context, string? returnUrl, SignInNotice notice)
    {
        var oidc = context.RequestServices.GetRequiredService<HubSettings>().Auth.Oidc;
        var html = SignInPage.Html(new SignInForm(IsLocal(returnUrl) ? returnUrl! : "", PlainForm.Token(context), oidc?.Name, notice), ConsoleChoice.Of(context.Request));
        return PlainPage.Answer(html, notice is SignInNotice.None ? 200 : notice is SignInNotice.Unavailable ? 503 : 401);
    }
}
