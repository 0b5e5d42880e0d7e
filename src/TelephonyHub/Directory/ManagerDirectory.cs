using System.Collections.Frozen;
using TelephonyHub.Cabinets;

namespace TelephonyHub.Directory;

/// <summary>All managers of all cabinets, as of one load. Immutable: readers hold one while the next is built.</summary>
public sealed class ManagerDirectory
{
    public static readonly ManagerDirectory Empty = new([], null);

    private readonly FrozenDictionary<Guid, Manager> _byContact;
    private readonly FrozenDictionary<(CabinetKey, long), Manager> _byEmployee;
    private readonly FrozenDictionary<PhoneNumber, Manager> _byPhone;
    private readonly FrozenDictionary<(CabinetKey, string), Manager> _byShortNumber;
    private readonly FrozenDictionary<(CabinetKey?, string), Manager> _byCrmExtension;
    private readonly FrozenSet<string> _shortNumbers;
    private readonly FrozenSet<(CabinetKey?, string)> _switchedOff;

    /// <param name="managers">Joined by <see cref="ManagerMatcher"/>.</param>
    /// <param name="ownContactId">The API user's contact: default owner of what nobody owns, so it counts as no responsible.</param>
    public ManagerDirectory(IReadOnlyList<Manager> managers, Guid? ownContactId)
    {
        Managers = managers;
        OwnContactId = ownContactId;
        _byContact = managers.Where(m => m.ContactId is not null).DistinctBy(m => m.ContactId).ToFrozenDictionary(m => m.ContactId!.Value);
        _byEmployee = managers.SelectMany(m => m.Employees.Select(e => ((e.Cabinet, e.Id), m))).DistinctBy(p => p.Item1).ToFrozenDictionary(p => p.Item1, p => p.m);
        _byPhone = managers
            .SelectMany(m => PhonesOf(m).Select(p => (Phone: p, Manager: m)))
            .OrderByDescending(p => p.Manager.IsActiveUser)
            .DistinctBy(p => p.Phone)
            .ToFrozenDictionary(p => p.Phone, p => p.Manager);
        var shorts = managers
            .SelectMany(m => m.Employees.SelectMany(e => ShortNumbersOf(e).Select(n => (Key: (e.Cabinet, n), Manager: m))))
            .DistinctBy(p => p.Key)
            .ToList();
        _byShortNumber = shorts.ToFrozenDictionary(p => p.Key, p => p.Manager);
        _byCrmExtension = CrmExtensions(managers);
        _shortNumbers = shorts.Select(p => p.Key.n).Concat(managers.SelectMany(m => m.Extensions)).ToFrozenSet(StringComparer.Ordinal);
        _switchedOff = managers
            .SelectMany(m => m.Employees.SelectMany(e => e.Phones.Select(p => (Key: KeyOf(e.Cabinet, p.Number), p.Active))))
            .GroupBy(p => p.Key)
            .Where(g => g.All(p => !p.Active))
            .Select(g => g.Key)
            .ToFrozenSet();
    }

    public IReadOnlyList<Manager> Managers { get; }

    public Guid? OwnContactId { get; }

    public Manager? ByContact(Guid? contactId) => contactId is { } id ? _byContact.GetValueOrDefault(id) : null;

    public Manager? ByEmployee(CabinetKey cabinet, long employeeId) => _byEmployee.GetValueOrDefault((cabinet, employeeId));

    /// <summary>By a number a phone is called under, in any form: E.164 anywhere, SIP number or extension only in its own cabinet.</summary>
    public Manager? ByNumber(CabinetKey cabinet, string? number)
    {
        if (string.IsNullOrWhiteSpace(number))
        {
            return null;
        }

        return PhoneNumber.TryParse(number) is { } phone ? _byPhone.GetValueOrDefault(phone) : ByShortNumber(cabinet, number.Trim());
    }

    /// <summary>Who was on the company's side. An employee id counts in its own cabinet; a number is looked for in all of them. Never guessed.</summary>
    public Manager? Of(CabinetKey cabinet, long? employeeId, string? number) =>
        (employeeId is { } id ? ByEmployee(cabinet, id) : null) ?? ByNumber(cabinet, number);

    /// <summary>The owner the CRM names, if he may count as responsible: an active employee's user, not the hub's own.</summary>
    public Manager? Responsible(Guid? ownerContactId) =>
        ownerContactId != OwnContactId && ByContact(ownerContactId) is { CanOwn: true } manager ? manager : null;

    /// <summary>The contact of a user of the CRM, active or not: never a client.</summary>
    public bool IsEmployeeContact(Guid contactId) => _byContact.ContainsKey(contactId);

    /// <summary>A number or extension of an employee of any cabinet.</summary>
    public bool IsEmployeeNumber(string? number)
    {
        if (string.IsNullOrWhiteSpace(number))
        {
            return false;
        }

        return PhoneNumber.TryParse(number) is { } phone ? _byPhone.ContainsKey(phone) : _shortNumbers.Contains(number.Trim());
    }

    /// <summary>An employee's phone that is active in no record of anybody's: UIS would not ring it.</summary>
    /// <param name="cabinet">In which it is dialled.</param>
    /// <param name="dialled">As UIS dials it (<see cref="DialNumber"/>): without the plus a foreign number cannot be read as one again.</param>
    public bool IsSwitchedOff(CabinetKey cabinet, string dialled) => _switchedOff.Contains((null, dialled)) || _switchedOff.Contains((cabinet, dialled));

    /// <summary>A full number is the same in every cabinet, a short one is not.</summary>
    private static (CabinetKey?, string) KeyOf(CabinetKey cabinet, string number) => PhoneNumber.TryParse(number) is null ? (cabinet, number.Trim()) : (null, DialNumber.Of(number)!);

    internal static IEnumerable<PhoneNumber> PhonesOf(Manager manager) =>
        manager.Employees.SelectMany(e => e.Phones).Select(p => PhoneNumber.TryParse(p.Number))
            .Append(manager.Mobile)
            .Append(manager.Work)
            .Where(p => p is not null)
            .Select(p => p!.Value)
            .Distinct();

    /// <summary>The PBX's own word first; what the CRM has serves where the PBX does not name anybody.</summary>
    private Manager? ByShortNumber(CabinetKey cabinet, string number) =>
        _byShortNumber.GetValueOrDefault((cabinet, number)) ?? _byCrmExtension.GetValueOrDefault((cabinet, number)) ?? _byCrmExtension.GetValueOrDefault((null, number));

    /// <summary>An extension of the CRM is one in the cabinets where its manager is, and in all of them if he is in none. What two people have is nobody's.</summary>
    private static FrozenDictionary<(CabinetKey?, string), Manager> CrmExtensions(IReadOnlyList<Manager> managers) => managers
        .SelectMany(m => m.Extensions.SelectMany(n => m.Employees.Count == 0 ? [(Key: ((CabinetKey?)null, n), Manager: m)] : m.Employees.Select(e => (Key: ((CabinetKey?)e.Cabinet, n), Manager: m))))
        .Distinct()
        .GroupBy(p => p.Key)
        .Where(g => g.Count() == 1)
        .ToFrozenDictionary(g => g.Key, g => g.First().Manager);

    private static IEnumerable<string> ShortNumbersOf(PbxEmployee employee) =>
        employee.Phones.Select(p => p.Number.Trim()).Append(employee.Extension?.Trim() ?? "").Where(n => n.Length > 0 && PhoneNumber.TryParse(n) is null);
}
