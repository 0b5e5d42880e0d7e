using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>What the plans of a batch are made from, read for all of its calls at once and under the locks of their clients.</summary>
internal sealed class PlanReads
{
    private readonly ILookup<SessionKey, SyncTaskRow> _tasks;
    private readonly ILookup<string, CallRow> _others;

    private PlanReads(ILookup<SessionKey, SyncTaskRow> tasks, ILookup<string, CallRow> others) => (_tasks, _others) = (tasks, others);

    public static async Task<PlanReads> OfAsync(HubDbContext context, IEnumerable<Call> calls, CancellationToken ct)
    {
        var sessions = calls.Select(c => c.Key).ToList();
        var (cabinets, ids) = FoldBatch.Keys(sessions);
        var conversations = sessions.ConvertAll(k => k.IntegrationId);
        var tasks = await context.SyncTasks.AsNoTracking().Where(t => cabinets.Contains(t.Cabinet) && ids.Contains(t.SessionId)).OrderBy(t => t.Rank).ThenBy(t => t.Purpose).ToListAsync(ct);
        var others = await context.Calls.AsNoTracking().Where(c => conversations.Contains(c.ConversationId) && c.ParentCabinet != null).OrderBy(c => c.StartedAt).ToListAsync(ct);
        return new PlanReads(tasks.ToLookup(t => new SessionKey(CabinetKey.Parse(t.Cabinet), t.SessionId)), others.ToLookup(c => c.ConversationId, StringComparer.Ordinal));
    }

    /// <summary>What earlier plans of the session made.</summary>
    public IReadOnlyList<SyncTaskRow> TasksOf(SessionKey session) => [.. _tasks[session]];

    /// <summary>The conversation that a first session began, as folded now.</summary>
    public Conversation ConversationOf(Call first) => CallRows.ConversationOf(first, _others[first.Key.IntegrationId]);
}
