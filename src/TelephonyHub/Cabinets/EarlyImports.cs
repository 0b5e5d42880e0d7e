using System.Collections.Concurrent;
using TelephonyHub.Hosting;

namespace TelephonyHub.Cabinets;

/// <summary>
/// Asks for a cabinet's employees out of turn, when something names one whom the hub does not know: he was added since the last import. At most once
/// a cabinet and minute, and only while there are points: an event of a deleted employee must not spend the day's.
/// </summary>
public sealed class EarlyImports(HubSettings settings, UisCabinets cabinets, TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeastByHand = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<CabinetKey, DateTimeOffset> _asked = new();
    private readonly ConcurrentDictionary<CabinetKey, ImportSignal> _signals = new();

    /// <summary>Returns at once; the import runs in the background.</summary>
    /// <returns>False when it was asked for less than a minute ago, or points are short.</returns>
    public bool AskSoon(CabinetKey cabinet) =>
        settings.Cabinets.ContainsKey(cabinet)
        && PollingPlan.MayHurry(cabinets.Client(cabinet).Limits.DataApi, time.GetUtcNow())
        && Raise(cabinet, Least, everything: false);

    /// <summary>An administrator mended something and wants to see it: all of the cabinet is read, whatever the points say.</summary>
    /// <returns>False when it was asked for seconds ago.</returns>
    public bool AskNow(CabinetKey cabinet) => settings.Cabinets.ContainsKey(cabinet) && Raise(cabinet, LeastByHand, everything: true);

    internal ImportSignal SignalOf(CabinetKey cabinet) => _signals.GetOrAdd(cabinet, _ => new ImportSignal());

    private bool Raise(CabinetKey cabinet, TimeSpan least, bool everything)
    {
        var now = time.GetUtcNow();
        var last = _asked.GetOrAdd(cabinet, DateTimeOffset.MinValue);
        if (now - last < least || !_asked.TryUpdate(cabinet, now, last))
        {
            return false;
        }

        SignalOf(cabinet).Raise(everything);
        return true;
    }
}

/// <summary>Wakes one cabinet's import.</summary>
internal sealed class ImportSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _everything;

    public void Raise(bool everything)
    {
        lock (_gate)
        {
            _everything |= everything;
            _raised.TrySetResult();
        }
    }

    /// <summary>Waits for a raise, at most <paramref name="atMost"/>.</summary>
    /// <returns>Null when nobody asked; else whether everything is wanted.</returns>
    public async Task<bool?> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        Task raised;
        lock (_gate)
        {
            raised = _raised.Task;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(raised, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_raised.Task.IsCompleted)
            {
                return null;
            }

            var everything = _everything;
            (_raised, _everything) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
            return everything;
        }
    }
}
