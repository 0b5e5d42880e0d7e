using System.Text.Json;
using System.Text.RegularExpressions;

namespace TelephonyHub.Tests.Uis.Notifications;

/// <summary>The untouched templates of reference 3.4, typed in from there, and the PBX's way to fill them.</summary>
internal static partial class DefaultTemplates
{
    private const string Leg = """
        {"notification_name":{{notification_name}},"notification_time":{{notification_time}},"external_id":{{external_id}},"contact_info":{"contact_phone_number":{{contact_phone_number}},"contact_id":{{contact_id}}},"employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}}},"call_source":{{call_source}},"call_session_id":{{call_session_id}},"direction":{{direction}},"leg_id":{{leg_id}}}
        """;

    private const string Mark = """
        {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"external_id":{{external_id}},"contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}}},"call_info":{"call_source":{{call_source}},"call_session_id":{{call_session_id}},"direction":{{direction}}},"tag_info":{"tag_id":{{tag_id}},"tag_name":{{tag_name}}}}
        """;

    private const string Chat = """
        {"notification_name":{{notification_name}},"notification_time":{{notification_time}},"site_domain_name":{{site_domain_name}},"campaign_id":{{campaign_id}},"campaign_name":{{campaign_name}},"communication_id":{{communication_id}},"search_engine":{{search_engine}},"search_query":{{search_query}},"session_id":{{session_id}},"ua_client_id":{{ua_client_id}},"utm_source":{{utm_source}},"chat_id":{{chat_id}},"tag_ids":{{tag_ids}},"messages":{{messages}},"employee_full_name":{{employee_full_name}},"visitor_info":{"visitor_name":{{visitor_name}},"visitor_id":{{visitor_id}}}}
        """;

