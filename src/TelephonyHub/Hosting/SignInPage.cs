using System.Net;
using TelephonyHub.Console;

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
/// <param name="Token">See <see cref="PlainForm.Token"/>.</param>
/// <param name="OidcName">On the button for the company's sign-in; null: none.</param>
internal sealed record SignInForm(string ReturnUrl, string Token, string? OidcName, SignInNotice Notice);

/// <summary>The sign-in page.</summary>
internal static class SignInPage
{
    public static string Html(SignInForm form, ConsoleChoice choice)
    {
        string T(string en, string ru) => choice.Language == "ru" ? ru : en;
        var oidc = form.OidcName is { } name
            ? $"<a class=\"quiet\" href=\"/sign-in/oidc?returnUrl={Uri.EscapeDataString(form.ReturnUrl)}\">{T("Sign in with", "Войти через")} {WebUtility.HtmlEncode(name)}</a>"
            : "";
        var other = T("ru", "en");
        var here = form.ReturnUrl.Length == 0 ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(form.ReturnUrl)}";
        return PlainPage.Html(choice, T("sign in", "вход"), $$"""
            <h1>TelephonyHub</h1>
            <form method="post" action="/sign-in">
              {{(WordsOf(form.Notice) is var (en, ru) ? $"<p class=\"error\" role=\"alert\">{T(en, ru)}</p>" : "")}}
              <label>{{T("User name", "Имя пользователя")}}<input name="userName" autocomplete="username" required autofocus></label>
              <label>{{T("Password", "Пароль")}}<input name="password" type="password" autocomplete="current-password" required></label>
              <input type="hidden" name="returnUrl" value="{{WebUtility.HtmlEncode(form.ReturnUrl)}}">
              {{form.Token}}
              <button type="submit">{{T("Sign in", "Войти")}}</button>
              {{oidc}}
            </form>
            <p class="foot"><a href="{{ConsoleServices.Root}}/language/{{other}}?returnUrl={{Uri.EscapeDataString(here)}}" lang="{{other}}" hreflang="{{other}}">{{T("Русский", "English")}}</a></p>
            """);
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
