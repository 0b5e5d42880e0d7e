using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls.Conversations;

/// <summary>
/// Finds, in the transaction of the fold, the session that dialled a call, and keeps as evidence which numbers of the company the call itself
/// dialled. A session writes its own place only; where its evidence changes another's place, that one is made to be folded again.
/// </summary>
public sealed class ConversationJoiner(HubSettings settings, RegionResolver regions, TimeProvider time)
{
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(5);

    /// <summary>Whom calls may hang together with: most hang together with nobody, and then nothing more is asked.</summary>
    /// <param name="context">Of the fold.</param>
    /// <param name="calls">All stored by now.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Neighbours> NearAsync(HubDbContext context, IReadOnlyList<Call> calls, CancellationToken ct)
    {
        var incoming = calls.Where(c => c.Direction == CallDirection.In).ToList();
        var numbers = incoming.Select(c => PhoneNumber.TryParse(c.VirtualNumber)?.E164).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var near = new Neighbours();
        if (numbers.Count > 0)
        {
            var (from, to) = (incoming.Min(c => c.StartedAt) - Reach, incoming.Max(c => c.StartedAt) + Reach);
            var callers = incoming.Select(c => c.ClientPhone?.E164).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            near.Expect(await context.Handovers.AsNoTracking()
                .Where(h => numbers.Contains(h.ToNumber) && h.At >= from && h.At <= to)
                .Where(h => callers.Contains(h.Shown!) || callers.Contains(h.ClientPhone!) || callers.Contains(h.FromNumber!))
                .ToListAsync(ct));
        }

        var ended = calls.Where(c => c.Ended).Select(c => c.Key.IntegrationId).ToList();
        if (ended.Count > 0)
        {
            var open = await context.Calls.AsNoTracking().Where(c => ended.Contains(c.ConversationId) && !c.Ended).Select(c => new { c.ConversationId, c.Cabinet, c.SessionId }).ToListAsync(ct);
            near.Open.UnionWith(open.Where(c => c.ConversationId != new SessionKey(CabinetKey.Parse(c.Cabinet), c.SessionId).IntegrationId).Select(c => c.ConversationId));
        }

        return near;
    }

    /// <param name="context">Of the fold.</param>
    /// <param name="call">As folded.</param>
    /// <param name="row">Its row.</param>
    /// <param name="legReceivedAt">When the first event of one of its legs arrived, by the hub's clock.</param>
    /// <param name="near">Of its batch.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<CallPlace> PlaceAsync(HubDbContext context, Call call, CallRow row, Func<long, DateTimeOffset> legReceivedAt, Neighbours near, CancellationToken ct)
    {
        var joining = await FindAsync(context, call, row, near, ct);
        var parent = joining.Parent is { } key ? await ParentAsync(context, call.Key, key, ct) : null;
        row.ParentCabinet = parent?.Cabinet;
        row.ParentSessionId = parent?.SessionId;
        row.ConversationId = parent?.ConversationId ?? call.Key.IntegrationId;
        row.PossiblySameAs = joining.Possible?.IntegrationId;

        var client = parent is null ? call.ClientPhone : PhoneNumber.TryParse(parent.ClientPhone);
        var dialled = await StoreDialsAsync(context, call, client, legReceivedAt, ct);
        near.Expect(dialled);
        foreach (var number in dialled.Select(d => d.ToNumber).Distinct(StringComparer.Ordinal))
        {
            await RejoinAsync(context, number, call.Key, call.StartedAt - Reach, (call.EndedAt ?? time.GetUtcNow()) + Reach, ct);
        }

        return new CallPlace(
            parent is null ? null : new SessionKey(CabinetKey.Parse(parent.Cabinet), parent.SessionId),
            client,
            parent?.Direction == "internal",
            call.Ended && near.Open.Contains(call.Key.IntegrationId));
    }

    /// <summary>Others that hang on this call are folded again: those below when it took another place, its conversation's first session when it changed.</summary>
    public async Task PassOnAsync(HubDbContext context, Call call, CallRow row, CallPlace place, CancellationToken ct)
    {
        var (cabinet, id) = (call.Key.Cabinet.Value, call.Key.Id);
        if (place.Before.Direction.Length > 0 && place.Before != (row.ConversationId, row.ClientPhone, row.Direction))
        {
            var below = await context.Calls.AsNoTracking().Where(c => c.ParentCabinet == cabinet && c.ParentSessionId == id).Select(c => new { c.Cabinet, c.SessionId }).ToListAsync(ct);
            foreach (var child in below)
            {
                context.Marks.FoldAgain(child.Cabinet, child.SessionId);
            }
        }

        foreach (var conversation in new[] { row.ConversationId, place.Before.ConversationId }.Where(c => c != call.Key.IntegrationId).Distinct(StringComparer.Ordinal))
        {
            var first = SessionKey.Parse(conversation);
            context.Marks.FoldAgain(first.Cabinet.Value, first.Id);
        }
    }

