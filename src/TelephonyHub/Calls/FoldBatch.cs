using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls.Conversations;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>A session that this transaction alone may fold.</summary>
/// <param name="DirtyVersion">Of its events, before they were read.</param>
internal sealed record FoldClaim(SessionKey Session, long DirtyVersion, DateTimeOffset? PlanDueAt, bool Planned);

/// <param name="Planned">A plan was made, so there may be something to write.</param>
/// <param name="DueAt">When it is to be planned; null = not by time.</param>
internal sealed record FoldedCall(Call Call, CallContext Context, bool Planned, DateTimeOffset? DueAt);

/// <summary>
/// Folds claimed sessions in the caller's transaction: events → call, recordings, place in a conversation, and once settled the plan's tasks. What the sessions need to
/// know is read for all of them at once: folding is many small reads, and each costs more on the way than in the database.
/// </summary>
internal sealed class FoldBatch(HubSettings settings, ICallPlanning planning, ConversationJoiner conversations, TimeProvider time)
{
    public async Task<List<FoldedCall>> FoldAsync(HubDbContext context, IReadOnlyList<FoldClaim> claims, CancellationToken ct)
    {
        if (claims.Count == 0)
        {
            return [];
        }

        var sessions = await ReadAsync(context, claims, ct);
        foreach (var (session, found) in sessions.Zip(await planning.ContextsAsync(context, sessions.ConvertAll(s => s.Call), ct)))
        {
            session.Context = found with { ReceivedAt = session.FirstUnseen(time.GetUtcNow()) };
        }

        await StoreAsync(context, sessions, ct);
        await PlaceAsync(context, sessions, ct);

        var due = sessions.FindAll(s => s.Call.Ended && s.Due <= time.GetUtcNow());
        if (due.Count > 0)
        {
            // Planning attaches what it changes: whoever looks for changes need not look at the rest.
            context.ChangeTracker.Clear();
            await planning.PlanAsync(context, due.ConvertAll(s => (s.Call, s.Context, s.Row)), ct);
        }

        // By time it is planned once; later facts mark it.
        due.ForEach(s => (s.Planned, s.Due) = (true, null));
        foreach (var session in sessions)
        {
            var claim = session.Claim;
            context.Marks.Folded(claim.Session.Cabinet.Value, claim.Session.Id, claim.DirtyVersion, session.Due, session.Planned || claim.Planned, error: null);
        }

        return sessions.ConvertAll(s => new FoldedCall(s.Call, s.Context, s.Planned, s.Due));
    }

    private async Task<List<Session>> ReadAsync(HubDbContext context, IReadOnlyList<FoldClaim> claims, CancellationToken ct)
    {
        // Ids of one account may be another's, too: what came along is not looked at.
        var (cabinets, ids) = Keys(claims.Select(c => c.Session));
        var events = (await context.Events.AsNoTracking()
                .Where(e => cabinets.Contains(e.Cabinet) && e.SessionId != null && ids.Contains(e.SessionId.Value) && e.Facts != null)
                .Select(e => new { e.Cabinet, e.SessionId, e.Facts, e.ReceivedAt })
                .ToListAsync(ct))
            .ToLookup(e => new SessionKey(CabinetKey.Parse(e.Cabinet), e.SessionId!.Value));
        var rows = (await context.Calls.Where(c => cabinets.Contains(c.Cabinet) && ids.Contains(c.SessionId)).ToListAsync(ct)).ToDictionary(c => new SessionKey(CabinetKey.Parse(c.Cabinet), c.SessionId));
        var sessions = new List<Session>(claims.Count);
        foreach (var claim in claims)
        {
            var received = events[claim.Session].Select(e => (Event: JournalJson.Read(e.Facts!), At: e.ReceivedAt)).ToList();
            var call = CallFold.From(claim.Session, received.Select(e => e.Event));
            if (!rows.TryGetValue(claim.Session, out var row))
            {
                row = CallRows.New(call, received.Min(e => e.At));
                context.Calls.Add(row);
            }

            sessions.Add(new Session(claim, call, row, received));
        }

        return sessions;
    }

