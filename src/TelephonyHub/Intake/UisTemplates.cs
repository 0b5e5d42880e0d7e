namespace TelephonyHub.Intake;

/// <summary>What is pasted into a cabinet of UIS. The README tells the same; a test compares them.</summary>
public static class UisTemplates
{
    /// <summary>Of every event, without the closing brace. UIS sets the quotes around values itself.</summary>
    internal const string Common = """
        {"notification_mnemonic":{{notification_mnemonic}},"notification_time":{{notification_time}},"app_id":{{app_id}},
         "call_session_id":{{call_session_id}},"direction":{{direction}},"call_source":{{call_source}},"is_internal":{{is_internal}},"external_id":{{external_id}},
         "virtual_phone_number":{{virtual_phone_number}},"contact_phone_number":{{contact_phone_number}},"contact_full_name":{{contact_full_name}},
         "calling_phone_number":{{calling_phone_number}},"called_phone_number":{{called_phone_number}},
         "employee_id":{{employee_id}},"employee_full_name":{{employee_full_name}},"employee_phone_number":{{employee_phone_number}}
        """;

    /// <summary>The events that are set up, in the order of a call, with what each adds.</summary>
    internal static readonly IReadOnlyList<(string Kind, string? Added)> Additions =
    [
        ("in_call_session", null),
        ("out_call_session", null),
        ("call_proceeding", "\"leg_id\":{{leg_id}}"),
        ("call_connected", "\"leg_id\":{{leg_id}}"),
        ("talk_started", "\"leg_ids\":{{leg_ids}}"),
        ("talk_finished", "\"leg_ids\":{{leg_ids}},\"talk_time_duration\":{{talk_time_duration}}"),
        ("call_disconnected", "\"leg_id\":{{leg_id}}"),
        ("call_session_finished", "\"start_time\":{{start_time}},\"talk_time_duration\":{{talk_time_duration}},\"total_time_duration\":{{total_time_duration}},\"wait_time_duration\":{{wait_time_duration}},\"is_lost\":{{is_lost}},\"last_talked_employee_id\":{{last_talked_employee_id}},\"tag_names\":{{tag_names}}"),
        ("lost_call_session", "\"start_time\":{{start_time}},\"wait_time_duration\":{{wait_time_duration}},\"employee_ids\":{{employee_ids}},\"lost_reason\":{{lost_reason}}"),
        ("talk_record_file", "\"file_link\":{{file_link}},\"file_duration\":{{file_duration}}"),
        ("voice_message", "\"file_link\":{{file_link}},\"file_duration\":{{file_duration}}"),
        ("set_mark", "\"tag_id\":{{tag_id}},\"tag_name\":{{tag_name}}"),
        ("unset_mark", "\"tag_id\":{{tag_id}},\"tag_name\":{{tag_name}}"),
    ];

    public static IReadOnlyList<string> Kinds { get; } = [.. Additions.Select(a => a.Kind)];

    /// <summary>The whole text of one event's notification.</summary>
    public static string TextOf(string kind)
    {
        var added = Additions.First(a => a.Kind == kind).Added;
        return added is null ? Common + "}" : $"{Common},\n {added}}}";
    }

    public static string EventsUrl(string publicUrl, string cabinet, string token, string kind) => $"{publicUrl}/uis/{cabinet}/events?token={Uri.EscapeDataString(token)}&event={kind}";

    public static string RouteUrl(string publicUrl, string cabinet, string token) => $"{publicUrl}/uis/{cabinet}/route?token={Uri.EscapeDataString(token)}";
}
