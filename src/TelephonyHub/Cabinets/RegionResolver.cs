using System.Collections.Frozen;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Cabinets;

/// <summary>How the region of a call was found.</summary>
public enum RegionSource
{
    Unknown,
    Digit,
    DialledNumber,
    CallerNumber,
}

/// <param name="Cabinet">The cabinet whose region it is; null when nothing tells.</param>
public readonly record struct CallRegion(CabinetKey? Cabinet, RegionSource Source);

/// <summary>
/// Region of a call (contract, section 1): the digit; else the dialled number, unless it is common or unlisted; else the caller's own number.
/// Mobile numbers tell nothing here: the numbering-plan table does not exist yet, and ported numbers make even that uncertain.
/// </summary>
public sealed class RegionResolver
{
    private readonly FrozenDictionary<char, CabinetKey> _byDigit;
    private readonly FrozenDictionary<PhoneNumber, CabinetKey> _byNumber;
    private readonly FrozenDictionary<string, CabinetKey> _byTown;
    private readonly FrozenSet<PhoneNumber> _common;
    private readonly CabinetBook? _book;

    /// <param name="settings">The truth of which number means which region.</param>
    /// <param name="book">Numbers that UIS lists and nobody configured: they say no region, yet they are the company's own.</param>
    public RegionResolver(HubSettings settings, CabinetBook? book = null)
    {
        _book = book;
        var cabinets = settings.Cabinets.Values.OrderBy(c => c.Key.Value, StringComparer.Ordinal).ToList();
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

    public CallRegion Resolve(string? digit, PhoneNumber? dialled, PhoneNumber? caller)
    {
        if (digit is { Length: 1 } && _byDigit.TryGetValue(digit[0], out var chosen))
        {
            return new CallRegion(chosen, RegionSource.Digit);
        }

        if (dialled is { } number && !_common.Contains(number) && _byNumber.TryGetValue(number, out var owner))
        {
            return new CallRegion(owner, RegionSource.DialledNumber);
        }

        return caller?.Town() is { } town && _byTown.TryGetValue(town, out var home)
            ? new CallRegion(home, RegionSource.CallerNumber)
            : new CallRegion(null, RegionSource.Unknown);
    }

    /// <summary>The cabinet whose number it is; null for strangers' numbers and for common ones that no cabinet lists.</summary>
    public CabinetKey? CabinetOf(PhoneNumber number) => _byNumber.TryGetValue(number, out var cabinet) ? cabinet : null;

    /// <summary>A number the company rents, in any cabinet.</summary>
    public bool IsOwnNumber(PhoneNumber number) => _byNumber.ContainsKey(number) || _common.Contains(number) || _book?.IsListed(number) == true;
}
