using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Storage;

namespace TelephonyHub.Cabinets;

/// <summary>Reads <see cref="CallerNumberEvidence"/> off a cabinet's last calls, and remembers it for some minutes: a look at the cabinets costs little.</summary>
public sealed class CallerNumberWatch(HubDatabase database, TimeProvider time)
{
    private const int Calls = 50;
    private static readonly TimeSpan Serves = TimeSpan.FromMinutes(5);

    /// <summary>An older call may have been under another setting.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(2);

    private readonly ConcurrentDictionary<CabinetKey, (CallerNumberEvidence Evidence, DateTimeOffset At)> _known = new();

    public async Task<CallerNumberEvidence> OfAsync(CabinetKey cabinet, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(cabinet, out var known) && now - known.At < Serves)
        {
            return known.Evidence;
        }

        if (!database.IsReady)
        {
            return CallerNumberEvidence.None;
        }

        var since = now - LookBack;
        await using var context = database.CreateContext();
        var rows = await context.Calls.AsNoTracking()
            .Where(c => c.Cabinet == cabinet.Value && c.Direction == "in" && c.StartedAt >= since)
            .OrderByDescending(c => c.StartedAt)
            .Take(Calls)
            .ToListAsync(ct);
        var evidence = CallerNumberEvidence.Of(rows.Select(CallRows.Read));

        // Nothing seen yet is asked again at the next look: the first call tells.
        if (evidence != CallerNumberEvidence.None)
        {
            _known[cabinet] = (evidence, now);
        }

        return evidence;
    }
}
