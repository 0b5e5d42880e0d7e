using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;

namespace TelephonyHub.Directory;

/// <summary>
/// CRM users and employees of the cabinets → managers. The setting wins, then e-mail, then a phone number, then the full name if it is unique on
/// both sides. Employees without a CRM user become managers without a contact: their calls raise a warning instead of vanishing.
/// </summary>
public static class ManagerMatcher
{
    public static IReadOnlyList<Manager> Match(IReadOnlyList<CrmUser> users, IReadOnlyList<PbxEmployee> employees, IReadOnlyList<ManagerMapping> mappings)
    {
        // One person may have an active and an old user: the active one speaks for the contact.
        var people = users.OrderByDescending(u => u.Active).DistinctBy(u => u.ContactId).ToList();
        var taken = new Dictionary<(CabinetKey, long), (Guid Contact, ManagerMatch By)>();
        Take(taken, employees, ManagerMatch.Setting, e => mappings.FirstOrDefault(m => m.Employees.Contains((e.Cabinet, e.Id)))?.ContactId);
        Take(taken, employees, ManagerMatch.Email, Unique(people, u => [Normal(u.Email)], e => [Normal(e.Email)]));
        Take(taken, employees, ManagerMatch.Phone, Unique(people, PhonesOf, e => e.Phones.Select(p => PhoneNumber.TryParse(p.Number)?.E164)));

        var names = employees.Where(e => !taken.ContainsKey((e.Cabinet, e.Id))).GroupBy(e => (e.Cabinet, Normal(e.FullName))).Where(g => g.Count() == 1).Select(g => g.Key).ToHashSet();
        var byName = Unique(people, u => [Normal(u.Name)], e => [Normal(e.FullName)]);
        Take(taken, employees, ManagerMatch.FullName, e => names.Contains((e.Cabinet, Normal(e.FullName))) ? byName(e) : null);

        var managers = people.ConvertAll(u => ToManager(u, employees, taken, mappings.FirstOrDefault(m => m.ContactId == u.ContactId)));
        var mappedOnly = mappings.Where(m => people.TrueForAll(u => u.ContactId != m.ContactId)).Select(m => FromMapping(m, employees));
        var rest = employees.Where(e => !taken.ContainsKey((e.Cabinet, e.Id))).ToList();
        return [.. managers, .. mappedOnly, .. Strangers(rest)];
    }

    private static Manager ToManager(CrmUser user, IReadOnlyList<PbxEmployee> employees, Dictionary<(CabinetKey, long), (Guid Contact, ManagerMatch By)> taken, ManagerMapping? mapping)
    {
        var own = InOrder(employees.Where(e => taken.TryGetValue((e.Cabinet, e.Id), out var t) && t.Contact == user.ContactId).Select(e => e with { MatchedBy = taken[(e.Cabinet, e.Id)].By }), mapping);
        return new Manager
        {
            ContactId = user.ContactId,
            UserId = user.UserId,
            Name = user.Name,
            IsActiveUser = user.Active,
            Employees = own,
            Mobile = PhoneNumber.TryParse(user.MobilePhone),
            Work = PhoneNumber.TryParse(user.WorkPhone),
            Extensions = user.Extensions,
            MatchedBy = own.Count > 0 ? own.Min(e => e.MatchedBy) : ManagerMatch.None,
        };
    }

    // The mapping names a contact without a readable user: trusted as an active owner, since an administrator wrote it.
    private static Manager FromMapping(ManagerMapping mapping, IReadOnlyList<PbxEmployee> employees)
    {
        var own = InOrder(employees.Where(e => mapping.Employees.Contains((e.Cabinet, e.Id))).Select(e => e with { MatchedBy = ManagerMatch.Setting }), mapping);
        return new Manager { ContactId = mapping.ContactId, Name = own.Count > 0 ? own[0].FullName : "", IsActiveUser = true, Employees = own, MatchedBy = ManagerMatch.Setting };
    }

    /// <summary>As the setting names them, the first being his home; then what it does not name.</summary>
    private static List<PbxEmployee> InOrder(IEnumerable<PbxEmployee> own, ManagerMapping? mapping)
    {
        var named = mapping?.Employees.ToList() ?? [];
        return [.. own.OrderBy(e => named.IndexOf((e.Cabinet, e.Id)) is >= 0 and var place ? place : int.MaxValue)];
    }

    /// <summary>Employees nobody in the CRM answers for; records of one person are still joined by e-mail or any phone, also over a third record.</summary>
    private static IEnumerable<Manager> Strangers(List<PbxEmployee> rest)
    {
        var people = new List<(HashSet<string> Keys, List<PbxEmployee> Records)>();
        foreach (var employee in rest)
        {
            var keys = employee.Phones.Select(p => PhoneNumber.TryParse(p.Number)?.E164).Append(Normal(employee.Email)).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var same = people.FindAll(p => p.Keys.Overlaps(keys));
            people.RemoveAll(same.Contains);
            people.Add(([.. same.SelectMany(p => p.Keys), .. keys], [.. same.SelectMany(p => p.Records), employee]));
        }

        return people.Select(p => new Manager { Name = p.Records[0].FullName, Employees = p.Records });
    }

    private static void Take(
        Dictionary<(CabinetKey, long), (Guid, ManagerMatch)> taken,
        IReadOnlyList<PbxEmployee> employees,
        ManagerMatch by,
        Func<PbxEmployee, Guid?> find)
    {
        foreach (var employee in employees.Where(e => !taken.ContainsKey((e.Cabinet, e.Id))))
        {
            if (find(employee) is { } contact)
            {
                taken[(employee.Cabinet, employee.Id)] = (contact, by);
            }
        }
    }

    /// <summary>A finder by a key that exactly one person has; a key of two people decides nothing.</summary>
    private static Func<PbxEmployee, Guid?> Unique(List<CrmUser> people, Func<CrmUser, IEnumerable<string?>> keysOf, Func<PbxEmployee, IEnumerable<string?>> keysOfEmployee)
    {
        var index = people
            .SelectMany(u => keysOf(u).Where(k => k is not null).Distinct(StringComparer.Ordinal).Select(k => (Key: k!, User: u)))
            .GroupBy(p => p.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(p => p.User).ToList(), StringComparer.Ordinal);
        return employee =>
        {
            foreach (var key in keysOfEmployee(employee))
            {
                if (key is not null && index.TryGetValue(key, out var found))
                {
                    // Two people with one key: the only active one is meant, else nobody.
                    var active = found.FindAll(u => u.Active);
                    var meant = active.Count == 1 ? active[0] : found.Count == 1 ? found[0] : null;
                    if (meant is not null)
                    {
                        return meant.ContactId;
                    }
                }
            }

            return null;
        };
    }

    private static IEnumerable<string?> PhonesOf(CrmUser user) => [PhoneNumber.TryParse(user.MobilePhone)?.E164, PhoneNumber.TryParse(user.WorkPhone)?.E164];

    private static string? Normal(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : string.Join(' ', text.ToLowerInvariant().Replace('ё', 'е').Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
