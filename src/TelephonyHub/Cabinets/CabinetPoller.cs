using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Cabinets;

/// <summary>Keeps what is known of the cabinets fresh, each in a loop of its own: one that is away or out of points concerns no other.</summary>
internal sealed class CabinetPoller(
    CabinetImport import,
    CabinetState state,
    EarlyImports early,
    UisCabinets cabinets,
    HubDatabase database,
    HubSettings settings,
    HubMetrics metrics,
    TimeProvider time) : BackgroundService
{
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when each cabinet's employees are known, from UIS or from before the restart, or could not be read.</summary>
    public Task WhenTriedAsync(CancellationToken ct) => _tried.Task.WaitAsync(ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.WatchPoints(() => cabinets.Keys.Select(k => (k.Value, cabinets.Client(k).Limits)));
        var loops = settings.Cabinets.Keys.Select(k => new CabinetLoop(k, import, cabinets.Client(k), early.SignalOf(k), state, database, time)).ToList();
        var running = Task.WhenAll(loops.Select(l => l.RunAsync(stoppingToken)));
        await Task.WhenAny(running, Task.WhenAll(loops.Select(l => l.Tried)));
        _tried.TrySetResult();
        await running;
    }
}
