namespace TelephonyHub.Calls;

/// <summary>Wakes a loop: many raises before it looks count as one. Used by the folder, the sync worker, the card sender and the plan of routing.</summary>
public abstract class WakeSignal
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Raise()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already raised and not yet seen: one look will find both reasons.
        }
    }

    /// <summary>Waits for a raise, at most <paramref name="atMost"/>: polling is only the safety net.</summary>
    /// <returns>False when nobody raised it.</returns>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);
}

/// <summary>Something came into the journal.</summary>
public sealed class FoldSignal : WakeSignal;

/// <summary>Something is to be written to the CRM.</summary>
public sealed class SyncSignal : WakeSignal;

/// <summary>Another replica changed calendars, rotas or settings of routing.</summary>
public sealed class StaffingSignal : WakeSignal;
