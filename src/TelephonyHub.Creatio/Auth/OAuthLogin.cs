using System.Text;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Creatio.Auth;

/// <summary>OAuth 2.0 client credentials (reference 2.2). There is no refresh token: a new one is asked for.</summary>
internal sealed class OAuthLogin(HttpExchange exchange, CreatioOptions options, TimeProvider time) : ICreatioLogin
{
    private static readonly TimeSpan RenewEarly = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    private readonly Uri _tokenUrl = options.TokenUrl!.AbsolutePath == "/" ? new Uri(options.TokenUrl, "connect/token") : options.TokenUrl;

    public async Task<LoginOutcome> LoginAsync(CancellationToken ct)
    {
        var form = $"grant_type=client_credentials&client_id={Uri.EscapeDataString(options.ClientId!)}&client_secret={Uri.EscapeDataString(options.ClientSecret!)}";
        var request = new CreatioRequest(HttpMethod.Post, _tokenUrl, "token")
        {
            Body = Encoding.ASCII.GetBytes(form),
            ContentType = "application/x-www-form-urlencoded",
        };
        var asked = time.GetUtcNow();
        var reply = await exchange.SendAsync(request, session: null, ct).ConfigureAwait(false);
        if (reply.Status is 400 or 401 or 403)
        {
            var reason = reply.TryJson(out var error) ? new CreatioRow(error).GetText("error") : null;
            return new LoginOutcome(null, $"the identity service answered {reply.Status} ({ErrorBody.Mask(reason ?? "no reason given")})");
        }

        if (!reply.IsSuccess)
        {
            throw FailureRules.Describe(request, reply);
        }

        if (!reply.TryJson(out var json) || new CreatioRow(json).GetText("access_token") is not { } token)
        {
            throw FailureRules.Garbled(request, reply);
        }

        var lifetime = new CreatioRow(json).GetInt("expires_in") is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultLifetime;

        // A lifetime shorter than two minutes would otherwise be renewed before each request.
        var usable = lifetime > 2 * RenewEarly ? lifetime - RenewEarly : lifetime / 2;
        return new LoginOutcome(new TokenSession(token, asked + usable), null);
    }
}
