using System.Collections.Frozen;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>get.calls_report (section 2.3). Columns that the stand-in has no facts for (analytics, regions) are null.</summary>
internal static class CallsReportColumns
{
    // name:flags, from the table of section 2.3; "-" = neither.
    private const string Flags = """
        id:FD communication_id:FD communication_type:D communication_number:FS start_time:SD finish_time:D finish_reason:FSD direction:FSD
        source:FSD is_lost:FSD is_transfer:FS contact_phone_number:FD virtual_phone_number:FSD wait_duration:FD total_wait_duration:FD
        talk_duration:FD clean_talk_duration:FD total_duration:FD postprocess_duration:F lost_call_processing_duration:FS call_records:D
        wav_call_records:D full_record_file_link:D voice_mail_records:- scenario_id:FS scenario_name:F scenario_operations:F employees:F
        first_answered_employee_id:F first_answered_employee_full_name:F last_answered_employee_id:F last_answered_employee_full_name:F
        last_answered_employee_rating:F first_talked_employee_id:F first_talked_employee_full_name:F last_talked_employee_id:F
        last_talked_employee_full_name:F operator_phone_number:F contact_id:F contact_full_name:F call_api_request_id:F call_api_external_id:F
        ext_id:FS tags:F attributes:F cpn_region_id:FSD cpn_region_name:FSD cpn_country_id:FSD cpn_country_name:FSD properties:-
        auto_call_campaign_name:FS sale_date:FS sale_cost:FS site_id:FS site_domain_name:F campaign_id:FS campaign_name:F
        visit_other_campaign:- visitor_id:FS person_id:F visitor_type:FS visitor_session_id:F visits_count:F visitor_first_campaign_id:F
        visitor_first_campaign_name:F visitor_city:F visitor_region:F visitor_country:F visitor_device:FS visitor_custom_properties:F segments:F
        channel:F search_query:- search_engine:- referrer:- referrer_domain:- entrance_page:- gclid:F yclid:F ef_id:F ymclid:- ua_client_id:-
        ym_client_id:- communication_page_url:- utm_source:F utm_medium:F utm_term:F utm_content:F utm_campaign:F openstat_ad:F
        openstat_campaign:F openstat_service:F openstat_source:F eq_utm_source:F eq_utm_medium:F eq_utm_term:F eq_utm_content:F
        eq_utm_campaign:F eq_utm_referrer:F eq_utm_expid:F source_id:FS source_name:FS source_new:FS channel_new:FS channel_code:FS
        """;

    private static readonly FrozenDictionary<string, Func<CallSession, JsonNode?>> Facts =
        new Dictionary<string, Func<CallSession, JsonNode?>>(StringComparer.Ordinal)
        {
            ["id"] = session => session.Id,
            ["communication_id"] = session => session.Id,
            ["communication_type"] = _ => "call",
            ["start_time"] = session => session.Cabinet.WireTime(session.StartedAt, milliseconds: false),
            ["finish_time"] = session => session.FinishedAt is { } end ? session.Cabinet.WireTime(end, milliseconds: false) : null,
            ["finish_reason"] = session => session.FinishReason,
            ["direction"] = session => session.Start.Direction,
            ["source"] = session => session.Start.Source,
            ["is_lost"] = session => session.IsLost,
            ["is_transfer"] = session => session.Transferred,
            ["contact_phone_number"] = session => session.Start.Contact,
            ["virtual_phone_number"] = session => session.Start.VirtualNumber,
            ["wait_duration"] = session => Seconds(session.Wait),
            ["total_wait_duration"] = session => Seconds(session.Total - session.CleanTalkTime),
            ["talk_duration"] = session => Seconds(session.TalkTime),
            ["clean_talk_duration"] = session => Seconds(session.CleanTalkTime),
            ["total_duration"] = session => Seconds(session.Total),
            ["postprocess_duration"] = _ => 0,
            ["call_records"] = session => Hashes(session, voiceMail: false),
            ["wav_call_records"] = _ => new JsonArray(),
            ["full_record_file_link"] = session => session.Records.FirstOrDefault(record => record is { Ready: true, IsVoiceMail: false }) is { } record
                ? session.Cabinet.Simulator.Media.FullLinkOf(session.Id, record).AbsoluteUri
                : null,
            ["voice_mail_records"] = session => Hashes(session, voiceMail: true),
            ["scenario_id"] = session => session.Start.Scenario?.Id,
            ["scenario_name"] = session => session.Start.Scenario?.Name,
            ["employees"] = Employees,
            ["first_answered_employee_id"] = session => Answered(session).FirstOrDefault()?.Id,
            ["first_answered_employee_full_name"] = session => Answered(session).FirstOrDefault()?.FullName,
            ["last_answered_employee_id"] = session => Answered(session).LastOrDefault()?.Id,
            ["last_answered_employee_full_name"] = session => Answered(session).LastOrDefault()?.FullName,
            ["first_talked_employee_id"] = session => session.FirstTalk?.Operator.Employee?.Id,
            ["first_talked_employee_full_name"] = session => session.FirstTalk?.Operator.Employee?.FullName,
            ["last_talked_employee_id"] = session => session.LastTalk?.Operator.Employee?.Id,
            ["last_talked_employee_full_name"] = session => session.LastTalk?.Operator.Employee?.FullName,
            ["operator_phone_number"] = session => session.LastTalk?.Operator.Phone,
            ["contact_id"] = session => session.ContactId,
            ["contact_full_name"] = session => session.Start.ContactFullName,
            ["call_api_request_id"] = session => session.Start.ApiRequestId,
            ["call_api_external_id"] = session => session.Start.ExternalId,
            ["tags"] = session => new JsonArray([.. session.Tags.Select(tag => new JsonObject
            {
                ["tag_id"] = tag.Id,
                ["tag_name"] = tag.Name,
                ["tag_type"] = "manual",
            })]),
            ["attributes"] = session => session.IsLost ? new JsonArray("lost") : [],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<Column<CallSession>> All { get; } = [.. ReportColumns.Parse(Flags, Facts)];

    private static IEnumerable<SimEmployee> Answered(CallSession session) =>
        session.Legs.Where(leg => leg is { IsOperator: true, IsCoach: false, ConnectedAt: not null, Employee: not null }).Select(leg => leg.Employee!);

    /// <summary>Null where no employee was involved, as seen in practice.</summary>
    private static JsonArray? Employees(CallSession session)
    {
        var rung = session.Legs.Where(leg => leg is { IsOperator: true, IsCoach: false, Employee: not null }).GroupBy(leg => leg.Employee!.Id).ToList();
        return rung.Count == 0 ? null : [.. rung.Select(legs => new JsonObject
        {
            ["employee_id"] = legs.Key,
            ["employee_full_name"] = legs.First().Employee!.FullName,
            ["is_answered"] = legs.Any(leg => leg.ConnectedAt is not null),
            ["is_talked"] = legs.Any(leg => leg.Talked),
        })];
    }

    private static JsonArray Hashes(CallSession session, bool voiceMail) =>
        [.. session.Records.Where(record => record.Ready && record.IsVoiceMail == voiceMail).Select(record => record.Hash)];

    private static long Seconds(TimeSpan duration) => (long)Math.Round(duration.TotalSeconds, MidpointRounding.AwayFromZero);
}
