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
    /// <summary>A cabinet that does not answer must not hold up what the CRM waits for.</summary>
    private static readonly TimeSpan AccountPatience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when each cabinet's employees are known, from UIS or from before the restart, or could not be read.</summary>
    public Task WhenTriedAsync(CancellationToken ct) => _tried.Task.WaitAsync(ct);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the worker starts.
        foreach (var key in settings.Cabinets.Keys)
        {
            state.Update(key, s => s with { AccountUnseen = true });
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.WatchPoints(() => cabinets.Keys.Select(k => (k.Value, cabinets.Client(k).Limits)));
        var loops = settings.Cabinets.Keys.Select(k => new CabinetLoop(k, import, cabinets.Client(k), early.SignalOf(k), state, database, time)).ToList();
        var running = Task.WhenAll(loops.SelectMany(l => new[] { l.RunAsync(stoppingToken), SeeAccountAsync(l, stoppingToken) }));
        await Task.WhenAny(running, Task.WhenAll(loops.Select(l => l.Tried)));
        _tried.TrySetResult();
        await running;
    }

    /// <summary>The account is read while the database may still be opening; it is compared as soon as both are there, and only then is anything written.</summary>
    private async Task SeeAccountAsync(CabinetLoop loop, CancellationToken ct)
    {
        await Task.WhenAny(loop.Asked, Task.Delay(AccountPatience, time, ct));
        await database.WhenReadyAsync(ct);
        await import.CompareAccountAsync(loop.Key, ct);
        state.Update(loop.Key, s => s with { AccountUnseen = false });
    }
}
