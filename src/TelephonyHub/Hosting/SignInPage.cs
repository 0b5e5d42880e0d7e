using System.Net;

namespace TelephonyHub.Hosting;

/// <summary>Why the form is shown again.</summary>
internal enum SignInNotice
{
    None,
    Wrong,

    /// <summary>The form was older than its token.</summary>
    Stale,
    LockedOut,
    Unavailable,

    /// <summary>By the company's sign-in.</summary>
    Refused,
    NoRole,
}

/// <param name="ReturnUrl">Checked to be local; empty: the start page.</param>
/// <param name="OidcName">On the button for the company's sign-in; null: none.</param>
internal sealed record SignInForm(string ReturnUrl, string TokenField, string Token, string? OidcName, SignInNotice Notice);

/// <summary>The sign-in page. Without scripts and without files: it works while all else does not.</summary>
internal static class SignInPage
{
    public static string Html(SignInForm form, bool russian)
    {
        string T(string en, string ru) => russian ? ru : en;
        var oidc = form.OidcName is { } name
            ? $"<a class=\"other\" href=\"/sign-in/oidc?returnUrl={Uri.EscapeDataString(form.ReturnUrl)}\">{T("Sign in with", "Войти через")} {WebUtility.HtmlEncode(name)}</a>"
            : "";
        return $$"""
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
                .other { text-align: center; padding: .5rem; border: 1px solid #8a97a6; border-radius: 8px; color: inherit; text-decoration: none; }
                .error { color: #a1160a; margin: 0; }
                @media (prefers-color-scheme: dark) { body { background: #11161c; color: #e6edf3; } form { background: #1b222b; } input { background: #11161c; color: inherit; } .error { color: #ff9a8f; } }
              </style>
            </head>
            <body>
              <main>
                <form method="post" action="/sign-in">
                  <h1>TelephonyHub</h1>
                  {{(WordsOf(form.Notice) is var (en, ru) ? $"<p class=\"error\" role=\"alert\">{T(en, ru)}</p>" : "")}}
                  <label>{{T("User name", "Имя пользователя")}}<input name="userName" autocomplete="username" required autofocus></label>
                  <label>{{T("Password", "Пароль")}}<input name="password" type="password" autocomplete="current-password" required></label>
                  <input type="hidden" name="returnUrl" value="{{WebUtility.HtmlEncode(form.ReturnUrl)}}">
                  <input type="hidden" name="{{form.TokenField}}" value="{{form.Token}}">
                  <button type="submit">{{T("Sign in", "Войти")}}</button>
                  {{oidc}}
                </form>
              </main>
            </body>
            </html>
            """;
    }

    private static (string En, string Ru)? WordsOf(SignInNotice notice) => notice switch
    {
        SignInNotice.Wrong => ("The user name or password is wrong.", "Неверное имя пользователя или пароль."),
        SignInNotice.Stale => ("This page was open too long. Please sign in again.", "Страница была открыта слишком долго. Войдите ещё раз."),
        SignInNotice.LockedOut => ("Too many wrong passwords. Try again in five minutes.", "Слишком много неверных паролей. Попробуйте через пять минут."),
        SignInNotice.Unavailable => ("The database cannot be reached now; only the administrator of the settings can sign in.", "База данных сейчас недоступна; войти может только администратор из настроек."),
        SignInNotice.Refused => ("The company's sign-in refused or was broken off.", "Корпоративный вход отклонён или прерван."),
        SignInNotice.NoRole => ("Your account has no role here. Ask an administrator.", "У вашей учётной записи нет роли в системе. Обратитесь к администратору."),
        _ => null,
    };
}
