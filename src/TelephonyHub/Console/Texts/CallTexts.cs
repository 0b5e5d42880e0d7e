using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

internal static class CallTexts
{
    public static readonly Words Title = new("Call", "Звонок");
    public static readonly Words Back = new("To the journal", "К журналу");
    public static readonly Words NotThere = new("There is no such call", "Такого звонка нет");
    public static readonly Words NotThereHint = new("It may lie in another cabinet. Search by its session id or by the phone number.", "Возможно, он в другом кабинете. Найдите его по номеру сессии или телефону.");
    public static readonly Words HowItWent = new("How it went", "Как это было");
    public static readonly Words Recording = new("Recording", "Запись разговора");
    public static readonly Words VoiceMail = new("Voice message", "Голосовое сообщение");
    public static readonly Words Revoked = new("The link to this recording was revoked.", "Ссылка на эту запись отозвана.");
    public static readonly Words Speed = new("Speed", "Скорость");
    public static readonly Words WhyHere = new("Who was to get the call, and why", "Кому направлен звонок и почему");
    public static readonly Words NoDecision = new("UIS did not ask for a route: an outgoing call, or the scenario has no interactive operation.", "UIS не спрашивал маршрут: звонок исходящий или в сценарии нет интерактивной обработки.");
    public static readonly Words Decided = new("The hub decides in {0} ms", "Решение за {0} мс");
    public static readonly Words Region = new("Region", "Регион");
    public static readonly Words NoRegion = new("not known", "не определён");
    public static readonly Words LeftOut = new("Not asked", "Не спрашивали");
    public static readonly Words Code = new("Instead of phones UIS got return code {0}.", "Вместо номеров UIS получил код {0}.");
    public static readonly Words InTheCrm = new("In the CRM", "В CRM");
    public static readonly Words NothingWanted = new("Nothing is wanted in the CRM for this call ({0}).", "Для этого звонка в CRM ничего не нужно ({0}).");
    public static readonly Words NotPlanned = new("The plan is made seconds after the end of the call.", "План составляется через секунды после конца звонка.");
    public static readonly Words AllWritten = new("All is in the CRM", "Всё записано в CRM");
    public static readonly Words SomeFailed = new("Not all reached the CRM", "Не всё дошло до CRM");
    public static readonly Words SomeWait = new("Still being written", "Ещё пишется");
    public static readonly Words ByRule = new("By rule “{0}”", "По правилу «{0}»");
    public static readonly Words NextTry = new("next try {0}", "следующая попытка {0}");
    public static readonly Words Raw = new("As it came", "Как пришло");
    public static readonly Words RawGone = new("The text as it came is no longer kept.", "Исходный текст уже не хранится.");
    public static readonly Words FromReport = new("rebuilt from the PBX's report", "восстановлено из отчёта АТС");
    public static readonly Words Session = new("Session", "Сессия");
    public static readonly Words Waited = new("Waited", "Ожидание");
    public static readonly Words Talked = new("Talk", "Разговор");
    public static readonly Words Dialled = new("Dialled number", "Набранный номер");
    public static readonly Words PartOf = new("Part of one conversation with", "Часть одного разговора с");
    public static readonly Words FoldError = new("The call could not be put together: {0}", "Звонок не удалось собрать: {0}");
    public static readonly Words CardFailed = new("the card did not reach the screen ({0})", "карточка не дошла до экрана ({0})");
    public static readonly Words CardIn = new("after {0} ms", "через {0} мс");
    public static readonly Words SomebodyElse = new("a manager", "менеджер");
    public static readonly Words Written = new("Written to the CRM", "Записано в CRM");
}
