using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Presence;

/// <summary>Imported facts and the live board → presence. Pure: what is not known stays unknown, nothing is guessed.</summary>
public static class PresenceRules
{
    /// <param name="cabinet">Of the record.</param>
    /// <param name="employee">As imported.</param>
    /// <param name="facts">Of the same cabinet.</param>
    /// <param name="zone">The account's.</param>
    /// <param name="now">Now.</param>
    public static EmployeePresence OfEmployee(CabinetKey cabinet, UisEmployee employee, CabinetFacts facts, TimeZoneInfo zone, DateTimeOffset now)
    {
        var lines = facts.People?.SipLines?.Where(l => l.EmployeeId == employee.Id).ToList();
        var schedule = employee.ScheduleId is { } id ? facts.Dictionaries?.Schedules?.FirstOrDefault(s => s.Id == id) : null;
        var status = StatusOf(employee, facts.Dictionaries?.Statuses);
        var hours = schedule is null ? null : ScheduleHours.At(schedule, now, zone);
        return new EmployeePresence
        {
            Cabinet = cabinet.Value,
            EmployeeId = employee.Id.ToString(CultureInfo.InvariantCulture),
            Status = status,
            SipLines = [.. (lines ?? []).Select(l => new SipLinePresence(l.PhoneNumber, l.IsRegistered, IsActive(l)))],
            Reachable = IsReachable(employee, lines, status?.PhoneProtocols ?? []),
            Schedule = schedule?.Name,
            InSchedule = hours?.Open,
            ScheduleNote = hours?.Note,
            AsOf = facts.People?.At,
        };
    }

    public static ManagerPresence OfManager(IReadOnlyList<EmployeePresence> records, IReadOnlyList<PresenceCall> calls) => new(StateOf(records, calls), calls, records);

    /// <summary>One person may be away in one cabinet and at work in another: he is available where any record is.</summary>
    private static string StateOf(IReadOnlyList<EmployeePresence> records, IReadOnlyList<PresenceCall> calls)
    {
        if (calls.Any(c => c.State is LiveParty.Talking or LiveParty.OnHold))
        {
            return "onCall";
        }

        if (calls.Any(c => c.State == LiveParty.Ringing))
        {
            return "ringing";
        }

        var states = records.Select(StateOf).ToHashSet(StringComparer.Ordinal);
        return new[] { "available", "unknown", "away", "offHours", "offline" }.FirstOrDefault(states.Contains) ?? "unknown";
    }

    private static string StateOf(EmployeePresence record) => record switch
    {
        { Status.TakesExternalCalls: false } => "away",
        { InSchedule: false } => "offHours",
        { Reachable: false } => "offline",
        { Status.TakesExternalCalls: true } => "available",
        _ => "unknown",
    };

    private static PbxStatus? StatusOf(UisEmployee employee, IReadOnlyList<UisStatus>? statuses)
    {
        var status = employee.StatusId is { } id
            ? statuses?.FirstOrDefault(s => s.Id == id)
            : statuses?.FirstOrDefault(s => s.Mnemonic is not null && s.Mnemonic == employee.Status);
        var statusId = (status?.Id ?? employee.StatusId)?.ToString(CultureInfo.InvariantCulture);
        return status is null
            ? statusId is null && employee.Status is null ? null : new PbxStatus(statusId, employee.Status, null, null, null, null, null, [])
            : new PbxStatus(
                statusId,
                status.Mnemonic,
                status.Name,
                status.InExternalAllowedCallDirections.Contains("in", StringComparer.Ordinal),
                status.InInternalAllowedCallDirections.Contains("in", StringComparer.Ordinal),
                status.OutExternalAllowedCallDirections.Contains("out", StringComparer.Ordinal),
                status.IsWorkTime,
                status.AllowedPhoneProtocols);
    }

    /// <summary>Whether a device answers for the line, as of the import.</summary>
    public static bool IsRinging(UisSipLine line) => IsActive(line) && line.IsRegistered is not false;

    private static bool IsActive(UisSipLine line) => line.Status is not "inactive" && line.BillingState is null or "active";

    /// <summary>A SIP number without a line of that name may be a trunk's: unknown. A status may let only some kinds of phone ring.</summary>
    private static bool? IsReachable(UisEmployee employee, List<UisSipLine>? lines, IReadOnlyList<string> protocols)
    {
        bool Rings(params string[] kinds) => protocols.Count == 0 || kinds.Any(k => protocols.Contains(k, StringComparer.Ordinal));

        var unknown = employee.PhoneNumbers.All(p => !p.IsActive);
        foreach (var phone in employee.PhoneNumbers.Where(p => p.IsActive))
        {
            var line = lines?.Find(l => l.PhoneNumber == phone.PhoneNumber);
            bool? rings = PhoneNumber.TryParse(phone.PhoneNumber) is not null ? Rings("PSTN", "FMC")
                : !Rings("SIP", "SIP_TRUNK") ? false
                : line is null ? null
                : IsActive(line) && Rings("SIP") ? line.IsRegistered : false;
            if (rings == true)
            {
                return true;
            }

            unknown |= rings is null;
        }

        return unknown ? null : false;
    }
}
