using TelephonyHub.Directory;

namespace TelephonyHub.Cabinets;

/// <summary>Numbers of one operator in one region, as the regulator gave them out.</summary>
/// <param name="From">First, ten digits.</param>
/// <param name="To">Last, inclusive.</param>
/// <param name="Region">As the regulator spells it.</param>
public readonly record struct NumberRange(long From, long To, string Region);

/// <summary>
/// Russian numbers → region by the regulator's table, in columns: some 400 000 ranges of landlines and mobiles together take 7 MB. It says where a number was given
/// out, not where its owner is: a number that was ported keeps its region in the table, and people move. So it only decides where nothing better is known.
/// </summary>
public sealed class NumberingPlan
{
    public static readonly NumberingPlan Empty = new([]);

    private readonly long[] _from;
    private readonly int[] _length;
    private readonly ushort[] _region;

    public NumberingPlan(IEnumerable<NumberRange> ranges)
    {
        var sorted = ranges.OrderBy(r => r.From).ToList();
        Regions = [.. sorted.Select(r => r.Region).Distinct(StringComparer.Ordinal)];
        var index = Regions.Select((r, i) => (r, i)).ToDictionary(p => p.r, p => (ushort)p.i, StringComparer.Ordinal);
        _from = [.. sorted.Select(r => r.From)];
        _length = [.. sorted.Select(r => (int)(r.To - r.From))];
        _region = [.. sorted.Select(r => index[r.Region])];
    }

    public IReadOnlyList<string> Regions { get; }

    public int Count => _from.Length;

    public IEnumerable<NumberRange> Ranges => _from.Select((f, i) => new NumberRange(f, f + _length[i], Regions[_region[i]]));

    /// <summary>Null for numbers of other countries and such as the table lacks.</summary>
    public string? RegionOf(PhoneNumber number)
    {
        if (number.Digits is not ['7', _, _, _, _, _, _, _, _, _, _])
        {
            return null;
        }

        var wanted = number.ToDigits() % 10_000_000_000;
        var at = Array.BinarySearch(_from, wanted);
        at = at >= 0 ? at : ~at - 1;
        return at >= 0 && wanted - _from[at] <= _length[at] ? Regions[_region[at]] : null;
    }
}

/// <summary>Names of regions as the regulator, people and settings write them.</summary>
public static class RegionNames
{
    /// <summary>«Ханты - Мансийский - Югра АО» and «Ханты-Мансийский АО» differ in nothing that matters.</summary>
    public static bool Matches(string region, string part) => Bare(part) is { Length: > 0 } wanted && Bare(region).Contains(wanted, StringComparison.Ordinal);

    private static string Bare(string text) => string.Concat(text.ToLowerInvariant().Replace('ё', 'е').Where(char.IsLetterOrDigit));
}
