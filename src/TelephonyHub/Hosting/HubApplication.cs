using Microsoft.AspNetCore.HttpOverrides;
using Serilog;
using TelephonyHub.Accounts;
using TelephonyHub.Alerts;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Console;
using TelephonyHub.Control;
using TelephonyHub.Directory;
using TelephonyHub.Intake;
using TelephonyHub.Presence;
using TelephonyHub.Reconciliation;
using TelephonyHub.Recordings;
using TelephonyHub.Routing;
using TelephonyHub.Rules;
using TelephonyHub.Staffing;
using TelephonyHub.Storage;
using TelephonyHub.Sync;

namespace TelephonyHub.Hosting;

/// <summary>Puts the hub together: one AddX and one MapX per slice. Used by the process, the demo and the tests alike.</summary>
public static class HubApplication
{
    /// <exception cref="SettingsException">Settings are missing or wrong; one line per fault.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory, ApplicationName = "TelephonyHub" });
        configure?.Invoke(builder);
        builder.UseHubLogging();

        // By GET the whole event stands in the request line. Bodies of UIS are measured by the endpoints, whose refusals have their own order.
        builder.WebHost.ConfigureKestrel(k => (k.AddServerHeader, k.Limits.MaxRequestBodySize, k.Limits.MaxRequestLineSize) = (false, RequestBody.MaxBytes, RequestBody.MaxBytes));
        var services = builder.Services;

        // Read when first asked for, which is right after Build: until then a test's host may still add its own configuration.
        services.AddSingleton(_ => HubSettingsLoader.Load(builder.Configuration));
        services.AddSingleton(TimeProvider.System);
        services.AddHubHosting();
        services.AddStorage();
        services.AddAccounts();
        services.AddCabinets();
        services.AddDirectory();
        services.AddStaffing();
        services.AddCallRouting();
        services.AddIntake();
        services.AddCalls();
        services.AddCallControl();
        services.AddPresence();
        services.AddRules();
        services.AddSync();
        services.AddRecordings();
        services.AddReconciliation();
        services.AddAlerts();
        builder.AddHubConsole();
        services.AskForKeysWhenNeeded();
        var app = builder.Build();
        app.Services.GetRequiredService<HubSettings>();
        return app.MapHub();
    }

    private static void AddHubHosting(this IServiceCollection services)
    {
        services.AddHubAuth();
        services.AddHubDataProtection();
        services.AddHttpContextAccessor();
        services.AddScoped(HubAccess.Of);
        services.AddAntiforgery();
        services.AddProblemDetails();
        services.AddExceptionHandler<DatabaseAway>();
        services.AddHubOpenApi();
        services.AddSingleton<SignInLimit>();

        // Clients are kept for the life of the process, so a handler that is replaced every two minutes would never reach them: a moved host is found by new connections.
        services.ConfigureHttpClientDefaults(http => http.SetHandlerLifetime(Timeout.InfiniteTimeSpan).UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5)));
        services.AddOptions<ForwardedHeadersOptions>().Configure<HubSettings>((o, settings) =>
        {
            // Without a trusted proxy X-Forwarded-For is anybody's word.
            o.ForwardedHeaders = settings.TrustedProxies.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            foreach (var network in settings.TrustedProxies)
            {
                o.KnownIPNetworks.Add(network);
            }
        });
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(20));
        services.AddSingleton<HealthRegister>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<Audit>();
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<HubChanges>();
        services.AddSingleton<ICallDetails, CallDetails>();
        HubMetrics.Add(services);
    }

    private static WebApplication MapHub(this WebApplication app)
    {
        var health = app.Services.GetRequiredService<HealthRegister>();
        app.Lifetime.ApplicationStopping.Register(health.MarkDraining);
        app.UseForwardedHeaders();
        app.UseSerilogRequestLogging(o =>
        {
            o.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
            // A hub that is starting says 503 on its health page; that is an answer, no error.
            o.GetLevel = (context, _, fault) => fault is not null || (context.Response.StatusCode >= 500 && !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)) ? Serilog.Events.LogEventLevel.Error : Serilog.Events.LogEventLevel.Debug;
        });
        app.UseSecurityHeaders(SecurityHeaders.Policy);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseOwnPagesOnly();
        app.UseSwagger();
        app.UseSwaggerUI(o => (o.DocumentTitle, o.RoutePrefix) = ("TelephonyHub API", "swagger"));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapHealth();
        app.MapSignIn();
        app.MapOidc(app.Services.GetRequiredService<HubSettings>());
        app.MapAccounts();
        app.MapEvents();
        app.MapRouting();
        app.MapExplain();
        app.MapStaffing();
        app.MapRoutingQuality();
        app.MapCalls();
        app.MapLive();
        app.MapCallControl();
        app.MapRules();
        app.MapSync();
        app.MapMissedCalls();
        app.MapQuarantine();
        app.MapRecordings();
        app.MapRecordingList();
        app.MapReconciliation();
        app.MapBackfills();
        app.MapAlerts();
        app.MapCabinets();
        app.MapConnection();
        app.MapManagers();
        app.MapTestCards();
        app.MapCrmLogin();
        app.MapSettings();
        app.MapConsole();
        return app;
    }
}
