using System.Text.Json.Nodes;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync;

/// <summary>What the CRM answered → the board: done, there already, gone, refused; and what is uncertain is looked for.</summary>
internal sealed class CallAnswers(ICreatioClient crm, ClientResolver resolver, HubSettings settings)
{
    /// <summary>Four minutes: a CRM that comes back after an outage has told its columns by then.</summary>
    private const int MostGuesses = 9;

    /// <returns>True when another round makes sense.</returns>
    public async Task<bool> JudgeAsync(TaskBoard board, List<PlannedPart> parts, BatchAnswer answer, KnownColumns columns, bool verified, CancellationToken ct)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var (part, result) = (parts[i], answer.Parts[i]);
            if (!result.WasAnswered)
            {
                continue;
            }

            if (result.Failure is not { } failure)
            {
                part.Task.Finish(part.Id, part.Body);
                continue;
            }

            // An update that finds nothing: somebody deleted the record.
            if (failure == CreatioFailure.NotFound && part.Part.Kind == BatchPartKind.Update && await crm.FindAsync(part.Part.Entity, part.Id, ["Id"], ct) is null)
            {
                SettleDeleted(part.Task);
                return true;
            }

            if (failure == CreatioFailure.Conflict)
            {
                await SettleConflictAsync(part, board, ct);
                return true;
            }

            if (!verified && failure is CreatioFailure.Permanent or CreatioFailure.Transient or CreatioFailure.NotFound && await ForgetGoneAsync(board, ct))
            {
                return true;
            }

            // While the columns cannot be read, a column that the CRM lacks may be what it refuses.
            var category = failure == CreatioFailure.Permanent && !columns.AreRead(part.Part.Entity) && part.Task.Row.Attempts < MostGuesses ? FailureCategory.Transient : SyncFailure.Of(failure);
            part.Task.Fail(new SyncFailure(category, result.Error ?? $"HTTP {result.Status}"));
            return category is FailureCategory.Permanent or FailureCategory.NotFound || (part.Task == board.Activity && board.TaskIsLost);
        }

        return true;
    }

    private static void SettleDeleted(BoardTask task)
    {
        switch (task.Wanted)
        {
            case WantedActivity when task.Adopted:
            case WantedActivity { Open: false }:
            case WantedDeal { Closed: true }:
            case WantedLink:
                // Nothing is left to close or to correct, and nothing for the call to point to.
                task.Finish(null, []);
                break;
            case WantedActivity or WantedDeal or WantedContact:
                task.Forget();
                break;
            default:
                // Not made again behind the back of him who deleted it.
                task.Fail(new SyncFailure(FailureCategory.NotFound, "The record was deleted in the CRM."));
                break;
        }
    }

    /// <summary>The id is taken. Ours, written by an attempt whose answer was lost, or (a contact) another record's.</summary>
    private async Task SettleConflictAsync(PlannedPart part, TaskBoard board, CancellationToken ct)
    {
        if (part.Task.Wanted is WantedContact wanted)
        {
            await resolver.TakeOrMoveAsync(part, wanted, ct);
            return;
        }

        var entity = CrmBodies.EntityOf(part.Task.Wanted, board.DealOf(settings));
        var owned = part.Task.Wanted is WantedOwned { ByTalk: true } && part.Body["OwnerId"] is not null;
        if (await crm.FindAsync(entity, part.Id, owned ? ["Id", "OwnerId"] : ["Id"], ct) is not { } row)
        {
            part.Task.Fail(new SyncFailure(FailureCategory.Conflict, $"{entity}: the id is said to be taken, but there is no such record."));
        }
        else if (part.Task.Wanted is WantedCall or WantedActivity { Open: false })
        {
            // Written by an earlier attempt, perhaps as an earlier plan wanted it.
            part.Task.Exists(part.Id, []);
        }
        else
        {
            // As now wanted, but for the owner: the earlier plan may have known less of who talked.
            var written = (JsonObject)part.Body.DeepClone();
            if (owned)
            {
                written["OwnerId"] = row.GetGuid("OwnerId")?.ToString();
            }

            part.Task.Exists(part.Id, written);
        }
    }

    /// <summary>
    /// A task that is to be closed before it is known to exist: its answer was lost, or it never left. Made only to be closed it would be noise; left alone
    /// it might stay open for ever. So it is looked for.
    /// </summary>
    public async Task SettleClosedAsync(SessionKey session, TaskBoard board, CancellationToken ct)
    {
        foreach (var task in board.Open.Where(t => t is { Written: null, CrmId: null, Wanted: WantedActivity { Open: false } }).ToList())
        {
            var id = CallParts.IdOf(session, task);
            if (await crm.FindAsync(CrmBodies.EntityOf(task.Wanted, board.DealOf(settings)), id, ["Id"], ct) is null)
            {
                task.Finish(null, []);
            }
            else
            {
                task.Exists(id, []);
            }
        }
    }

    /// <summary>A record that an earlier run found or made may be gone from the CRM; then it is looked for and planned anew.</summary>
    private async Task<bool> ForgetGoneAsync(TaskBoard board, CancellationToken ct)
    {
        var forgotten = false;
        foreach (var task in board.Open.SelectMany(board.NeededBy).Where(t => t is { Done: true, CrmId: not null }).Distinct().ToList())
        {
            var entity = CrmBodies.EntityOf(task.Wanted, board.DealOf(settings));
            if (await crm.FindAsync(entity, task.CrmId!.Value, ["Id"], ct) is null)
            {
                task.Forget();
                forgotten = true;
            }
        }

        if (board.TaskOfSeries is { } shared && board.Open.Any(t => t.Wanted is WantedCall) && await crm.FindAsync("Activity", shared, ["Id"], ct) is null)
        {
            // Somebody deleted the task of the client's earlier calls.
            (board.TaskOfSeriesIsGone, forgotten) = (true, true);
        }

        return forgotten;
    }

    /// <summary>What waits for a record that failed shares its fate: tried again with it, or dead with it.</summary>
    public static void Block(TaskBoard board)
    {
        foreach (var task in board.Open.Where(t => t.Kind != SyncKinds.Talker).ToList())
        {
            var needed = board.NeededBy(task).Where(t => !t.Done).ToList();
            var cause = needed.Find(t => t.Failure is not null) ?? needed.FirstOrDefault() ?? board.Tasks.FirstOrDefault(t => t.Failure is not null);
            if (cause is null)
            {
                task.Fail(new SyncFailure(FailureCategory.Transient, "The CRM did not answer for this record."));
            }
            else if (cause.Failure is { Category: FailureCategory.Permanent or FailureCategory.NotFound or FailureCategory.Blocked } failure)
            {
                task.Fail(new SyncFailure(FailureCategory.Blocked, $"Waits for another record of the call: {failure.Words}"));
            }
            else
            {
                task.WaitFor(cause);
            }
        }
    }
}
