using TelephonyHub.Calls;

namespace TelephonyHub.Intake;

/// <summary>What goes to disk for one request: an event that was understood, or a body for the quarantine.</summary>
public sealed record JournalEntry
{
    public required string Cabinet { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Computed from the content; the same for a repeated delivery.</summary>
    public required string ContentKey { get; init; }

    public required string Method { get; init; }

    public string? ContentType { get; init; }

    public string? Query { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>UIS's mnemonic; null when not understood.</summary>
    public string? Mnemonic { get; init; }

    /// <summary>Why it was not understood; null when it was.</summary>
    public string? QuarantineReason { get; init; }

    public long? SessionId { get; init; }

    public CallEvent? Event { get; init; }

    public bool FromReport { get; init; }
}

public enum AppendOutcome
{
    Stored,
    Quarantined,

    /// <summary>Not on disk: the sender must send it again.</summary>
    Refused,
}
