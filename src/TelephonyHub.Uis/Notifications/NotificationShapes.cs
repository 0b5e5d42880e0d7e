using TelephonyHub.Uis.Wire;

namespace TelephonyHub.Uis.Notifications;

/// <summary>
/// Tells the kind by the keys of the default templates (reference 3.4), from the most distinctive to the least. Works on leaf names, because the
/// GET and flat variants have no blocks. A template of one's own that fits none stays unknown: guessing would invent calls.
/// </summary>
internal static class NotificationShapes
{
    internal static string? Find(WireFields fields)
    {
        if (fields.Has("chat_id"))
        {
            return fields.Has("status") ? NotificationKinds.ChatFinished : NotificationKinds.LostChat;
        }

        if (fields.Has("offline_message_id"))
        {
            return NotificationKinds.OfflineMessage;
        }

        if (fields.Has("sip_line_id") || fields.Has("sip_line_login"))
        {
            return NotificationKinds.SipLineUnregister;
        }

        if (!fields.Has("call_session_id"))
        {
            return null;
        }

        if (fields.Has("tag_id"))
        {
            return NotificationKinds.MarkUnknown;
        }

        if (fields.Has("total_time_duration"))
        {
            return NotificationKinds.CallSessionFinished;
        }

        return Control(fields) ?? File(fields) ?? Leg(fields) ?? Session(fields);
    }

    private static string? Control(WireFields fields)
    {
        if (!fields.Has("status"))
        {
            return null;
        }

        return fields.Has("leg_ids") ? NotificationKinds.TalkRecordControl
            : fields.Has("leg_id") ? NotificationKinds.CallHoldControl
            : null;
    }

    private static string? File(WireFields fields)
    {
        if (!fields.Has("file_link"))
        {
            return null;
        }

        if (fields.HasBlock("fax_info") || !fields.Has("contact_phone_number"))
        {
            return NotificationKinds.FaxReceiveFinished;
        }

        // Both name link and length; only a recorded talk has an employee and tags.
        return !fields.HasBlock("voice_mail_file_info")
            && (fields.HasBlock("call_record_file_info") || fields.Has("employee_id") || fields.Has("tag_ids"))
            ? NotificationKinds.TalkRecordFile
            : NotificationKinds.VoiceMessage;
    }

    private static string? Leg(WireFields fields)
    {
        if (fields.Has("leg_ids"))
        {
            return fields.Has("talk_time_duration") ? NotificationKinds.TalkFinished : NotificationKinds.TalkStarted;
        }

        return fields.Has("leg_id") ? NotificationKinds.LegUnknown : null;
    }

    private static string? Session(WireFields fields)
    {
        if (!fields.Has("contact_phone_number") || !fields.Has("virtual_phone_number") || fields.Has("talk_time_duration"))
        {
            return null;
        }

        if (fields.Has("wait_time_duration") || fields.Has("employee_ids"))
        {
            return NotificationKinds.LostCallSession;
        }

        if (fields.Has("employee_id"))
        {
            return fields.Has("employee_phone_number") && !fields.Has("scenario_name") ? NotificationKinds.OutCallSession : null;
        }

        return fields.Has("scenario_name") && !fields.Has("call_source") ? NotificationKinds.InCallSession : null;
    }
}
