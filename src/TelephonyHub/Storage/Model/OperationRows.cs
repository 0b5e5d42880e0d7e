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
