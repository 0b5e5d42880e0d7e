using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace TelephonyHub.Hosting;

/// <summary>Roles and what they may do.</summary>
public static class HubRoles
{
    public const string Administrator = "administrator";
    public const string Supervisor = "supervisor";
    public const string Manager = "manager";
    public const string Auditor = "auditor";
    public const string Integration = "integration";

    /// <summary>A manager sees his own calls only; until sign-in knows who he is, he sees none here.</summary>
    public static readonly IReadOnlyList<string> Reading = [Administrator, Supervisor, Auditor, Integration];

    public static readonly IReadOnlyList<string> Listening = [Administrator, Supervisor, Auditor, Manager];

    public static readonly IReadOnlyList<string> Operating = [Administrator];

    /// <summary>Live calls: also programs, such as a panel in the CRM that acts for its user.</summary>
    public static readonly IReadOnlyList<string> Controlling = [Administrator, Supervisor, Integration];
}

public static class HubPolicies
{
    public const string Read = "read";
    public const string Operate = "operate";
    public const string Control = "control";
}

internal static class HubAuth
{
    public const string ApiKeyScheme = "ApiKey";
    private const string Either = "Hub";

    public static void AddHubAuth(this IServiceCollection services)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = c => c.Request.Headers.ContainsKey(ApiKeyHandler.Header) ? ApiKeyScheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyScheme, null)
            .AddCookie(o =>
            {
                o.Cookie.Name = "telephonyhub";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = TimeSpan.FromHours(10);

                // Programs get statuses; only /r/ sends browsers to the sign-in page, and does so itself.
                o.Events.OnRedirectToLogin = c => Refuse(c.Response, 401);
                o.Events.OnRedirectToAccessDenied = c => Refuse(c.Response, 403);
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(HubPolicies.Read, p => p.RequireRole(HubRoles.Reading))
            .AddPolicy(HubPolicies.Operate, p => p.RequireRole(HubRoles.Operating))
            .AddPolicy(HubPolicies.Control, p => p.RequireRole(HubRoles.Controlling));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ProblemAuthorizationHandler>();
    }

    private static Task Refuse(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Names in clear, secrets compared as hashes in constant time.</summary>
    internal static bool IsSame(string? given, string secret) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(secret))) && !string.IsNullOrEmpty(given);

    private sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, HubSettings settings)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Header = "X-Api-Key";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var given = Request.Headers[Header].ToString();
            ApiKeySettings? found = null;
            foreach (var key in settings.Auth.ApiKeys)
            {
                // Every key is compared: the time tells nothing about which one was near.
                found = IsSame(given, key.Key) ? key : found;
            }

            if (found is null)
            {
                return Task.FromResult(AuthenticateResult.Fail("The key is not known."));
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, found.Name), .. found.Roles.Select(r => new Claim(ClaimTypes.Role, r))], ApiKeyScheme);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), ApiKeyScheme)));
        }
    }

    /// <summary>401 and 403 as ProblemDetails.</summary>
    private sealed class ProblemAuthorizationHandler : IAuthorizationMiddlewareResultHandler
    {
        public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, Microsoft.AspNetCore.Authorization.Policy.PolicyAuthorizationResult authorizeResult)
        {
            if (authorizeResult.Succeeded)
            {
                await next(context);
                return;
            }

            // A person who opens a page of the console gets the form, not a status.
            if (!authorizeResult.Forbidden && HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments("/console", StringComparison.Ordinal)
                && context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
            {
                context.Response.Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
                return;
            }

            var (status, title) = authorizeResult.Forbidden ? (403, "Your role does not allow this.") : (401, "Sign in, or send a valid X-Api-Key.");
            await Results.Problem(statusCode: status, title: title).ExecuteAsync(context);
        }
    }
}
