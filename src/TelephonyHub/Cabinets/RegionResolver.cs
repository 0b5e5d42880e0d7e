using System.Collections.Frozen;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Staffing;

namespace TelephonyHub.Cabinets;

/// <summary>How the region of a call was found.</summary>
public enum RegionSource
{
    Unknown,
    Digit,
    DialledNumber,
    CallerNumber,

    /// <summary>The regulator's table of numbers.</summary>
    NumberingPlan,
}

/// <param name="Cabinet">The cabinet whose region it is; null when nothing tells.</param>
public readonly record struct CallRegion(CabinetKey? Cabinet, RegionSource Source);

/// <summary>
/// Region of a call (contract, section 1): the digit; else the dialled number, unless it is common or unlisted; else the caller's own number:
/// that is its landline code, else the regulator's numbering plan, where an administrator imported it.
/// </summary>
public sealed class RegionResolver
{
    private readonly FrozenDictionary<char, CabinetKey> _byDigit;
    private readonly FrozenDictionary<PhoneNumber, CabinetKey> _byNumber;
    private readonly FrozenDictionary<string, CabinetKey> _byTown;
    private readonly FrozenSet<PhoneNumber> _common;
    private readonly CabinetBook? _book;
    private readonly IReadOnlyList<CabinetSettings> _cabinets;
    private readonly Func<StaffingPlan> _plan;

    /// <param name="settings">The truth of which number means which region.</param>
    /// <param name="book">Numbers that UIS lists and nobody configured: they say no region, yet they are the company's own.</param>
    /// <param name="plan">The newest numbering plan, names of regions and menus of single cabinets, as administrators keep them.</param>
    public RegionResolver(HubSettings settings, CabinetBook? book = null, Func<StaffingPlan>? plan = null)
    {
        (_book, _plan) = (book, plan ?? (() => StaffingPlan.Empty));
        var cabinets = settings.Cabinets.Values.OrderBy(c => c.Key.Value, StringComparer.Ordinal).ToList();
        _cabinets = cabinets;
        _common = settings.Routing.CommonNumbers;
        _byDigit = cabinets.Where(c => c.RegionDigit is not null).ToFrozenDictionary(c => c.RegionDigit!.Value, c => c.Key);
        _byNumber = cabinets.SelectMany(c => c.Numbers.Select(n => (Number: n, c.Key))).DistinctBy(p => p.Number).ToFrozenDictionary(p => p.Number, p => p.Key);

        // A city's area code is that of its own numbers: nothing to configure, and both codes of a town count (495 and 499).
        // Two cabinets in one town would make the code say nothing, so it is left out.
        _byTown = cabinets
            .SelectMany(c => c.Numbers.Where(n => !_common.Contains(n)).Select(n => n.Town()).Where(t => t is not null).Distinct(StringComparer.Ordinal).Select(t => (Town: t!, c.Key)))
            .GroupBy(p => p.Town, StringComparer.Ordinal)
            .Where(g => g.Count() == 1)
            .ToFrozenDictionary(g => g.Key, g => g.First().Key, StringComparer.Ordinal);
    }

    /// <param name="digit">As pressed; what is no digit of a region does not count.</param>
    /// <param name="dialled">The company's number.</param>
    /// <param name="caller">Whose call it is.</param>
    /// <param name="asked">The cabinet in whose menu the digit was pressed.</param>
    public CallRegion Resolve(string? digit, PhoneNumber? dialled, PhoneNumber? caller, CabinetKey? asked = null)
    {
        var plan = _plan();
        if (digit is { Length: 1 } && Chosen(plan, digit, asked) is { } chosen)
        {
            return new CallRegion(chosen, RegionSource.Digit);
        }

        if (dialled is { } number && !_common.Contains(number) && _byNumber.TryGetValue(number, out var owner))
        {
            return new CallRegion(owner, RegionSource.DialledNumber);
        }

        if (caller?.Town() is { } town && _byTown.TryGetValue(town, out var home))
        {
            return new CallRegion(home, RegionSource.CallerNumber);
        }

        return caller is { } client && plan.Numbering.RegionOf(client) is { } name && CabinetOf(name, plan) is { } listed
            ? new CallRegion(listed, RegionSource.NumberingPlan)
            : new CallRegion(null, RegionSource.Unknown);
    }

    /// <summary>The cabinet whose city a region of the numbering plan is, by the names that were set for it, else by the cabinet's own; null for none and for several.</summary>
    public CabinetKey? CabinetOf(string region, StaffingPlan plan)
    {
        var fitting = _cabinets.Where(c => NamesOf(c, plan).Any(n => RegionNames.Matches(region, n))).Take(2).ToList();
        return fitting.Count == 1 ? fitting[0].Key : null;
    }

    private static IReadOnlyList<string> NamesOf(CabinetSettings cabinet, StaffingPlan plan) =>
        plan.Cabinets.GetValueOrDefault(cabinet.Key.Value)?.RegionNames is { Count: > 0 } set ? set : [cabinet.Name];

    private CabinetKey? Chosen(StaffingPlan plan, string digit, CabinetKey? asked) =>
        asked is { } cabinet && plan.TryDigit(cabinet, digit, out var region) ? region
        : _byDigit.TryGetValue(digit[0], out var chosen) ? chosen
        : null;

    /// <summary>The cabinet whose number it is; null for strangers' numbers and for common ones that no cabinet lists.</summary>
    public CabinetKey? CabinetOf(PhoneNumber number) => _byNumber.TryGetValue(number, out var cabinet) ? cabinet : null;

    /// <summary>A number the company rents, in any cabinet.</summary>
    public bool IsOwnNumber(PhoneNumber number) => _byNumber.ContainsKey(number) || _common.Contains(number) || _book?.IsListed(number) == true;
}
