using System.Text.Json.Serialization;

namespace TelephonyHub.Calls;

/// <summary>What an event proves. The names are UIS's mnemonics in the hub's spelling.</summary>
public enum CallEventKind
{
    /// <summary><c>in_call_session</c></summary>
    IncomingSession,

    /// <summary><c>out_call_session</c></summary>
    OutgoingSession,

    /// <summary><c>in_call</c>: leg caller ↔ platform.</summary>
    IncomingLeg,

    /// <summary><c>out_call</c>: leg platform ↔ callee.</summary>
    OutgoingLeg,

    /// <summary><c>call_proceeding</c>: the phone rings.</summary>
    Ringing,

    /// <summary><c>call_connected</c>: picked up. Also an IVR does that; no answer by itself.</summary>
    Connected,

    TalkStarted,

    TalkFinished,

    /// <summary><c>call_disconnected</c>: the leg ended.</summary>
    LegEnded,

    /// <summary>A default leg template that does not say which leg event it is: proves the leg, its time and employee, nothing else.</summary>
    LegUnknown,

    SessionFinished,

    SessionLost,

    RecordingReady,

    VoiceMail,

    TagSet,

    TagUnset,

    HoldControl,

    RecordControl,

    /// <summary>A row of the cabinet's own calls report (Data API <c>get.calls_report</c>).</summary>
    ReportSession,

    /// <summary>A row of the legs report (Data API <c>get.call_legs_report</c>).</summary>
    ReportLeg,
}

public enum CallDirection
{
    In,
    Out,
}

/// <summary>
/// One fact about a call session, in the hub's terms: instants in UTC, numbers as they came. The journal keeps it as JSON beside the raw body.
/// Absent facts are null: an event proves only what it says.
/// </summary>
public sealed record CallEvent
{
    public required CallEventKind Kind { get; init; }

    /// <summary>When it happened, UTC. Without a time in the event, when it was received.</summary>
    public required DateTimeOffset At { get; init; }

    public IReadOnlyList<long> LegIds { get; init; } = [];

    public string? ClientPhone { get; init; }

    public string? ClientName { get; init; }

    public string? VirtualNumber { get; init; }

    public string? CallingNumber { get; init; }

    public string? CalledNumber { get; init; }

    public CallDirection? Direction { get; init; }

    public long? EmployeeId { get; init; }

    public string? EmployeeName { get; init; }

    public string? EmployeePhone { get; init; }

    /// <summary>Employees who were rung (<c>employee_ids</c> of a lost session).</summary>
    public IReadOnlyList<long> RungEmployeeIds { get; init; } = [];

    public long? LastTalkedEmployeeId { get; init; }

    public string? ExternalId { get; init; }

    public int? TalkSeconds { get; init; }

    public int? TotalSeconds { get; init; }

    public int? WaitSeconds { get; init; }

    public bool? IsInternal { get; init; }

    public bool? IsLost { get; init; }

    public string? LostReason { get; init; }

    /// <summary>The PBX's own links to finished files.</summary>
    public IReadOnlyList<string> FileLinks { get; init; } = [];

    public int? FileSeconds { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>State text of hold and record control: <c>hold</c>, <c>unhold</c>, <c>on</c>, …</summary>
    public string? Status { get; init; }

    /// <summary><c>start_time</c> of the session or leg, where the event names it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary><c>finish_time</c>; null while a reported session goes on.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Report only: this employee or leg had a talk.</summary>
    public bool? Talked { get; init; }

    [JsonIgnore]
    public bool IsReport => Kind is CallEventKind.ReportSession or CallEventKind.ReportLeg;
}
