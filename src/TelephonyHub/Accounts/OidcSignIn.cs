using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Accounts;

/// <summary>
/// Sign-in with the company's own accounts (OpenID Connect, code flow with PKCE). Rights come from the ID token: a role by the settings' table, a
/// supervisor's cabinets and a manager's contact by claims. Whoever gets no role is not let in.
/// </summary>
internal static class OidcSignIn
{
    public const string Scheme = "oidc";

    public static AuthenticationBuilder AddOidc(this AuthenticationBuilder builder)
    {
        // Whether there is such a scheme is known only with the settings.
        builder.Services.AddOptions<AuthenticationOptions>().Configure<HubSettings>((o, settings) =>
        {
            if (settings.Auth.Oidc is { } oidc)
            {
                o.AddScheme<OpenIdConnectHandler>(Scheme, oidc.Name);
            }
        });
        builder.Services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<HubSettings>((o, settings) => Configure(o, settings.Auth.Oidc!));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        builder.Services.AddTransient<OpenIdConnectHandler>();
        return builder;
    }

    public static void MapOidc(this IEndpointRouteBuilder routes, HubSettings settings)
    {
        if (settings.Auth.Oidc is not null)
        {
            routes.MapGet("/sign-in/oidc", (string? returnUrl) => Results.Challenge(new AuthenticationProperties { RedirectUri = SignInEndpoints.LocalOrHome(returnUrl) }, [Scheme]))
                .LimitsSignIns().ExcludeFromDescription();
        }
    }

    private static void Configure(OpenIdConnectOptions o, OidcSettings oidc)
    {
        (o.Authority, o.ClientId, o.ClientSecret) = (oidc.Authority.ToString(), oidc.ClientId, oidc.ClientSecret);
        (o.SignInScheme, o.CallbackPath, o.SignedOutCallbackPath, o.RemoteSignOutPath) = (CookieAuthenticationDefaults.AuthenticationScheme, "/sign-in/oidc/callback", "/sign-in/oidc/signed-out", "/sign-in/oidc/sign-out");
        (o.ResponseType, o.ResponseMode, o.UsePkce, o.SaveTokens, o.MapInboundClaims) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true, false, false);
        o.RequireHttpsMetadata = oidc.Authority.Scheme == Uri.UriSchemeHttps;
        o.Scope.Clear();
        foreach (var scope in oidc.Scopes)
        {
            o.Scope.Add(scope);
        }

        // The answer comes by redirect, so Lax cookies do, also over plain http inside a network.
        foreach (var cookie in new[] { o.NonceCookie, o.CorrelationCookie })
        {
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        }

        o.Events.OnTicketReceived = ReceivedAsync;
        o.Events.OnRemoteFailure = c =>
        {
            c.HandleResponse();
            c.Response.Redirect("/sign-in?refused=oidc");
            return Task.CompletedTask;
        };
    }

    /// <summary>What the ID token says, as an account of the hub; null: no role.</summary>
    internal static Account? AccountOf(ClaimsPrincipal person, OidcSettings oidc)
    {
        List<string> roles = [.. person.FindAll(oidc.RoleClaim).Select(c => oidc.Roles.GetValueOrDefault(c.Value)).OfType<string>().Distinct(StringComparer.Ordinal)];
        var subject = person.FindFirstValue("sub");
        if (roles.Count == 0 || subject is null)
        {
            return null;
        }

        List<string> cabinets = [.. person.FindAll(oidc.CabinetClaim).Select(c => c.Value.ToLowerInvariant())];
        return new Account(
            $"oidc:{subject}",
            person.FindFirstValue(oidc.NameClaim) ?? subject,
            roles,
            Account.CabinetsOf(roles, cabinets),
            Guid.TryParse(person.FindFirstValue(oidc.ContactClaim), out var contact) ? contact : null,
            null);
    }

    private static async Task ReceivedAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var account = AccountOf(context.Principal!, services.GetRequiredService<HubSettings>().Auth.Oidc!);
        if (account is null)
        {
            context.HandleResponse();
            context.Response.Redirect("/sign-in?refused=role");
            return;
        }

        context.Principal = account.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
        var (database, audit) = (services.GetRequiredService<HubDatabase>(), services.GetRequiredService<Audit>());
        if (database.IsReady)
        {
            await database.WriteAsync(
                (db, ct) => audit.WriteAsync(db, account.Name, "sign-in", new { by = Scheme, account.Subject, account.Roles, from = context.HttpContext.Connection.RemoteIpAddress?.ToString() }, ct), context.HttpContext.RequestAborted);
        }
    }
}
