using System.Globalization;
using TelephonyHub.Directory;
using TelephonyHub.Intake;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Cabinets;

/// <summary>A virtual number, from UIS, the settings or both.</summary>
/// <param name="Listed">UIS lists it in the account; null while its list could not be read.</param>
/// <param name="Configured">A setting says that it means this cabinet's region.</param>
/// <param name="Common">It is one of no region (<c>Routing:CommonNumbers</c>).</param>
/// <param name="Redirection">Linked number, e.g. of an 8-800 number.</param>
/// <param name="Status"><c>active | waiting | manual_lock | limit_lock</c>, …</param>
public sealed record NumberItem(
    string Number, bool? Listed, bool Configured, bool Common, string? Name, string? Status, string? Type, string? Category, string? Redirection, IReadOnlyList<NumberScenarioItem> Scenarios)
{
    internal static NumberItem Of(PhoneNumber number, UisVirtualNumber? uis, bool? listed, bool configured, bool common) => new(
        number.E164, listed, configured, common, uis?.Name, uis?.Status, uis?.Type, uis?.Category, uis?.RedirectionPhoneNumber,
        [.. (uis?.Scenarios ?? []).Select(s => new NumberScenarioItem(s.ScenarioId?.ToString(CultureInfo.InvariantCulture), s.ScenarioName, s.IsActive))]);
}

public sealed record NumberScenarioItem(string? Id, string? Name, bool? Active);

/// <param name="Number">As UIS keeps it: SIP number or E.164 digits, possibly with a post-dial tail.</param>
/// <param name="Channels">Simultaneous calls.</param>
/// <param name="DialSeconds">Ringing time.</param>
public sealed record CabinetPhoneItem(string Number, bool Active, int? Channels, int? DialSeconds);

public sealed record NamedItem(string Id, string? Name)
{
    internal static NamedItem Of(UisNamed named) => new(named.Id.ToString(CultureInfo.InvariantCulture), named.Name);
}

/// <summary>An employee record as UIS has it. Joined with the CRM: <c>GET /managers</c>.</summary>
public sealed record EmployeeItem(
    string EmployeeId, string Name, string? Login, string? Email, string? Extension, IReadOnlyList<CabinetPhoneItem> Phones, IReadOnlyList<NamedItem> Groups, string? StatusId, string? Status, string? ScheduleId, string? CallRecording)
{
    internal static EmployeeItem Of(CabinetKey key, UisEmployee e, CabinetFacts facts) => new(
        e.Id.ToString(CultureInfo.InvariantCulture),
        CabinetFacts.ToEmployee(key, e).FullName,
        e.Login,
        e.Email,
        e.Extension,
        [.. e.PhoneNumbers.Select(p => new CabinetPhoneItem(p.PhoneNumber, p.IsActive, p.ChannelsCount, p.DialTime))],
        [.. e.Groups.Select(NamedItem.Of)],
        e.StatusId?.ToString(CultureInfo.InvariantCulture),
        facts.Dictionaries?.Statuses?.FirstOrDefault(s => s.Id == e.StatusId)?.Mnemonic ?? e.Status,
        e.ScheduleId?.ToString(CultureInfo.InvariantCulture),
        e.CallRecording);
}

/// <param name="Phones">In dialling order.</param>
public sealed record GroupItem(string Id, string? Name, string? Number, bool? Queue, int? Channels, IReadOnlyList<NamedItem> Members, IReadOnlyList<GroupPhoneItem> Phones)
{
    internal static GroupItem Of(UisEmployeeGroup g) => new(
        g.Id.ToString(CultureInfo.InvariantCulture), g.Name, g.GroupPhoneNumber, g.QueueEnabled, g.ChannelsCount, [.. g.Members.Select(NamedItem.Of)],
        [.. g.PhoneNumbers.Select(p => new GroupPhoneItem(p.PhoneNumber, p.EmployeeId?.ToString(CultureInfo.InvariantCulture), p.EmployeeFullName, p.Available))]);
}

public sealed record GroupPhoneItem(string? Number, string? EmployeeId, string? Name, bool? Available);

/// <summary>A schedule, as UIS has it, in the account's clock.</summary>
/// <param name="DaysType"><c>days_of_week | days_of_month | business_calendar | cycle</c></param>
/// <param name="Times">Working times; a break is the gap between two.</param>
public sealed record ScheduleItem(string Id, string? Name, string? DaysType, IReadOnlyList<string> Days, IReadOnlyList<TimesItem> Times, string? From, string? Till)
{
    internal static ScheduleItem Of(UisSchedule s) =>
        new(s.Id.ToString(CultureInfo.InvariantCulture), s.Name, s.DaysType, s.Days, [.. s.Times.Select(t => new TimesItem(t.From, t.Till))], s.DateFrom, s.DateTill);
}

public sealed record TimesItem(string? From, string? Till);

/// <summary>A presence status and what it lets through.</summary>
public sealed record StatusItem(
    string Id, string? Mnemonic, string? Name, string? Color, bool Deleted, bool? WorkTime, bool? Selectable, IReadOnlyList<string> IncomingExternal, IReadOnlyList<string> IncomingInternal,
    IReadOnlyList<string> OutgoingExternal, IReadOnlyList<string> OutgoingInternal, IReadOnlyList<string> PhoneProtocols)
{
    internal static StatusItem Of(UisStatus s) => new(
        s.Id.ToString(CultureInfo.InvariantCulture), s.Mnemonic, s.Name, s.Color, s.IsDeleted, s.IsWorkTime, s.IsSelectAllowed, s.InExternalAllowedCallDirections, s.InInternalAllowedCallDirections,
        s.OutExternalAllowedCallDirections, s.OutInternalAllowedCallDirections, s.AllowedPhoneProtocols);
}

/// <summary>A SIP line. Its password is shown by UIS only once and never here.</summary>
/// <param name="Number">SIP login.</param>
/// <param name="PhysicalState">UIS's own words.</param>
/// <param name="Registered">Null where the words are new ones.</param>
/// <param name="CallerNumber">What clients see when called from this line.</param>
public sealed record SipLineItem(
    string Id, string? Number, string? Type, string? PhysicalState, bool? Registered, string? BillingState, string? Status, string? CallerNumber, string? EmployeeId, string? EmployeeName, IReadOnlyList<TerminalItem> Terminals)
{
    internal static SipLineItem Of(UisSipLine l, TimeZoneInfo zone) => new(
        l.Id.ToString(CultureInfo.InvariantCulture), l.PhoneNumber, l.Type, l.PhysicalState, l.IsRegistered, l.BillingState, l.Status, l.VirtualPhoneNumber,
        l.EmployeeId?.ToString(CultureInfo.InvariantCulture), l.EmployeeFullName, [.. l.IpAddresses.Select(t => new TerminalItem(WireTime.ToUtc(t.RegisteredAt, zone), t.Ip))]);
}

public sealed record TerminalItem(DateTimeOffset? RegisteredAt, string? Ip);
