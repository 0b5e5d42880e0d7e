using System.Collections.Frozen;

namespace TelephonyHub.Simulator.Uis;

/// <summary>Mnemonics of section 3.3 and the cabinet's Russian names, which serve as `notification_name`.</summary>
public static class EventNames
{
    public const string CallSessionFinished = "call_session_finished";
    public const string CallConnected = "call_connected";
    public const string CallDisconnected = "call_disconnected";
    public const string CallProceeding = "call_proceeding";
    public const string InCallSession = "in_call_session";
    public const string LostCallSession = "lost_call_session";
    public const string OutCallSession = "out_call_session";
    public const string SetMark = "set_mark";
    public const string UnsetMark = "unset_mark";
    public const string TalkFinished = "talk_finished";
    public const string TalkStarted = "talk_started";
    public const string VoiceMessage = "voice_message";
    public const string InCall = "in_call";
    public const string OutCall = "out_call";
    public const string TalkRecordFile = "talk_record_file";
    public const string CallHoldControl = "call_hold_control";
    public const string TalkRecordControl = "talk_record_control";
    public const string SipLineUnregister = "sip_line_unregister";

    public static FrozenDictionary<string, string> Titles { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [InCallSession] = "Входящий звонок на виртуальный номер",
        [OutCallSession] = "Исходящий звонок",
        [CallProceeding] = "Ожидание ответа",
        [CallConnected] = "Поднятие трубки",
        [TalkStarted] = "Начало разговора",
        [TalkFinished] = "Окончание разговора",
        [CallDisconnected] = "Завершение плеча",
        [InCall] = "Входящее плечо",
        [OutCall] = "Исходящее плечо",
        [CallSessionFinished] = "Завершение звонка",
        [LostCallSession] = "Потерянный звонок",
        [TalkRecordFile] = "Записанный разговор",
        [VoiceMessage] = "Голосовое сообщение",
        [SetMark] = "Проставление тега",
        [UnsetMark] = "Снятие тега",
        [CallHoldControl] = "Удержание вызова",
        [TalkRecordControl] = "Управление записью разговора",
        [SipLineUnregister] = "Потеря регистрации SIP-линии",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
