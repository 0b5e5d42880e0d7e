using System.Text.Json.Serialization;
using TelephonyHub.Directory;

namespace TelephonyHub.Calls;

/// <summary>Spelled in the API in camel case: <c>ringing | talking | answered | missed | notReached</c>.</summary>
public enum CallState
{
    Ringing,
    Talking,

    /// <summary>Somebody talked, and nobody talks now.</summary>
    Answered,

    /// <summary>Incoming, ended, nobody talked.</summary>
    Missed,

    /// <summary>Outgoing, ended, nobody talked.</summary>
    NotReached,
}

/// <summary>Who was on the company's side of a leg, as far as the events say. Never guessed.</summary>
/// <param name="EmployeeId">Employee of the cabinet; null where the number dialled is nobody's there.</param>
/// <param name="Name">As the PBX writes it.</param>
/// <param name="Number">Number of the leg on the company's side, as it came.</param>
public sealed record Participant(long? EmployeeId, string? Name, string? Number)
{
    [JsonIgnore]
    public bool IsKnown => EmployeeId is not null || !string.IsNullOrEmpty(Number);
}

public sealed record CallLeg
{
    public required long Id { get; init; }

    public Participant? Participant { get; init; }

    public bool IsClientLeg { get; init; }

    public string? CallingNumber { get; init; }

    public string? CalledNumber { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset? RangAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? TalkedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

public enum RecordingKind
{
    Talk,
    VoiceMail,
}

/// <param name="Hash">Identifies the file: the 32 hex characters of the PBX's link, else a hash of the link.</param>
public sealed record CallRecording(string Hash, string Link, RecordingKind Kind, int? Seconds);

/// <summary>What one participant talked with the client, in one talk or several.</summary>
/// <param name="LastBegin">Of the latest of them: after a consultation the client may be back with the first.</param>
public sealed record CallTalk(Participant Who, DateTimeOffset Begin, DateTimeOffset LastBegin);

/// <summary>A call session, folded from everything known of it. See <see cref="CallFold"/>.</summary>
public sealed record Call
{
    public required SessionKey Key { get; init; }

    public required CallDirection Direction { get; init; }

    public required CallState State { get; init; }

    /// <summary>The session is over for all participants.</summary>
    public required bool Ended { get; init; }

    /// <summary>Somebody of the company and the client talked. Once true it stays true, whatever comes later.</summary>
    public required bool Answered { get; init; }

    /// <summary>The outside party as it came; null or unparsable when hidden.</summary>
    public string? ClientPhoneRaw { get; init; }

    public string? ClientName { get; init; }

    /// <summary>The cabinet's number that was dialled or shown.</summary>
    public string? VirtualNumber { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Seconds until the first talk; of a lost call the whole.</summary>
    public int? WaitSeconds { get; init; }

    public int? TalkSeconds { get; init; }

    public int? TotalSeconds { get; init; }

    public int HoldSeconds { get; init; }

    /// <summary>The PBX itself says that both sides are its own.</summary>
    public bool InternalByPbx { get; init; }

    public string? ExternalId { get; init; }

    public string? LostReason { get; init; }

    public IReadOnlyList<CallLeg> Legs { get; init; } = [];

    /// <summary>In the order in which they were rung.</summary>
    public IReadOnlyList<Participant> Rung { get; init; } = [];

    /// <summary>In the order of beginning; of somebody whom no event names the participant is empty.</summary>
    public IReadOnlyList<CallTalk> Talks { get; init; } = [];

    public Participant? FirstTalked { get; init; }

    public Participant? LastTalked { get; init; }

    /// <summary>Rings now: rung, neither connected nor ended, while nobody has answered.</summary>
    public IReadOnlyList<Participant> RingingNow { get; init; } = [];

    public IReadOnlyList<CallRecording> Recordings { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    [JsonIgnore]
    public PhoneNumber? ClientPhone => PhoneNumber.TryParse(ClientPhoneRaw);

    /// <summary>Answered, but no event says by whom: the legs report has to be asked.</summary>
    [JsonIgnore]
    public bool TalkerUnknown => Answered && LastTalked is not { IsKnown: true };

    /// <summary>
    /// Of some leg the beginning or the end was never told, so notifications are missing: whom it reached, and since when, is guesswork. One leg, of whoever dialled in, is dialled
    /// by nobody; where <c>in_call</c> and <c>out_call</c> are not subscribed, the others begin by <c>call_proceeding</c>.
    /// </summary>
    [JsonIgnore]
    public bool HasGaps => Ended && (Legs.Count == 0 || Legs.Any(l => l.EndedAt is null) || Legs.Count(l => l.RangAt is null) > 1);
}
