using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Api;

internal sealed record LegRow(CallSession Session, CallLeg Leg);

/// <summary>A leg to the public network with its price.</summary>
internal sealed record ChargedLeg(CallSession Session, CallLeg Leg, string DirectionType, decimal PerMinute)
{
    public long Duration { get; } = (long)Math.Ceiling((Leg.EndedAt!.Value - Leg.ConnectedAt!.Value).TotalSeconds);

    /// <summary>Whole minutes, as Russian operators bill.</summary>
    public long Chargeable => (Duration + 59) / 60 * 60;

    public decimal Total => Chargeable / 60 * PerMinute;
}

/// <summary>get.call_legs_report and get.financial_call_legs_report (sections 2.4 and 2.5).</summary>
internal static class LegReportColumns
{
    private const string LegFlags = """
        id:FD call_session_id:FSD call_records:D wav_call_records:D start_time:SD connect_time:D duration:FSD total_duration:FSD
        finish_reason:FSD finish_reason_description:FS virtual_phone_number:FSD calling_phone_number:FSD called_phone_number:FSD direction:FSD
        is_transfered:FSD is_operator:FSD employee_id:FSD employee_full_name:FS employee_phone_number:FS employee_rating:FSD scenario_id:FSD
        scenario_name:FS is_coach:FSD release_cause_code:FSD release_cause_description:FSD is_failed:FSD is_talked:FS contact_id:-
        contact_full_name:- contact_phone_number:- action_id:FD action_name:FD group_id:FD group_name:FD
        """;

    private const string MoneyFlags = """
        start_time:SD direction:FSD source:FSD call_session_id:FSD leg_id:FSD calling_phone_number:FSD called_phone_number:FSD duration:FSD
        chargeable_duration:FSD direction_type:FSD cost_per_minute:FSD total_charge:FSD bonuses_charge:FSD
        """;

    public static IReadOnlyList<Column<LegRow>> Legs { get; } =
    [
        .. ReportColumns.Parse(LegFlags, new Dictionary<string, Func<LegRow, JsonNode?>>(StringComparer.Ordinal)
        {
            ["id"] = row => row.Leg.Id,
            ["call_session_id"] = row => row.Session.Id,
            ["call_records"] = row => new JsonArray(
                [.. row.Session.Records.Where(record => record.Ready && record.Talk?.Operator == row.Leg).Select(record => record.Hash)]),
            ["wav_call_records"] = _ => new JsonArray(),
            ["start_time"] = row => row.Session.Cabinet.WireTime(row.Leg.StartedAt, milliseconds: false),
            ["connect_time"] = row => row.Leg.ConnectedAt is { } at ? row.Session.Cabinet.WireTime(at, milliseconds: false) : null,
            ["duration"] = row => row.Leg is { ConnectedAt: { } from, EndedAt: { } till } ? Seconds(till - from) : 0,
            ["total_duration"] = row => row.Leg.EndedAt is { } till ? Seconds(till - row.Leg.StartedAt) : 0,
            ["finish_reason"] = row => row.Leg.FinishReason,
            ["finish_reason_description"] = row => Description(row.Leg.FinishReason),
            ["virtual_phone_number"] = row => row.Session.Start.VirtualNumber,
            ["calling_phone_number"] = row => row.Leg.Calling,
            ["called_phone_number"] = row => row.Leg.Called,
            ["direction"] = row => row.Session.Start.Direction,
            ["is_transfered"] = row => row.Session.Transferred,
            ["is_operator"] = row => row.Leg is { IsOperator: true, IsCoach: false },
            ["employee_id"] = row => row.Leg.Employee?.Id,
            ["employee_full_name"] = row => row.Leg.Employee?.FullName,
            ["employee_phone_number"] = row => row.Leg.Employee is null ? null : row.Leg.Phone,
            ["scenario_id"] = row => row.Session.Start.Scenario?.Id,
            ["scenario_name"] = row => row.Session.Start.Scenario?.Name,
            ["is_coach"] = row => row.Leg.IsCoach,
            ["is_failed"] = row => row.Leg.ConnectedAt is null,
            ["is_talked"] = row => row.Leg.Talked,
            ["contact_id"] = row => row.Session.ContactId,
            ["contact_full_name"] = row => row.Session.Start.ContactFullName,
            ["contact_phone_number"] = row => row.Session.Start.Contact,
            ["action_id"] = row => row.Leg.Operation?.Id,
            ["action_name"] = row => row.Leg.Operation?.Name,
            ["group_id"] = row => row.Leg.GroupId,
            ["group_name"] = row => row.Session.Cabinet.FindGroup(row.Leg.GroupId)?.Name,
        }),
    ];

    public static IReadOnlyList<Column<ChargedLeg>> Financial { get; } =
    [
        .. ReportColumns.Parse(MoneyFlags, new Dictionary<string, Func<ChargedLeg, JsonNode?>>(StringComparer.Ordinal)
        {
            ["start_time"] = row => row.Session.Cabinet.WireTime(row.Leg.StartedAt, milliseconds: false),
            ["direction"] = row => row.Session.Start.Direction,
            ["source"] = row => row.Session.Start.Source,
            ["call_session_id"] = row => row.Session.Id,
            ["leg_id"] = row => row.Leg.Id,
            ["calling_phone_number"] = row => row.Leg.Calling,
            ["called_phone_number"] = row => row.Leg.Called,
            ["duration"] = row => row.Duration,
            ["chargeable_duration"] = row => row.Chargeable,
            ["direction_type"] = row => row.DirectionType,
            ["cost_per_minute"] = row => row.PerMinute,
            ["total_charge"] = row => row.Total,
            ["bonuses_charge"] = _ => 0m,
        }),
    ];

    /// <summary>Answered legs that the platform dialled into the public network; SIP lines and extensions cost nothing.</summary>
    public static IEnumerable<ChargedLeg> Charged(CallSession session) =>
        from leg in session.Legs
        where leg is { DialledByPlatform: true, ConnectedAt: not null, EndedAt: not null, Called: not null } && SimPhone.IsPublic(leg.Called)
        let type = DirectionType(leg.Called!)
        select new ChargedLeg(session, leg, type, session.Cabinet.Options.Tariff.GetValueOrDefault(type));

    /// <summary>`local` is Moscow and its region (section 2.5).</summary>
    private static string DirectionType(string called) => called switch
    {
        _ when called.StartsWith("79", StringComparison.Ordinal) => "mobile",
        _ when called.StartsWith("7495", StringComparison.Ordinal) || called.StartsWith("7499", StringComparison.Ordinal) => "local",
        _ when called.StartsWith('7') => "national",
        _ => "international",
    };

    /// <summary>The cabinet's words for what this stand-in lets happen; the vendor's own texts are not in the reference.</summary>
    private static string? Description(string? reason) => reason switch
    {
        null => null,
        "subscriber_disconnects" => "Абонент разъединился",
        "operator_disconnects" => "Сотрудник разъединился",
        "operator_not_responsible" => "Сотрудник не отвечает",
        "subscriber_not_responsible" => "Абонент не отвечает",
        "another_operator_answer" => "Ответил другой сотрудник",
        "transfer_disconnects" => "Вызов переведён",
        "no_success_operator_call" => "Не дозвонились до сотрудника",
        "no_success_subscriber_call" => "Не дозвонились до абонента",
        "sip_offline" => "SIP-линия не зарегистрирована",
        "success_finish" => "Успешное завершение",
        _ => "Вызов завершён",
    };

    private static long Seconds(TimeSpan duration) => (long)Math.Round(duration.TotalSeconds, MidpointRounding.AwayFromZero);
}
