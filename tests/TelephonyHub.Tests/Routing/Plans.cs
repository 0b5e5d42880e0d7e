using TelephonyHub.Cabinets;
using TelephonyHub.Staffing;
using TelephonyHub.Tests.Directory;

namespace TelephonyHub.Tests.Routing;

/// <summary>Calendars, rotas and settings of cabinets as tests speak of them.</summary>
internal static class Plans
{
    public static readonly Hours NineToSix = new(new TimeOnly(9, 0), new TimeOnly(18, 0));

    /// <summary>All four cities: Monday to Friday 09:00–18:00 of their own time; 9 March is a holiday, 7 March a short Saturday that is worked.</summary>
    public static StaffingPlan Office => Plan();

    /// <summary>Nobody works at the time of the tests.</summary>
    public static StaffingPlan Closed => new(ClosedCalendars);

    public static IReadOnlyDictionary<string, RegionCalendar> ClosedCalendars => Cities.ToDictionary(c => c, _ => RegionCalendar.Weekdays(new Hours(new TimeOnly(3, 0), new TimeOnly(4, 0))), StringComparer.Ordinal);

    public static IReadOnlyList<string> Cities { get; } = ["msk", "spb", "rzn", "sgt"];

    public static StaffingPlan Plan(
        CabinetPlan? moscow = null, CabinetPlan? surgut = null, DutyRota? rota = null, Guid[]? annasDeputies = null, AbsencePeriod? annaAway = null, string? blocked = null, NumberRange[]? numbering = null, bool calendars = true) =>
        new(
            calendars ? Cities.ToDictionary(c => c, _ => RegionCalendar.Weekdays(NineToSix), StringComparer.Ordinal) : null,
            [new SpecialDay(new DateOnly(2026, 3, 9), DayKind.Off, "Международный женский день"), new SpecialDay(new DateOnly(2026, 3, 6), DayKind.Short), new SpecialDay(new DateOnly(2026, 3, 7), DayKind.Working)])
        {
            Version = 7,
            Cabinets = new[] { ("msk", moscow), ("sgt", surgut) }.Where(p => p.Item2 is not null).ToDictionary(p => p.Item1, p => p.Item2!, StringComparer.Ordinal),
            Rotas = rota is null ? new Dictionary<string, DutyRota>() : new Dictionary<string, DutyRota>(StringComparer.Ordinal) { ["msk"] = rota },
            Deputies = annasDeputies is null ? new Dictionary<Guid, DeputyRule>() : new Dictionary<Guid, DeputyRule> { [People.Anna] = new(annasDeputies) },
            Absences = annaAway is null ? new Dictionary<Guid, Absence>() : new Dictionary<Guid, Absence> { [People.Anna] = new([annaAway]) },
            Blocked = blocked is null ? new Dictionary<string, BlockedNumber>() : new Dictionary<string, BlockedNumber>(StringComparer.Ordinal) { [blocked] = new("спам") },
            Numbering = numbering is null ? NumberingPlan.Empty : new NumberingPlan(numbering),
        };
}
