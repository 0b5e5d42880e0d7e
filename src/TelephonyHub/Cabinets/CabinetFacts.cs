using TelephonyHub.Directory;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Cabinets;

/// <summary>Who works in a cabinet and who can be reached, as of one import. Presence is as old as this.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Employees">With statuses, groups and phones in dialling order.</param>
/// <param name="SipLines">With their registration; null when they could not be read.</param>
public sealed record PeopleFacts(DateTimeOffset At, IReadOnlyList<UisEmployee> Employees, IReadOnlyList<UisSipLine>? SipLines);

/// <summary>What changes by the week. Null: could not be read so far.</summary>
public sealed record DictionaryFacts(DateTimeOffset At)
{
    public UisAccount? Account { get; init; }

    public IReadOnlyList<UisStatus>? Statuses { get; init; }

    public IReadOnlyList<UisEmployeeGroup>? Groups { get; init; }

    public IReadOnlyList<UisSchedule>? Schedules { get; init; }

    public IReadOnlyList<UisVirtualNumber>? Numbers { get; init; }

    public IReadOnlyList<UisScenario>? Scenarios { get; init; }
}

/// <summary>All that is known of a cabinet's inside.</summary>
public sealed record CabinetFacts(PeopleFacts? People, DictionaryFacts? Dictionaries)
{
    public static readonly CabinetFacts None = new(null, null);

    /// <summary>The account's own virtual numbers. Those given on to an agent's client are not its own.</summary>
    public IEnumerable<PhoneNumber> OwnNumbers =>
        (Dictionaries?.Numbers ?? []).Where(n => n.ChildCustomerId is null).Select(n => PhoneNumber.TryParse(n.VirtualPhoneNumber)).Where(n => n is not null).Select(n => n!.Value);

    /// <summary>The employees as the directory joins them.</summary>
    public static PbxEmployee ToEmployee(CabinetKey key, UisEmployee e) => new(
        key,
        e.Id,
        e.FullName ?? string.Join(' ', new[] { e.LastName, e.FirstName, e.Patronymic }.Where(p => !string.IsNullOrWhiteSpace(p))),
        e.Email,
        [.. e.PhoneNumbers.Select(p => new PbxPhone(p.PhoneNumber, p.IsActive))],
        e.Extension)
    {
        InGroup = e.Groups.Count > 0,
    };
}
