using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

/// <summary>Words of the API in words of people.</summary>
internal static class WordTexts
{
    public static readonly IReadOnlyDictionary<string, Words> States = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["ringing"] = new("ringing", "звонит"),
        ["talking"] = new("talking", "разговор"),
        ["answered"] = new("answered", "отвечен"),
        ["missed"] = new("missed", "пропущен"),
        ["notReached"] = new("not reached", "не дозвонились"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Directions = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["in"] = new("incoming", "входящий"),
        ["out"] = new("outgoing", "исходящий"),
        ["internal"] = new("internal", "внутренний"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Parties = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["ringing"] = new("rings at", "звонит у"),
        ["talking"] = new("talks with", "говорит"),
        ["onHold"] = new("on hold at", "на удержании у"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Presence = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["onCall"] = new("on a call", "говорит"),
        ["ringing"] = new("rings", "ему звонят"),
        ["available"] = new("available", "на месте"),
        ["away"] = new("away", "отошёл"),
        ["offHours"] = new("off hours", "нерабочее время"),
        ["offline"] = new("no phone registered", "телефон не в сети"),
        ["unknown"] = new("not known", "неизвестно"),
    };

    public static readonly IReadOnlyDictionary<string, Words> MissedStates = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["open"] = new("to call back", "перезвонить"),
        ["calledBack"] = new("called back", "перезвонили"),
        ["answeredLater"] = new("got through later", "дозвонился позже"),
        ["closed"] = new("closed by a person", "закрыт вручную"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Tasks = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["talker"] = new("who talked (question to the report)", "кто говорил (вопрос к отчёту)"),
        ["contact"] = new("contact", "контакт"),
        ["deal"] = new("deal", "сделка"),
        ["followUp"] = new("follow-up task", "задача после звонка"),
        ["callBack"] = new("call-back task", "задача перезвонить"),
        ["call"] = new("call record", "запись о звонке"),
        ["recordingLink"] = new("link to the recording", "ссылка на запись разговора"),
    };

    public static readonly IReadOnlyDictionary<string, Words> TaskStates = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["pending"] = new("waits", "ждёт"),
        ["running"] = new("being written", "пишется"),
        ["retry"] = new("tried again", "повторяется"),
        ["done"] = new("written", "записано"),
        ["dead"] = new("given up", "не записано"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Categories = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["Transient"] = new("The CRM was away or overloaded", "CRM была недоступна или перегружена"),
        ["Permanent"] = new("The CRM refused the data", "CRM отвергла данные"),
        ["Limit"] = new("The CRM's limit was reached", "Исчерпан лимит CRM"),
        ["Authentication"] = new("The CRM did not let the hub in", "CRM не впустила сервис"),
        ["AccessDenied"] = new("The hub's user lacks a right in the CRM", "У пользователя сервиса нет права в CRM"),
        ["Conflict"] = new("Somebody else wrote at the same time", "Кто-то записал одновременно"),
        ["NotFound"] = new("A record is gone from the CRM", "Запись в CRM пропала"),
        ["Blocked"] = new("Waits for another record that failed", "Ждёт другую запись, которая не удалась"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Chain = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["transfer"] = new("transferred to", "перевод на"),
        ["responsible"] = new("responsible manager", "ответственный менеджер"),
        ["deputy"] = new("deputy", "заместитель"),
        ["lastTalked"] = new("talked last", "говорил последним"),
        ["group"] = new("the region's group", "группа региона"),
        ["substitute"] = new("the group that takes over", "подменяющая группа"),
        ["duty"] = new("duty", "дежурный"),
        ["caller"] = new("the caller", "звонящий"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Events = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["in_call_session"] = new("The client calls", "Клиент звонит"),
        ["out_call_session"] = new("An outgoing call begins", "Начат исходящий звонок"),
        ["in_call"] = new("A leg of the client", "Плечо клиента"),
        ["out_call"] = new("A leg to a manager", "Плечо к менеджеру"),
        ["leg_unknown"] = new("An event of a leg", "Событие плеча"),
        ["call_hold_control"] = new("Hold", "Удержание"),
        ["talk_record_control"] = new("Recording switched", "Управление записью"),
        ["call_proceeding"] = new("A phone rings", "Звонит телефон"),
        ["call_connected"] = new("Connected", "Соединение"),
        ["talk_started"] = new("The talk begins", "Начался разговор"),
        ["talk_finished"] = new("The talk ends", "Разговор окончен"),
        ["call_disconnected"] = new("A leg is over", "Плечо завершено"),
        ["call_session_finished"] = new("The call is over", "Звонок завершён"),
        ["lost_call_session"] = new("Lost: nobody answered", "Потерян: никто не ответил"),
        ["talk_record_file"] = new("The recording is ready", "Готова запись разговора"),
        ["voice_message"] = new("A voice message was left", "Оставлено голосовое сообщение"),
        ["set_mark"] = new("A tag was set", "Поставлен тег"),
        ["unset_mark"] = new("A tag was taken off", "Снят тег"),
        ["report_call"] = new("The call in the PBX's report", "Звонок в отчёте АТС"),
        ["report_leg"] = new("A leg in the PBX's report", "Плечо в отчёте АТС"),
        ["report_record"] = new("A recording in the PBX's report", "Запись разговора в отчёте АТС"),
        ["report_voice_mail"] = new("Voice mail in the PBX's report", "Голосовое сообщение в отчёте АТС"),
    };

    public static readonly IReadOnlyDictionary<string, Words> CardEvents = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["ringing"] = new("Card shown to {0}", "Карточка показана: {0}"),
        ["answered"] = new("Card: answered, {0}", "Карточка: отвечено, {0}"),
        ["ended"] = new("Card taken off {0}'s screen", "Карточка убрана: {0}"),
    };

    /// <summary>Why a card did not reach the screen, as it is stored.</summary>
    public static readonly IReadOnlyDictionary<string, Words> CardFailures = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["no browser"] = new("no browser of his is open", "браузер с CRM у него не открыт"),
        ["no package"] = new("the hub's package is not installed in the CRM", "в CRM не установлен пакет сервиса"),
        ["failed: too slow"] = new("the CRM was too slow", "CRM отвечала слишком долго"),
        ["failed: Transient"] = new("the CRM was away or overloaded", "CRM была недоступна или перегружена"),
        ["failed: Permanent"] = new("the CRM refused it", "CRM отказала"),
        ["failed: Limit"] = new("the CRM's limit was reached", "исчерпан лимит CRM"),
        ["failed: Authentication"] = new("the CRM did not let the hub in", "CRM не впустила сервис"),
        ["failed: Conflict"] = new("the CRM has it already", "в CRM это уже есть"),
        ["failed: NotFound"] = new("the CRM does not know him", "CRM его не знает"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Match = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["mapping"] = new("by the setting", "по настройке"),
        ["email"] = new("by e-mail", "по почте"),
        ["phone"] = new("by phone", "по телефону"),
        ["name"] = new("by full name", "по ФИО"),
        ["none"] = new("not matched", "не сопоставлен"),
    };

    /// <summary>How actions of the audit begin: <c>rule</c> is the beginning of <c>rule.update</c> and of <c>rules.restore</c>.</summary>
    public static readonly IReadOnlyDictionary<string, Words> Actions = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["sign-in"] = new("sign-in", "вход"),
        ["user"] = new("users", "пользователи"),
        ["apiKey"] = new("API keys", "ключи API"),
        ["rule"] = new("rules", "правила"),
        ["routing"] = new("routing, working hours and duty", "маршрутизация, графики и дежурства"),
        ["call"] = new("control of calls", "управление звонками"),
        ["recording"] = new("recordings", "записи разговоров"),
        ["sync"] = new("sent to the CRM again", "повтор отправки в CRM"),
        ["quarantine"] = new("quarantine", "карантин"),
        ["reconciliation"] = new("proof", "сверка"),
        ["cabinet"] = new("cabinets", "кабинеты"),
        ["crm"] = new("the hub's login to the CRM", "вход сервиса в CRM"),
        ["card"] = new("test cards", "проверка карточки"),
        ["alert"] = new("alerts", "оповещения"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Health = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["ok"] = new("all well", "всё в порядке"),
        ["degraded"] = new("something ails", "есть неполадка"),
        ["unknown"] = new("not read yet", "ещё не прочитан"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Access = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["ok"] = new("the key works", "ключ работает"),
        ["invalid"] = new("the key is wrong", "неверный ключ"),
        ["expired"] = new("the key has expired", "ключ просрочен"),
        ["blocked"] = new("blocked", "заблокирован"),
        ["forbidden"] = new("a right is missing", "не хватает права"),
        ["addressNotAllowed"] = new("this address is not allowed", "адрес не разрешён"),
        ["accountInactive"] = new("the account is not active", "аккаунт не активен"),
        ["unknown"] = new("not tried yet", "ещё не проверен"),
    };
}
