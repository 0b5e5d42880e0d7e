using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Directory;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>Why a call comes to a number of the company just now: another call of the company dialled it.</summary>
/// <param name="From">The session that dialled; null where several may have and agree on the rest.</param>
/// <param name="Client">Who is on the line in truth; null where that is not certain.</param>
/// <param name="ManagerContactId">Whom the client is meant for; null where nobody said.</param>
public sealed record Handover(SessionKey? From, PhoneNumber? Client, Guid? ManagerContactId);

/// <summary>
/// Transfers that have just been asked for, and numbers of the company that calls have just dialled: routing in the other cabinet has to know whom the
/// client is meant for, before any event of the second session comes. Memory first; other replicas' ones by one quick read.
/// </summary>
public sealed partial class PendingHandovers(HubDatabase database, TimeProvider time, ILogger<PendingHandovers> logger)
{
    /// <summary>From the dialling to the question: a greeting or a menu may come before the hook, and the hook may be passed again when nobody lifted.</summary>
    internal static readonly TimeSpan Waits = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentDictionary<Guid, HandoverRow> _own = new();

    public void Add(HandoverRow row)
    {
        var limit = time.GetUtcNow() - Waits;
        foreach (var old in _own.Values.Where(r => r.SeenAt < limit).ToList())
        {
            _own.TryRemove(old.Id, out _);
        }

        _own[row.Id] = row;
    }

    public void Remove(Guid id) => _own.TryRemove(id, out _);

    /// <param name="call">The session that asks; null when it gave no id.</param>
    /// <param name="caller">Number it shows.</param>
    /// <param name="dialled">Number it came to.</param>
    /// <param name="callerIsOwn">The number shown is the company's own: only a handover can tell who it is.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Handover?> FindAsync(SessionKey? call, PhoneNumber? caller, PhoneNumber? dialled, bool callerIsOwn, CancellationToken ct)
    {
        if (caller is not { } shown || dialled is not { } number)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var known = _own.Values.Where(r => r.ToNumber == number.E164).ToList();
        if (!callerIsOwn && Choose(known, call, shown, now) is { } found)
        {
            return found;
        }

        // One process on SQLite knows its own transfers; what legs dialled only matters where the number shown says nothing.
        if (!database.IsReady || !(callerIsOwn || database.IsPostgres))
        {
            return Choose(known, call, shown, now);
        }

        try
        {
            var (to, since) = (number.E164, now - Waits);
            var stored = await database.QuickReadAsync(
                Patience,
                (context, token) => context.Handovers.AsNoTracking().Where(h => h.ToNumber == to && h.SeenAt >= since && h.Source != "route").ToListAsync(token),
                ct);
            return Choose([.. stored, .. known.Where(k => !stored.Exists(s => s.Id == k.Id))], call, shown, now);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogSkipped(logger, e.GetType().Name);
            return Choose(known, call, shown, now);
        }
    }

    /// <summary>
    /// The client's own number names his handover. The company's number could be any call's of that cabinet: then one session alone must fit; of
    /// several only what they agree on counts. Pure.
    /// </summary>
    internal static Handover? Choose(IEnumerable<HandoverRow> rows, SessionKey? call, PhoneNumber shown, DateTimeOffset now)
    {
        var fresh = rows
            .Where(r => r.SeenAt >= now - Waits && IsFree(r, call))
            .OrderByDescending(r => r.Source == "transfer")
            .ThenByDescending(r => r.SeenAt)
            .ToList();
        if (fresh.Find(r => r.ClientPhone == shown.E164) is { } sure)
        {
            return Of(sure);
        }

        var fitting = fresh.Where(r => r.FromNumber == shown.E164 || r.Shown == shown.E164).GroupBy(r => (r.FromCabinet, r.FromSession)).Select(g => g.First()).ToList();
        return fitting.Count switch
        {
            0 => null,
            1 => Of(fitting[0]),
            _ when fitting[0].ManagerContactId is { } manager && fitting.TrueForAll(r => r.ManagerContactId == manager) => new Handover(null, null, manager),
            _ => null,
        };
    }

    /// <summary>Another session has not proved to be the one that arose.</summary>
    private static bool IsFree(HandoverRow row, SessionKey? call) =>
        row.JoinedSession is not { } joined || (call is { } key && key.Id == joined && key.Cabinet.Value == row.JoinedCabinet);

    private static Handover Of(HandoverRow row) =>
        new(new SessionKey(Cabinets.CabinetKey.Parse(row.FromCabinet), row.FromSession), PhoneNumber.TryParse(row.ClientPhone), row.ManagerContactId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Routing went on without the transfers of other replicas: {Fault}.")]
    private static partial void LogSkipped(ILogger logger, string fault);
}
