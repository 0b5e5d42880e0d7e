using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Simulator.Hosting;

/// <summary>Runs the Creatio stand-in beside that of UIS in one process, from configuration (`Simulator:Creatio:…`).</summary>
public static class CreatioHosting
{
    public static IServiceCollection AddCreatioSimulator(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => new CreatioSimulator(Options(configuration.GetSection("Simulator:Creatio")), provider.GetRequiredService<TimeProvider>()));
        return services.AddHostedService<CreatioSimulatorService>();
    }

    private static CreatioSimulatorOptions Options(IConfiguration settings)
    {
        var options = new CreatioSimulatorOptions { Port = 5090, IdentityPort = 5091 };
        settings.Bind(options);
        return options;
    }
}

internal sealed partial class CreatioSimulatorService(CreatioSimulator simulator, ILogger<CreatioSimulatorService> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // One user for each employee of the four cabinets: without them every call would be nobody's.
        foreach (var person in SimulatorCompany.Cabinets().SelectMany(cabinet => cabinet.Employees).DistinctBy(employee => employee.Email, StringComparer.Ordinal))
        {
            simulator.Store.AddUser(person.FullName, person.Email!, person.Email);
        }

        await simulator.StartAsync(cancellationToken);
        Started(simulator.BaseUrl);
    }

    // The container disposes the simulator, which closes its ports.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Creatio stand-in: {Site}")]
    private partial void Started(Uri site);
}
