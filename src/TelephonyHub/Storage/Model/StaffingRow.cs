namespace TelephonyHub.Storage.Model;

/// <summary>One document of who works when and how a cabinet is routed: a calendar, a rota, a deputy rule, …</summary>
public sealed class StaffingRow
{
    /// <summary><c>calendars | holidays | rota | deputies | absences | cabinets | blacklist | numbering</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Within the kind: a cabinet, a contact, a year, a number, a file.</summary>
    public required string Key { get; set; }

    /// <summary>Counts over all documents: a replica takes what is above what it has seen.</summary>
    public long Version { get; set; }

    /// <summary>JSON; null: taken away, which other replicas must see, too.</summary>
    public string? Data { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public required string ChangedBy { get; set; }
}