    /// <summary>
    /// Two sessions that were folded in overlapping transactions did not see each other. So what was dialled lately and led nowhere is looked at again
    /// for a while.
    /// </summary>
    public async Task LookAgainAsync(HubDbContext context, CancellationToken ct)
    {
        var since = time.GetUtcNow() - settings.Sync.Join - settings.Sync.Join;
        var waiting = await context.Handovers.AsNoTracking().Where(h => h.SeenAt >= since && h.JoinedSession == null && h.Source != "route").ToListAsync(ct);
        foreach (var dial in waiting.DistinctBy(h => (h.FromCabinet, h.FromSession, h.ToNumber)))
        {
            await RejoinAsync(context, dial.ToNumber, new SessionKey(CabinetKey.Parse(dial.FromCabinet), dial.FromSession), dial.At - Reach, dial.At + Reach, ct);
        }
    }

    private async Task<Joining> FindAsync(HubDbContext context, Call call, CallRow row, Neighbours near, CancellationToken ct)
    {
        if (call.Direction != CallDirection.In || PhoneNumber.TryParse(call.VirtualNumber) is not { } dialled)
        {
            return default;
        }

        // Nearly every caller is a stranger to whatever was dialled; who had a place before may have to make room for another.
        var hadPlace = row.ParentCabinet is not null || row.PossiblySameAs is not null;
        if (!hadPlace && !near.Expects(dialled.E164, call.ClientPhone?.E164))
        {
            return default;
        }

        var (number, from, to) = (dialled.E164, call.StartedAt - Reach, call.StartedAt + Reach);
        var dials = await DialsAsync(context, number, from, to, ct);
        if (dials.Count == 0)
        {
            return default;
        }

        var own = ArrivalOf(call, number, row.FirstSeenAt);
        var arrivals = await ArrivalsAsync(context, number, dials, from, to, ct);
        var found = SecondSessions.Match(dials.Select(DialOf), arrivals.Where(a => a.Arrival.Key != call.Key).Select(a => a.Arrival).Append(own), settings.Sync.Join);
        foreach (var (arrival, parent) in arrivals.Where(a => a.Arrival.Key != call.Key))
        {
            if (found.GetValueOrDefault(arrival.Key).Parent != parent)
            {
                context.Marks.FoldAgain(arrival.Key.Cabinet.Value, arrival.Key.Id);
            }
        }

        var joining = found.GetValueOrDefault(call.Key);
        await MarkJoinedAsync(context, dials, call.Key, joining.Parent, ct);
        return joining;
    }

    /// <summary>The session's evidence changed: who arrived at the number may have another place now.</summary>
    private async Task RejoinAsync(HubDbContext context, string number, SessionKey session, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var dials = await DialsAsync(context, number, from, to, ct);
        var arrivals = await ArrivalsAsync(context, number, dials, from, to, ct);
        var found = SecondSessions.Match(dials.Select(DialOf), arrivals.Select(a => a.Arrival), settings.Sync.Join);
        foreach (var (arrival, parent) in arrivals.Where(a => a.Arrival.Key != session && found.GetValueOrDefault(a.Arrival.Key).Parent != a.Parent))
        {
            context.Marks.FoldAgain(arrival.Key.Cabinet.Value, arrival.Key.Id);
        }
    }

    /// <returns>Evidence that changed.</returns>
    private async Task<IReadOnlyList<HandoverRow>> StoreDialsAsync(HubDbContext context, Call call, PhoneNumber? client, Func<long, DateTimeOffset> legReceivedAt, CancellationToken ct)
    {
        var own = PhoneNumber.TryParse(call.VirtualNumber);
        var legs = call.Legs
            .Select(l => (Leg: l, Number: PhoneNumber.TryParse(l.CalledNumber)))
            .Where(l => l.Number is { } number && number != own && regions.IsOwnNumber(number))
            .ToList();
        if (legs.Count == 0)
        {
            return [];
        }

        var (cabinet, id) = (call.Key.Cabinet.Value, call.Key.Id);
        var known = await context.Handovers.Where(h => h.FromCabinet == cabinet && h.FromSession == id && h.LegId != null).ToListAsync(ct);
        var changed = new List<HandoverRow>();
        foreach (var (leg, number) in legs)
        {
            var row = known.Find(h => h.LegId == leg.Id);
            var shown = PhoneNumber.TryParse(leg.CallingNumber)?.E164;
            if (row is not null && row.ToNumber == number!.Value.E164 && row.At == leg.FirstSeenAt && row.Shown == shown && row.ClientPhone == client?.E164)
            {
                continue;
            }

            if (row is null)
            {
                var now = time.GetUtcNow();
                row = new HandoverRow { Id = Guid.CreateVersion7(now), FromCabinet = cabinet, FromSession = id, Source = "leg", LegId = leg.Id, ToNumber = "", SeenAt = now, ReceivedAt = legReceivedAt(leg.Id) };
                context.Handovers.Add(row);
            }

            row.ToNumber = number!.Value.E164;
            row.ToCabinet = regions.CabinetOf(number.Value)?.Value;
            row.Shown = shown;
            row.ClientPhone = client?.E164;
            row.FromNumber = own?.E164;
            row.At = leg.FirstSeenAt;
            changed.Add(row);
        }

        await context.SaveChangesAsync(ct);
        return changed;
    }

