namespace TelephonyHub.Storage.Model;

/// <summary>The folded call as it is read and filtered; <see cref="Data"/> holds the whole.</summary>
public sealed class CallRow
{
    public required string Cabinet { get; set; }

    public long SessionId { get; set; }

    /// <summary>The conversation's first session, as <c>cabinet:session</c>; its own where nothing is joined.</summary>
    public required string ConversationId { get; set; }

    /// <summary>The session that dialled this one's number: one conversation over two sessions. Null for a first session.</summary>
    public string? ParentCabinet { get; set; }

    public long? ParentSessionId { get; set; }

    /// <summary>Possibly the same conversation, for want of evidence left apart: <c>cabinet:session</c>.</summary>
    public string? PossiblySameAs { get; set; }

    /// <summary>When its first event arrived, by the hub's clock: the cabinets' own clocks differ.</summary>
    public DateTimeOffset FirstSeenAt { get; set; }

    /// <summary><c>in | out | internal</c>.</summary>
    public required string Direction { get; set; }

    public required string State { get; set; }

    public bool Ended { get; set; }

    public bool Answered { get; set; }

    /// <summary>E.164, else as received; null when hidden.</summary>
    public string? ClientPhone { get; set; }

    /// <summary>The number could not be parsed and is kept raw.</summary>
    public bool ClientPhoneUnparsed { get; set; }

    public string? DialledNumber { get; set; }

    /// <summary>Cabinet key of the region; null when unknown.</summary>
    public string? Region { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public int? WaitSeconds { get; set; }

    public int? TalkSeconds { get; set; }

    public int? TotalSeconds { get; set; }

    /// <summary>Name of the owner; his contact in the CRM is <see cref="OwnerContactId"/>.</summary>
    public string? Owner { get; set; }

    public Guid? OwnerContactId { get; set; }

    /// <summary>Contact of the manager who talked last.</summary>
    public Guid? TalkedContactId { get; set; }

    public Guid? CrmCallId { get; set; }

    public Guid? ContactId { get; set; }

    public Guid? AccountId { get; set; }

    public Guid? DealId { get; set; }

    public Guid? ActivityId { get; set; }

    /// <summary>Why the plan is as it is: rule, version, owner. JSON.</summary>
    public string? PlanReason { get; set; }

    /// <summary>The rule that acted, and the version of the table it is of. The version is chosen by the first plan and kept by all later ones.</summary>
    public string? RuleId { get; set; }

    public int? RuleVersion { get; set; }

    /// <summary>Of a missed call that is to be called back: the first missed call of this client, as <c>cabinet:session</c>; that one has the task.</summary>
    public string? MissedSeries { get; set; }

    /// <summary>An employee without an active CRM user who talked or was rung, as <c>cabinet:employee</c>; or the phone of a talk that is nobody's, as <c>cabinet:#number</c>.</summary>
    public string? UnmappedEmployee { get; set; }

    /// <summary>The client the plan was made for: if the CRM says otherwise right before writing, it is made anew.</summary>
    public string? PlannedClient { get; set; }

    /// <summary>A call record is expected in the CRM.</summary>
    public bool CrmExpected { get; set; }

    /// <summary>Why none is expected: <c>internal</c>, <c>ongoing</c>, <c>rule</c>, <c>before go-live</c>.</summary>
    public string? NotExpectedReason { get; set; }

    /// <summary>The folded call as JSON.</summary>
    public required string Data { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>What routing answered and why, stored after the answer went out. Never changed: later rules do not rewrite the past.</summary>
public sealed class DecisionRow
{
    public Guid Id { get; set; }

    public required string Cabinet { get; set; }

    /// <summary>Session or leg id as UIS sent it.</summary>
    public long? CallId { get; set; }

    public string? Caller { get; set; }

    public string? Dialled { get; set; }

    public string? Digit { get; set; }

    public string? Region { get; set; }

    public DateTimeOffset DecidedAt { get; set; }

    public int ElapsedMs { get; set; }

    /// <summary>The answer's JSON as sent.</summary>
    public required string Answer { get; set; }

    /// <summary>Chain and left-out entries with reasons. JSON.</summary>
    public required string Explanation { get; set; }

    /// <summary>Contact and name of whose phone stood first in the answer; null for a group's phone or a return code.</summary>
    public Guid? PredictedContactId { get; set; }

    public string? PredictedName { get; set; }

    /// <summary>First phone of the answer; null for a return code.</summary>
    public string? PredictedPhone { get; set; }

    /// <summary><c>predicted | other | missed | noCall</c>; null while the call goes on.</summary>
    public string? Outcome { get; set; }

    /// <summary>The call that came of it.</summary>
    public long? SessionId { get; set; }

    public Guid? AnsweredContactId { get; set; }

    public string? AnsweredBy { get; set; }

    /// <summary>From the call's begin to the first talk; of a missed one the whole.</summary>
    public int? WaitSeconds { get; set; }
}

/// <summary>A recording's own short link. The code is random: it is the secret of the link.</summary>
public sealed class RecordingRow
{
    public required string Code { get; set; }

    public required string Cabinet { get; set; }

    public long SessionId { get; set; }

    public required string Hash { get; set; }

    /// <summary>Where the PBX keeps the file. Never shown.</summary>
    public required string SourceLink { get; set; }

    /// <summary><c>talk</c> or <c>voiceMail</c>.</summary>
    public required string Kind { get; set; }

    public int? Seconds { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary><c>archived | failed | expired</c>; null: not in the archive, or not yet.</summary>
    public string? ArchiveState { get; set; }

    /// <summary>When it is fetched next; while it is being fetched, when that claim runs out.</summary>
    public DateTimeOffset ArchiveDueAt { get; set; }

    /// <summary>Claims so far. The last one alone may write what came of it.</summary>
    public int ArchiveAttempts { get; set; }

    /// <summary>Of the last failure.</summary>
    public string? ArchiveCategory { get; set; }

    public string? ArchiveError { get; set; }

    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Length of the archived file.</summary>
    public long? Bytes { get; set; }

    /// <summary>Of the archived file, as its first bytes say.</summary>
    public string? ContentType { get; set; }
}
