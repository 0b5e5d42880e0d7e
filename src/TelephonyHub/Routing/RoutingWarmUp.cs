using System.Text;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Uis.Interactive;

namespace TelephonyHub.Routing;

/// <summary>
/// Runs the routing path once before the hub listens: compiling it and loading the numbering plans costs some hundred milliseconds, and the first
/// caller should not pay for that out of the budget. Its reads of the database follow as soon as that is there.
/// </summary>
internal sealed partial class RoutingWarmUp(
    HubSettings settings, RoutingService routing, HubDatabase database, EarlierAnswers earlier, LastTalkers talkers, ILogger<RoutingWarmUp> logger) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var cabinet in settings.Cabinets.Keys)
        {
            var asked = InteractiveRequest.Parse("GET", "numa=74950000000&numb=74950000001&input_result=None", null, Encoding.UTF8.GetBytes("{}"));
            var decision = routing.Fallback(new RouteQuestion(cabinet, null, asked.Numa, asked.Numb, asked.InputResult), "warm-up");
            _ = new InteractiveAnswer { Phones = decision.Phones.Count > 0 ? decision.Phones : null, ReturnedCode = decision.ReturnedCode }.ToJson();
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        try
        {
            foreach (var cabinet in settings.Cabinets.Keys.Take(1))
            {
                await earlier.WarmUpAsync(cabinet, stoppingToken);
            }

            await talkers.WarmUpAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The first caller asks, then; who is slow is gone on without.
            LogCold(logger, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The reads of routing could not be warmed up: {Fault}.")]
    private static partial void LogCold(ILogger logger, string fault);
}
