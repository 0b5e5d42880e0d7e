using System.Text.Json;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>A task while it is worked on.</summary>
internal sealed class BoardTask(SyncTaskRow row, bool mine)
{
    public SyncTaskRow Row { get; } = row;

    /// <summary>Claimed by this work; the others are only looked at.</summary>
    public bool Mine { get; private set; } = mine;

    /// <summary>Was done, and this work took it up again; the lane is held, so nobody else can.</summary>
    public bool Adopted { get; private set; }

    /// <summary>What the row says of its record does not hold any more.</summary>
    public bool Forgotten { get; private set; }

    /// <summary>A person has given the CRM's task another title than the hub.</summary>
    public bool TitleIsTheirs { get; set; }

    /// <summary>Id to make the record with, where the first choice belongs to another record.</summary>
    public Guid? NextId { get; set; }

    public Wanted Wanted { get; } = Sync.Wanted.Read(row.Wanted);

    public string Kind => Row.Kind;

    /// <summary>Columns as last written; null while nothing was.</summary>
    public JsonObject? Written { get; private set; } = row.Written is null ? null : JsonNode.Parse(row.Written) as JsonObject;

    public Guid? CrmId { get; private set; } = row.CrmId;

    public bool Done { get; private set; } = row.State == "done";

    public SyncFailure? Failure { get; private set; } = row.State == "dead" && !mine ? new SyncFailure(FailureCategory.Blocked, "dead") : null;

    /// <summary>Something was learned that must be stored.</summary>
    public bool Touched { get; private set; }

    /// <summary>Not tried itself: it becomes due with this one, and the attempt does not count.</summary>
    public BoardTask? WaitsFor { get; private set; }

    public bool Open => Mine && !Done && Failure is null;

    public void Finish(Guid? crmId, JsonObject written)
    {
        (Done, CrmId, Written, Touched) = (true, crmId, written, true);
    }

    /// <summary>The record exists, with these columns as far as they are known: what differs from what is wanted is written again.</summary>
    public void Exists(Guid crmId, JsonObject written) => (CrmId, Written, Touched) = (crmId, written, true);

    public void Fail(SyncFailure failure) => (Failure, Touched) = (failure, true);

    public void WaitFor(BoardTask other) =>
        (WaitsFor, Failure, Touched) = (other, other.Failure ?? new SyncFailure(FailureCategory.Transient, "Waits for another record of the call."), true);

    /// <summary>The record it stood for is gone, or there was none: found or made anew.</summary>
    public void Forget()
    {
        (CrmId, Written, Forgotten) = (null, null, true);
        Reopen();
    }

    /// <summary>What was written is not what is wanted now, or something it refers to came about after it: what differs is written once more.</summary>
    public void Reopen()
    {
        (Done, Touched) = (false, true);
        (Adopted, Mine) = (Adopted || !Mine, true);
    }
}

/// <summary>All tasks of one call, and what they refer to among each other.</summary>
internal sealed class TaskBoard
{
    /// <summary>Attempts of a task that its Call waits for.</summary>
    private const int MostWaits = 5;

    private readonly List<BoardTask> _tasks;

    public TaskBoard(IEnumerable<SyncTaskRow> rows, string owner) =>
        _tasks = [.. rows.OrderBy(r => r.Rank).ThenBy(r => r.Purpose, StringComparer.Ordinal).Select(r => new BoardTask(r, r.State == "running" && r.LeaseOwner == owner))];

    public IEnumerable<BoardTask> Tasks => _tasks;

    public IEnumerable<BoardTask> Open => _tasks.Where(t => t.Open);

    public BoardTask? Contact => Find(SyncKinds.Contact);

    public BoardTask? Deal => Find(SyncKinds.Deal);

    /// <summary>The task the call points to: the follow-up, else the call-back.</summary>
    public BoardTask? Activity => Find(SyncKinds.FollowUp) ?? Find(SyncKinds.CallBack);

    /// <summary>There is only what it took over from a second session: its own plan, which knows contact and deal, is still to come.</summary>
    public bool IsUnplanned => _tasks.TrueForAll(t => t.Wanted is WantedActivity { Session: not null });

