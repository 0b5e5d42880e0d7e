using System.Text.Json.Serialization;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;

namespace TelephonyHub.Rules;

public enum ContactAction
{
    /// <summary>Not linked, even if the CRM has one.</summary>
    None,

    /// <summary>Linked if the CRM has one.</summary>
    Find,

    FindOrCreate,
}

public enum DealAction
{
    None,

    IfNoneOpen,

    /// <summary>A new one for each call, whatever is open.</summary>
    Always,

    /// <summary>None is made, and one that this call made before is closed if nobody has touched it: for a tag that says "non-target".</summary>
    Close,
}

public enum TaskAction
{
    None,

    /// <summary>After a missed call of a client: call him back, one task for all his attempts. After every other call: follow it up.</summary>
    Create,
}

/// <summary>Whose a task becomes; where such a person is not found, the owner's.</summary>
public enum TaskAssignee
{
    Owner,
    Talked,
    Duty,

    /// <summary>Always the same person, by contact.</summary>
    Person,
}

public enum DueUnit
{
    WorkingMinutes,
    WorkingHours,

    /// <summary>Begins when that working day opens, due an hour before it closes.</summary>
    WorkingDays,
}

/// <summary>When the manager's card comes.</summary>
public enum CardTiming
{
    None,
    OnRing,
    OnAnswer,
}

public enum RecordingParent
{
    Call,
    Contact,
    Deal,
}

/// <summary>
/// Which calls a rule is for. Cabinet (or any) × direction × known or unknown × answered or missed, and conditions that narrow it. No two rules of a
/// table have the same key.
/// </summary>
/// <param name="Cabinet">Key of the cabinet, lower case; null: any.</param>
/// <param name="Answered">False: missed, or an outgoing call that reached nobody.</param>
/// <param name="DialledNumber">Number of the company, E.164; null: any.</param>
/// <param name="MinTalkSeconds">Only of answered calls.</param>
/// <param name="Tag">A tag of UIS; compared without case.</param>
/// <param name="MinWaitSeconds">Only of missed calls.</param>
public sealed record RuleKey(
    string? Cabinet,
    CallDirection Direction,
    bool KnownClient,
    bool Answered,
    string? DialledNumber = null,
    int? MinTalkSeconds = null,
    string? Tag = null,
    int? MinWaitSeconds = null)
{
    [JsonIgnore]
    public bool HasConditions => DialledNumber is not null || MinTalkSeconds is not null || Tag is not null || MinWaitSeconds is not null;
}

/// <param name="Entity">Null: as <c>Sync:DealEntity</c> says.</param>
/// <param name="StageId">Null: the hub's default. Of a lead its qualification status, of an order its status. With <see cref="DealAction.Close"/> the one it is closed with.</param>
/// <param name="TypeId">Null: the hub's default. Of a lead the customer's need; orders have none.</param>
/// <param name="Title">Template, see <see cref="TextTemplate"/>.</param>
public sealed record DealRule(DealAction Action, DealEntity? Entity = null, Guid? StageId = null, Guid? TypeId = null, string Title = DealRule.DefaultTitle)
{
    public const string DefaultTitle = "Звонок {client}, {region}";

    [JsonIgnore]
    public bool Makes => Action is DealAction.IfNoneOpen or DealAction.Always;
}

/// <param name="Text">Template, see <see cref="TextTemplate"/>.</param>
/// <param name="ReviewText">Template for the owner of a client with whom somebody else talked.</param>
/// <param name="Amount">Of <paramref name="Unit"/>, in the working time of the owner's region.</param>
/// <param name="PersonId">Contact of the person; only with <see cref="TaskAssignee.Person"/>.</param>
public sealed record TaskRule(
    TaskAction Action,
    string Text = TaskRule.FollowUpText,
    string ReviewText = TaskRule.DefaultReviewText,
    int Amount = 1,
    DueUnit Unit = DueUnit.WorkingDays,
    TaskAssignee Assignee = TaskAssignee.Owner,
    Guid? PersonId = null)
{
    public const string FollowUpText = "Связаться с клиентом после звонка: {client}";
    public const string CallBackText = "Перезвонить клиенту: {client}";
    public const string DefaultReviewText = "Просмотреть звонок: {client}, говорил(а) {talked}";
}

/// <summary>What is wanted in the CRM after a call of one kind.</summary>
public sealed record CallRule
{
    /// <summary>Never changes and is never given again.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Version of the table in which this rule was made or last changed.</summary>
    public int Version { get; init; } = RuleTable.BuiltInVersion;

    public required RuleKey When { get; init; }

    public ContactAction Contact { get; init; }

    public DealRule Deal { get; init; } = new(DealAction.None);

    public TaskRule Task { get; init; } = new(TaskAction.None);

    public CardTiming Card { get; init; }

    /// <summary>A Call record is expected in the CRM.</summary>
    public bool CallRecord { get; init; } = true;

    /// <summary>Where links to the recording (or voice mail) hang.</summary>
    public IReadOnlyList<RecordingParent> RecordingLinks { get; init; } = [];

    /// <summary>Rules for any cabinet act in one's own, too.</summary>
    internal bool IsSeenBy(HubAccess access) => When.Cabinet is not { } cabinet || access.Sees(cabinet);
}
