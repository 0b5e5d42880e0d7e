namespace TelephonyHub.Storage.Model;

/// <summary>One event as it was received (or rebuilt from a report) and what was understood of it. Never changed, never deleted but by retention.</summary>
public sealed class EventRow
{
    public long Id { get; set; }

    public required string Cabinet { get; set; }

    /// <summary>Null for events that belong to no call (chats, forms, SIP registration).</summary>
    public long? SessionId { get; set; }

    /// <summary>UIS's mnemonic, or the hub's own name for report rows.</summary>
    public required string Kind { get; set; }

    /// <summary><c>webhook</c> or <c>report</c>.</summary>
    public required string Source { get; set; }

    public DateTimeOffset OccurredAt { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Computed from the content; unique per cabinet: a repeated delivery is no second row.</summary>
    public required string ContentKey { get; set; }

    /// <summary>The <c>CallEvent</c> as JSON; null for events that belong to no call.</summary>
    public string? Facts { get; set; }

    public string? Method { get; set; }

    public string? ContentType { get; set; }

    /// <summary>Query string without the token.</summary>
    public string? Query { get; set; }

    /// <summary>Bytes, because NUL and invalid UTF-8 occur.</summary>
    public byte[]? Body { get; set; }
}

/// <summary>Authenticated but not understood: kept whole, visible, replayable.</summary>
public sealed class QuarantineRow
{
    public long Id { get; set; }

    public required string Cabinet { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public required string ContentKey { get; set; }

    public required string Reason { get; set; }

    public required string Method { get; set; }

    public string? ContentType { get; set; }

    public string? Query { get; set; }

    public required byte[] Body { get; set; }

    public DateTimeOffset? ReplayedAt { get; set; }
}

/// <summary>
/// What has to be folded. The journal insert raises <see cref="DirtyVersion"/> in its own transaction; a folder claims the session, reads the events only
/// then, and sets <see cref="FoldedVersion"/> to what it read. Nothing advances by journal id: ids commit out of order.
/// </summary>
public sealed class SessionRow
{
    public required string Cabinet { get; set; }

    public long SessionId { get; set; }

    public long DirtyVersion { get; set; }

    public long FoldedVersion { get; set; }

    /// <summary>When the plan is to be made; null when nothing is due.</summary>
    public DateTimeOffset? PlanDueAt { get; set; }

    /// <summary>The first plan was made: later events plan anew without the settling time.</summary>
    public bool Planned { get; set; }

    /// <summary>A fold that failed says why; the next event or a replay tries again.</summary>
    public string? FoldError { get; set; }
}
