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
    DealCloser closer,
    TaskOutcomes outcomes,
    CrmColumns crmColumns,
    CallParts parts,
    CallAnswers answers,
    HubSettings settings,
    ILogger<CallWriter> logger)
{
    // Reads, a second look after each conflict (a lost answer leaves one for every record) or a record that is gone, and the rest: more rounds mean that something is wrong.
    private const int MostRounds = 10;

    /// <returns>True: the outcome is stored and the lane given back with it.</returns>
    public async Task<bool> WriteAsync(SyncWork work, CancellationToken ct)
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
                if (NeedsResolution(board) && await ResolveAsync(work, board, isFirst: round == 0, ct) is { } replanned)
                {
                    replanned.ForgetAsIn(board);
                    board = replanned;
                    continue;
                }

                await answers.SettleClosedAsync(work.Session, board, ct);
                await closer.SettleAsync(work, board, ct);
                await callBacks.SettleEndedAsync(work.Session, board, ct);
                var columns = await crmColumns.OfAsync(board.Tasks.Where(t => t.Kind != SyncKinds.Talker).Select(t => CrmBodies.EntityOf(t.Wanted, board.DealOf(settings))), ct);
                var batch = parts.Of(work.Session, board, columns);
                if (batch.Count == 0)
                {
                    break;
                }

                var answer = await crm.BatchAsync([.. batch.Select(p => p.Part)], ct);
                if (!await answers.JudgeAsync(board, batch, answer, columns, verified, ct))
                {
                    break;
                }

                verified = true;
                board.ReopenCallsWithoutTask();
            }

            CallAnswers.Block(board);
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

        return await outcomes.StoreAsync(work, board, ct);
    }

    private async Task<TaskBoard> LoadAsync(SyncWork work, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        return new TaskBoard(await SyncTaskStore.OfSessionAsync(context, work.Session, ct), work.Owner);
    }

    /// <summary>Also where a found client's plan was changed: whoever changed it may be a replica that has not heard of him yet.</summary>
    private static bool NeedsResolution(TaskBoard board) =>
        board.Contact is { Open: true, CrmId: null }
        || board.Contact is { Open: true, Written: { } written } && written.ContainsKey("Found")
        || (board.Deal is { Open: true, CrmId: null, Wanted: WantedDeal { Closed: false } } && board.Contact is { Done: true });

    /// <returns>A new board when the plan had to be made anew; null when this one goes on.</returns>
    private async Task<TaskBoard?> ResolveAsync(SyncWork work, TaskBoard board, bool isFirst, CancellationToken ct)
    {
        if (board.Contact is not { Wanted: WantedContact wanted } contact)
        {
            return null;
        }

        var number = PhoneNumber.Parse(wanted.Phone);
        var found = await resolver.ResolveAsync(number, board.Deal is { Open: true, CrmId: null, Wanted: WantedDeal { Always: false, Closed: false } } ? board.DealOf(settings) : null, ct);
        if (await ReplanAsync(work, found.Client, isFirst, ct))
        {
            return await LoadAsync(work, ct);
        }

        if (contact is { Open: true, CrmId: null })
        {
            if (found.Client is { } made && wanted is { MayCreate: true, Unlinked: false } && await WasMadeBeforeAsync(contact, number, made, ct))
            {
                contact.Exists(made.ContactId!.Value, new JsonObject { ["OwnerId"] = made.OwnerContactId?.ToString(), ["AccountId"] = made.AccountId?.ToString() });
            }
            else if (found.Client is { } client)
            {
                contact.Finish(wanted.Unlinked ? null : client.ContactId, new JsonObject { ["AccountId"] = wanted.Unlinked ? null : client.AccountId?.ToString(), ["Found"] = true });
            }
            else if (!wanted.MayCreate)
            {
                contact.Finish(null, new JsonObject { ["Found"] = false });
            }
        }

        // Its own deal, made by an attempt whose answer was lost, is no deal of before: it is met when it is made again.
        if (board.Deal is { Open: true, CrmId: null, Wanted: WantedDeal { Closed: false } } deal && found.OpenDealId is { } open && open != HubIds.Deal(work.Session))
        {
            deal.Finish(open, new JsonObject { ["Found"] = true });
        }

        return null;
    }

    /// <summary>
    /// The client is there because an earlier attempt of this very task made him, whose outcome was not stored. He stays the stranger who called, and his owner the hub's to
    /// correct; unless another call of his says that it made him.
    /// </summary>
    private async Task<bool> WasMadeBeforeAsync(BoardTask contact, PhoneNumber number, Client client, CancellationToken ct)
    {
        if (client.ContactId is not { } id || !CallPlanning.MayHaveMade(contact.Row, number, id))
        {
            return false;
        }

        await using var context = database.CreateContext();
        return !await SyncTaskStore.WasMadeByAnotherAsync(context, contact.Row, id, ct);
    }

    /// <summary>The plan was made for another client than the CRM now has under this number.</summary>
    private async Task<bool> ReplanAsync(SyncWork work, Client? client, bool isFirst, CancellationToken ct)
    {
        var (cabinet, id) = (work.Session.Cabinet.Value, work.Session.Id);
        await using (var look = database.CreateContext())
        {
            // A second session that was found to be one while its own plan was being written leaves all to the first, once: what stays of it was written before.
            var planned = await look.Calls.Where(c => c.Cabinet == cabinet && c.SessionId == id).Select(c => new { c.PlannedClient, c.ParentCabinet }).FirstAsync(ct);
            if (planned.ParentCabinet is null ? planned.PlannedClient == CallPlanning.FingerprintOf(client) : !isFirst)
            {
                return false;
            }
        }

        await database.WriteAsync(
            async (context, token) =>
            {
                // One plan of a session at a time: the folder may be making another.
                await database.LockSessionAsync(context, work.Session, token);
                await context.Sessions.Where(s => s.Cabinet == cabinet && s.SessionId == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Planned, true), token);
                var row = await context.Calls.AsNoTracking().FirstAsync(c => c.Cabinet == cabinet && c.SessionId == id, token);
                var call = CallRows.Read(row);
                var found = (await planning.ContextsAsync(context, [call], token))[0];
                await planning.PlanAsync(context, [(call, planning.At(found, call, CallRows.PlaceOf(row)), row)], work.Owner, token);
            },
            ct);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Writing call {Session} failed: {Category}.")]
    private static partial void LogFailed(ILogger logger, string session, FailureCategory category, Exception exception);
}
