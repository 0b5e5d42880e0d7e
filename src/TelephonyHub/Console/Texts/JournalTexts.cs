using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

internal static class JournalTexts
{
    public static readonly Words Lead = new("All calls of all cabinets. A link to this page keeps the filters.", "Все звонки всех кабинетов. Ссылка на страницу сохраняет фильтры.");
    public static readonly Words Search = new("Search", "Поиск");
    public static readonly Words SearchHint = new("Phone in any format, name of client or owner, session id", "Телефон в любом виде, имя клиента или ответственного, номер сессии");
    public static readonly Words Direction = new("Direction", "Направление");
    public static readonly Words From = new("From", "С");
    public static readonly Words To = new("To", "По");
    public static readonly Words Clear = new("Clear filters", "Сбросить фильтры");
    public static readonly Words Export = new("Export CSV", "Выгрузить CSV");
    public static readonly Words ExportXlsx = new("Export XLSX", "Выгрузить XLSX");
    public static readonly Words Sheet = new("Calls", "Звонки");
    public static readonly Words Began = new("Began", "Начало");
    public static readonly Words Dialled = new("Dialled", "Набранный");
    public static readonly Words Wait = new("Waited", "Ждал");
    public static readonly Words Talk = new("Talked", "Говорили");
    public static readonly Words InCrm = new("In the CRM", "В CRM");
    public static readonly Words NoCalls = new("No calls yet", "Звонков ещё нет");
    public static readonly Words NoCallsHint = new("Calls appear here by themselves once UIS sends notifications. See Cabinets → Connect.", "Звонки появятся сами, как только UIS начнёт присылать уведомления. См. Кабинеты → Подключение.");
    public static readonly Words NothingFound = new("No call fits the filters", "Под фильтры не подходит ни один звонок");
    public static readonly Words NothingFoundHint = new("Take a filter away, or search for the whole number or a part of the name.", "Уберите один из фильтров или ищите по номеру целиком или части имени.");
    public static readonly Words Shown = new("Shown: {0}", "Показано: {0}");
    public static readonly Words CsvSession = new("Session", "Сессия");
    public static readonly Words CsvTotal = new("Total, s", "Всего, с");
    public static readonly Words CsvCallId = new("Call record in the CRM", "Запись звонка в CRM");
    public static readonly Words CsvWait = new("Waited, s", "Ожидание, с");
    public static readonly Words CsvTalk = new("Talked, s", "Разговор, с");

    public static readonly IReadOnlyList<Words> CsvColumns =
        [CommonTexts.Cabinet, CsvSession, Began, Direction, CommonTexts.State, CommonTexts.Client, Dialled, CommonTexts.Owner, CsvWait, CsvTalk, CsvTotal, CsvCallId];
}
