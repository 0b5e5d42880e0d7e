using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>What other calls of the client say.</summary>
/// <param name="TalkedEarlier">Contact of the manager who talked with him last, before this call.</param>
/// <param name="ReachedSince">Somebody talked with him after it.</param>
/// <param name="HasMissed">A call of his was missed once, or is to be returned.</param>
internal sealed record ClientsPast(Guid? TalkedEarlier, bool ReachedSince, bool HasMissed)
{
    public static readonly ClientsPast None = new(null, ReachedSince: false, HasMissed: false);
}

/// <summary>
/// What the plans of a batch are made from, read for all of its calls at once and under the locks of their clients. No two calls of it may have a client in common:
/// what one plan changes of him, the other would not see.
/// </summary>
internal sealed class PlanReads
{
    /// <summary>An earlier call that was never seen to end does not go on for ever.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(4);

    private readonly ILookup<SessionKey, SyncTaskRow> _tasks;
    private readonly ILookup<string, CallRow> _others;
    private readonly ILookup<SessionKey, (string Hash, string Code)> _recordings;
    private readonly Dictionary<SessionKey, ClientsPast> _past;
    private readonly Dictionary<SessionKey, SessionKey> _overlapping;

    private PlanReads(
        ILookup<SessionKey, SyncTaskRow> tasks,
        ILookup<string, CallRow> others,
        ILookup<SessionKey, (string Hash, string Code)> recordings,
        Dictionary<SessionKey, ClientsPast> past,
        Dictionary<SessionKey, SessionKey> overlapping) =>
        (_tasks, _others, _recordings, _past, _overlapping) = (tasks, others, recordings, past, overlapping);

    /// <param name="context">Of the plans.</param>
    /// <param name="calls">With the rows that say whose they are, and all numbers of the client.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<PlanReads> OfAsync(HubDbContext context, IReadOnlyList<(Call Call, CallRow Row, IReadOnlyList<string> Phones)> calls, CancellationToken ct)
    {
        var sessions = calls.Select(c => c.Call.Key).ToList();
        var (cabinets, ids) = FoldBatch.Keys(sessions);
        var conversations = sessions.ConvertAll(k => k.IntegrationId);
        var tasks = await context.SyncTasks.AsNoTracking().Where(t => cabinets.Contains(t.Cabinet) && ids.Contains(t.SessionId)).OrderBy(t => t.Rank).ThenBy(t => t.Purpose).ToListAsync(ct);
        var others = await context.Calls.AsNoTracking().Where(c => conversations.Contains(c.ConversationId) && c.ParentCabinet != null).OrderBy(c => c.StartedAt).ToListAsync(ct);
        var alone = calls.Where(c => c.Phones.Count == 1).ToList();
        var past = await PastAsync(context, alone.ConvertAll(c => c.Call.Key), ct);
        foreach (var (call, row, phones) in calls.Where(c => c.Phones.Count > 1))
        {
            past[call.Key] = await PastAsync(context, call, row, phones, ct);
        }

        return new PlanReads(
            tasks.ToLookup(t => new SessionKey(CabinetKey.Parse(t.Cabinet), t.SessionId)),
            others.ToLookup(c => c.ConversationId, StringComparer.Ordinal),
            await RecordingsAsync(context, [.. calls.Where(c => c.Call.Recordings.Count > 0).Select(c => c.Call.Key), .. others.Select(o => new SessionKey(CabinetKey.Parse(o.Cabinet), o.SessionId))], ct),
            past,
            await OverlappingAsync(context, [.. calls.Select(c => c.Call)], ct));
    }

    /// <summary>What earlier plans of the session made.</summary>
    public IReadOnlyList<SyncTaskRow> TasksOf(SessionKey session) => [.. _tasks[session]];

    /// <summary>The conversation that a first session began, as folded now.</summary>
    public Conversation ConversationOf(Call first) => CallRows.ConversationOf(first, _others[first.Key.IntegrationId]);

    public ClientsPast PastOf(SessionKey session) => _past.GetValueOrDefault(session, ClientsPast.None);

    /// <summary>Code of each recording that the session has, by the recording's hash.</summary>
    public IReadOnlyDictionary<string, string> CodesOf(SessionKey session) => _recordings[session].ToDictionary(r => r.Hash, r => r.Code, StringComparer.Ordinal);

    /// <summary>
    /// Another call of the same client goes on while this one begins, and nothing joins them: possibly one conversation, transferred on the phone.
    /// </summary>
    public SessionKey? OverlappingWith(SessionKey session) => _overlapping.TryGetValue(session, out var other) ? other : null;

    /// <summary>The same where only the company's own number is shown: another call of that number.</summary>
    public static async Task<SessionKey?> OverlappingAsync(HubDbContext context, Call call, CallRow row, string dialled, CancellationToken ct)
    {
        var (conversation, start, since) = (row.ConversationId, call.StartedAt, call.StartedAt - LongestCall);
        var other = await context.Calls.AsNoTracking()
            .Where(c => c.DialledNumber == dialled && c.ConversationId != conversation && c.StartedAt >= since && c.StartedAt < start && c.Answered && (c.EndedAt == null || c.EndedAt > start))
            .OrderByDescending(c => c.StartedAt)
            .Select(c => new { c.Cabinet, c.SessionId })
            .FirstOrDefaultAsync(ct);
        return other is null ? null : new SessionKey(CabinetKey.Parse(other.Cabinet), other.SessionId);
    }

