using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>What a work achieved → the database, in one transaction.</summary>
internal sealed class TaskOutcomes(HubDatabase database, RetryPolicy retry, TimeProvider time)
{
    public Task StoreAsync(SyncWork work, TaskBoard board, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var now = time.GetUtcNow();
            var jitter = RetryPolicy.Jitter();

            // The rows are the locks: one who is late waits here, and then sees what the other stored.
            var alone = await context.Lanes.Where(l => l.Lane == work.Lane && l.Owner == work.Owner).ExecuteUpdateAsync(s => s.SetProperty(l => l.Owner, work.Owner), token) == 1;
            var conversation = work.Session.IntegrationId;
            await context.Calls.Where(c => c.ConversationId == conversation).ExecuteUpdateAsync(s => s.SetProperty(c => c.UpdatedAt, c => c.UpdatedAt), token);
            foreach (var task in board.Tasks.Where(t => t is { Mine: true, Touched: true } && (alone || !t.Adopted)))
            {
                await StoreAsync(context, work, task, now, NextAttempt(task, now, jitter), token);
            }

            if (board.Tasks.FirstOrDefault(t => t is { Mine: true, Kind: SyncKinds.CallBack, Done: true, CrmId: not null })?.CrmId is { } callBack)
            {
                await MissedCalls.TaskWrittenAsync(context, work.Session, callBack, token);
            }

            await UpdateCallAsync(context, work, token);
        },
        ct);

    /// <summary>What failed together becomes due together, and what waits for a record becomes due with it: nobody is claimed only to wait again.</summary>
    private DateTimeOffset? NextAttempt(BoardTask task, DateTimeOffset now, double jitter)
    {
        if (task.Failure is null)
        {
            return null;
        }

        var root = task;
        while (root.WaitsFor is { } cause)
        {
            root = cause;
        }

        var next = root.Failure is { } failure && root.Mine
            ? retry.NextAttempt(failure, root.Row.Attempts, now - (root.Row.FailingSince ?? now), now, jitter)
            : root.Row.NextAttemptAt > now ? root.Row.NextAttemptAt : now + TimeSpan.FromSeconds(jitter);

        // A follow-up that is given up takes no Call with it: that is written without.
        return next ?? (root != task && root.Wanted is WantedActivity ? now : null);
    }

    private static async Task StoreAsync(HubDbContext context, SyncWork work, BoardTask task, DateTimeOffset now, DateTimeOffset? next, CancellationToken ct)
    {
        var state = task.Done ? "done" : task.Failure is null ? "pending" : next is null ? "dead" : "retry";
        var (version, written) = (task.Row.Version, task.Written is null ? null : BodyDiff.ToJson(task.Written));
        var (adopted, failed, notTried) = (task.Adopted, task.Failure is not null, task.WaitsFor is null ? 0 : 1);

        // Whom the older plan found may be another number's client than the newer plan's: then who it is, is asked again.
        var asked = task.Kind is SyncKinds.Contact or SyncKinds.Deal;
        var crmId = task.CrmId;
        var stored = await context.SyncTasks
            .Where(t => t.Id == task.Row.Id && (t.LeaseOwner == work.Owner || (adopted && t.State != "running")))
            .ExecuteUpdateAsync(
                s => s
                    // A plan that changed meanwhile leaves the task pending, whatever this older one achieved.
                    .SetProperty(t => t.State, t => t.Version == version ? state : "pending")
                    .SetProperty(t => t.Attempts, t => t.Attempts > notTried ? t.Attempts - notTried : 0)
                    .SetProperty(t => t.FailingSince, t => !failed || t.Version != version ? null : t.FailingSince == null && notTried == 0 ? now : t.FailingSince)
                    .SetProperty(t => t.CrmId, t => t.Version == version || !asked ? crmId : t.CrmId)
                    .SetProperty(t => t.Written, t => t.Version == version || !asked ? written : t.Written)
                    .SetProperty(t => t.NextAttemptAt, next ?? now)
                    .SetProperty(t => t.Category, task.Failure == null ? null : task.Failure.Category.ToString())
                    .SetProperty(t => t.Error, task.Failure == null ? null : Cut(task.Failure.Words))
                    .SetProperty(t => t.LeaseOwner, (string?)null)
                    .SetProperty(t => t.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(t => t.UpdatedAt, now),
                ct);
        if (asked && stored == 1)
        {
            await KeepOfSameClientAsync(context, task, written, ct);
        }
    }

    /// <summary>
    /// A newer plan for the same number: what was made or found stays. Asked again, the contact that this very call made would be found and taken for one
    /// that was known before it. The row is this transaction's by now, so the plan read here is the one that counts.
    /// </summary>
    private static async Task KeepOfSameClientAsync(HubDbContext context, BoardTask task, string? written, CancellationToken ct)
    {
        var (id, version, crmId) = (task.Row.Id, task.Row.Version, task.CrmId);
        var newer = await context.SyncTasks.AsNoTracking().Where(t => t.Id == id && t.Version != version).Select(t => t.Wanted).FirstOrDefaultAsync(ct);
        if (newer is not null && NumberOf(Wanted.Read(newer)) == NumberOf(task.Wanted))
        {
            await context.SyncTasks.Where(t => t.Id == id).ExecuteUpdateAsync(s => s.SetProperty(t => t.CrmId, crmId).SetProperty(t => t.Written, written), ct);
        }
    }

    private static string? NumberOf(Wanted wanted) => wanted switch
    {
        WantedContact contact => contact.Phone,
        WantedDeal deal => deal.Phone,
        _ => null,
    };

    /// <summary>
    /// From the tasks as they are stored now, not as this work saw them: whoever lost his lease meanwhile would take away what the next one found.
    /// </summary>
    private static async Task UpdateCallAsync(HubDbContext context, SyncWork work, CancellationToken ct)
    {
        var conversation = work.Session.IntegrationId;
        var board = new TaskBoard(await SyncTaskStore.OfSessionAsync(context, work.Session, ct), work.Owner);
        var refs = board.References;
        await context.Calls.Where(c => c.ConversationId == conversation).ExecuteUpdateAsync(
            s => s
                .SetProperty(c => c.ContactId, refs.ContactId)
                .SetProperty(c => c.AccountId, refs.AccountId)
                .SetProperty(c => c.DealId, refs.DealId)
                .SetProperty(c => c.ActivityId, refs.ActivityId),
            ct);
        foreach (var call in board.Tasks.Where(t => t.Wanted is WantedCall))
        {
            var (session, crmId) = (SessionKey.Parse(((WantedCall)call.Wanted).IntegrationId), call.CrmId);
            var (cabinet, id) = (session.Cabinet.Value, session.Id);
            await context.Calls.Where(c => c.Cabinet == cabinet && c.SessionId == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.CrmCallId, crmId), ct);
        }
    }

    private static string? Cut(string text) => DbText.Of(text, 1000);
}
