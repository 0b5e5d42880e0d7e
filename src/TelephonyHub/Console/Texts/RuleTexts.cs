using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

/// <summary>Words of rules.</summary>
internal static class RuleTexts
{
    public static readonly IReadOnlyDictionary<string, Words> Contact = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["none"] = new("not linked", "не связывать"),
        ["find"] = new("link if found", "связать, если найден"),
        ["create"] = new("find or create", "найти или создать"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Deal = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["none"] = new("none", "не создавать"),
        ["ifNoneOpen"] = new("if none is open", "если нет открытой"),
        ["always"] = new("always a new one", "всегда новая"),
        ["close"] = new("close an untouched one", "закрыть нетронутую"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Task = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["none"] = new("none", "не ставить"),
        ["create"] = new("create", "поставить"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Whose = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["owner"] = new("for the owner", "ответственному"),
        ["talked"] = new("for who talked", "кто говорил"),
        ["duty"] = new("for duty", "дежурному"),
        ["person"] = new("for a certain person", "определённому человеку"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Units = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["workingMinutes"] = new("working minutes", "рабочих минут"),
        ["workingHours"] = new("working hours", "рабочих часов"),
        ["workingDays"] = new("working days", "рабочих дней"),
    };

    public static readonly IReadOnlyDictionary<string, PluralWords> Due = new Dictionary<string, PluralWords>(StringComparer.Ordinal)
    {
        ["workingMinutes"] = new("working minute", "working minutes", "рабочая минута", "рабочие минуты", "рабочих минут"),
        ["workingHours"] = new("working hour", "working hours", "рабочий час", "рабочих часа", "рабочих часов"),
        ["workingDays"] = new("working day", "working days", "рабочий день", "рабочих дня", "рабочих дней"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Card = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["none"] = new("none", "не показывать"),
        ["onRing"] = new("when it rings", "при звонке"),
        ["onAnswer"] = new("when answered", "при ответе"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Client = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["known"] = new("known client", "известный клиент"),
        ["unknown"] = new("unknown number", "незнакомый номер"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Result = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["answered"] = new("answered", "отвечен"),
        ["missed"] = new("not answered", "не отвечен"),
    };

    public static readonly IReadOnlyDictionary<string, Words> Links = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["call"] = new("call", "звонку"),
        ["contact"] = new("contact", "контакту"),
        ["deal"] = new("deal", "сделке"),
    };

    public static readonly Words New = new("New rule", "Новое правило");
    public static readonly Words NewHint = new(
        "For a cabinet, a number or a condition of its own: no two rules may be for the same calls, and the more specific one acts.",
        "Для своего кабинета, номера или условия: двух правил для одних и тех же звонков не бывает, действует более точное.");
    public static readonly Words Delete = new("Delete", "Удалить");
    public static readonly Words DeleteAsk = new("Delete rule “{0}”? Its calls will be treated by the more general rule from the next call on.", "Удалить правило «{0}»? Со следующего звонка его звонки обработает более общее правило.");
    public static readonly Words Deleted = new("Deleted. The more general rule acts from the next call on.", "Удалено. Со следующего звонка действует более общее правило.");
    public static readonly Words ResultLabel = new("Result", "Результат");
    public static readonly Words DialledLabel = new("Dialled number (empty: any)", "Набранный номер (пусто: любой)");
    public static readonly Words MinTalkLabel = new("Talked at least, s", "Разговор не короче, с");
    public static readonly Words MinWaitLabel = new("Waited at least, s", "Ждал не меньше, с");
    public static readonly Words TagLabel = new("Tag of UIS", "Тег UIS");
    public static readonly Words LinksLabel = new("Recording is linked to", "Ссылка на запись прикрепляется к");
    public static readonly Words Whom = new("Whose", "Кому");
    public static readonly Words TalkedFrom = new("talked from {0} s", "разговор от {0} с");
    public static readonly Words WaitedFrom = new("waited from {0} s", "ждал от {0} с");
    public static readonly Words Tag = new("tag “{0}”", "тег «{0}»");
}
