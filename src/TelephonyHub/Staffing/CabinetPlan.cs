using TelephonyHub.Hosting;

namespace TelephonyHub.Staffing;

/// <summary>
/// What an administrator sets of a cabinet's routing without a restart. Null: as the settings file says. Phones of the file serve while there are none here.
/// </summary>
public sealed record CabinetPlan
{
    /// <summary>What callers press in this cabinet's menu → cabinet of the region; without it each cabinet's own digit.</summary>
    public IReadOnlyDictionary<string, string>? Digits { get; init; }

    /// <summary>Regions of the numbering plan that are this city's, by a part of their names: <c>Рязанск</c>.</summary>
    public IReadOnlyList<string>? RegionNames { get; init; }

    /// <summary>Cabinets whose groups take over while this region is closed, in order.</summary>
    public IReadOnlyList<string>? Substitutes { get; init; }

    public IReadOnlyList<string>? GroupPhones { get; init; }

    /// <summary>While the rota names nobody.</summary>
    public IReadOnlyList<string>? DutyPhones { get; init; }

    public ChainMode? ChainMode { get; init; }

    public int? FallbackCode { get; init; }

    public int? NightCode { get; init; }

    /// <summary>Leaves through this branch instead of dialling the group's phones: a queue of UIS takes over.</summary>
    public int? GroupCode { get; init; }

    /// <summary>For numbers of the blacklist; else the fallback code.</summary>
    public int? BlockedCode { get; init; }

    /// <summary>For too many identical calls; else the fallback code.</summary>
    public int? TooManyCode { get; init; }

    public OnCallRule? OnCall { get; init; }

    public int? MaxPhones { get; init; }

    public int? LastTalkedDays { get; init; }

    public int? IdenticalCallsPerMinute { get; init; }

    public bool? DutyInChain { get; init; }

    public bool? OperatorText { get; init; }

    public RoutingRules Over(RoutingRules rules) => rules with
    {
        OnCall = OnCall ?? rules.OnCall,
        MaxPhones = MaxPhones ?? rules.MaxPhones,
        LastTalkedDays = LastTalkedDays ?? rules.LastTalkedDays,
        IdenticalCallsPerMinute = IdenticalCallsPerMinute ?? rules.IdenticalCallsPerMinute,
        DutyInChain = DutyInChain ?? rules.DutyInChain,
        OperatorText = OperatorText ?? rules.OperatorText,
        GroupCode = GroupCode,
        BlockedCode = BlockedCode,
        TooManyCode = TooManyCode,
    };

    public CabinetSettings Over(CabinetSettings cabinet) => cabinet with
    {
        GroupPhones = GroupPhones is { Count: > 0 } group ? group : cabinet.GroupPhones,
        DutyPhones = DutyPhones is { Count: > 0 } duty ? duty : cabinet.DutyPhones,
        ChainMode = ChainMode ?? cabinet.ChainMode,
        FallbackCode = FallbackCode ?? cabinet.FallbackCode,
        NightCode = NightCode ?? cabinet.NightCode,
    };
}
