using System.Text;
using TelephonyHub.Hosting;
using TelephonyHub.Uis.Interactive;

namespace TelephonyHub.Routing;

/// <summary>
/// Runs the routing path once before the hub listens: compiling it and loading the numbering plans costs some hundred milliseconds, and the first
/// caller should not pay for that out of the budget.
/// </summary>
internal sealed class RoutingWarmUp(HubSettings settings, RoutingService routing) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var cabinet in settings.Cabinets.Keys)
        {
            var asked = InteractiveRequest.Parse("GET", "numa=74950000000&numb=74950000001&input_result=None", null, Encoding.UTF8.GetBytes("{}"));
            var decision = routing.Fallback(new RouteQuestion(cabinet, null, asked.Numa, asked.Numb, asked.InputResult), "warm-up");
            _ = new InteractiveAnswer { Phones = decision.Phones.Count > 0 ? decision.Phones : null, ReturnedCode = decision.ReturnedCode }.ToJson();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
