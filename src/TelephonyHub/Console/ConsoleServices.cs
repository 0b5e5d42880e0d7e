using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using MudBlazor;
using MudBlazor.Services;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>The console for people: Blazor pages over the slices' public queries and commands.</summary>
internal static class ConsoleServices
{
    public const string Root = "/console";

    public static void AddHubConsole(this WebApplicationBuilder builder)
    {
        // Also where the hub runs from a build folder and not in Development: demo and tests.
        builder.WebHost.UseStaticWebAssets();
        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.Configure<CircuitOptions>(o => o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3));
        services.AddMudServices(o =>
        {
            o.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            o.SnackbarConfiguration.VisibleStateDuration = 4000;
        });
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitRights>();
        services.AddSingleton<ConsoleFeed>();
        services.AddHostedService(s => s.GetRequiredService<ConsoleFeed>());
        services.AddSingleton<LiveView>();
        services.AddScoped<ConsoleText>();
    }

    public static void MapConsole(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        app.MapJournalExport();
        app.MapPassword();
        app.MapGet("/", () => Results.Redirect(Root)).ExcludeFromDescription();
        app.MapGet($"{Root}/language/{{language}}", (string language, string? returnUrl, HttpContext http) => Choose(http, ConsoleChoice.LanguageCookie, language == "ru" ? "ru" : "en", returnUrl)).ExcludeFromDescription();
        app.MapGet($"{Root}/theme/{{theme}}", (string theme, string? returnUrl, HttpContext http) => Choose(http, ConsoleChoice.ThemeCookie, theme == "dark" ? "dark" : "light", returnUrl)).ExcludeFromDescription();
        app.MapGet($"{Root}/sign-out-token", SignOutToken).RequireAuthorization().ExcludeFromDescription();
    }

    private static IResult SignOutToken(HttpContext http, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return Results.Json(new { name = tokens.FormFieldName, token = tokens.RequestToken });
    }

    /// <summary>Also for who is not signed in yet: the sign-in page leads here, too.</summary>
    private static IResult Choose(HttpContext http, string cookie, string value, string? returnUrl)
    {
        http.Response.Cookies.Append(cookie, value, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = http.Request.IsHttps, IsEssential = true });
        return Results.LocalRedirect(SignInEndpoints.LocalOrHome(returnUrl));
    }
}
