using System.Globalization;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Staffing;

/// <summary>What must hold of a document before it is stored; what it names must exist.</summary>
internal sealed class StaffingChecks(HubSettings settings, DirectoryService directory)
{
    private const int MostCode = 99;

    public HubSettings Settings => settings;

    /// <summary>While the directory is empty (the CRM has not answered yet) every contact may be one.</summary>
    public bool IsManager(Guid contact) => directory.Managers.Managers.Count == 0 || directory.Managers.ByContact(contact) is not null;

    /// <summary>What is neither a cabinet's nor a manager's is of the whole company.</summary>
    public bool IsSeen(StaffingKind kind, string key, HubAccess access) =>
        access.SeesAll
        || (kind.OfCabinet ? access.Sees(key) : !kind.OfManager || directory.Managers.ByContact(Guid.Parse(key))?.Employees.Any(e => access.Sees(e.Cabinet.Value)) == true);

    public static RegionCalendar Calendar(string key, RegionCalendar calendar, StaffingChecks checks, FieldFaults faults)
    {
        string[] names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        foreach (var (hours, i) in calendar.Week.Select((h, i) => (h, i)))
        {
            CheckHours(hours, names[i], faults);
        }

        faults.Refuse(calendar.Week.All(d => d.Count == 0), "mon", "no day of the week has hours: nobody would ever work.");
        CheckDays(calendar.Days, null, faults);
        return calendar;
    }

    public static YearCalendar Holidays(string key, YearCalendar year, StaffingChecks checks, FieldFaults faults)
    {
        CheckDays(year.Days, int.Parse(key, CultureInfo.InvariantCulture), faults);
        faults.Refuse(year.Days.Any(d => d.Hours is not null), "days", "hours are a region's: give them in its calendar.");
        return year;
    }

    public static Absence Absence(string key, Absence absence, StaffingChecks checks, FieldFaults faults)
    {
        foreach (var (period, i) in absence.Periods.Select((p, i) => (p, i)))
        {
            faults.Refuse(period.From >= period.Until, $"periods[{i}].until", "must be after 'from'.");
            faults.Text(period.Note, $"periods[{i}].note", 200);
        }

        return absence;
    }

    public static BlockedNumber Blocked(string key, BlockedNumber blocked, StaffingChecks checks, FieldFaults faults)
    {
        faults.Text(blocked.Note, "note", 200);
        return blocked;
    }

    public DutyRota Rota(DutyRota rota, FieldFaults faults)
    {
        faults.Range(rota.DaysPerTurn, "daysPerTurn", 1, 366);
        faults.Refuse(rota.People.Count > 0 && rota.From is null, "from", "is required: the day on which the first person takes over.");
        var people = rota.People.Select((p, i) => Person(p, $"people[{i}]", faults)).ToList();
        var shifts = rota.Shifts.Select((s, i) => s with { Who = Person(s.Who, $"shifts[{i}].who", faults) }).ToList();
        foreach (var (shift, i) in rota.Shifts.Select((s, i) => (s, i)))
        {
            faults.Refuse(shift.From >= shift.Until, $"shifts[{i}].until", "must be after 'from'.");
        }

        return rota with { People = people, Shifts = shifts };
    }

    public DeputyRule Deputies(string key, DeputyRule rule, FieldFaults faults)
    {
        var contact = Guid.Parse(key);
        faults.Refuse(rule.Deputies.Count is 0 or > 10, "deputies", "must name one to ten managers.");
        faults.Refuse(rule.Deputies.Distinct().Count() != rule.Deputies.Count, "deputies", "names somebody twice.");
        faults.Refuse(rule.Deputies.Contains(contact), "deputies", "must not name the manager himself.");
        foreach (var (deputy, i) in rule.Deputies.Select((d, i) => (d, i)))
        {
            faults.Refuse(!IsManager(deputy), $"deputies[{i}]", "is the contact of no manager.");
        }

        faults.Refuse(rule.From >= rule.Until, "until", "must be after 'from'.");
        return rule;
    }

