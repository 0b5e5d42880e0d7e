using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Staffing;

namespace TelephonyHub.Routing;

/// <summary>What UIS asked.</summary>
/// <param name="Cabinet">The cabinet in the URL.</param>
/// <param name="CallId">Session or leg id as sent; null when absent or no number.</param>
/// <param name="CallerRaw">As received; null or unparsable when hidden.</param>
/// <param name="DialledRaw">The virtual number.</param>
/// <param name="Digit">Null when nothing was pressed.</param>
public sealed record RouteQuestion(CabinetKey Cabinet, long? CallId, string? CallerRaw, string? DialledRaw, string? Digit)
{
    public PhoneNumber? Caller { get; } = PhoneNumber.TryParse(CallerRaw);

    public PhoneNumber? Dialled { get; } = PhoneNumber.TryParse(DialledRaw);
}

/// <summary>Callers who are no ordinary clients; each has an answer of its own.</summary>
public enum SpecialCaller
{
    None,

    /// <summary>No number, or none that can be parsed.</summary>
    Hidden,

    /// <summary>A number of the company that no handover explains: a forwarding, perhaps in a circle.</summary>
    OwnNumber,

    Employee,

    Blocked,

    /// <summary>An unknown number that calls again and again.</summary>
    TooMany,
}

/// <summary>What is known of a person's phones at this moment. Null: not known, which never counts against him.</summary>
public sealed record PresenceNow
{
    public static readonly PresenceNow Unknown = new();

    public bool OnCall { get; init; }

    /// <summary>On a call only because somebody asks what would happen then.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>How old the news of calls is.</summary>
    public TimeSpan? CallsAge { get; init; }

    /// <summary>Status of the PBX, as people see it.</summary>
    public string? Status { get; init; }

    public bool? TakesCalls { get; init; }

    /// <summary>How old the status is: UIS has no event for it.</summary>
    public TimeSpan? StatusAge { get; init; }

    /// <summary>Within his schedule of the PBX.</summary>
    public bool? InSchedule { get; init; }
}

/// <summary>A manager who may be rung, with all that speaks for or against it.</summary>
public sealed record Colleague(Manager Manager)
{
    public PresenceNow Presence { get; init; } = PresenceNow.Unknown;

    /// <summary>The city whose calendar is his; null for somebody of no cabinet.</summary>
    public DeskHours? Hours { get; init; }

    public AbsencePeriod? Absent { get; init; }

    /// <summary>As dialled from the cabinet that asks, in his order.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>Those of them that are numbers of the company.</summary>
    public IReadOnlyList<string> VirtualPhones { get; init; } = [];
}

/// <summary>Working time of a city at the moment.</summary>
/// <param name="City">Its name.</param>
/// <param name="LocalTime">There.</param>
/// <param name="HasCalendar">False: every hour is working.</param>
/// <param name="OpensAt">Local; null while open, or when it never does.</param>
public sealed record DeskHours(string City, DateTime LocalTime, bool HasCalendar, bool Open, DateTime? OpensAt, string? Holiday);

/// <param name="Who">Whose it is, where that is known.</param>
/// <param name="IsVirtual">A number of the company: dialling it begins a call of the company's own.</param>
/// <param name="IsOff">Its employee has it, switched off, in the PBX.</param>
public sealed record DeskPhone(string Phone, Colleague? Who, bool IsVirtual, bool IsOff);

/// <summary>A city's group and duty as dialled from the cabinet that asks.</summary>
/// <param name="Cabinet">With what the API sets of it.</param>
/// <param name="FromRota">The duty is of the rota, not of the configured phones.</param>
public sealed record Desk(CabinetSettings Cabinet, DeskHours Hours, IReadOnlyList<DeskPhone> Group, IReadOnlyList<DeskPhone> Duty, bool FromRota);

/// <summary>Everything the policy may know. It asks nobody: what is not here does not count.</summary>
public sealed record RoutingFacts
{
    public required RouteQuestion Question { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The cabinet that asks.</summary>
    public required Desk Own { get; init; }

    public required RoutingRules Rules { get; init; }

    public required CallRegion Region { get; init; }

    /// <summary>Of the region; null without a region.</summary>
    public Desk? RegionDesk { get; init; }

    /// <summary>Desks that take over while the region is closed, in order.</summary>
    public IReadOnlyList<Desk> Substitutes { get; init; } = [];

    public SpecialCaller Special { get; init; }

    /// <summary>The employee who calls.</summary>
    public Manager? CallerPerson { get; init; }

    public required ClientAnswer Client { get; init; }

    /// <summary>The client's owner, if he counts as responsible.</summary>
    public Colleague? Responsible { get; init; }

    /// <summary>Who stand in for the owner, also for one who left.</summary>
    public IReadOnlyList<Colleague> Deputies { get; init; } = [];

    /// <summary>Who talked last with this number; null when nobody is known to have.</summary>
    public Colleague? LastTalked { get; init; }

    /// <summary>Another call of the company dialled this number just now: who is on the line in truth, and whom he is meant for.</summary>
    public Handover? Handover { get; init; }

    /// <summary>The company itself led the call here: one more of its numbers could lead it in a circle.</summary>
    public bool IsSecondHop => Special == SpecialCaller.OwnNumber || Handover is not null;

    /// <summary>Whom a transfer is meant for.</summary>
    public Colleague? TransferTo { get; init; }

    /// <summary>The outside party: of a handover its client, whatever number is shown.</summary>
    public PhoneNumber? ClientPhone => Handover?.Client ?? Question.Caller;

    /// <summary>Given in earlier answers of this session, so they did not answer.</summary>
    public IReadOnlySet<string> AlreadyTried { get; init; } = new HashSet<string>();

    /// <summary>Nobody's numbers that are assumed to be on a call ("what would happen if"); of a person's the person is on a call.</summary>
    public IReadOnlySet<string> AssumedBusy { get; init; } = new HashSet<string>();

    public long PlanVersion { get; init; }
}