    /// <summary>Of clients with one number, as nearly all have: the row itself says which.</summary>
    private static async Task<Dictionary<SessionKey, ClientsPast>> PastAsync(HubDbContext context, IReadOnlyList<SessionKey> sessions, CancellationToken ct)
    {
        if (sessions.Count == 0)
        {
            return [];
        }

        // That a number is not null is said, because EF Core would else ask for null = null, too, which no index answers.
        var ((cabinets, ids), asked) = (FoldBatch.Keys(sessions), sessions.ToHashSet());
        var rows = await context.Calls.AsNoTracking()
            .Where(c => cabinets.Contains(c.Cabinet) && ids.Contains(c.SessionId))
            .Select(c => new
            {
                c.Cabinet,
                c.SessionId,
                Talked = context.Calls
                    .Where(o => o.ClientPhone != null && o.ClientPhone == c.ClientPhone && o.TalkedContactId != null && o.StartedAt < c.StartedAt)
                    .OrderByDescending(o => o.StartedAt)
                    .Select(o => o.TalkedContactId)
                    .FirstOrDefault(),
                Reached = MissedCalls.Reaching(context).Any(o => o.ClientPhone != null && o.ClientPhone == c.ClientPhone && o.ConversationId != c.ConversationId && o.StartedAt > c.StartedAt),
                HasMissed = context.MissedCalls.Any(m => m.ClientPhone != null && m.ClientPhone == c.ClientPhone) || context.SyncTasks.Any(t => t.Lane == c.ClientPhone && t.Kind == SyncKinds.CallBack),
            })
            .ToListAsync(ct);

        // Ids of one account may be another's, too: what came along was not asked for.
        return rows
            .Select(r => (Key: new SessionKey(CabinetKey.Parse(r.Cabinet), r.SessionId), Past: new ClientsPast(r.Talked, r.Reached, r.HasMissed)))
            .Where(r => asked.Contains(r.Key))
            .ToDictionary(r => r.Key, r => r.Past);
    }

    private static async Task<ClientsPast> PastAsync(HubDbContext context, Call call, CallRow row, IReadOnlyList<string> phones, CancellationToken ct)
    {
        var (cabinet, id, phone, own, start) = (row.Cabinet, row.SessionId, row.ClientPhone, row.ConversationId, call.StartedAt);
        return await context.Calls.AsNoTracking()
            .Where(c => c.Cabinet == cabinet && c.SessionId == id)
            .Select(_ => new ClientsPast(
                context.Calls.Where(c => c.ClientPhone == phone && c.TalkedContactId != null && c.StartedAt < start).OrderByDescending(c => c.StartedAt).Select(c => c.TalkedContactId).FirstOrDefault(),
                MissedCalls.Reaching(context, phones, own).Any(c => c.StartedAt > start),
                context.MissedCalls.Any(m => phones.Contains(m.ClientPhone)) || context.SyncTasks.Any(t => phones.Contains(t.Lane) && t.Kind == SyncKinds.CallBack)))
            .FirstAsync(ct);
    }

    private static async Task<Dictionary<SessionKey, SessionKey>> OverlappingAsync(HubDbContext context, IReadOnlyList<Call> calls, CancellationToken ct)
    {
        var (cabinets, ids) = FoldBatch.Keys(calls.Select(c => c.Key));
        var since = calls.Min(c => c.StartedAt) - LongestCall;
        var rows = await context.Calls.AsNoTracking()
            .Where(c => cabinets.Contains(c.Cabinet) && ids.Contains(c.SessionId) && c.ClientPhone != null)
            .Join(context.Calls.Where(o => o.Answered && o.StartedAt >= since), c => c.ClientPhone, o => o.ClientPhone, (c, o) => new { Call = c, Other = o })
            .Where(p => p.Other.ConversationId != p.Call.ConversationId && p.Other.StartedAt < p.Call.StartedAt && (p.Other.EndedAt == null || p.Other.EndedAt > p.Call.StartedAt))
            .Select(p => new { p.Call.Cabinet, p.Call.SessionId, p.Call.StartedAt, OtherCabinet = p.Other.Cabinet, OtherSession = p.Other.SessionId, Began = p.Other.StartedAt })
            .ToListAsync(ct);
        return rows
            .Where(r => r.Began >= r.StartedAt - LongestCall)
            .GroupBy(r => new SessionKey(CabinetKey.Parse(r.Cabinet), r.SessionId), r => (Key: new SessionKey(CabinetKey.Parse(r.OtherCabinet), r.OtherSession), r.Began))
            .ToDictionary(g => g.Key, g => g.MaxBy(o => o.Began).Key);
    }

    private static async Task<ILookup<SessionKey, (string Hash, string Code)>> RecordingsAsync(HubDbContext context, IReadOnlyList<SessionKey> sessions, CancellationToken ct)
    {
        if (sessions.Count == 0)
        {
            return Enumerable.Empty<(SessionKey, string Hash, string Code)>().ToLookup(r => r.Item1, r => (r.Hash, r.Code));
        }

        var (cabinets, ids) = FoldBatch.Keys(sessions);
        var rows = await context.Recordings.AsNoTracking()
            .Where(r => cabinets.Contains(r.Cabinet) && ids.Contains(r.SessionId))
            .Select(r => new { r.Cabinet, r.SessionId, r.Hash, r.Code })
            .ToListAsync(ct);
        return rows.ToLookup(r => new SessionKey(CabinetKey.Parse(r.Cabinet), r.SessionId), r => (r.Hash, r.Code));
    }
}