    public CabinetPlan Cabinet(string key, CabinetPlan plan, FieldFaults faults)
    {
        foreach (var (digit, cabinet) in plan.Digits ?? new Dictionary<string, string>())
        {
            faults.Refuse(digit.Length != 1 || !char.IsAsciiDigit(digit[0]), $"digits.{digit}", "must be one digit.");
            faults.Refuse(!settings.TryCabinet(cabinet, out _), $"digits.{digit}", "must be a configured cabinet's key.");
        }

        foreach (var (substitute, i) in (plan.Substitutes ?? []).Select((s, i) => (s, i)))
        {
            faults.Refuse(!settings.TryCabinet(substitute, out var other) || other.Key.Value == key, $"substitutes[{i}]", "must be the key of another configured cabinet.");
        }

        foreach (var (name, i) in (plan.RegionNames ?? []).Select((n, i) => (n, i)))
        {
            faults.Text(name, $"regionNames[{i}]", 100);
            faults.Refuse(!name.Any(char.IsLetter), $"regionNames[{i}]", "must be a part of a region's name.");
        }

        foreach (var (code, field) in new[] { (plan.FallbackCode, "fallbackCode"), (plan.NightCode, "nightCode"), (plan.GroupCode, "groupCode"), (plan.BlockedCode, "blockedCode"), (plan.TooManyCode, "tooManyCode") })
        {
            faults.Range(code, field, 0, MostCode);
        }

        faults.Range(plan.MaxPhones, "maxPhones", 1, 30);
        faults.Range(plan.LastTalkedDays, "lastTalkedDays", 0, 3650);
        faults.Range(plan.IdenticalCallsPerMinute, "identicalCallsPerMinute", 0, 1000);
        return plan with
        {
            GroupPhones = Phones(plan.GroupPhones, "groupPhones", faults),
            DutyPhones = Phones(plan.DutyPhones, "dutyPhones", faults),
            Digits = plan.Digits?.ToDictionary(d => d.Key, d => d.Value.ToLowerInvariant(), StringComparer.Ordinal),
            Substitutes = plan.Substitutes is null ? null : [.. plan.Substitutes.Select(s => s.ToLowerInvariant()).Distinct(StringComparer.Ordinal)],
        };
    }

    private DutyPerson Person(DutyPerson person, string at, FieldFaults faults)
    {
        faults.Refuse(person.ContactId is null && person.Phones is not { Count: > 0 }, at, "must have a 'contactId' or 'phones'.");
        faults.Refuse(person.ContactId is { } contact && !IsManager(contact), $"{at}.contactId", "is the contact of no manager.");
        return person with { Phones = Phones(person.Phones, $"{at}.phones", faults) };
    }

    private static IReadOnlyList<string>? Phones(IReadOnlyList<string>? phones, string at, FieldFaults faults)
    {
        if (phones is null)
        {
            return null;
        }

        var dialled = phones.Select(p => DialNumber.Of(p)).ToList();
        foreach (var i in Enumerable.Range(0, dialled.Count).Where(i => dialled[i] is null))
        {
            faults.Add($"{at}[{i}]", "must be a phone number, a SIP number or an extension (digits).");
        }

        return [.. dialled.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static void CheckDays(IReadOnlyList<SpecialDay> days, int? year, FieldFaults faults)
    {
        foreach (var (day, i) in days.Select((d, i) => (d, i)))
        {
            faults.Refuse(year is not null && day.Date.Year != year, $"days[{i}].date", "must lie in the year.");
            faults.Refuse(days.Take(i).Any(d => d.Date == day.Date), $"days[{i}].date", "stands there twice.");
            faults.Text(day.Name, $"days[{i}].name", 200);
            CheckHours(day.Hours ?? [], $"days[{i}].hours", faults);
        }
    }

    private static void CheckHours(IReadOnlyList<Hours> hours, string at, FieldFaults faults)
    {
        var spans = hours.Select(h => h.Span).ToList();
        foreach (var (span, i) in spans.Select((s, i) => (s, i)))
        {
            faults.Refuse(span.From >= span.Till, $"{at}[{i}].till", "must be after 'from'; 00:00 is the end of the day, and hours over midnight are two parts.");
            faults.Refuse(spans.Take(i).Any(s => s.From < span.Till && span.From < s.Till), $"{at}[{i}]", "overlaps with an earlier part.");
        }
    }
}
