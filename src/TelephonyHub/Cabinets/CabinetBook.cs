using System.Collections.Frozen;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Cabinets;

/// <summary>
/// What was imported of all cabinets, in memory. Readers get immutable facts; the importer is the only writer.
/// </summary>
public sealed class CabinetBook(HubSettings settings)
{
    private readonly Lock _gate = new();
    private volatile FrozenDictionary<CabinetKey, CabinetFacts> _facts = FrozenDictionary<CabinetKey, CabinetFacts>.Empty;
    private volatile FrozenSet<PhoneNumber> _ownNumbers = FrozenSet<PhoneNumber>.Empty;

    /// <summary>Some cabinet's employees were imported: those who join them with the CRM's users do it anew.</summary>
    public event Action? EmployeesChanged;

    public CabinetFacts Of(CabinetKey key) => _facts.GetValueOrDefault(key) ?? CabinetFacts.None;

    /// <summary>Employees of all cabinets, in the cabinets' order.</summary>
    public IReadOnlyList<PbxEmployee> Employees =>
        [.. settings.Cabinets.Keys.OrderBy(k => k.Value, StringComparer.Ordinal).SelectMany(k => (Of(k).People?.Employees ?? []).Select(e => CabinetFacts.ToEmployee(k, e)))];

    /// <summary>UIS lists it as a number of one of the accounts, configured or not.</summary>
    public bool IsListed(PhoneNumber number) => _ownNumbers.Contains(number);

    public void Put(CabinetKey key, PeopleFacts people)
    {
        Change(key, f => f.People?.At > people.At ? f : f with { People = people });
        EmployeesChanged?.Invoke();
    }

    public void Put(CabinetKey key, DictionaryFacts dictionaries) => Change(key, f => f.Dictionaries?.At > dictionaries.At ? f : f with { Dictionaries = dictionaries });

    private void Change(CabinetKey key, Func<CabinetFacts, CabinetFacts> change)
    {
        lock (_gate)
        {
            var next = _facts.ToDictionary();
            next[key] = change(Of(key));
            _facts = next.ToFrozenDictionary();
            _ownNumbers = next.Values.SelectMany(f => f.OwnNumbers).ToFrozenSet();
        }
    }
}
