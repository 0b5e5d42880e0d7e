using System.Collections.Frozen;

namespace TelephonyHub.Simulator.Uis;

/// <summary>Flat sets of variables by event, from which both the JSON and the query text are made.</summary>
internal static class FlatTemplates
{
    private const string Head = "notification_mnemonic,notification_name,notification_time";
    private const string Contact = "contact_phone_number,contact_id,contact_full_name";
    private const string Employee = "employee_full_name,employee_id";
    private const string PlanfixLeg = Head + ",external_id," + Contact + "," + Employee + ",call_source,call_session_id,direction";

    private const string PlanfixSession = "notification_mnemonic,notification_name,virtual_phone_number,notification_time,scenario_name,"
        + "contact_phone_number,communication_number,contact_id,contact_full_name,call_session_id";

    private const string Common = Head + ",app_id,call_session_id,communication_id,direction,call_source,is_internal,external_id,virtual_phone_number,"
        + Contact + ",communication_number,calling_phone_number,called_phone_number," + Employee
        + ",employee_email,employee_phone_number,scenario_id,scenario_name";

    public static FrozenDictionary<string, string> Planfix { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [EventNames.InCallSession] = PlanfixSession,
        [EventNames.CallSessionFinished] = PlanfixSession
            + ",external_id," + Employee + ",call_source,direction,talk_time_duration,total_time_duration,wait_time_duration,tag_names",
        [EventNames.TalkRecordFile] = PlanfixSession + "," + Employee + ",file_link,file_duration,tag_ids,tag_names",
        [EventNames.CallProceeding] = PlanfixLeg + ",leg_id",
        [EventNames.OutCallSession] = "notification_mnemonic,notification_name,virtual_phone_number,notification_time,"
            + Contact + ",call_session_id," + Employee + ",employee_phone_number",
        [EventNames.TalkStarted] = PlanfixLeg + ",leg_ids",
        [EventNames.TalkFinished] = PlanfixLeg + ",virtual_phone_number,communication_number,scenario_name,talk_time_duration,leg_ids",
        [EventNames.LostCallSession] = Head
            + ",virtual_phone_number,scenario_name,wait_time_duration,employee_ids," + Contact + ",communication_number,call_session_id",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, string> Recommended { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [EventNames.InCallSession] = Common,
        [EventNames.OutCallSession] = Common,
        [EventNames.InCall] = Common + ",leg_id",
        [EventNames.OutCall] = Common + ",leg_id",
        [EventNames.CallProceeding] = Common + ",leg_id",
        [EventNames.CallConnected] = Common + ",leg_id",
        [EventNames.CallDisconnected] = Common + ",leg_id",
        [EventNames.TalkStarted] = Common + ",leg_ids",
        [EventNames.TalkFinished] = Common + ",leg_ids,talk_time_duration",
        [EventNames.CallSessionFinished] = Common
            + ",start_time,finish_time_localized,talk_time_duration,total_time_duration,wait_time_duration,is_transfer,is_lost,"
            + "last_talked_employee_id,first_talked_employee_email,last_talked_employee_email,tag_ids,tag_names",
        [EventNames.LostCallSession] = Common + ",start_time,wait_time_duration,employee_ids,lost_reason",
        [EventNames.TalkRecordFile] = Common + ",file_link,file_duration,tag_ids,tag_names",
        [EventNames.VoiceMessage] = Common + ",file_link,file_duration",
        [EventNames.SetMark] = Common + ",tag_id,tag_name",
        [EventNames.UnsetMark] = Common + ",tag_id,tag_name",
        [EventNames.CallHoldControl] = Common + ",leg_id,status",
        [EventNames.TalkRecordControl] = Common + ",leg_ids,status,file_link",
        [EventNames.SipLineUnregister] = Head + ",app_id,sip_line_id,sip_line_login",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static NotificationTemplates Build(IReadOnlyDictionary<string, string> variables) => new(
        variables.ToDictionary(
            pair => pair.Key,
            pair => "{" + string.Join(',', pair.Value.Split(',').Select(name => $"\"{name}\":{{{{{name}}}}}")) + "}",
            StringComparer.Ordinal),
        variables.ToDictionary(
            pair => pair.Key,
            pair => string.Join('&', pair.Value.Split(',').Select(name => $"{name}={{{{{name}}}}}")),
            StringComparer.Ordinal));
}
