using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Sync;

namespace TelephonyHub.Reconciliation;

/// <param name="Found">Sessions whose Call stands in the CRM.</param>
/// <param name="WhyNot">Of the others, as far as the hub knows.</param>
/// <param name="Changed">Columns that are not as the hub wrote them.</param>
/// <param name="Gone">Entities of records that were written with the Call and are not there any more.</param>
internal sealed record CrmFindings(
    IReadOnlySet<long> Found, IReadOnlyDictionary<long, string> WhyNot, IReadOnlyDictionary<long, string> Changed, IReadOnlyDictionary<long, string> Gone);

/// <summary>
/// What really stands in the CRM, not what the hub believes to have written: Calls, and what was written with them, read in batches and held against what was sent. What a
/// person deleted or changed is his word: it is listed, and put right only where <c>Reconciliation:Repair</c> says so.
/// </summary>
internal sealed partial class CrmCheck(HubDatabase database, ICreatioClient crm, SyncSignal signal, HubSettings settings, TimeProvider time, ILogger<CrmCheck> logger)
{
    private const int Batch = 50;

    /// <summary>What a Call says of others. Its texts are for people to change; its times came with it.</summary>
    private static readonly string[] Compared = [.. CrmBodies.ClientColumns, "ActivityId"];

    /// <summary>What is written with a Call.</summary>
    private static readonly string[] Beside = [SyncKinds.Contact, SyncKinds.Deal, SyncKinds.FollowUp, SyncKinds.CallBack];

    public async Task<CrmFindings> LookAsync(CabinetKey cabinet, IReadOnlyList<CallRow> expected, CancellationToken ct)
    {
        var (found, whyNot, changed, gone) = (new HashSet<long>(), new Dictionary<long, string>(), new Dictionary<long, string>(), new Dictionary<long, string>());
        foreach (var calls in expected.Chunk(Batch))
        {
            var tasks = await TasksAsync(calls, ct);
            var rows = await ReadAsync(cabinet, calls, tasks.Values, ct);
            var (deleted, different) = (new List<SyncTaskRow>(), new List<SyncTaskRow>());
            foreach (var call in calls)
            {
                var task = tasks.GetValueOrDefault(call.SessionId);
                if (rows.TryGetValue(call.SessionId, out var row))
                {
                    found.Add(call.SessionId);
                    if (task?.State == "done" && DifferentColumns(task, row) is { Length: > 0 } columns)
                    {
                        changed[call.SessionId] = columns;
                        different.Add(task);
                    }
                }
                else if (task is { State: "done" })
                {
                    whyNot[call.SessionId] = "deleted there";
                    deleted.Add(task);
                }
                else
                {
                    whyNot[call.SessionId] = task switch { null => "not planned yet", { State: "dead" } => $"given up ({task.Category})", _ => "not written yet" };
                }
            }

            foreach (var session in (await GoneAsync(cabinet, calls, ct)).GroupBy(t => t.SessionId))
            {
                gone[session.Key] = string.Join(", ", session.Select(EntityOf).Distinct(StringComparer.Ordinal));
            }

            await RepairAsync(deleted, different, ct);
        }

        return new CrmFindings(found, whyNot, changed, gone);
    }

    /// <summary>Contacts, deals and tasks of these calls that are not there any more. They stand in the plan of the conversation's first session, and are listed with it.</summary>
    private async Task<List<SyncTaskRow>> GoneAsync(CabinetKey cabinet, IReadOnlyList<CallRow> calls, CancellationToken ct)
    {
        var firsts = calls.Where(c => c.ConversationId == new SessionKey(cabinet, c.SessionId).IntegrationId).Select(c => c.SessionId).ToList();
        await using var context = database.CreateContext();
        var tasks = await context.SyncTasks.AsNoTracking()
            .Where(t => t.Cabinet == cabinet.Value && firsts.Contains(t.SessionId) && Beside.Contains(t.Kind) && t.State == "done" && t.CrmId != null)
            .OrderBy(t => t.SessionId).ThenBy(t => t.Rank)
            .ToListAsync(ct);

        // What was only to be closed is closed, one way or the other.
        tasks.RemoveAll(t => Wanted.Read(t.Wanted) is WantedActivity { Open: false } or WantedDeal { Closed: true });
        if (tasks.Count == 0)
        {
            return [];
        }

        var queries = tasks.GroupBy(EntityOf, StringComparer.Ordinal)
            .Select(g => BatchPart.Query(new ODataQuery(g.Key).Where(ODataFilter.AnyOf("Id", g.Select(t => t.CrmId!.Value).Distinct())).Selecting("Id")));
        var answer = await crm.BatchAsync([.. queries], ct);
        var there = answer.Parts.SelectMany(p => p.OrThrow().Rows.Select(r => r.Id)).ToHashSet();
        return tasks.FindAll(t => !there.Contains(t.CrmId!.Value));
    }

    private string EntityOf(SyncTaskRow task) => CrmBodies.EntityOf(Wanted.Read(task.Wanted), settings.Sync.DealEntity);

