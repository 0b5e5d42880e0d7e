using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using TelephonyHub.Accounts;

namespace TelephonyHub.Hosting;

/// <summary>How requests say who they are: a session's cookie, or a key.</summary>
internal static class HubAuth
{
    public const string ApiKeyScheme = "ApiKey";
    public const string CookieName = "telephonyhub";
    private const string Either = "Hub";

    public static void AddHubAuth(this IServiceCollection services)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = c => c.Request.Headers.ContainsKey(ApiKeyHandler.Header) ? ApiKeyScheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyScheme, null)
            .AddCookie(o =>
            {
                o.Cookie.Name = CookieName;
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = TimeSpan.FromHours(10);

                // Programs get statuses; only /r/ sends browsers to the sign-in page, and does so itself.
                o.Events.OnRedirectToLogin = c => Refuse(c.Response, 401);
                o.Events.OnRedirectToAccessDenied = c => Refuse(c.Response, 403);
                o.Events.OnValidatePrincipal = c => c.HttpContext.RequestServices.GetRequiredService<Sessions>().ValidateAsync(c);
            })
            .AddOidc();
        services.AddAuthorizationBuilder().AddHubPolicies();
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

    private sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Header = "X-Api-Key";

        protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
            await keys.FindAsync(Request.Headers[Header].ToString(), Context.RequestAborted) is { } account
                ? AuthenticateResult.Success(new AuthenticationTicket(account.ToPrincipal(ApiKeyScheme), ApiKeyScheme))
                : AuthenticateResult.Fail("The key is not known.");
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

            // A person who opens a page of the console, or sends its form, gets the sign-in, or words, and not the bare status.
            if (IsOfAPerson(context.Request))
            {
                if (authorizeResult.Forbidden)
                {
                    await Console.ForbiddenPage.WriteAsync(context);
                }
                else
                {
                    context.Response.Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
                }

                return;
            }

            var (status, title) = authorizeResult.Forbidden ? (403, "Your role does not allow this.") : (401, "Sign in, or send a valid X-Api-Key.");
            await Results.Problem(statusCode: status, title: title, detail: authorizeResult.Forbidden ? DetailOf(context.User) : null).ExecuteAsync(context);
        }

        private static bool IsOfAPerson(HttpRequest request) =>
            (HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method)) && request.Path.StartsWithSegments(Console.ConsoleServices.Root, StringComparison.Ordinal)
            && request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

        private static string? DetailOf(ClaimsPrincipal person) => HubAccess.Of(person) is { ContactId: null } access && access.Roles.Contains(HubRoles.Manager)
            ? "A manager sees his own calls: an administrator has to say which contact of the CRM he is."
            : null;
    }
}