    private async Task StoreAsync(HubDbContext context, List<Session> sessions, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var session in sessions)
        {
            // Its place as far as it is known: where others looked for one, all of this batch must be seen.
            session.Context = planning.At(session.Context, session.Call, session.Row.ParentCabinet is null ? CallPlace.Alone(session.Call) : CallRows.PlaceOf(session.Row));
            CallRows.Update(session.Row, session.Call, session.Context, now);
        }

        await RecordingRegistry.EnsureAsync(context, sessions.ConvertAll(s => s.Call), now, ct);
        await CallPeople.StoreAsync(context, sessions.ConvertAll(s => (s.Call.Key, s.Context.People)), ct);
        await context.SaveChangesAsync(ct);
    }

    private async Task PlaceAsync(HubDbContext context, List<Session> sessions, CancellationToken ct)
    {
        var near = await conversations.NearAsync(context, sessions.ConvertAll(s => s.Call), ct);
        foreach (var session in sessions)
        {
            var place = await conversations.PlaceAsync(context, session.Call, session.Row, session.LegReceivedAt, near, ct) with { Before = session.Before };
            var before = session.Context;
            session.Context = planning.At(before, session.Call, place);
            if (session.Context.Internal != before.Internal || place.Client != before.Place.Client)
            {
                CallRows.Update(session.Row, session.Call, session.Context, session.Row.UpdatedAt);
            }

            // The plan is made when the call has settled; once made, later facts change it at once.
            session.Due = DueAt(session.Claim, session.Call, place);
        }

        await context.SaveChangesAsync(ct);
        foreach (var session in sessions)
        {
            await conversations.PassOnAsync(context, session.Call, session.Row, session.Context.Place, ct);
        }
    }

    private DateTimeOffset? DueAt(FoldClaim claim, Call call, CallPlace place)
    {
        if (!call.Ended)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var settled = claim.Planned ? now : now + settings.Sync.Settle;
        var due = claim.PlanDueAt < settled ? claim.PlanDueAt.Value : settled;

        // One plan for the whole conversation: whoever talks on in the second session may become its owner. A lost end must not hold it up for ever.
        var latest = call.EndedAt + settings.Sync.Settle + settings.Sync.Join;
        return place.HasOpenChildren && !claim.Planned && latest > now && latest - now < SecondSessions.MostSkew ? latest : due;
    }

    /// <summary>Both parts of the keys, for an index over both.</summary>
    internal static (List<string> Cabinets, List<long> Ids) Keys(IEnumerable<SessionKey> sessions)
    {
        var keys = sessions.ToList();
        return ([.. keys.Select(k => k.Cabinet.Value).Distinct()], keys.ConvertAll(k => k.Id));
    }

    private sealed class Session(FoldClaim claim, Call call, CallRow row, List<(CallEvent Event, DateTimeOffset At)> received)
    {
        private readonly DateTimeOffset _seenAt = row.UpdatedAt;

        public FoldClaim Claim { get; } = claim;

        public Call Call { get; } = call;

        public CallRow Row { get; } = row;

        /// <summary>What the row said before this fold.</summary>
        public (string ConversationId, string? ClientPhone, string Direction) Before { get; } = (row.ConversationId, row.ClientPhone, row.Direction);

        public CallContext Context { get; set; } = new(null, Internal: false, CallPlace.Alone(call));

        public DateTimeOffset? Due { get; set; }

        /// <summary>A plan was made in this fold.</summary>
        public bool Planned { get; set; }

        /// <summary>The row says when the last fold was; what that fold just missed counts by its own arrival all the same.</summary>
        public DateTimeOffset FirstUnseen(DateTimeOffset now)
        {
            var unseen = received.FindAll(r => r.At > _seenAt);
            return unseen.Count > 0 ? unseen.Min(r => r.At) : received.Count > 0 ? received.Max(r => r.At) : now;
        }

        /// <summary>When the first event arrived that names the leg.</summary>
        public DateTimeOffset LegReceivedAt(long leg) => received.Where(r => r.Event.LegIds.Contains(leg)).Min(r => r.At);
    }
}
