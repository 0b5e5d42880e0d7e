using System.Globalization;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>Notifications.</summary>
public sealed class EventFuzz(int seed) : RequestFuzz(seed)
{
    private static readonly string[] Kinds =
    [
        "in_call_session", "out_call_session", "call_proceeding", "call_connected", "talk_started", "talk_finished", "call_disconnected", "in_call", "out_call",
        "call_session_finished", "lost_call_session", "talk_record_file", "voice_message", "fax_receive_finished", "set_mark", "unset_mark", "call_hold_control",
        "talk_record_control", "sip_line_unregister", "offline_message", "chat_finished", "lost_chat", "event", "unanswered_chats", "leg_unknown", "TALK_STARTED", "nonsense", "",
    ];

    private static readonly string[] Fields =
    [
        "call_session_id", "notification_time", "notification_name", "contact_phone_number", "virtual_phone_number", "calling_phone_number", "called_phone_number", "direction",
        "leg_id", "leg_ids", "employee_id", "employee_ids", "employee_full_name", "employee_phone_number", "talk_time_duration", "total_time_duration", "wait_time_duration",
        "last_talked_employee_id", "file_link", "file_duration", "start_time", "finish_time_localized", "is_lost", "is_internal", "lost_reason", "tag_id", "tag_name", "tag_names",
        "external_id", "status", "communication_type", "contact_full_name", "app_id", "record_file_links", "scenario_name",
    ];

    protected override string MoreQuery() => Random.Next(4) == 0 ? "&event=" + Uri.EscapeDataString(Printable(Pick(Kinds))) : "";

    protected override IReadOnlyList<(string Name, string Value)> FieldsOf()
    {
        var fields = new List<(string, string)>();
        if (Random.Next(5) > 0)
        {
            fields.Add(("notification_mnemonic", Pick(Kinds)));
        }

        if (Random.Next(5) > 0)
        {
            // Few sessions: events of different kinds and of the strangest values meet in one fold.
            fields.Add(("call_session_id", (800_000_000 + Random.Next(12)).ToString(CultureInfo.InvariantCulture)));
        }

        for (var n = Random.Next(12); n > 0; n--)
        {
            fields.Add((Random.Next(12) == 0 ? Value() : Pick(Fields), Value()));
        }

        return [.. fields.OrderBy(_ => Random.Next())];
    }
}
