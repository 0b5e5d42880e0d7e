using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>
/// Brings the CRM to a call's wanted state: one batch of reads (is the number known, is a deal open), one batch of writes with computed ids. Every
/// step may be repeated: a crash anywhere, or an answer that was lost, leads to the same records.
/// </summary>
internal sealed partial class CallWriter(
    HubDatabase database,
    ICreatioClient crm,
    ClientResolver resolver,
    CallPlanning planning,
    TalkerLookup talkers,
    CallBackTasks callBacks,
    TaskOutcomes outcomes,
    HubSettings settings,
    ILogger<CallWriter> logger)
{
    // Reads, a second look after a conflict or a record that is gone, and the rest: more rounds mean that something is wrong.
    private const int MostRounds = 6;

    public async Task WriteAsync(SyncWork work, CancellationToken ct)
    {
        if (work.Tasks.Any(t => t.Kind == SyncKinds.Talker))
        {
            await talkers.AskAsync(work, ct);
        }

        var board = await LoadAsync(work, ct);
        try
        {
            var verified = false;
            for (var round = 0; round < MostRounds && board.Open.Any(t => t.Kind != SyncKinds.Talker); round++)
            {
                if (NeedsResolution(board) && await ResolveAsync(work, board, ct) is { } replanned)
                {
                    replanned.ForgetAsIn(board);
                    board = replanned;
                    continue;
                }

                await SettleClosedAsync(work.Session, board, ct);
                await callBacks.SettleEndedAsync(work.Session, board, ct);
                var parts = Parts(work.Session, board);
                if (parts.Count == 0)
                {
                    break;
                }

                var answer = await crm.BatchAsync([.. parts.Select(p => p.Part)], ct);
                if (!await JudgeAsync(board, parts, answer, verified, ct))
                {
                    break;
                }

                verified = true;
                board.ReopenCallsWithoutTask();
            }

            Block(board);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var failure = SyncFailure.Of(e);
            LogFailed(logger, work.Session.IntegrationId, failure.Category, e);
            foreach (var task in board.Open)
            {
                task.Fail(failure);
            }
        }

        await outcomes.StoreAsync(work, board, ct);
    }

    private async Task<TaskBoard> LoadAsync(SyncWork work, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return new TaskBoard(await SyncTaskStore.OfSessionAsync(context, work.Session, ct), work.Owner);
    }

    private static bool NeedsResolution(TaskBoard board) =>
        board.Contact is { Open: true, CrmId: null } || (board.Deal is { Open: true, CrmId: null } && board.Contact is { Done: true });

    /// <returns>A new board when the plan had to be made anew; null when this one goes on.</returns>
    private async Task<TaskBoard?> ResolveAsync(SyncWork work, TaskBoard board, CancellationToken ct)
    {
        if (board.Contact is not { Wanted: WantedContact wanted } contact)
        {
            return null;
        }

        var number = PhoneNumber.Parse(wanted.Phone);
        var found = await resolver.ResolveAsync(number, board.Deal is { Open: true, CrmId: null, Wanted: WantedDeal { Always: false } } ? DealOf(board) : null, ct);
        if (await ReplanAsync(work, found.Client, ct))
        {
            return await LoadAsync(work, ct);
        }

        if (contact is { Open: true, CrmId: null })
        {
            if (found.Client is { } client)
            {
                contact.Finish(wanted.Unlinked ? null : client.ContactId, new JsonObject { ["AccountId"] = wanted.Unlinked ? null : client.AccountId?.ToString(), ["Found"] = true });
            }
            else if (!wanted.MayCreate)
            {
                contact.Finish(null, new JsonObject { ["Found"] = false });
            }
        }

        if (board.Deal is { Open: true, CrmId: null } deal && found.OpenDealId is { } open)
        {
            deal.Finish(open, new JsonObject { ["Found"] = true });
        }

        return null;
    }

    /// <summary>The plan was made for another client than the CRM now has under this number.</summary>
    private async Task<bool> ReplanAsync(SyncWork work, Client? client, CancellationToken ct)
    {
        var (cabinet, id) = (work.Session.Cabinet.Value, work.Session.Id);
        await using (var look = database.CreateContext())
        {
            var planned = await look.Calls.Where(c => c.Cabinet == cabinet && c.SessionId == id).Select(c => c.PlannedClient).FirstOrDefaultAsync(ct);
            if (planned == CallPlanning.FingerprintOf(client))
            {
                return false;
            }
        }

        await database.WriteAsync(
            async (context, token) =>
            {
                // The session's row serialises this plan with the folder's.
                await context.Sessions.Where(s => s.Cabinet == cabinet && s.SessionId == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Planned, true), token);
                var row = await context.Calls.FirstAsync(c => c.Cabinet == cabinet && c.SessionId == id, token);
                var call = CallRows.Read(row);
                await planning.PlanAsync(context, call, await planning.ContextOfAsync(context, call, CallRows.PlaceOf(row), token), row, token);
                await context.SaveChangesAsync(token);
            },
            ct);
        return true;
    }

    private List<PlannedPart> Parts(SessionKey session, TaskBoard board)
    {
        var parts = new List<PlannedPart>();
        var refs = board.References;
        var ready = board.Tasks.Where(t => t.Done).ToHashSet();
        foreach (var task in board.Tasks.Where(t => t.Kind != SyncKinds.Talker))
        {
            ReopenIfMisplaced(session, board, task, refs);
            if (!task.Open || !board.NeededBy(task).All(ready.Contains))
            {
                continue;
            }

            if (task.Wanted is WantedLink { Parent: "contact" } && refs.ContactId is null)
            {
                // Found, and there is none: an account's number, or a missed call of a stranger. Nothing to hang the link on.
                task.Finish(null, []);
                ready.Add(task);
                continue;
            }

            var id = IdOf(session, task);
            var body = CrmBodies.Of(task.Wanted, refs, HubIds.Call(SessionOf(session, task)), DealOf(board));
            if (Part(task, id, body, CrmBodies.EntityOf(task.Wanted, DealOf(board))) is { } part)
            {
                parts.Add(part);
            }

            ready.Add(task);
            refs = task.Kind switch
            {
                SyncKinds.Contact => refs with { ContactId = id },
                SyncKinds.Deal => refs with { DealId = id },
                _ when task == board.Activity => refs with { ActivityId = id },
                _ => refs,
            };
        }

        return parts;
    }

    private DealEntity DealOf(TaskBoard board) => board.DealEntity ?? settings.Sync.DealEntity;

    /// <summary>
    /// The client of this call was found or made only now, or his number was corrected: what was finished before, because there was no contact, or hangs on
    /// another client's, is taken up again.
    /// </summary>
    private void ReopenIfMisplaced(SessionKey session, TaskBoard board, BoardTask task, CrmReferences refs)
    {
        if (!task.Done || board.Contact is not { Mine: true } || !board.NeededBy(task).All(t => t.Done || t.Open))
        {
            return;
        }

        if (task is { CrmId: null, Wanted: WantedLink { Parent: "contact" } } && refs.ContactId is not null)
        {
            task.Forget();
        }
        else if (task is { CrmId: not null, Written: { } written, Wanted: not WantedContact } && refs.ContactId is not null)
        {
            var body = CrmBodies.Of(task.Wanted, refs, HubIds.Call(SessionOf(session, task)), DealOf(board));
            if (BodyDiff.OfReferences(written, body).Count > 0)
            {
                task.Reopen();
            }
        }
    }

    private static PlannedPart? Part(BoardTask task, Guid id, JsonObject body, string entity)
    {
        if (task.CrmId is null || task.Written is not { } known)
        {
            // Also where an earlier look found nobody, and now a contact is wanted.
            var values = (JsonObject)body.DeepClone();
            values["Id"] = id.ToString();
            return new PlannedPart(task, id, body, BatchPart.Create(entity, values));
        }

        // Once they are there, people work with them: of a deal, task or link only whose it is may be corrected, and of a task its end
        // and how often the client tried is written.
        var diff = task.Wanted switch
        {
            WantedCall => BodyDiff.Of(known, body),
            WantedContact => [],
            _ => BodyDiff.OfReferences(known, body),
        };
        if (task.Wanted is WantedOwned { ByTalk: true } && known["OwnerId"] is { } given && !JsonNode.DeepEquals(given, body["OwnerId"]))
        {
            diff["OwnerId"] = body["OwnerId"]?.DeepClone();
        }

        if (task.Wanted is WantedActivity activity)
        {
            string[] columns = activity is { Calls: > 1, Open: true } ? ["StatusId", "Title"] : ["StatusId"];
            foreach (var column in columns.Where(c => !JsonNode.DeepEquals(known[c], body[c])))
            {
                diff[column] = body[column]?.DeepClone();
            }
        }

        if (diff.Count == 0)
        {
            task.Finish(id, known);
            return null;
        }

        return new PlannedPart(task, id, task.Wanted is WantedCall ? body : Merged(known, diff), BatchPart.Update(entity, id, diff));
    }

    private static JsonObject Merged(JsonObject known, JsonObject diff)
    {
        var merged = (JsonObject)known.DeepClone();
        foreach (var (column, value) in diff)
        {
            merged[column] = value?.DeepClone();
        }

        return merged;
    }

    private static Guid IdOf(SessionKey session, BoardTask task) => task.CrmId ?? task.NextId ?? task.Wanted switch
    {
        WantedContact contact => HubIds.Contact(PhoneNumber.Parse(contact.Phone)),
        WantedDeal => HubIds.Deal(session),
        WantedActivity => HubIds.Activity(SessionOf(session, task), task.Kind),
        WantedCall => HubIds.Call(SessionOf(session, task)),
        WantedLink link => HubIds.RecordingLink(SessionOf(session, task), link.Parent, link.Hash),
        _ => throw new InvalidOperationException($"A task of kind {task.Kind} makes no record."),
    };

    /// <summary>A conversation's Calls and recordings belong to one of its sessions each; all else belongs to the first, but for a task that it took over.</summary>
    private static SessionKey SessionOf(SessionKey first, BoardTask task) => task.Wanted switch
    {
        WantedCall call => SessionKey.Parse(call.IntegrationId),
        WantedLink { Session: { } session } => SessionKey.Parse(session),
        WantedActivity { Session: { } session } => SessionKey.Parse(session),
        _ => first,
    };

    /// <returns>True when another round makes sense.</returns>
    private async Task<bool> JudgeAsync(TaskBoard board, List<PlannedPart> parts, BatchAnswer answer, bool verified, CancellationToken ct)
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

            part.Task.Fail(new SyncFailure(SyncFailure.Of(failure), result.Error ?? $"HTTP {result.Status}"));
            return SyncFailure.Of(failure) is FailureCategory.Permanent or FailureCategory.NotFound;
        }

        return true;
    }

    private static void SettleDeleted(BoardTask task)
    {
        switch (task.Wanted)
        {
            case WantedActivity when task.Adopted:
            case WantedActivity { Open: false }:
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

        var entity = CrmBodies.EntityOf(part.Task.Wanted, DealOf(board));
        if (await crm.FindAsync(entity, part.Id, ["Id"], ct) is null)
        {
            part.Task.Fail(new SyncFailure(FailureCategory.Conflict, $"{entity}: the id is said to be taken, but there is no such record."));
        }
        else if (part.Task.Wanted is WantedCall or WantedActivity { Open: false })
        {
            // Written by an earlier attempt, perhaps as an earlier plan wanted it.
            part.Task.Exists(part.Id);
        }
        else
        {
            part.Task.Finish(part.Id, part.Body);
        }
    }

    /// <summary>
    /// A task that is to be closed before it is known to exist: its answer was lost, or it never left. Made only to be closed it would be noise; left alone
    /// it might stay open for ever. So it is looked for.
    /// </summary>
    private async Task SettleClosedAsync(SessionKey session, TaskBoard board, CancellationToken ct)
    {
        foreach (var task in board.Open.Where(t => t is { Written: null, CrmId: null, Wanted: WantedActivity { Open: false } }).ToList())
        {
            var id = IdOf(session, task);
            if (await crm.FindAsync(CrmBodies.EntityOf(task.Wanted, DealOf(board)), id, ["Id"], ct) is null)
            {
                task.Finish(null, []);
            }
            else
            {
                task.Exists(id);
            }
        }
    }

    /// <summary>A record that an earlier run found or made may be gone from the CRM; then it is looked for and planned anew.</summary>
    private async Task<bool> ForgetGoneAsync(TaskBoard board, CancellationToken ct)
    {
        var forgotten = false;
        foreach (var task in board.Open.SelectMany(board.NeededBy).Where(t => t is { Done: true, CrmId: not null }).Distinct().ToList())
        {
            var entity = CrmBodies.EntityOf(task.Wanted, DealOf(board));
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
    private static void Block(TaskBoard board)
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Writing call {Session} failed: {Category}.")]
    private static partial void LogFailed(ILogger logger, string session, FailureCategory category, Exception exception);
}

/// <param name="Id">Of the record.</param>
/// <param name="Body">All wanted columns.</param>
internal sealed record PlannedPart(BoardTask Task, Guid Id, JsonObject Body, BatchPart Part);
