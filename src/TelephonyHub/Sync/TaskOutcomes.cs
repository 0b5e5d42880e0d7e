using TelephonyHub.Calls;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>What a work achieved → the database, in one transaction.</summary>
internal sealed class TaskOutcomes(HubDatabase database, RetryPolicy retry, TimeProvider time)
{
    /// <summary>
    /// A plan that changed meanwhile leaves the task pending, whatever this older one achieved. What the work took up again without having claimed it, it may store only
    /// while the lane is its own.
    /// </summary>
    private const string StoreTask = """
        UPDATE sync_tasks SET
            state = CASE WHEN version = @version THEN @state ELSE 'pending' END,
            attempts = CASE WHEN attempts > @not_tried THEN attempts - @not_tried ELSE 0 END,
            failing_since = CASE WHEN NOT @failed OR version <> @version THEN NULL WHEN failing_since IS NULL AND @not_tried = 0 THEN @now ELSE failing_since END,
            crm_id = CASE WHEN version = @version OR NOT @asked THEN @crm_id ELSE crm_id END,
            written = CASE WHEN version = @version OR NOT @asked THEN @written ELSE written END,
            next_attempt_at = @next,
            category = @category,
            error = @error,
            lease_owner = NULL,
            lease_until = NULL,
            updated_at = @now
        WHERE id = @id AND EXISTS (SELECT 1 FROM lanes WHERE lane = @lane AND owner = @owner) >= @adopted AND (lease_owner = @owner OR (@adopted AND state <> 'running'))
        """;

    /// <returns>True: the lane was this work's, and is free now.</returns>
    public Task<bool> StoreAsync(SyncWork work, TaskBoard board, CancellationToken ct) => database.WriteAsync(
        async (context, token) =>
        {
            var now = time.GetUtcNow();
            var jitter = RetryPolicy.Jitter();
            var mine = board.Tasks.Where(t => t is { Mine: true, Touched: true }).ToList();

            // The rows are the locks: one who is late waits here, and then sees what the other stored.
            var statements = new Statements(database, context);
            statements.Add("UPDATE lanes SET owner = owner WHERE lane = @lane AND owner = @owner", ("@lane", work.Lane), ("@owner", work.Owner));
            if (database.IsPostgres)
            {
                statements.Add("SELECT 1 FROM calls WHERE conversation_id = @conversation ORDER BY cabinet, session_id FOR NO KEY UPDATE", ("@conversation", work.Session.IntegrationId));
            }

            foreach (var task in mine)
            {
                Store(statements, work, task, now, NextAttempt(task, now, jitter));
            }

            var changed = await statements.RunAsync(token);
            var stored = mine.Where((_, n) => changed[changed.Count - mine.Count + n] == 1).ToList();
            if (board.Tasks.FirstOrDefault(t => t is { Mine: true, Kind: SyncKinds.CallBack, Done: true, CrmId: not null })?.CrmId is { } callBack)
            {
                await MissedCalls.TaskWrittenAsync(context, work.Session, callBack, token);
            }

            await UpdateCallAsync(context, work, stored, token);
            return changed[0] == 1;
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

    private void Store(Statements statements, SyncWork work, BoardTask task, DateTimeOffset now, DateTimeOffset? next)
    {
        var state = task.Done ? "done" : task.Failure is null ? "pending" : next is null ? "dead" : "retry";
        statements.Add(
            StoreTask,
            ("@id", database.Id(task.Row.Id)),
            ("@lane", work.Lane),
            ("@owner", work.Owner),
            ("@adopted", task.Adopted),
            ("@version", task.Row.Version),
            ("@state", state),
            ("@not_tried", task.WaitsFor is null ? 0 : 1),
            ("@failed", task.Failure is not null),
            ("@asked", IsAsked(task)),
            ("@crm_id", task.CrmId is { } crmId ? database.Id(crmId) : null),
            ("@written", WrittenOf(task)),
            ("@next", database.Instant(next ?? now)),
            ("@category", task.Failure?.Category.ToString()),
            ("@error", task.Failure is null ? null : Cut(task.Failure.Words)),
            ("@now", database.Instant(now)));
    }

    /// <summary>Whom the older plan found may be another number's client than the newer plan's: then who it is, is asked again.</summary>
    private static bool IsAsked(BoardTask task) => task.Kind is SyncKinds.Contact or SyncKinds.Deal;

    private static string? WrittenOf(BoardTask task) => task.Written is null ? null : BodyDiff.ToJson(task.Written);

    private static string? NumberOf(Wanted wanted) => wanted switch
    {
        WantedContact contact => contact.Phone,
        WantedDeal deal => deal.Phone,
        _ => null,
    };

    /// <summary>
    /// From the tasks as they are stored now, not as this work saw them: whoever lost his lease meanwhile would take away what the next one found.
    /// </summary>
    private async Task UpdateCallAsync(HubDbContext context, SyncWork work, List<BoardTask> stored, CancellationToken ct)
    {
        var rows = await SyncTaskStore.OfSessionAsync(context, work.Session, ct);
        var statements = new Statements(database, context);
        foreach (var task in stored.Where(IsAsked))
        {
            KeepOfSameClient(statements, task, rows.Find(r => r.Id == task.Row.Id));
        }

        var board = new TaskBoard(rows, work.Owner);
        var refs = board.References;
        statements.Add(
            "UPDATE calls SET contact_id = @contact, account_id = @account, deal_id = @deal, activity_id = @activity WHERE conversation_id = @conversation",
            ("@contact", Id(refs.ContactId)),
            ("@account", Id(refs.AccountId)),
            ("@deal", Id(refs.DealId)),
            ("@activity", Id(refs.ActivityId)),
            ("@conversation", work.Session.IntegrationId));
        foreach (var call in board.Tasks.Where(t => t.Wanted is WantedCall))
        {
            var session = SessionKey.Parse(((WantedCall)call.Wanted).IntegrationId);
            statements.Add("UPDATE calls SET crm_call_id = @call WHERE cabinet = @cabinet AND session_id = @session", ("@call", Id(call.CrmId)), ("@cabinet", session.Cabinet.Value), ("@session", session.Id));
        }

        // The work is done: whoever waits for this client goes on with the commit.
        statements.Add("DELETE FROM lanes WHERE lane = @lane AND owner = @owner", ("@lane", work.Lane), ("@owner", work.Owner));
        await statements.RunAsync(ct);

        object? Id(Guid? id) => id is { } known ? database.Id(known) : null;
    }

    /// <summary>
    /// A newer plan for the same number: what was made or found stays. Asked again, the contact that this very call made would be found and taken for one
    /// that was known before it. The row is this transaction's by now, so the plan read here is the one that counts.
    /// </summary>
    private void KeepOfSameClient(Statements statements, BoardTask task, SyncTaskRow? now)
    {
        if (now is not null && now.Version != task.Row.Version && NumberOf(Wanted.Read(now.Wanted)) == NumberOf(task.Wanted))
        {
            (now.CrmId, now.Written) = (task.CrmId, WrittenOf(task));
            statements.Add(
                "UPDATE sync_tasks SET crm_id = @crm_id, written = @written WHERE id = @id",
                ("@crm_id", task.CrmId is { } crmId ? database.Id(crmId) : null),
                ("@written", WrittenOf(task)),
                ("@id", database.Id(task.Row.Id)));
        }
    }

    private static string? Cut(string text) => DbText.Of(text, 1000);
}
