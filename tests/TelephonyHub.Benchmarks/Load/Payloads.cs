using System.Globalization;
using System.Text;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>Webhooks of one incoming, answered call, as the README's template makes them. 8 a call, about 700 bytes each.</summary>
internal static class Payloads
{
    public static readonly IReadOnlyList<string> Events =
        ["in_call_session", "call_proceeding", "call_connected", "talk_started", "talk_finished", "call_disconnected", "call_session_finished", "talk_record_file"];

    /// <param name="n">Number of the webhook; eight in a row are one call.</param>
    public static (string Event, byte[] Body) Webhook(int n)
    {
        var (call, kind) = (n / Events.Count, Events[n % Events.Count]);
        var time = new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Unspecified).AddSeconds(call + (n % Events.Count)).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var more = kind switch
        {
            "call_proceeding" or "call_connected" or "call_disconnected" => $"\"leg_id\":{9_000_000_000 + call}",
            "talk_started" => $"\"leg_ids\":[{9_000_000_000 + call}]",
            "talk_finished" => $"\"leg_ids\":[{9_000_000_000 + call}],\"talk_time_duration\":42",
            "call_session_finished" => "\"talk_time_duration\":42,\"total_time_duration\":50,\"wait_time_duration\":6,\"is_lost\":false,\"last_talked_employee_id\":101002,\"tag_names\":null",
            "talk_record_file" => $"\"file_link\":\"https://app.uiscom.ru/system/media/talk/{600_000_000 + call}/0123456789abcdef0123456789abcdef/\",\"file_duration\":42",
            _ => "\"scenario_name\":\"Москва\"",
        };
        var body = $$"""
            {"notification_mnemonic":"{{kind}}","notification_name":"TelephonyHub","notification_time":"{{time}}","app_id":10100,"call_session_id":{{600_000_000 + call}},"communication_id":{{600_000_000 + call}},"direction":"in","call_source":"va","is_internal":false,"external_id":null,
             "virtual_phone_number":"74951230001","contact_phone_number":"{{79_160_000_000 + (call % 5_000_000)}}","contact_id":null,"contact_full_name":null,"communication_number":1,"calling_phone_number":"{{79_160_000_000 + (call % 5_000_000)}}","called_phone_number":"79161000002",
             "employee_full_name":"Петров Борис","employee_id":101002,"employee_email":"boris.petrov@krepezh.example","employee_phone_number":"79161000002","scenario_id":101001,{{more}}}
            """;
        return (kind, Encoding.UTF8.GetBytes(body));
    }
}
