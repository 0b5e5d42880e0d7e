namespace TelephonyHub.Storage.Model;

/// <summary>The whole table of rules after one change. Never changed and never deleted: calls refer to the version they were planned with.</summary>
public sealed class RuleVersionRow
{
    public int Version { get; set; }

    /// <summary>All rules, JSON.</summary>
    public required string Rules { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public required string ChangedBy { get; set; }

    /// <summary>What was done: <c>rule.create in-answered-known</c>.</summary>
    public required string Change { get; set; }
}

/// <summary>
/// One client who was not reached: from his first missed call until somebody talked with him, however often he tried meanwhile and in whichever
/// cabinet. Named by the first missed call, whose task is the one task of all.
/// </summary>
public sealed class MissedCallRow
{
    public required string Cabinet { get; set; }

    public long SessionId { get; set; }

    /// <summary>E.164; null when the number is hidden: such a call stands alone.</summary>
    public string? ClientPhone { get; set; }

    public string? ClientName { get; set; }

    /// <summary>When the first missed call ended: from here the time to call back counts.</summary>
    public DateTimeOffset FirstMissedAt { get; set; }

    public DateTimeOffset LastMissedAt { get; set; }

    public int Attempts { get; set; }

    /// <summary><c>open | calledBack | answeredLater | closed</c>.</summary>
    public required string State { get; set; }

    public string? Owner { get; set; }

    public Guid? OwnerContactId { get; set; }

    /// <summary>Of the task; null when the client was reached before one was planned.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>When the talk began that reached him.</summary>
    public DateTimeOffset? ReachedAt { get; set; }

    public string? ReachedCabinet { get; set; }

    public long? ReachedSessionId { get; set; }

    /// <summary>Who talked with him then.</summary>
    public string? ReachedBy { get; set; }

    public int? SecondsToCallBack { get; set; }

    /// <summary>A person ended or deleted the task in the CRM: later attempts make a new one.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