    internal static readonly IReadOnlyDictionary<string, string> Values = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["notification_name"] = "\"CRM: звонок\"",
        ["virtual_phone_number"] = "\"74951234567\"",
        ["notification_time"] = "\"2026-03-28 16:29:07.234\"",
        ["external_id"] = "\"t456uy\"",
        ["contact_phone_number"] = "\"79161234567\"",
        ["communication_number"] = "3",
        ["employee_full_name"] = "\"Иванова Анна \\\"АТС\\\"\"",
        ["employee_id"] = "323409",
        ["employee_phone_number"] = "\"79260000002\"",
        ["call_source"] = "\"va\"",
        ["direction"] = "\"in\"",
        ["call_session_id"] = "187020303",
        ["scenario_name"] = "\"Рабочее время\"",
        ["talk_time_duration"] = "12",
        ["total_time_duration"] = "23",
        ["wait_time_duration"] = "11",
        ["tag_names"] = "[\"VIP\",\"Опт\"]",
        ["tag_ids"] = "[7,8]",
        ["contact_id"] = "null",
        ["contact_full_name"] = "\"Пётр Петров\"",
        ["employee_ids"] = "[323409,323410]",
        ["leg_id"] = "5598221001",
        ["leg_ids"] = "[5598221001,5598221002]",
        ["file_link"] = "\"https://app.uiscom.ru/system/media/talk/187020303/3dd1e8815bde5e7f9bb15831e1f51e63/\"",
        ["file_duration"] = "12",
        ["tag_id"] = "7",
        ["tag_name"] = "\"VIP\"",
        ["status"] = "\"on\"",
        ["sip_line_id"] = "778",
        ["sip_line_login"] = "\"083506\"",
        ["communication_id"] = "12323",
        ["chat_id"] = "991",
        ["messages"] = "[{\"text\":\"Здравствуйте\",\"source\":\"visitor\"}]",
    };

    /// <summary>Kind that the shape proves, template, by event.</summary>
    internal static readonly IReadOnlyDictionary<string, (string Kind, string Template)> All = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["call_session_finished"] = ("call_session_finished", """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"external_id":{{external_id}},
             "contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}}},
             "employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}}},
             "call_info":{"call_source":{{call_source}},"direction":{{direction}},"call_session_id":{{call_session_id}},"scenario_name":{{scenario_name}},
               "talk_time_duration":{{talk_time_duration}},"total_time_duration":{{total_time_duration}},"wait_time_duration":{{wait_time_duration}},"tag_names":{{tag_names}}}}
            """),
        ["in_call_session"] = ("in_call_session", """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"scenario_name":{{scenario_name}},
             "contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}},"contact_id":{{contact_id}},"contact_full_name":{{contact_full_name}}},"call_session_id":{{call_session_id}}}
            """),
        ["lost_call_session"] = ("lost_call_session", """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"scenario_name":{{scenario_name}},
             "contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}},"contact_id":{{contact_id}},"contact_full_name":{{contact_full_name}}},"call_session_id":{{call_session_id}},
             "wait_time_duration":{{wait_time_duration}},"employee_ids":{{employee_ids}}}
            """),
        ["out_call_session"] = ("out_call_session", """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"contact_info":{"contact_phone_number":{{contact_phone_number}},"contact_id":{{contact_id}},"contact_full_name":{{contact_full_name}}},
             "call_session_id":{{call_session_id}},"employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}},"employee_phone_number":{{employee_phone_number}}}}
            """),
        ["call_connected"] = ("leg_unknown", Leg),
        ["call_disconnected"] = ("leg_unknown", Leg),
        ["call_proceeding"] = ("leg_unknown", Leg),
        ["in_call"] = ("leg_unknown", Leg),
        ["out_call"] = ("leg_unknown", Leg),
        ["talk_started"] = ("talk_started", Leg.Replace("leg_id", "leg_ids")),
        ["talk_finished"] = ("talk_finished", """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"external_id":{{external_id}},"contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}}},
             "employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}}},
             "call_info":{"call_source":{{call_source}},"call_session_id":{{call_session_id}},"direction":{{direction}},"scenario_name":{{scenario_name}},"talk_time_duration":{{talk_time_duration}}},"leg_ids":{{leg_ids}}}
            """),
        ["talk_record_file"] = ("talk_record_file", """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"scenario_name":{{scenario_name}},
             "contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}},"contact_id":{{contact_id}},"contact_full_name":{{contact_full_name}}},"call_session_id":{{call_session_id}},
             "employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}}},
             "call_record_file_info":{"file_link":{{file_link}},"call_record_duration":{{file_duration}}},"tag_ids":{{tag_ids}},"tag_names":{{tag_names}}}
            """),
        ["voice_message"] = ("voice_message", """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"scenario_name":{{scenario_name}},
             "contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}},"contact_id":{{contact_id}},"contact_full_name":{{contact_full_name}}},"call_session_id":{{call_session_id}},
             "voice_mail_file_info":{"file_link":{{file_link}},"file_duration":{{file_duration}}}}
            """),
        ["fax_receive_finished"] = ("fax_receive_finished", """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"call_session_id":{{call_session_id}},"fax_info":{"file_link":{{file_link}}}}
            """),
        ["set_mark"] = ("mark_unknown", Mark),
        ["unset_mark"] = ("mark_unknown", Mark),
        ["call_hold_control"] = ("call_hold_control", """
            {"notification_name":{{notification_name}},"notification_time":{{notification_time}},"virtual_phone_number":{{virtual_phone_number}},"employee_full_name":{{employee_full_name}},"employee_phone_number":{{employee_phone_number}},"employee_id":{{employee_id}},"contact_full_name":{{contact_full_name}},"contact_phone_number":{{contact_phone_number}},"status":{{status}},"leg_id":{{leg_id}},"direction":{{direction}},"call_session_id":{{call_session_id}}}
            """),
        ["talk_record_control"] = ("talk_record_control", """
            {"notification_name":{{notification_name}},"notification_time":{{notification_time}},"virtual_phone_number":{{virtual_phone_number}},"employee_full_name":{{employee_full_name}},"employee_phone_number":{{employee_phone_number}},"employee_id":{{employee_id}},"contact_full_name":{{contact_full_name}},"contact_phone_number":{{contact_phone_number}},"status":{{status}},"leg_ids":{{leg_ids}},"direction":{{direction}},"call_session_id":{{call_session_id}},"file_link":{{file_link}}}
            """),
        ["sip_line_unregister"] = ("sip_line_unregister", """
            {"notification_name":{{notification_name}},"notification_time":{{notification_time}},"sip_line_id":{{sip_line_id}},"sip_line_login":{{sip_line_login}}}
            """),
        ["offline_message"] = ("offline_message", """
            {"notification_name":{{notification_name}},"notification_time":{{notification_time}},"visitor":{"visitor_name":{{visitor_name}},"visitor_phone_number":{{visitor_phone_number}},"visitor_email":{{visitor_email}},"visitor_message":{{visitor_message}},"visitor_id":{{visitor_id}},"session_id":{{session_id}}},"offline_message_id":{{offline_message_id}},"site_domain_name":{{site_domain_name}},"campaign_id":{{campaign_id}},"campaign_name":{{campaign_name}},"communication_id":{{communication_id}},"search_engine":{{search_engine}},"search_query":{{search_query}}}
            """),
        ["chat_finished"] = ("chat_finished", Chat.Replace("\"chat_id\"", "\"status\":{{status}},\"chat_id\"")),
        ["lost_chat"] = ("lost_chat", Chat),
    };

    internal static string Post(string @event, Func<string, string>? value = null) =>
        Variable().Replace(All[@event].Template, match => (value ?? Value)(match.Groups["name"].Value));

    /// <summary>Flat query with the same variables; the two vendor's faults of 3.4 included.</summary>
    internal static string Get(string @event, bool quoted, string separator = "&")
    {
        var names = Variable().Matches(All[@event].Template).Select(match => match.Groups["name"].Value).ToList();
        if (@event is "call_session_finished")
        {
            names.Insert(names.IndexOf("employee_full_name"), "contact_phone_number");
            (names[names.IndexOf("communication_number")], names[names.LastIndexOf("contact_phone_number")]) = ("contact_phone_number", "communication_number");
        }

        var query = string.Join(separator, names.Select(name => $"{Key(@event, name)}={Encoded(Value(name), quoted)}"));
        return @event is "call_session_finished" ? query.Replace($"{separator}employee_full_name", "employee_full_name") : query;
    }

    internal static string Value(string name) => Values.GetValueOrDefault(name, "null");

    private static string Key(string @event, string name) =>
        @event is "talk_finished" && name is "contact_full_name" ? "contact_fullname" : name;

    private static string Encoded(string literal, bool quoted) => Uri.EscapeDataString(
        quoted || literal[0] != '"' ? literal : JsonSerializer.Deserialize<string>(literal)!);

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
