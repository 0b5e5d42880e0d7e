using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Intake;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Sync;

/// <summary>
/// No event said who talked: a number that is nobody's in the cabinet may come without employee. The cabinet's own legs report is asked and its rows
/// go through the journal like any event; nothing is guessed. When the report does not know either, the plan goes on without.
/// </summary>
internal sealed partial class TalkerLookup(
    HubDatabase database,
    UisCabinets cabinets,
    JournalStore journal,
    FoldSignal fold,
    TimeProvider time,
    ILogger<TalkerLookup> logger)
{
    private const int MostAttempts = 5;

    /// <summary>In a cabinet whose points are used up, an answer takes until the next minute: a slot that waits for it is one that no other call gets.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public async Task AskAsync(SyncWork work, CancellationToken ct)
    {
        foreach (var task in work.Tasks.Where(t => t.Kind == SyncKinds.Talker))
        {
            // Of a second session the purpose names it.
            await AskAsync(work, task, task.Purpose.Length == 0 ? work.Session : SessionKey.Parse(task.Purpose), ct);
        }
    }

    private async Task AskAsync(SyncWork work, SyncTaskRow task, SessionKey session, CancellationToken ct)
    {
        var (state, words) = ("retry", "The report has no leg of this call that talked yet.");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            if (await FetchAsync(session, either.Token))
            {
                (state, words) = ("done", "");
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && patience.IsCancellationRequested)
        {
            words = "The report did not come in time: the cabinet's points of this minute may be used up.";
            LogFailed(logger, session.IntegrationId, FailureCategory.Transient);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var failure = SyncFailure.Of(e);
            words = failure.Words;
            state = failure.Category is FailureCategory.Permanent or FailureCategory.NotFound ? "dead" : "retry";
            LogFailed(logger, session.IntegrationId, failure.Category);
        }

        if (state == "retry" && task.Attempts >= MostAttempts)
        {
            state = "done";
        }

        await StoreAsync(work, task.Id, state, words, TimeSpan.FromSeconds(Math.Pow(3, task.Attempts)), ct);
    }

    private async Task<bool> FetchAsync(SessionKey session, CancellationToken ct)
    {
        var (cabinet, id) = (session.Cabinet.Value, session.Id);
        await using var context = database.CreateContext();
        var call = await context.Calls.AsNoTracking().FirstAsync(c => c.Cabinet == cabinet && c.SessionId == id, ct);
        var zone = cabinets.ZoneOf(session.Cabinet);
        var query = new UisReportQuery(
            WireTime.ToLocal(call.StartedAt - Margin, zone),
            WireTime.ToLocal((call.EndedAt ?? call.StartedAt) + Margin, zone))
        {
            // is_talked and the employee's name and number are no default columns (reference 2.4), so all that is used is named.
            Query = new UisQuery { Filter = UisFilter.Equal("call_session_id", id), Fields = ReportEvents.LegFields },
        };
        var entries = new List<JournalEntry>();
        await foreach (var leg in cabinets.Client(session.Cabinet).Data.GetCallLegsReportAsync(query, cancellationToken: ct))
        {
            if (leg.CallSessionId == id)
            {
                entries.Add(ReportEvents.OfLeg(session, leg, zone, time.GetUtcNow()));
            }
        }

        if (entries.Count > 0)
        {
            await journal.AppendAsync(entries, ct);
        }

        return entries.Exists(e => e.Event is { Talked: true });
    }

    private async Task StoreAsync(SyncWork work, Guid taskId, string state, string words, TimeSpan pause, CancellationToken ct)
    {
        var (cabinet, id) = (work.Session.Cabinet.Value, work.Session.Id);
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async (context, token) =>
            {
                await context.SyncTasks.Where(t => t.Id == taskId && t.LeaseOwner == work.Owner).ExecuteUpdateAsync(
                    s => s
                        .SetProperty(t => t.State, state)
                        .SetProperty(t => t.Error, words.Length == 0 ? null : words)
                        .SetProperty(t => t.NextAttemptAt, now + pause)
                        .SetProperty(t => t.LeaseOwner, (string?)null)
                        .SetProperty(t => t.UpdatedAt, now),
                    token);
                if (state != "retry")
                {
                    // The plan waited for this answer, also for an empty one.
                    context.Marks.FoldAgain(cabinet, id);
                }
            },
            ct);
        fold.Raise();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who talked in call {Session} could not be asked: {Category}.")]
    private static partial void LogFailed(ILogger logger, string session, FailureCategory category);
}