    private async Task<Dictionary<long, CreatioRow>> ReadAsync(CabinetKey cabinet, IReadOnlyList<CallRow> calls, IEnumerable<SyncTaskRow> tasks, CancellationToken ct)
    {
        var ids = calls.ToDictionary(c => new SessionKey(cabinet, c.SessionId).IntegrationId, c => c.SessionId, StringComparer.Ordinal);

        // Only columns that this CRM has taken before: others it may not have.
        var columns = tasks.SelectMany(t => WrittenColumns(t).Select(c => c.Key)).Distinct(StringComparer.Ordinal);
        var query = new ODataQuery("Call").Where(ODataFilter.AnyOf("IntegrationId", ids.Keys)).Selecting(["Id", "IntegrationId", .. columns]);
        var rows = new Dictionary<long, CreatioRow>();
        await foreach (var row in crm.QueryAllAsync(query, ct))
        {
            if (row.GetText("IntegrationId") is { } id && ids.TryGetValue(id, out var session))
            {
                rows[session] = row;
            }
        }

        return rows;
    }

    /// <summary>The task that stands for each Call: in the plan of the conversation's first session.</summary>
    private async Task<Dictionary<long, SyncTaskRow>> TasksAsync(IReadOnlyList<CallRow> calls, CancellationToken ct)
    {
        var tasks = new Dictionary<long, SyncTaskRow>();
        await using var context = database.CreateContext();
        foreach (var group in calls.GroupBy(c => SessionKey.Parse(c.ConversationId).Cabinet))
        {
            var sessions = group.Select(c => SessionKey.Parse(c.ConversationId).Id).Distinct().ToList();
            var rows = await context.SyncTasks.AsNoTracking().Where(t => t.Cabinet == group.Key.Value && sessions.Contains(t.SessionId) && t.Kind == SyncKinds.Call).ToListAsync(ct);
            var bySession = rows.GroupBy(t => ((WantedCall)Wanted.Read(t.Wanted)).IntegrationId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
            foreach (var call in group)
            {
                if (bySession.TryGetValue(new SessionKey(CabinetKey.Parse(call.Cabinet), call.SessionId).IntegrationId, out var task))
                {
                    tasks[call.SessionId] = task;
                }
            }
        }

        return tasks;
    }

    private static IEnumerable<(string Key, Guid? Value)> WrittenColumns(SyncTaskRow task) =>
        task.Written is { } written && JsonNode.Parse(written) is JsonObject columns
            ? columns.Where(c => Compared.Contains(c.Key, StringComparer.Ordinal)).Select(c => (c.Key, Guid.TryParse(c.Value?.GetValue<string>(), out var id) ? id : (Guid?)null))
            : [];

    private static string DifferentColumns(SyncTaskRow task, CreatioRow row) =>
        string.Join(", ", WrittenColumns(task).Where(c => row.Has(c.Key) && c.Value is { } value && row.GetGuid(c.Key) != value).Select(c => c.Key));

    private async Task RepairAsync(List<SyncTaskRow> deleted, List<SyncTaskRow> changed, CancellationToken ct)
    {
        var again = settings.ReconciliationRepair == ReconciliationRepair.None ? [] : deleted.ConvertAll(t => t.Id);
        var whole = settings.ReconciliationRepair == ReconciliationRepair.All ? changed.ConvertAll(t => t.Id) : [];
        if (again.Count + whole.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        await database.WriteAsync(
            async (context, token) =>
            {
                await ReopenAsync(context.SyncTasks.Where(t => again.Contains(t.Id) && t.State == "done"), null, forget: true, now, token);

                // Its links went with it.
                foreach (var task in deleted)
                {
                    var (cabinet, session) = (task.Cabinet, task.SessionId);
                    await ReopenAsync(
                        context.SyncTasks.Where(t => t.Cabinet == cabinet && t.SessionId == session && t.Kind == SyncKinds.RecordingLink && t.State == "done" && t.Purpose.StartsWith("call:")), null, forget: true, now, token);
                }

                // It exists, with which columns does not matter: all are written again.
                await ReopenAsync(context.SyncTasks.Where(t => whole.Contains(t.Id) && t.State == "done"), "{}", forget: false, now, token);
            },
            ct);
        LogRepaired(logger, again.Count, whole.Count);
        signal.Raise();
    }

    private static Task ReopenAsync(IQueryable<SyncTaskRow> tasks, string? written, bool forget, DateTimeOffset now, CancellationToken ct) => tasks.ExecuteUpdateAsync(
        s => s
            .SetProperty(t => t.Written, written)
            .SetProperty(t => t.CrmId, t => forget ? null : t.CrmId)
            .SetProperty(t => t.State, "pending")
            .SetProperty(t => t.Attempts, 0)
            .SetProperty(t => t.NextAttemptAt, now)
            .SetProperty(t => t.UpdatedAt, now)
            .SetProperty(t => t.Version, t => t.Version + 1),
        ct);

    [LoggerMessage(Level = LogLevel.Information, Message = "Calls that people deleted ({Deleted}) or changed ({Changed}) in the CRM are written again, as Reconciliation:Repair says.")]
    private static partial void LogRepaired(ILogger logger, int deleted, int changed);
}
