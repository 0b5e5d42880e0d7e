using System.Collections.Frozen;

namespace TelephonyHub.Uis.Notifications;

/// <summary>Mnemonics of the notification events (reference 3.3), and two kinds of our own for bodies that do not tell them apart.</summary>
public static class NotificationKinds
{
    /// <summary>A call arrived at a number of the account.</summary>
    public const string InCallSession = "in_call_session";

    /// <summary>An employee started an outgoing call.</summary>
    public const string OutCallSession = "out_call_session";

    /// <summary>The called party's phone is ringing.</summary>
    public const string CallProceeding = "call_proceeding";

    /// <summary>The called party picked up; no proof of a talk.</summary>
    public const string CallConnected = "call_connected";

    /// <summary>Both sides talk.</summary>
    public const string TalkStarted = "talk_started";

    /// <summary>One of the session's talks ended.</summary>
    public const string TalkFinished = "talk_finished";

    /// <summary>A participant hung up, his leg ended.</summary>
    public const string CallDisconnected = "call_disconnected";

    /// <summary>Leg caller to platform created.</summary>
    public const string InCall = "in_call";

    /// <summary>Leg platform to callee created.</summary>
    public const string OutCall = "out_call";

    /// <summary>The session ended for all participants.</summary>
    public const string CallSessionFinished = "call_session_finished";

    /// <summary>The called side did not accept the call.</summary>
    public const string LostCallSession = "lost_call_session";

    /// <summary>A recording is ready to be downloaded.</summary>
    public const string TalkRecordFile = "talk_record_file";

    /// <summary>The contact left voice mail.</summary>
    public const string VoiceMessage = "voice_message";

    /// <summary>A fax was received.</summary>
    public const string FaxReceiveFinished = "fax_receive_finished";

    /// <summary>A tag was put on a communication.</summary>
    public const string SetMark = "set_mark";

    /// <summary>A tag was taken off a communication.</summary>
    public const string UnsetMark = "unset_mark";

    /// <summary>Hold switched on or off.</summary>
    public const string CallHoldControl = "call_hold_control";

    /// <summary>Recording switched on or off.</summary>
    public const string TalkRecordControl = "talk_record_control";

    /// <summary>A SIP line lost its registration.</summary>
    public const string SipLineUnregister = "sip_line_unregister";

    /// <summary>A form was sent from the site.</summary>
    public const string OfflineMessage = "offline_message";

    /// <summary>A chat ended.</summary>
    public const string ChatFinished = "chat_finished";

    /// <summary>A chat was lost.</summary>
    public const string LostChat = "lost_chat";

    /// <summary>A goal or event of the site.</summary>
    public const string SiteEvent = "event";

    /// <summary>Chat messages without answer.</summary>
    public const string UnansweredChats = "unanswered_chats";

    /// <summary>
    /// Not sent by UIS: the default templates of <c>call_connected</c>, <c>call_disconnected</c>, <c>call_proceeding</c>, <c>in_call</c> and
    /// <c>out_call</c> are identical (reference 3.4). Proves the leg, its time and employee, never that it rang or was answered.
    /// </summary>
    public const string LegUnknown = "leg_unknown";

    /// <summary>Not sent by UIS: the templates of <c>set_mark</c> and <c>unset_mark</c> are identical. Proves only that the tag was mentioned.</summary>
    public const string MarkUnknown = "mark_unknown";

    private static readonly FrozenSet<string> WithoutCall = FrozenSet.ToFrozenSet(
        [ChatFinished, LostChat, OfflineMessage, SiteEvent, FaxReceiveFinished, SipLineUnregister, UnansweredChats], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Known = new[]
    {
        InCallSession, OutCallSession, CallProceeding, CallConnected, TalkStarted, TalkFinished, CallDisconnected, InCall, OutCall,
        CallSessionFinished, LostCallSession, TalkRecordFile, VoiceMessage, FaxReceiveFinished, SetMark, UnsetMark, CallHoldControl,
        TalkRecordControl, SipLineUnregister, OfflineMessage, ChatFinished, LostChat, SiteEvent, UnansweredChats,
    }.ToFrozenDictionary(kind => kind, StringComparer.OrdinalIgnoreCase);

    /// <summary>All mnemonics that UIS sends, without the two kinds of our own.</summary>
    public static IReadOnlyCollection<string> All => Known.Values;

    /// <summary>Whether events of this kind belong to a call session.</summary>
    /// <param name="mnemonic">One of the constants of this class.</param>
    /// <returns><see langword="false"/> for chat, fax, form, site event and SIP registration.</returns>
    public static bool IsCallEvent(string mnemonic) => !WithoutCall.Contains(mnemonic);

    internal static string? Find(string mnemonic) => Known.GetValueOrDefault(mnemonic);
}
