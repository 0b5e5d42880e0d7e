using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace TelephonyHub.Simulator.Uis;

/// <summary>Section 3.4 to the letter: placeholders stand without quotes because a JSON literal replaces them.</summary>
internal static partial class DefaultTemplates
{
    private const string Leg = """
        {"notification_name":{{notification_name}},"notification_time":{{notification_time}},"external_id":{{external_id}},"contact_info":{"contact_phone_number":{{contact_phone_number}},"contact_id":{{contact_id}}},
         "employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}}},"call_source":{{call_source}},"call_session_id":{{call_session_id}},"direction":{{direction}},"leg_id":{{leg_id}}}
        """;

    private const string Session = """
        {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"scenario_name":{{scenario_name}},
         "contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}},"contact_id":{{contact_id}},"contact_full_name":{{contact_full_name}}},"call_session_id":{{call_session_id}}
        """;

    private const string Mark = """
        {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"external_id":{{external_id}},
         "contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}}},
         "call_info":{"call_source":{{call_source}},"call_session_id":{{call_session_id}},"direction":{{direction}}},"tag_info":{"tag_id":{{tag_id}},"tag_name":{{tag_name}}}}
        """;

    public static FrozenDictionary<string, string> Post { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [EventNames.CallSessionFinished] = """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"external_id":{{external_id}},
             "contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}}},
             "employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}}},
             "call_info":{"call_source":{{call_source}},"direction":{{direction}},"call_session_id":{{call_session_id}},"scenario_name":{{scenario_name}},
               "talk_time_duration":{{talk_time_duration}},"total_time_duration":{{total_time_duration}},"wait_time_duration":{{wait_time_duration}},"tag_names":{{tag_names}}}}
            """,
        [EventNames.InCallSession] = Session + "}",
        [EventNames.LostCallSession] = Session + """
            ,"wait_time_duration":{{wait_time_duration}},"employee_ids":{{employee_ids}}}
            """,
        [EventNames.OutCallSession] = """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"contact_info":{"contact_phone_number":{{contact_phone_number}},"contact_id":{{contact_id}},"contact_full_name":{{contact_full_name}}},
             "call_session_id":{{call_session_id}},"employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}},"employee_phone_number":{{employee_phone_number}}}}
            """,
        [EventNames.CallConnected] = Leg,
        [EventNames.CallDisconnected] = Leg,
        [EventNames.CallProceeding] = Leg,
        [EventNames.InCall] = Leg,
        [EventNames.OutCall] = Leg,
        [EventNames.TalkStarted] = Leg.Replace("\"leg_id\":{{leg_id}}", "\"leg_ids\":{{leg_ids}}", StringComparison.Ordinal),
        [EventNames.TalkFinished] = """
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"external_id":{{external_id}},"contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}}},
             "employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}}},
             "call_info":{"call_source":{{call_source}},"call_session_id":{{call_session_id}},"direction":{{direction}},"scenario_name":{{scenario_name}},"talk_time_duration":{{talk_time_duration}}},"leg_ids":{{leg_ids}}}
            """,
        [EventNames.TalkRecordFile] = Session + """
            ,
             "employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}}},
             "call_record_file_info":{"file_link":{{file_link}},"call_record_duration":{{file_duration}}},"tag_ids":{{tag_ids}},"tag_names":{{tag_names}}}
            """,
        [EventNames.VoiceMessage] = Session + """
            ,"voice_mail_file_info":{"file_link":{{file_link}},"file_duration":{{file_duration}}}}
            """,
        [EventNames.SetMark] = Mark,
        [EventNames.UnsetMark] = Mark,
        [EventNames.CallHoldControl] = FlatJson("leg_id,direction,call_session_id"),
        [EventNames.TalkRecordControl] = FlatJson("leg_ids,direction,call_session_id,file_link"),
        [EventNames.SipLineUnregister] = """
            {"notification_name":{{notification_name}},"notification_time":{{notification_time}},"sip_line_id":{{sip_line_id}},"sip_line_login":{{sip_line_login}}}
            """,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Flat pairs with the same variables; where exactly the vendor repeats a key is not known, only that he does.</summary>
    public static FrozenDictionary<string, string> Get { get; } = Post.ToFrozenDictionary(
        pair => pair.Key,
        pair => pair.Key switch
        {
            EventNames.CallSessionFinished =>
                "notification_name={{notification_name}}&virtual_phone_number={{virtual_phone_number}}&notification_time={{notification_time}}"
                + "&external_id={{external_id}}&contact_phone_number={{contact_phone_number}}&communication_number={{communication_number}}"
                + "employee_full_name={{employee_full_name}}&employee_id={{employee_id}}&contact_phone_number={{contact_phone_number}}"
                + "&call_source={{call_source}}&direction={{direction}}&call_session_id={{call_session_id}}&scenario_name={{scenario_name}}"
                + "&talk_time_duration={{talk_time_duration}}&total_time_duration={{total_time_duration}}&wait_time_duration={{wait_time_duration}}"
                + "&tag_names={{tag_names}}",
            EventNames.TalkFinished => Pairs(pair.Value).Replace(
                "&employee_full_name", "&contact_fullname={{contact_full_name}}&employee_full_name", StringComparison.Ordinal),
            _ => Pairs(pair.Value),
        },
        StringComparer.Ordinal);

    private static string FlatJson(string tail) => "{" + string.Join(',',
        ("notification_name,notification_time,virtual_phone_number,employee_full_name,employee_phone_number,employee_id,"
            + "contact_full_name,contact_phone_number,status," + tail)
        .Split(',').Select(name => $"\"{name}\":{{{{{name}}}}}")) + "}";

    private static string Pairs(string post) =>
        string.Join('&', Placeholder().Matches(post).Select(match => match.Groups["name"].Value + "=" + match.Value));

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
