using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Staffing;

namespace TelephonyHub.Routing;

/// <summary>What was found out about one call, before it is put beside plan, people and presence.</summary>
/// <param name="Region">Of the call.</param>
/// <param name="Client">Whose number it is.</param>
/// <param name="LastTalked">Contact of who talked with the number last.</param>
/// <param name="Special">Blocked and too many are told here; the rest is seen from the question.</param>
public sealed record CallFindings(CallRegion Region, ClientAnswer Client, Guid? LastTalked = null, Handover? Handover = null, SpecialCaller Special = SpecialCaller.None);

/// <summary>Puts the facts of one moment together. Pure: it reads what it was given and asks nobody.</summary>
public sealed class FactsBuilder(HubSettings settings, StaffingPlan plan, ManagerDirectory managers, RegionResolver regions, Func<Manager, PresenceNow> presence, DateTimeOffset at)
{
    /// <summary>Who is taken for being on a call: numbers as dialled from the cabinet that asks, or contact ids of managers.</summary>
    public IReadOnlySet<string> AssumedBusy { get; init; } = new HashSet<string>();

    public RoutingFacts Build(RouteQuestion question, CallFindings findings)
    {
        var own = DeskOf(settings.Cabinets[question.Cabinet], question.Cabinet);
        var region = findings.Region.Cabinet is { } key ? key == question.Cabinet ? own : DeskOf(settings.Cabinets[key], question.Cabinet) : null;
        var owner = findings.Client.Client?.OwnerContactId;
        var special = findings.Special != SpecialCaller.None ? findings.Special : SpecialOf(question, findings);

        // Unknown callers have nobody of their own; one whom the CRM could not be asked about may be a client all the same.
        var mayBeClient = findings.Client is { Client: not null } or { Knowledge: ClientKnowledge.NotAsked };
        return new RoutingFacts
        {
            Question = question,
            At = at,
            Own = own,
            Rules = plan.RulesOf(question.Cabinet, settings.Routing.Rules),
            Region = findings.Region,
            RegionDesk = region,
            Substitutes = region is null || region.Hours.Open ? [] : [.. SubstitutesOf(region).Select(c => DeskOf(c, question.Cabinet))],
            Special = special,
            CallerPerson = special == SpecialCaller.Employee ? managers.ByNumber(question.Cabinet, question.CallerRaw) : null,
            Client = findings.Client,
            Responsible = managers.Responsible(owner) is { } responsible ? Of(responsible, question.Cabinet) : null,
            Deputies = [.. plan.DeputiesOf(owner, at).Select(d => managers.ByContact(d)).OfType<Manager>().Select(d => Of(d, question.Cabinet))],
            LastTalked = mayBeClient && managers.ByContact(findings.LastTalked) is { } last ? Of(last, question.Cabinet) : null,
            Handover = findings.Handover,
            TransferTo = managers.ByContact(findings.Handover?.ManagerContactId) is { } meant ? Of(meant, question.Cabinet) : null,
            AssumedBusy = AssumedBusy.Where(b => PersonOf(b, question.Cabinet) is null).ToHashSet(StringComparer.Ordinal),
            PlanVersion = plan.Version,
        };
    }

    /// <summary>A person whose one phone is busy is on a call, and whatever holds for that holds here, too.</summary>
    private PresenceNow PresenceOf(Manager manager, CabinetKey from) =>
        AssumedBusy.Any(b => ReferenceEquals(PersonOf(b, from), manager)) ? presence(manager) with { OnCall = true, IsAssumed = true } : presence(manager);

    private Manager? PersonOf(string busy, CabinetKey from) => Guid.TryParse(busy, out var contact) ? managers.ByContact(contact) : managers.ByNumber(from, busy);

    private SpecialCaller SpecialOf(RouteQuestion question, CallFindings findings) =>
        findings.Handover is { IsBare: false } || findings.Client.Client is not null ? SpecialCaller.None
        : question.Caller is not { } caller ? managers.ByNumber(question.Cabinet, question.CallerRaw) is null ? SpecialCaller.Hidden : SpecialCaller.Employee
        : regions.IsOwnNumber(caller) ? SpecialCaller.OwnNumber
        : managers.IsEmployeeNumber(question.CallerRaw) ? SpecialCaller.Employee
        : SpecialCaller.None;

    private Colleague Of(Manager manager, CabinetKey from)
    {
        var phones = ManagerPhones.Of(manager, from, settings.Routing.UseExtensions);
        return new Colleague(manager)
        {
            Presence = PresenceOf(manager, from),
            Hours = manager.HomeCabinet is { } home && settings.Cabinets.TryGetValue(home, out var cabinet) ? HoursOf(cabinet) : null,
            Absent = plan.AbsenceOf(manager.ContactId, at),
            Phones = phones,
            VirtualPhones = [.. phones.Where(IsVirtual)],
        };
    }

    private bool IsVirtual(string phone) => PhoneNumber.TryParse(phone) is { } number && regions.IsOwnNumber(number);

    private Desk DeskOf(CabinetSettings configured, CabinetKey from)
    {
        var cabinet = plan.Of(configured);
        var onDuty = plan.DutyAt(configured, at);
        var duty = onDuty is null ? [] : DutyOf(onDuty, configured.Key, from);
        return new Desk(
            cabinet,
            HoursOf(configured),
            [.. cabinet.GroupPhones.Select(p => PhoneOf(p, cabinet.Key, from))],
            duty.Count > 0 ? duty : [.. cabinet.DutyPhones.Select(p => PhoneOf(p, cabinet.Key, from))],
            duty.Count > 0);
    }

    /// <summary>A manager of the rota is rung on all his phones; one who has left is nobody, and the configured phones serve.</summary>
    private IReadOnlyList<DeskPhone> DutyOf(DutyPerson person, CabinetKey cabinet, CabinetKey from)
    {
        if (person.Phones is { Count: > 0 } phones)
        {
            return [.. phones.Select(p => PhoneOf(p, cabinet, from))];
        }

        return managers.ByContact(person.ContactId) is { CanOwn: true } manager && Of(manager, from) is var who ? [.. who.Phones.Select(p => new DeskPhone(p, who, who.VirtualPhones.Contains(p), IsOff: false))] : [];
    }

    private DeskPhone PhoneOf(string phone, CabinetKey cabinet, CabinetKey from) => new(
        phone,
        managers.ByNumber(cabinet, phone) is { } manager ? Of(manager, from) : null,
        IsVirtual(phone),
        managers.IsSwitchedOff(cabinet, phone));

    private IEnumerable<CabinetSettings> SubstitutesOf(Desk region) =>
        (plan.Cabinets.GetValueOrDefault(region.Cabinet.Key.Value)?.Substitutes ?? []).Where(s => settings.TryCabinet(s, out _)).Select(s => settings.Cabinets[CabinetKey.Parse(s)]);

    private DeskHours HoursOf(CabinetSettings cabinet)
    {
        var local = TimeZoneInfo.ConvertTime(at, cabinet.RegionTimeZone).DateTime;
        if (plan.CalendarOf(cabinet) is not { } hours || hours.IsOpen(at))
        {
            return new DeskHours(cabinet.Name, local, plan.CalendarOf(cabinet) is not null, Open: true, null, null);
        }

        var opens = hours.OpensAfter(at) is { } next ? TimeZoneInfo.ConvertTime(next, cabinet.RegionTimeZone).DateTime : (DateTime?)null;
        return new DeskHours(cabinet.Name, local, HasCalendar: true, Open: false, opens, plan.HolidayOf(cabinet, at));
    }
}
