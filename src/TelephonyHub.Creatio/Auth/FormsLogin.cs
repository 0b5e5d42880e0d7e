using System.Text.Json.Nodes;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Creatio.Auth;

/// <summary>Forms login at the site root, in both flavours (reference 2.1).</summary>
internal sealed class FormsLogin(HttpExchange exchange, CreatioEndpoints endpoints, CreatioOptions options, TimeProvider time) : ICreatioLogin
{
    public async Task<LoginOutcome> LoginAsync(CancellationToken ct)
    {
        var body = new JsonObject { ["UserName"] = options.UserName, ["UserPassword"] = options.Password };
        var jar = new CookieJar();
        var session = new CookieSession(jar, time);
        var request = new CreatioRequest(HttpMethod.Post, endpoints.Login, "login") { Body = JsonBody.Of(body) };

        // The empty session adds ForceUseSession and takes the cookies.
        var reply = await exchange.SendAsync(request, session, ct).ConfigureAwait(false);
        if (reply.Status == 401)
        {
            return new LoginOutcome(null, "Creatio answered the login with 401");
        }

        if (!reply.IsSuccess)
        {
            throw FailureRules.Describe(request, reply);
        }

        if (!reply.TryJson(out var json) || new CreatioRow(json).GetInt("Code") is not { } code)
        {
            throw FailureRules.Garbled(request, reply);
        }

        if (code != 0)
        {
            return new LoginOutcome(null, Refusal(new CreatioRow(json)));
        }

        if (!session.HasCsrf)
        {
            // Some BPMSoft builds hand the CSRF cookie out only on the next GET of the site root. Sites that have the check switched off never do.
            var root = new CreatioRequest(HttpMethod.Get, endpoints.Site, "site root") { Accept = "text/html, */*", NeedsJson = false };
            var page = await exchange.SendAsync(root, session, ct).ConfigureAwait(false);
            jar.Take(page.SetCookies, time.GetUtcNow());
        }

        return new LoginOutcome(session, null);
    }

    private static string Refusal(CreatioRow answer)
    {
        var words = answer.GetText("Message") is { } message ? ErrorBody.Mask(message) : "Creatio gave no reason";
        return answer.GetText("PasswordChangeUrl") is null ? words : $"{words} (the password has expired and must be changed)";
    }
}
