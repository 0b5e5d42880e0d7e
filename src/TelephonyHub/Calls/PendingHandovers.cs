using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Directory;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>Why a call comes to a number of the company just now: another call of the company dialled it.</summary>
/// <param name="From">The session that dialled; null where several may have and agree on the rest, and where routing gave the number and nothing proves that it was dialled.</param>
/// <param name="Client">Who is on the line in truth; null where that is not certain.</param>
/// <param name="ManagerContactId">Whom the client is meant for; null where nobody said.</param>
public sealed record Handover(SessionKey? From, PhoneNumber? Client, Guid? ManagerContactId)
{
    /// <summary>Nothing but that the company itself led the call here: neither who is on the line nor for whom.</summary>
    public bool IsBare => this is { From: null, Client: null, ManagerContactId: null };
}

/// <summary>
/// Transfers that have just been asked for, and numbers of the company that calls have just dialled or routing has just given: routing in the other cabinet has to
/// know whom the client is meant for, before any event of the second session comes. Memory first; other replicas' ones by one quick read.
/// </summary>
public sealed partial class PendingHandovers(HubDatabase database, TimeProvider time, ILogger<PendingHandovers> logger)
{
    /// <summary>From the dialling to the question: a greeting or a menu may come before the hook, and the hook may be passed again when nobody lifted.</summary>
    internal static readonly TimeSpan Waits = TimeSpan.FromSeconds(90);

    /// <summary>Numbers that routing gave are dialled one after another, each half a minute or so: the last of them long after the answer.</summary>
    internal static readonly TimeSpan GivenWaits = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    /// <summary>After a read that failed or was too slow, none for a while: no caller waits for a database that is away.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Guid, HandoverRow> _own = new();
    private long _closedUntil;

    public void Add(HandoverRow row)
    {
        var now = time.GetUtcNow();
        foreach (var (id, _) in _own.Where(r => !IsFresh(r.Value, now)))
        {
            _own.TryRemove(id, out _);
        }

        _own[row.Id] = row;
    }

    public void Remove(Guid id) => _own.TryRemove(id, out _);

    /// <param name="call">The session that asks; null when it gave no id.</param>
    /// <param name="caller">Number it shows; null when hidden.</param>
    /// <param name="dialled">Number it came to.</param>
    /// <param name="callerIsOwn">The number shown is the company's own: only a handover can tell who it is.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Handover?> FindAsync(SessionKey? call, PhoneNumber? caller, PhoneNumber? dialled, bool callerIsOwn, CancellationToken ct)
    {
        if (dialled is not { } number)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var known = KnownTo(number);
        var remembered = Choose(known, call, caller, now);

        // One process on SQLite knows its own transfers and answers; what legs dialled only matters where the number shown says nothing.
        var isEnough = !callerIsOwn && (!database.IsPostgres || remembered is { From: not null });
        if (isEnough || !database.IsReady || now.UtcTicks < Interlocked.Read(ref _closedUntil))
        {
            return remembered;
        }

        try
        {
            var (to, since) = (number.E164, now - GivenWaits);
            var stored = await database.QuickReadAsync(
                Patience, (context, token) => context.Handovers.AsNoTracking().Where(h => h.ToNumber == to && h.SeenAt >= since).ToListAsync(token), ct);
            return Choose([.. stored, .. known.Where(k => !stored.Exists(s => s.Id == k.Id))], call, caller, now);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _closedUntil, (now + Pause).UtcTicks);
            LogSkipped(logger, e.GetType().Name);
            return remembered;
        }
    }

    /// <summary>What memory alone says; see <see cref="FindAsync"/>.</summary>
    public Handover? Remembered(SessionKey? call, PhoneNumber? caller, PhoneNumber? dialled) =>
        dialled is { } number ? Choose(KnownTo(number), call, caller, time.GetUtcNow()) : null;

    private List<HandoverRow> KnownTo(PhoneNumber number) => [.. _own.Select(r => r.Value).Where(r => r.ToNumber == number.E164)];

    /// <summary>
    /// The client's own number names his handover. The company's number could be any call's of that cabinet: then one session alone must fit; of
    /// several only what they agree on counts. What was dialled goes before what routing only gave. Pure.
    /// </summary>
    internal static Handover? Choose(IEnumerable<HandoverRow> rows, SessionKey? call, PhoneNumber? caller, DateTimeOffset now)
    {
        var fresh = rows.Where(r => IsFresh(r, now) && IsFree(r, call)).OrderByDescending(r => r.Source == "transfer").ThenByDescending(r => r.SeenAt).ToList();
        if (caller is not { } shown)
        {
            // Somebody hidden was sent here a moment ago; whether it is he cannot be told.
            return fresh.Exists(r => r.ClientPhone is null) ? new Handover(null, null, null) : null;
        }

        return Among(fresh.FindAll(r => !IsGiven(r)), shown) ?? Among(fresh.FindAll(IsGiven), shown);
    }

    private static Handover? Among(List<HandoverRow> fresh, PhoneNumber shown)
    {
        if (fresh.Find(r => r.ClientPhone == shown.E164) is { } sure)
        {
            return Of(sure);
        }

        var fitting = fresh.Where(r => r.FromNumber == shown.E164 || r.Shown == shown.E164)
            .GroupBy(r => IsGiven(r) ? (r.ClientPhone, 0) : (r.FromCabinet, r.FromSession))
            .Select(g => g.First())
            .ToList();
        return fitting.Count switch
        {
            0 => null,
            1 => Of(fitting[0]),
            _ when fitting[0].ManagerContactId is { } manager && fitting.TrueForAll(r => r.ManagerContactId == manager) => new Handover(null, null, manager),
            _ => null,
        };
    }

    private static bool IsGiven(HandoverRow row) => row.Source == "route";

    private static bool IsFresh(HandoverRow row, DateTimeOffset now) => row.SeenAt >= now - (IsGiven(row) ? GivenWaits : Waits);

    /// <summary>Another session has not proved to be the one that arose.</summary>
    private static bool IsFree(HandoverRow row, SessionKey? call) =>
        row.JoinedSession is not { } joined || (call is { } key && key.Id == joined && key.Cabinet.Value == row.JoinedCabinet);

    /// <summary>What routing gave may never have been dialled: it tells the client and no more.</summary>
    private static Handover Of(HandoverRow row) => IsGiven(row)
        ? new(null, PhoneNumber.TryParse(row.ClientPhone), null)
        : new(new SessionKey(Cabinets.CabinetKey.Parse(row.FromCabinet), row.FromSession), PhoneNumber.TryParse(row.ClientPhone), row.ManagerContactId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Routing went on without the transfers of other replicas: {Fault}.")]
    private static partial void LogSkipped(ILogger logger, string fault);
}
