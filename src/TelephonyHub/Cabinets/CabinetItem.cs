using TelephonyHub.Uis;

namespace TelephonyHub.Cabinets;

/// <summary>A cabinet: settings without secrets, health, limits.</summary>
public sealed record CabinetItem
{
    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>Of the account's wire times.</summary>
    public required string TimeZone { get; init; }

    public required string RegionTimeZone { get; init; }

    public string? RegionDigit { get; init; }

    /// <summary><c>on | shadow</c></summary>
    public required string Mode { get; init; }

    /// <summary>Configured: they mean the region.</summary>
    public required IReadOnlyList<string> Numbers { get; init; }

    /// <summary>Listed by UIS, named by no setting.</summary>
    public required IReadOnlyList<string> NumbersNotConfigured { get; init; }

    /// <summary>Configured, not listed by UIS.</summary>
    public required IReadOnlyList<string> NumbersNotListed { get; init; }

    /// <summary><c>ok | degraded | unknown</c></summary>
    public required string Health { get; init; }

    /// <summary>In plain words.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether the key is let in: <c>ok | invalid | expired | blocked | forbidden | addressNotAllowed | accountInactive | unknown</c></summary>
    public required string Access { get; init; }

    /// <summary>The last refusal, with what to do; null since all is well.</summary>
    public CabinetFaultItem? Error { get; init; }

    public required IReadOnlyList<CabinetHint> Hints { get; init; }

    public string? AppId { get; init; }

    public required CabinetCounts Counts { get; init; }

    /// <summary>When an import last went well.</summary>
    public DateTimeOffset? ImportedAt { get; init; }

    /// <summary>How old the people are, and with them presence; null before the first.</summary>
    public DateTimeOffset? PeopleAt { get; init; }

    /// <summary>How old statuses, groups, schedules and numbers are.</summary>
    public DateTimeOffset? DictionariesAt { get; init; }

    public DateTimeOffset? NextImportAt { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>Seconds since the last notification.</summary>
    public long? LastEventAgeSeconds { get; init; }

    /// <summary>When the cabinet's report was last compared with the journal.</summary>
    public DateTimeOffset? LastReportAt { get; init; }

    public long? LastReportAgeSeconds { get; init; }

    /// <summary>Points of both APIs as last reported.</summary>
    public required UisLimits Limits { get; init; }
}

/// <param name="Category"><c>transient | limit | authentication | accessDenied | permanent | conflict | notFound | unknown</c></param>
/// <param name="Mnemonic">UIS's own code.</param>
public sealed record CabinetFaultItem(string Category, string Mnemonic, string En, string Ru, DateTimeOffset At)
{
    internal static CabinetFaultItem? Of(CabinetFault? fault) => fault is null ? null : new(fault.Category, fault.Mnemonic, fault.Words.En, fault.Words.Ru, fault.At);
}

/// <summary>How much was imported; null: could not be read.</summary>
public sealed record CabinetCounts(int? Employees, int? SipLines, int? Groups, int? Schedules, int? Statuses, int? Numbers, int? Scenarios)
{
    internal static CabinetCounts Of(CabinetFacts facts) => new(
        facts.People?.Employees.Count,
        facts.People?.SipLines?.Count,
        facts.Dictionaries?.Groups?.Count,
        facts.Dictionaries?.Schedules?.Count,
        facts.Dictionaries?.Statuses?.Count,
        facts.Dictionaries?.Numbers?.Count,
        facts.Dictionaries?.Scenarios?.Count);
}
