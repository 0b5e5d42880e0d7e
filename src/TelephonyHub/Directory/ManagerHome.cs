using TelephonyHub.Cabinets;

namespace TelephonyHub.Directory;

/// <summary>What says where a manager is at home.</summary>
public enum HomeRule
{
    /// <summary>He has records in one cabinet only.</summary>
    OnlyCabinet,

    /// <summary>The first record that the setting <c>Managers</c> names.</summary>
    Setting,

    /// <summary>The one cabinet in which he has an active SIP number: his desk.</summary>
    SipNumber,

    /// <summary>The one in which he is a member of a group.</summary>
    Group,

    /// <summary>The one in which any number of his is active.</summary>
    ActivePhone,

    /// <summary>Nothing tells them apart: the first by the cabinets' keys.</summary>
    Order,
}

/// <summary>
/// Where somebody with records in several cabinets is at home. Pure. By what he has there, never by the cabinets' names: a further cabinet must not move him. Registration
/// and status do not count, because a home does not change by the hour.
/// </summary>
public static class ManagerHome
{
    private static readonly (HomeRule Rule, Func<PbxEmployee, bool> Holds)[] Signs =
    [
        (HomeRule.SipNumber, e => e.Phones.Any(p => p.Active && PhoneNumber.TryParse(p.Number) is null)),
        (HomeRule.Group, e => e.InGroup),
        (HomeRule.ActivePhone, e => e.Phones.Any(p => p.Active)),
    ];

    /// <param name="records">The records that the setting names first, in its order; the others by the cabinets' keys.</param>
    public static (CabinetKey Cabinet, HomeRule By)? Of(IReadOnlyList<PbxEmployee> records)
    {
        if (records.Count == 0)
        {
            return null;
        }

        if (Sole(records) is { } only)
        {
            return (only, HomeRule.OnlyCabinet);
        }

        if (records[0].MatchedBy == ManagerMatch.Setting)
        {
            return (records[0].Cabinet, HomeRule.Setting);
        }

        foreach (var (rule, holds) in Signs)
        {
            var fitting = records.Where(holds).ToList();
            if (Sole(fitting) is { } home)
            {
                return (home, rule);
            }

            records = fitting.Count > 0 ? fitting : records;
        }

        return (records[0].Cabinet, HomeRule.Order);
    }

    private static CabinetKey? Sole(IReadOnlyList<PbxEmployee> records) => records.Select(r => r.Cabinet).Distinct().Take(2).ToList() is [var one] ? one : null;
}
