using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

/// <summary>Who works when: calendars, duty, deputies, absences.</summary>
internal static class StaffingTexts
{
    public static readonly IReadOnlyDictionary<string, Words> Kinds = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["off"] = new("day off", "выходной"),
        ["short"] = new("an hour shorter", "короче на час"),
        ["working"] = new("worked", "рабочий"),
    };

    public static readonly IReadOnlyList<Words> Weekdays =
    [
        new("Mon", "Пн"), new("Tue", "Вт"), new("Wed", "Ср"), new("Thu", "Чт"), new("Fri", "Пт"), new("Sat", "Сб"), new("Sun", "Вс"),
    ];

    public static readonly Words Calendars = new("Working hours", "Рабочие часы");
    public static readonly Words Holidays = new("Holidays", "Праздники");
    public static readonly Words Rota = new("Duty", "Дежурства");
    public static readonly Words Deputies = new("Deputies", "Заместители");
    public static readonly Words Absences = new("Absences", "Отсутствия");
    public static readonly Words Lead = new("Who works when. Routing takes a change into account from the next call on.", "Кто и когда работает. Маршрутизация учитывает изменение со следующего звонка.");
    public static readonly Words Changed = new("Changed", "Изменено");
    public static readonly Words SetUp = new("Set up", "Задать");
    public static readonly Words SetUpOf = new("Set up: {0}", "Задать: {0}");
    public static readonly Words Add = new("Add", "Добавить");
    public static readonly Words Remove = new("Remove", "Убрать");
    public static readonly Words RemoveRow = new("Remove line {0}", "Убрать строку {0}");
    public static readonly Words Delete = new("Delete", "Удалить");
    public static readonly Words DeleteAsk = new("Delete this?", "Удалить это?");
    public static readonly Words Deleted = new("Deleted", "Удалено");
    public static readonly Words EditOf = new("Edit: {0}", "Изменить: {0}");
    public static readonly Words ConflictTitle = new("Somebody else changed this meanwhile", "Это тем временем изменил кто-то другой");
    public static readonly Words ConflictHint = new("{0} saved version {1}. Take theirs, or save yours over it.", "{0} сохранил(а) версию {1}. Возьмите её или сохраните свою поверх.");
    public static readonly Words Gone = new("Somebody else took this away.", "Это кто-то удалил.");
    public static readonly Words Nothing = new("Nothing is set here", "Здесь ничего не задано");

    public static readonly Words Week = new("Week", "Неделя");
    public static readonly Words NoCalendar = new("none: every hour counts as working", "не задано: рабочим считается любое время");
    public static readonly Words OwnDays = new("Days of its own", "Особые дни");
    public static readonly Words HoursHint = new("Hours as 09:00–18:00, several parts by comma; empty: day off.", "Часы в виде 09:00–18:00, части через запятую; пусто: выходной.");
    public static readonly Words HoursWrong = new("must be written as 09:00–18:00, several parts by comma.", "нужно записать как 09:00–18:00, части через запятую.");
    public static readonly Words DateWrong = new("a day is required.", "нужна дата.");
    public static readonly Words TimesWrong = new("begin and end are required.", "нужны начало и конец.");
    public static readonly Words Date = new("Day", "Дата");
    public static readonly Words Kind = new("Kind", "Вид");
    public static readonly Words Hours = new("Hours (instead)", "Часы (вместо)");
    public static readonly Words Name = new("Name", "Название");
    public static readonly Words DayOff = new("day off", "выходной");

    public static readonly Words Year = new("Year", "Год");
    public static readonly Words HolidaysHint = new("Days of the whole country. A region's own days stand in its working hours.", "Дни для всей страны. Особые дни региона задаются в его рабочих часах.");
    public static readonly Words Import = new("Import the production calendar (XML of xmlcalendar.ru, or CSV of open data)", "Загрузить производственный календарь (XML с xmlcalendar.ru или CSV открытых данных)");
    public static readonly Words Imported = new("Imported: {0}", "Загружено: {0}");
    public static readonly Words FileTooLarge = new("The file is larger than a production calendar.", "Файл больше, чем производственный календарь.");
    public static readonly Words FileFault = new("The file {0}", "Файл не загружен: {0}");
    public static readonly Words OffDays = new("Days off", "Выходные");
    public static readonly Words ShortDays = new("Short days", "Короткие дни");
    public static readonly Words WorkedDays = new("Worked weekends", "Рабочие выходные");

    public static readonly Words OnDuty = new("On duty now", "Сейчас дежурит");
    public static readonly Words DutyBySettings = new("the phones of the settings", "телефоны из настроек");
    public static readonly Words Turns = new("Take turns", "По очереди");
    public static readonly Words RotaFrom = new("First turn from", "Первая смена с");
    public static readonly Words Handover = new("Handed over at", "Смена в");
    public static readonly Words DaysPerTurn = new("Days of a turn", "Дней в смене");
    public static readonly Words Shifts = new("Exchanged shifts (they win)", "Замены (важнее очереди)");
    public static readonly Words Person = new("Person", "Кто");
    public static readonly Words ByPhones = new("phones only", "только телефоны");
    public static readonly Words Phones = new("Phones, by comma (empty: his own)", "Телефоны через запятую (пусто: его собственные)");
    public static readonly Words From = new("From", "С");
    public static readonly Words Until = new("Until", "До");

    public static readonly Words Manager = new("Manager", "Менеджер");
    public static readonly Words DeputiesHint = new("In order: the first who works takes over. Without times it is always so.", "По порядку: звонок примет первый, кто работает. Без дат действует всегда.");
    public static readonly Words Always = new("always", "всегда");
    public static readonly Words Note = new("Note", "Причина");
    public static readonly Words Choose = new("choose", "выберите");
    public static readonly Words CityTime = new("Times are those of {0}.", "Время: {0}.");
}
