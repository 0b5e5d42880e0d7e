using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace TelephonyHub.Hosting;

/// <summary>A session for people: the first administrator from the settings. Recordings' links lead here when nobody is signed in.</summary>
internal static class SignInEndpoints
{
    public const string RateLimit = "sign-in";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (HttpContext context, IAntiforgery antiforgery, string? returnUrl) => Page(context, antiforgery, returnUrl, failed: false)).ExcludeFromDescription();
        routes.MapPost("/sign-in", SignInAsync).RequireRateLimiting(RateLimit).DisableAntiforgery().ExcludeFromDescription();
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

    // The token is checked here, by hand, so that a stale page answers with the form again and not with an empty 400.
    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery, HubSettings settings)
    {
        var form = await context.Request.ReadFormAsync();
        var returnUrl = form["returnUrl"].ToString();
        var known = HubAuth.IsSame(form["userName"], settings.Auth.AdminUserName) & HubAuth.IsSame(form["password"], settings.Auth.AdminPassword);
        if (!await antiforgery.IsRequestValidAsync(context) || !known)
        {
            return Page(context, antiforgery, returnUrl, failed: true);
        }

        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, settings.Auth.AdminUserName), new Claim(ClaimTypes.Role, HubRoles.Administrator)],
            CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
        return Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl : "/");
    }

    private static bool IsLocal(string? url) =>
        url is { Length: > 0 } && url[0] == '/' && (url.Length == 1 || (url[1] != '/' && url[1] != '\\')) && !url.Any(char.IsControl);

    private static IResult Page(HttpContext context, IAntiforgery antiforgery, string? returnUrl, bool failed)
    {
        var token = antiforgery.GetAndStoreTokens(context);
        var russian = context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.StartsWith("ru", StringComparison.OrdinalIgnoreCase) == true;
        string T(string en, string ru) => russian ? ru : en;
        var html = $$"""
            <!DOCTYPE html>
            <html lang="{{(russian ? "ru" : "en")}}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>TelephonyHub – {{T("sign in", "вход")}}</title>
              <style>
                body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh; margin: 0; background: #f4f5f7; color: #1c2733; }
                form { background: #fff; padding: 2rem; border-radius: 12px; box-shadow: 0 2px 16px #0002; width: min(22rem, 90vw); display: grid; gap: .75rem; box-sizing: border-box; }
                h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
                label { display: grid; gap: .25rem; }
                input { font: inherit; padding: .5rem .75rem; border: 1px solid #8a97a6; border-radius: 8px; }
                button { font: inherit; padding: .6rem; border: 0; border-radius: 8px; background: #0b5cad; color: #fff; cursor: pointer; }
                .error { color: #a1160a; margin: 0; }
                @media (prefers-color-scheme: dark) { body { background: #11161c; color: #e6edf3; } form { background: #1b222b; } input { background: #11161c; color: inherit; } .error { color: #ff9a8f; } }
              </style>
            </head>
            <body>
              <main>
                <form method="post" action="/sign-in">
                  <h1>TelephonyHub</h1>
                  {{(failed ? $"<p class=\"error\" role=\"alert\">{T("The user name or password is wrong.", "Неверное имя пользователя или пароль.")}</p>" : "")}}
                  <label>{{T("User name", "Имя пользователя")}}<input name="userName" autocomplete="username" required autofocus></label>
                  <label>{{T("Password", "Пароль")}}<input name="password" type="password" autocomplete="current-password" required></label>
                  <input type="hidden" name="returnUrl" value="{{WebUtility.HtmlEncode(IsLocal(returnUrl) ? returnUrl : "")}}">
                  <input type="hidden" name="{{token.FormFieldName}}" value="{{token.RequestToken}}">
                  <button type="submit">{{T("Sign in", "Войти")}}</button>
                </form>
              </main>
            </body>
            </html>
            """;
        return Results.Content(html, "text/html; charset=utf-8", statusCode: failed ? 401 : 200);
    }
}
