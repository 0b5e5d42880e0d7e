using System.Collections.Frozen;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Staffing;

/// <summary>
/// Who works when, who stands in for whom, and how a cabinet is routed, as of one version. Immutable: a decision holds one from begin to end. Answers come
/// from the settings wherever the database says nothing.
/// </summary>
public sealed class StaffingPlan
{
    public static readonly StaffingPlan Empty = new();

    private readonly FrozenDictionary<string, WorkCalendar> _calendars;
    private readonly WorkCalendar? _holidaysOnly;

    /// <param name="calendars">By cabinet key.</param>
    /// <param name="holidays">Of the country, all years.</param>
    public StaffingPlan(IReadOnlyDictionary<string, RegionCalendar>? calendars = null, IReadOnlyList<SpecialDay>? holidays = null)
    {
        var days = holidays ?? [];
        _calendars = (calendars ?? new Dictionary<string, RegionCalendar>()).ToFrozenDictionary(c => c.Key, c => new WorkCalendar(c.Value, days), StringComparer.Ordinal);
        _holidaysOnly = days.Count > 0 ? new WorkCalendar(RegionCalendar.Default, days) : null;
    }

    /// <summary>Of the last change; 0 while there is none.</summary>
    public long Version { get; init; }

    public IReadOnlyDictionary<string, DutyRota> Rotas { get; init; } = FrozenDictionary<string, DutyRota>.Empty;

    public IReadOnlyDictionary<Guid, DeputyRule> Deputies { get; init; } = FrozenDictionary<Guid, DeputyRule>.Empty;

    public IReadOnlyDictionary<Guid, Absence> Absences { get; init; } = FrozenDictionary<Guid, Absence>.Empty;

    public IReadOnlyDictionary<string, CabinetPlan> Cabinets { get; init; } = FrozenDictionary<string, CabinetPlan>.Empty;

    public IReadOnlyDictionary<string, BlockedNumber> Blocked { get; init; } = FrozenDictionary<string, BlockedNumber>.Empty;

    public NumberingPlan Numbering { get; init; } = NumberingPlan.Empty;

    public CabinetSettings Of(CabinetSettings cabinet) => Cabinets.TryGetValue(cabinet.Key.Value, out var plan) ? plan.Over(cabinet) : cabinet;

    public RoutingRules RulesOf(CabinetKey cabinet, RoutingRules defaults) => Cabinets.TryGetValue(cabinet.Value, out var plan) ? plan.Over(defaults) : defaults;

    /// <summary>Null while the database holds no calendar of the region: routing then treats every hour as working.</summary>
    public WorkingTime? CalendarOf(CabinetSettings region) => _calendars.TryGetValue(region.Key.Value, out var calendar) ? new WorkingTime(region.RegionTimeZone, calendar) : null;

    /// <summary>For due dates: the calendar, else Monday to Friday 09:00–18:00 without the country's holidays.</summary>
    public WorkingTime WorkingTimeOf(CabinetSettings region) => CalendarOf(region) ?? new WorkingTime(region.RegionTimeZone, _holidaysOnly);

    /// <summary>Name of the holiday that a region has at the moment.</summary>
    public string? HolidayOf(CabinetSettings region, DateTimeOffset at) =>
        _calendars.GetValueOrDefault(region.Key.Value)?.NameOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, region.RegionTimeZone).DateTime));

    public DutyPerson? DutyAt(CabinetSettings cabinet, DateTimeOffset at) => Rotas.GetValueOrDefault(cabinet.Key.Value)?.At(at, cabinet.RegionTimeZone);

    public IReadOnlyList<Guid> DeputiesOf(Guid? contact, DateTimeOffset at) =>
        contact is { } id && Deputies.TryGetValue(id, out var rule) && rule.Counts(at) ? rule.Deputies : [];

    public AbsencePeriod? AbsenceOf(Guid? contact, DateTimeOffset at) =>
        contact is { } id && Absences.TryGetValue(id, out var absence) ? absence.Periods.FirstOrDefault(p => p.From <= at && at < p.Until) : null;

    public BlockedNumber? BlockOf(PhoneNumber? number, DateTimeOffset at) =>
        number is { } n && Blocked.TryGetValue(n.E164, out var blocked) && (blocked.Until is null || at < blocked.Until) ? blocked : null;

    /// <summary>Managers on duty, for tasks that fall to them: those of the rota, else those whose phones are the configured ones.</summary>
    public IEnumerable<Manager?> DutyManagers(CabinetSettings cabinet, DateTimeOffset at, ManagerDirectory managers)
    {
        var duty = DutyAt(cabinet, at);
        return duty?.ContactId is { } contact
            ? [managers.ByContact(contact)]
            : (duty?.Phones ?? Of(cabinet).DutyPhones).Select(p => managers.ByNumber(cabinet.Key, p));
    }

    /// <summary>The cabinet that a digit means in a cabinet's own menu; false where that has no map.</summary>
    public bool TryDigit(CabinetKey asked, string digit, out CabinetKey? region)
    {
        region = null;
        if (Cabinets.GetValueOrDefault(asked.Value)?.Digits is not { Count: > 0 } digits)
        {
            return false;
        }

        region = digits.TryGetValue(digit, out var key) && CabinetKey.TryParse(key, out var parsed) ? parsed : null;
        return true;
    }
}
