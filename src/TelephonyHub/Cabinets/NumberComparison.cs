using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Cabinets;

/// <summary>Numbers of the settings against those that UIS lists. The settings stay the truth of the region; both together are the company's own.</summary>
/// <param name="Known">UIS's list was read; else nothing differs.</param>
/// <param name="NotConfigured">Listed, and neither this cabinet's nor common.</param>
/// <param name="NotListed">Configured here, and not in the account.</param>
public sealed record NumberComparison(bool Known, IReadOnlyList<PhoneNumber> NotConfigured, IReadOnlyList<PhoneNumber> NotListed)
{
    public static NumberComparison Of(CabinetSettings cabinet, IReadOnlySet<PhoneNumber> common, CabinetFacts facts)
    {
        if (facts.Dictionaries?.Numbers is null)
        {
            return new NumberComparison(false, [], []);
        }

        var listed = facts.OwnNumbers.ToHashSet();
        return new NumberComparison(
            true,
            [.. listed.Where(n => !cabinet.Numbers.Contains(n) && !common.Contains(n)).OrderBy(n => n.E164, StringComparer.Ordinal)],
            [.. cabinet.Numbers.Where(n => !listed.Contains(n)).OrderBy(n => n.E164, StringComparer.Ordinal)]);
    }
}
