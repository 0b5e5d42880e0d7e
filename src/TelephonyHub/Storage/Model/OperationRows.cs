namespace TelephonyHub.Storage.Model;

/// <summary>What the hub knows of an outside system and wants back after a restart: employees, users. JSON by name.</summary>
public sealed class SnapshotRow
{
    public required string Name { get; set; }

    public required string Data { get; set; }

    public DateTimeOffset TakenAt { get; set; }
}

/// <summary>A cabinet's identity in UIS: if the account behind a key changes, its sync stops.</summary>
public sealed class CabinetRow
{
    public required string Key { get; set; }

    public long AppId { get; set; }

    public required string AccountTimeZone { get; set; }

    public DateTimeOffset SeenAt { get; set; }
}

/// <summary>The proof of one cabinet and day.</summary>
public sealed class ReconciliationRow
{
    public required string Cabinet { get; set; }

    public DateOnly Date { get; set; }

    public int Pbx { get; set; }

    public int Journal { get; set; }

    public int CrmExpected { get; set; }

    public int Crm { get; set; }

    /// <summary>What differs and what is not expected, by reason. JSON.</summary>
    public required string Differences { get; set; }

    public DateTimeOffset ComparedAt { get; set; }

    /// <summary>Since which comparison the figures differ; null while they are equal.</summary>
    public DateTimeOffset? DifferentSince { get; set; }
}

/// <summary>A period whose comparison somebody asked for. It goes on after a restart where it was.</summary>
public sealed class BackfillRow
{
    public Guid Id { get; set; }

    /// <summary>Null: all.</summary>
    public string? Cabinet { get; set; }

    public DateOnly FromDate { get; set; }

    /// <summary>The day after the last.</summary>
    public DateOnly ToDate { get; set; }

    /// <summary><c>running | done</c></summary>
    public required string State { get; set; }

    /// <summary>Days.</summary>
    public int Total { get; set; }

    public int Done { get; set; }

    /// <summary>Why the present day could not be compared; it is tried again.</summary>
    public string? Error { get; set; }

    public required string AskedBy { get; set; }

    public DateTimeOffset AskedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Something that a person should know of. One row a cause; raised again, it is the same row.</summary>
public sealed class AlertRow
{
    public long Id { get; set; }

    public required string Cause { get; set; }

    public required string Words { get; set; }

    /// <summary>What it is about, one by one; JSON, null where the words say all.</summary>
    public string? Details { get; set; }

    /// <summary>Of the present spell.</summary>
    public DateTimeOffset FirstAt { get; set; }

    public DateTimeOffset LastAt { get; set; }

    /// <summary>How many things it is about; where it is not about things, how often it came.</summary>
    public int Count { get; set; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string? AcknowledgedBy { get; set; }

    /// <summary>What the webhook was told last: <c>open</c> or <c>resolved</c>; null: nothing yet.</summary>
    public string? Told { get; set; }
}

/// <summary>Who changed what through the hub.</summary>
public sealed class AuditRow
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Who { get; set; }

    public required string Action { get; set; }

    public string? Details { get; set; }
}

/// <summary>A POST that must not act twice: its first answer is given again.</summary>
public sealed class IdempotencyRow
{
    /// <summary>Who and what: the same key of another caller, or for another resource, is another request.</summary>
    public required string Scope { get; set; }

    public required string Key { get; set; }

    /// <summary>Hash of the body: the same key with another body is refused.</summary>
    public required string RequestHash { get; set; }

    /// <summary>Null while the first request is under way.</summary>
    public int? Status { get; set; }

    public string? Answer { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
