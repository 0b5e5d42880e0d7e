using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Primitives;
using TelephonyHub.Accounts;

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

    /// <summary>Where to go after the sign-in: only within the hub.</summary>
    public static string LocalOrHome(string? url) => IsLocal(url) ? url! : "/";

    // The token is checked here, by hand, so that a stale page answers with the form again and not with an empty 400.
    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery, SignIn signIn, CancellationToken ct)
    {
        if (await ReadAsync(context.Request, ct) is not { } form)
        {
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The form cannot be read.");
        }

        var returnUrl = form["returnUrl"].ToString();
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Page(context, returnUrl, SignInNotice.Stale);
        }

        var (account, refusal) = await signIn.CheckAsync(One(form["userName"]), One(form["password"]), context.Connection.RemoteIpAddress, ct);
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

    /// <returns>Null for what is no form, or holds what a form must not (a NUL).</returns>
    private static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(ct) : null;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string One(StringValues field) => field.Count == 1 ? field[0] ?? "" : "";

    private static bool IsLocal(string? url) =>
        url is { Length: > 0 } && url[0] == '/' && (url.Length == 1 || (url[1] != '/' && url[1] != '\\')) && !url.Any(char.IsControl);

    private static IResult Page(HttpContext context, string? returnUrl, SignInNotice notice)
    {
        var token = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        var oidc = context.RequestServices.GetRequiredService<HubSettings>().Auth.Oidc;
        var russian = context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.StartsWith("ru", StringComparison.OrdinalIgnoreCase) == true;
        var html = SignInPage.Html(new SignInForm(IsLocal(returnUrl) ? returnUrl! : "", token.FormFieldName, token.RequestToken!, oidc?.Name, notice), russian);
        return Results.Content(html, "text/html; charset=utf-8", statusCode: notice is SignInNotice.None ? 200 : notice is SignInNotice.Unavailable ? 503 : 401);
    }
}
