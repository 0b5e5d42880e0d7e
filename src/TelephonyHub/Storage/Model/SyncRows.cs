namespace TelephonyHub.Storage.Model;

/// <summary>
/// One record that is wanted in the CRM because of a call. States and who moves them: docs/sync-states.md.
/// Unique per session, kind and purpose; a new plan changes <see cref="Wanted"/>, and only the difference to <see cref="Written"/> is written.
/// </summary>
public sealed class SyncTaskRow
{
    public Guid Id { get; set; }

    public required string Cabinet { get; set; }

    public long SessionId { get; set; }

    /// <summary><c>contact | deal | followUp | callBack | call | recordingLink | talker</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Tells records of one kind apart: <c>contact:&lt;file hash&gt;</c>.</summary>
    public required string Purpose { get; set; }

    /// <summary>Order of writing within a call.</summary>
    public int Rank { get; set; }

    /// <summary>The client's number: one piece of work per lane at a time, over all replicas.</summary>
    public required string Lane { get; set; }

    /// <summary>What is wanted, JSON.</summary>
    public required string Wanted { get; set; }

    /// <summary>Columns as last written, JSON; null while nothing was.</summary>
    public string? Written { get; set; }

    /// <summary>Id of the record found or made.</summary>
    public Guid? CrmId { get; set; }

    /// <summary><c>pending | running | retry | done | dead</c>.</summary>
    public required string State { get; set; }

    /// <summary>Since the last plan or replay; what only waited for another record is not counted.</summary>
    public int Attempts { get; set; }

    /// <summary>How often a worker has taken it up, ever: from the first time on its record may stand in the CRM, whatever became of the worker.</summary>
    public int Claims { get; set; }

    /// <summary>When it first failed; null once it succeeded, and after a new plan or a replay.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset NextAttemptAt { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Category of the last failure.</summary>
    public string? Category { get; set; }

    public string? Error { get; set; }

    /// <summary>Raised by each new plan: a worker that finishes an older one does not mark the newer one done.</summary>
    public int Version { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A lane that is taken. The row is the lock: taken by insert, or by update when the lease ran out.</summary>
public sealed class LaneRow
{
    public required string Lane { get; set; }

    public required string Owner { get; set; }

    public DateTimeOffset Until { get; set; }
}

/// <summary>One card event to one manager. Inserted before it is sent: at most once.</summary>
public sealed class CardRow
{
    public required string Cabinet { get; set; }

    public long SessionId { get; set; }

    /// <summary>The manager's contact in the CRM.</summary>
    public Guid Recipient { get; set; }

    /// <summary><c>ringing | answered | ended</c>.</summary>
    public required string Event { get; set; }

    public int Seq { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null when nothing reached the manager.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Milliseconds from the webhook's arrival to the delivery.</summary>
    public int? DeliveryMs { get; set; }

    /// <summary><c>card</c>, <c>reminding</c>, or what went wrong.</summary>
    public string? Outcome { get; set; }

    /// <summary>The notification row that stood in for the card; null again once it is set read, at the end.</summary>
    public Guid? RemindingId { get; set; }

    /// <summary>
    /// All of a call. A routing question may have named a leg before anything said whose it is: then the card stands under the leg's id, unless that is a
    /// session's, too.
    /// </summary>
    internal static IQueryable<CardRow> Of(IQueryable<CardRow> cards, IQueryable<SessionRow> sessions, string cabinet, long session, IEnumerable<long> legs)
    {
        var ids = legs.Append(session).ToList();
        return cards.Where(c => c.Cabinet == cabinet && ids.Contains(c.SessionId) && (c.SessionId == session || !sessions.Any(s => s.Cabinet == cabinet && s.SessionId == c.SessionId)));
    }
}
