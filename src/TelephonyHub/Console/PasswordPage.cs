using System.Globalization;
using System.Net;
using TelephonyHub.Accounts;
using TelephonyHub.Cabinets;
using TelephonyHub.Console.Texts;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>The form for a person's own password, and words where there is none to fill in.</summary>
internal static class PasswordPage
{
    /// <summary>The fault of no field.</summary>
    public const string WholeForm = "form";

    /// <param name="choice">Language and theme.</param>
    /// <param name="userName">Not shown: it tells a browser that keeps passwords whose it is.</param>
    /// <param name="token">See <see cref="PlainForm.Token"/>.</param>
    /// <param name="faults">By field, in the person's language.</param>
    public static string Form(ConsoleChoice choice, string userName, string token, IReadOnlyDictionary<string, string> faults)
    {
        return PlainPage.Html(choice, AccountTexts.ChangePassword.In(choice.Language), $"""
            <h1>{Encoded(choice, AccountTexts.ChangePassword)}</h1>
            <form method="post">
              {FaultOf(WholeForm)}
              <input name="userName" autocomplete="username" value="{WebUtility.HtmlEncode(userName)}" hidden>
              {Field("current", AccountTexts.CurrentPassword, "current-password")}
              {Field("next", AccountTexts.NextPassword, "new-password")}
              {Field("again", AccountTexts.NextPasswordAgain, "new-password")}
              {token}
              <button type="submit">{Encoded(choice, AccountTexts.ChangePassword)}</button>
              {Back(choice)}
            </form>
            """);

        string Field(string name, Words label, string autocomplete)
        {
            var words = string.Format(CultureInfo.InvariantCulture, Encoded(choice, label), AccountRules.ShortestPassword);
            var focus = name == "current" ? " autofocus" : "";
            var wrong = faults.ContainsKey(name) ? $" aria-invalid=\"true\" aria-describedby=\"{name}-fault\"" : "";
            return $"<label>{words}<input name=\"{name}\" type=\"password\" autocomplete=\"{autocomplete}\" required{focus}{wrong}></label>{FaultOf(name)}";
        }

        string FaultOf(string field) => faults.TryGetValue(field, out var fault) ? $"<p class=\"error\" id=\"{field}-fault\" role=\"alert\">{WebUtility.HtmlEncode(fault)}</p>" : "";
    }

    public static string Message(ConsoleChoice choice, Words title, Words text) => PlainPage.Html(choice, title.In(choice.Language), $"""
        <h1>{Encoded(choice, title)}</h1>
        <p>{Encoded(choice, text)}</p>
        <div class="row">{Back(choice)}</div>
        """);

    private static string Back(ConsoleChoice choice) => $"<a class=\"quiet\" href=\"{ConsoleServices.Root}\">{Encoded(choice, AccountTexts.BackToConsole)}</a>";

    private static string Encoded(ConsoleChoice choice, Words words) => WebUtility.HtmlEncode(words.In(choice.Language));
}