    public Guid? AccountId => Guid.TryParse(Contact?.Written?["AccountId"]?.GetValue<string>(), out var id) ? id : null;

    /// <summary>What this call's deal is: as its rule says, else as it is in this CRM.</summary>
    public DealEntity DealOf(HubSettings settings) => (Deal?.Wanted as WantedDeal)?.Entity ?? settings.Sync.DealEntity;

    /// <summary>
    /// The task is dead, or refused again and again: a Call is written without it, no call may be lost or late for a follow-up that the CRM does not take. Once the
    /// task is there, the Call is corrected (<see cref="ReopenCallsWithoutTask"/>).
    /// </summary>
    public bool TaskIsLost => Activity is { Done: false, WaitsFor: null, Failure: { } failure } task
        && (failure.Category is FailureCategory.Permanent or FailureCategory.NotFound or FailureCategory.Blocked || task.Row.Attempts >= MostWaits);

    public CrmReferences References => new(Contact?.CrmId, AccountId, Deal?.CrmId, TaskOfSeries ?? Activity?.CrmId);

    /// <summary>The task of the client's first missed call, where this is a later one.</summary>
    public Guid? TaskOfSeries => TaskOfSeriesIsGone ? null : _tasks.Select(t => t.Wanted).OfType<WantedCall>().FirstOrDefault()?.TaskId;

    public bool TaskOfSeriesIsGone { get; set; }

    /// <summary>After a new plan the tasks were read again, but that a record is gone stands in no row yet.</summary>
    public void ForgetAsIn(TaskBoard before)
    {
        foreach (var task in _tasks.Where(t => before._tasks.Exists(b => b.Forgotten && b.Row.Id == t.Row.Id)))
        {
            task.Forget();
        }
    }

    /// <summary>What must be there before this task can be written.</summary>
    public IEnumerable<BoardTask> NeededBy(BoardTask task) => (task.Wanted switch
    {
        WantedDeal => [Contact],
        WantedActivity => [Contact, Deal],
        WantedCall => [Contact, Deal, TaskIsLost ? null : Activity],
        WantedLink { Parent: "call", Session: var session } => [Find(SyncKinds.Call, session ?? "")],
        WantedLink { Parent: "contact" } => [Contact],
        WantedLink => (BoardTask?[])[Deal],
        _ => [],
    }).Where(t => t is not null).Select(t => t!);

    public void ReopenCallsWithoutTask()
    {
        if (Activity is { Done: true, CrmId: not null })
        {
            foreach (var call in _tasks.Where(t => t is { Done: true, Wanted: WantedCall { TaskId: null }, Written: { } written } && written["ActivityId"] is null && t.Row.State != "running"))
            {
                call.Reopen();
            }
        }
    }

    private BoardTask? Find(string kind, string purpose = "") => _tasks.Find(t => t.Kind == kind && t.Row.Purpose == purpose);
}

/// <summary>Columns wanted against columns written.</summary>
internal static class BodyDiff
{
    /// <returns>What has to be patched; empty when nothing differs. A column that is not wanted any more becomes null.</returns>
    public static JsonObject Of(JsonObject written, JsonObject wanted)
    {
        var diff = new JsonObject();
        foreach (var (column, value) in wanted)
        {
            if (!JsonNode.DeepEquals(written[column], value))
            {
                diff[column] = value?.DeepClone();
            }
        }

        foreach (var (column, value) in written)
        {
            if (value is not null && !wanted.ContainsKey(column))
            {
                diff[column] = null;
            }
        }

        return diff;
    }

    /// <summary>References to another client or deal than the call's. One that was never set stays so: people may have set it.</summary>
    public static JsonObject OfReferences(JsonObject written, JsonObject wanted)
    {
        var diff = new JsonObject();
        foreach (var column in CrmBodies.ClientColumns)
        {
            if (written[column] is { } known && !JsonNode.DeepEquals(known, wanted[column]))
            {
                diff[column] = wanted[column]?.DeepClone();
            }
        }

        return diff;
    }

    public static string ToJson(JsonObject body) => body.ToJsonString(JsonSerializerOptions.Web);
}
