using System.Globalization;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Simulator.Hosting;

/// <summary>Runs the UIS stand-in as its own process, from configuration (`Simulator:Uis:…`).</summary>
public static class SimulatorHosting
{
    public static IServiceCollection AddUisSimulator(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new UisSimulator(
            Options(configuration.GetSection("Simulator:Uis")), provider.GetRequiredService<TimeProvider>()));
        return services.AddHostedService<UisSimulatorService>();
    }

    /// <summary>The company of the source story with this installation's addresses.</summary>
    public static UisSimulatorOptions Options(IConfiguration settings)
    {
        var cabinets = SimulatorCompany.Cabinets();
        foreach (var cabinet in cabinets)
        {
            var section = settings.GetSection("Cabinets:" + cabinet.Key);
            cabinet.EventsUrl = section.GetValue<Uri?>("EventsUrl");
            cabinet.RouteUrl = section.GetValue<Uri?>("RouteUrl");
            cabinet.AppendEventToUrl = settings.GetValue("AppendEventToUrl", defaultValue: true);
            cabinet.NotificationMethod = section["NotificationMethod"] ?? cabinet.NotificationMethod;
            cabinet.RouteMethod = section["RouteMethod"] ?? cabinet.RouteMethod;
            cabinet.ClockSkewSeconds = section.GetValue("ClockSkewSeconds", defaultValue: 0d);
            cabinet.UseNumbAsNuma = section.GetValue<bool?>("UseNumbAsNuma");
            cabinet.Templates = (section["Templates"] ?? settings["Templates"] ?? "Recommended") switch
            {
                "Default" => NotificationTemplates.Default,
                "Flat" => NotificationTemplates.Flat,
                "Recommended" => NotificationTemplates.Recommended,
                var other => throw new InvalidOperationException($"Templates: {other} is none of Default, Flat, Recommended."),
            };
        }

        return new UisSimulatorOptions
        {
            Cabinets = cabinets,
            Host = settings["Host"] ?? "127.0.0.1",
            Port = settings.GetValue("Port", defaultValue: 5080),
            PublicUrl = settings.GetValue<Uri?>("PublicUrl"),
            TimeScale = double.Parse(settings["TimeScale"] ?? "1", CultureInfo.InvariantCulture),

            // In a demo somebody listens.
            RecordFormat = SimAudioFormat.Wav,
            MapMore = (routes, simulator) => routes.MapControl(simulator),
        };
    }
}

internal sealed partial class UisSimulatorService(UisSimulator simulator, ILogger<UisSimulatorService> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await simulator.StartAsync(cancellationToken);
        Started(simulator.CallApiUrl, simulator.DataApiUrl);
    }

    // The container disposes the simulator, which ends its calls and closes its port.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "UIS stand-in: Call API {CallApi}, Data API {DataApi}")]
    private partial void Started(Uri callApi, Uri dataApi);
}
