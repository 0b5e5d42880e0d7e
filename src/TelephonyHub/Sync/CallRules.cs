using TelephonyHub.Calls;

namespace TelephonyHub.Sync;

public enum ContactAction
{
    None,

    /// <summary>Linked if the CRM has one.</summary>
    Find,

    FindOrCreate,
}

public enum DealAction
{
    None,
    IfNoneOpen,
}

public enum TaskAction
{
    None,

    /// <summary>Next working day of the owner's region.</summary>
    FollowUp,

    /// <summary>Within one working hour.</summary>
    CallBack,
}

/// <summary>What is wanted in the CRM after a call of one kind.</summary>
public sealed record CallRule
{
    public required string Name { get; init; }

    public required CallDirection Direction { get; init; }

    public required bool KnownClient { get; init; }

    public required bool Answered { get; init; }

    public ContactAction Contact { get; init; }

    public DealAction Deal { get; init; }

    public bool CallRecord { get; init; } = true;

    public TaskAction Task { get; init; }
}

/// <summary>
/// The default rules of row F, one line a kind of call. A stored, versioned and editable table takes their place; until then they are version 1.
/// Internal calls have no rule: nothing is written of them.
/// </summary>
public static class CallRules
{
    public const int Version = 1;

    private static readonly CallRule[] Defaults =
    [
        new() { Name = "incoming answered known", Direction = CallDirection.In, KnownClient = true, Answered = true, Contact = ContactAction.FindOrCreate, Deal = DealAction.IfNoneOpen, Task = TaskAction.FollowUp },
        new() { Name = "incoming answered unknown", Direction = CallDirection.In, KnownClient = false, Answered = true, Contact = ContactAction.FindOrCreate, Deal = DealAction.IfNoneOpen, Task = TaskAction.FollowUp },
        new() { Name = "incoming missed known", Direction = CallDirection.In, KnownClient = true, Answered = false, Contact = ContactAction.Find, Task = TaskAction.CallBack },
        new() { Name = "incoming missed unknown", Direction = CallDirection.In, KnownClient = false, Answered = false, Task = TaskAction.CallBack },
        new() { Name = "outgoing answered known", Direction = CallDirection.Out, KnownClient = true, Answered = true, Contact = ContactAction.FindOrCreate, Deal = DealAction.IfNoneOpen, Task = TaskAction.FollowUp },
        new() { Name = "outgoing answered unknown", Direction = CallDirection.Out, KnownClient = false, Answered = true, Contact = ContactAction.FindOrCreate, Deal = DealAction.IfNoneOpen, Task = TaskAction.FollowUp },
        new() { Name = "outgoing not reached known", Direction = CallDirection.Out, KnownClient = true, Answered = false, Contact = ContactAction.Find },
        new() { Name = "outgoing not reached unknown", Direction = CallDirection.Out, KnownClient = false, Answered = false },
    ];

    public static CallRule For(CallDirection direction, bool knownClient, bool answered) =>
        Array.Find(Defaults, r => r.Direction == direction && r.KnownClient == knownClient && r.Answered == answered)
        ?? throw new InvalidOperationException("Every kind of call has a default rule.");
}
