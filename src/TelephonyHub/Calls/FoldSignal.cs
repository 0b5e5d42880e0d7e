namespace TelephonyHub.Calls;

/// <summary>Wakes a loop: many raises before it looks count as one. Used by the folder, the sync worker, the card sender and the plan of routing.</summary>
public abstract class WakeSignal
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private int _raised;

    public void Raise()
    {
        // Already raised and not yet seen: one look will find both reasons.
        if (Interlocked.Exchange(ref _raised, 1) == 0)
        {
            _signal.Release();
        }
    }

    /// <summary>Waits for a raise, at most <paramref name="atMost"/>: polling is only the safety net.</summary>
    /// <returns>False when nobody raised it.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        if (!await _signal.WaitAsync(atMost, ct))
        {
            return false;
        }

        // Before the look: a raise from here on is about something that it may not see.
        Volatile.Write(ref _raised, 0);
        return true;
    }
}

/// <summary>Something came into the journal.</summary>
public sealed class FoldSignal : WakeSignal;

/// <summary>Something is to be written to the CRM.</summary>
public sealed class SyncSignal : WakeSignal;

/// <summary>Another replica changed calendars, rotas or settings of routing.</summary>
public sealed class StaffingSignal : WakeSignal;
