using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TelephonyHub.IntegrationTests.Accounts;

/// <summary>A company's sign-in (OpenID Connect, code flow with PKCE) that asks for no password: who comes is <see cref="Person"/>.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "telephonyhub";
    public const string ClientSecret = "client-secret-of-the-hub";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "test" };
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> _codes = new(StringComparer.Ordinal);
    private WebApplication _app = null!;

    /// <summary>Claims of the next who signs in.</summary>
    public Dictionary<string, object> Person { get; set; } = [];

    public string Address { get; private set; } = "";

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        provider._app = builder.Build();
        provider._app.Urls.Add("http://127.0.0.1:0");
        provider.Map();
        await provider._app.StartAsync();
        provider.Address = provider._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = Address,
            authorization_endpoint = $"{Address}/authorize",
            token_endpoint = $"{Address}/token",
            jwks_uri = $"{Address}/keys",
        });
        _app.MapGet("/keys", () =>
        {
            var parameters = _key.Rsa.ExportParameters(includePrivateParameters: false);
            return new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = _key.KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) } } };
        });
        _app.MapGet("/authorize", (HttpRequest request) =>
        {
            var code = Guid.CreateVersion7().ToString("N");
            _codes[code] = (request.Query["nonce"].ToString(), request.Query["code_challenge"].ToString());
            return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"].ToString())}");
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var verifier = Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            return _codes.TryRemove(form["code"].ToString(), out var asked) && asked.Challenge == verifier && form["client_secret"] == ClientSecret
                ? Results.Ok(new { access_token = "unused", token_type = "Bearer", expires_in = 300, id_token = TokenFor(asked.Nonce) })
                : Results.BadRequest(new { error = "invalid_grant" });
        });
    }

    private string TokenFor(string nonce) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address,
        Audience = ClientId,
        Claims = new Dictionary<string, object>(Person, StringComparer.Ordinal) { ["nonce"] = nonce },
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
    });
}