    private static async Task<CallRow?> ParentAsync(HubDbContext context, SessionKey call, SessionKey parent, CancellationToken ct)
    {
        var (cabinet, id) = (parent.Cabinet.Value, parent.Id);
        var row = await context.Calls.AsNoTracking().FirstOrDefaultAsync(c => c.Cabinet == cabinet && c.SessionId == id, ct);

        // A session cannot follow from one that follows from itself: clocks may be wrong, the conversation must not become a ring.
        return row is null || row.ConversationId == call.IntegrationId ? null : row;
    }

    /// <summary>UIS may ask for a route with the id of a leg: what names no session says nothing here.</summary>
    private static async Task<List<HandoverRow>> DialsAsync(HubDbContext context, string number, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        await context.Handovers.AsNoTracking()
            .Where(h => h.ToNumber == number && h.At >= from && h.At <= to)
            .Where(h => h.Source != "route" || context.Calls.Any(c => c.Cabinet == h.FromCabinet && c.SessionId == h.FromSession))
            .ToListAsync(ct);

    /// <summary>Of a busy number only those that one of these may have made, or was thought to have made: a row with a parent has that one's client for its own.</summary>
    private static async Task<List<(Arrival Arrival, SessionKey? Parent)>> ArrivalsAsync(
        HubDbContext context, string number, List<HandoverRow> dials, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var callers = dials.SelectMany(Neighbours.CallersBy).Distinct(StringComparer.Ordinal).ToList();
        var rows = await context.Calls.AsNoTracking()
            .Where(c => c.DialledNumber == number && c.StartedAt >= from && c.StartedAt <= to && (c.ParentSessionId != null || callers.Contains(c.ClientPhone!)))
            .ToListAsync(ct);
        return
        [
            .. rows.Select(r => (Row: r, Call: CallRows.Read(r)))
                .Where(r => r.Call.Direction == CallDirection.In)
                .Select(r => (
                    ArrivalOf(r.Call, number, r.Row.FirstSeenAt),
                    r.Row.ParentCabinet is { } cabinet ? new SessionKey(CabinetKey.Parse(cabinet), r.Row.ParentSessionId!.Value) : (SessionKey?)null)),
        ];
    }

    private static Task MarkJoinedAsync(HubDbContext context, List<HandoverRow> dials, SessionKey child, SessionKey? parent, CancellationToken ct)
    {
        if (parent is not { } from || dials.Exists(d => d.JoinedCabinet == child.Cabinet.Value && d.JoinedSession == child.Id && d.FromCabinet == from.Cabinet.Value && d.FromSession == from.Id))
        {
            return Task.CompletedTask;
        }

        var ids = dials.Where(d => d.FromCabinet == from.Cabinet.Value && d.FromSession == from.Id && d.JoinedSession is null).Select(d => d.Id).ToList();
        var (cabinet, id) = (child.Cabinet.Value, child.Id);
        return context.Handovers.Where(h => ids.Contains(h.Id)).ExecuteUpdateAsync(s => s.SetProperty(h => h.JoinedCabinet, cabinet).SetProperty(h => h.JoinedSession, id), ct);
    }

    private static Arrival ArrivalOf(Call call, string dialled, DateTimeOffset seenAt) => new(call.Key, call.ClientPhone?.E164, dialled, call.StartedAt, seenAt);

    private static Dial DialOf(HandoverRow row) => new(
        new SessionKey(CabinetKey.Parse(row.FromCabinet), row.FromSession),
        row.Source switch { "transfer" => DialSource.Transfer, "route" => DialSource.Route, _ => DialSource.Leg },
        row.ToNumber,
        row.Shown,
        row.ClientPhone,
        row.FromNumber,
        row.At,
        row.ReceivedAt ?? row.SeenAt);
}

/// <summary>Of a batch of calls that are folded together.</summary>
public sealed class Neighbours
{
    private readonly HashSet<(string Dialled, string Caller)> _expected = [];

    /// <summary>Conversations in which another session than the first goes on.</summary>
    public HashSet<string> Open { get; } = new(StringComparer.Ordinal);

    /// <summary>Whom a second session may show as its caller, E.164: what the leg showed, the client, or the number that he had called.</summary>
    public static IEnumerable<string> CallersBy(HandoverRow dial) => new[] { dial.Shown, dial.ClientPhone, dial.FromNumber }.OfType<string>();

    /// <summary>Keeps what some session dialled about that time.</summary>
    public void Expect(IEnumerable<HandoverRow> dials) => _expected.UnionWith(dials.SelectMany(d => CallersBy(d).Select(c => (d.ToNumber, c))));

    /// <summary>Whether somebody dialled that number for whom this caller could be shown: both E.164.</summary>
    public bool Expects(string dialled, string? caller) => caller is not null && _expected.Contains((dialled, caller));
}
