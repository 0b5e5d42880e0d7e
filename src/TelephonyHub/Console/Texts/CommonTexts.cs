using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

internal static class CommonTexts
{
    public static readonly Words CannotRead = new(
        "This cannot be read now: the database does not answer. The page tries again by itself; /health/ready says what ails.",
        "Сейчас не прочитать: база данных не отвечает. Страница попробует сама ещё раз; что случилось, видно на /health/ready.");
    public static readonly Words CannotDo = new(
        "This could not be done. Try again; if it fails again, /health/ready says what ails.",
        "Не удалось выполнить. Попробуйте ещё раз; если не поможет, что случилось, видно на /health/ready.");
    public static readonly Words LengthSeconds = new("{0} s", "{0} с");
    public static readonly Words LengthMinutes = new("{0} min {1} s", "{0} мин {1} с");
    public static readonly Words LengthHours = new("{0} h {1} min", "{0} ч {1} мин");
    public static readonly Words LengthDays = new("{0} d {1} h", "{0} д {1} ч");
    public static readonly Words Loading = new("Loading…", "Загрузка…");
    public static readonly Words More = new("Load more", "Показать ещё");
    public static readonly Words AllCabinets = new("All cabinets", "Все кабинеты");
    public static readonly Words Cabinet = new("Cabinet", "Кабинет");
    public static readonly Words Client = new("Client", "Клиент");
    public static readonly Words Hidden = new("Hidden number", "Номер скрыт");
    public static readonly Words Owner = new("Owner", "Ответственный");
    public static readonly Words Nobody = new("nobody", "никто");
    public static readonly Words State = new("State", "Состояние");
    public static readonly Words Any = new("Any", "Любое");
    public static readonly Words When = new("When", "Когда");
    public static readonly Words Copy = new("Copy", "Скопировать");
    public static readonly Words CopyNumber = new("Copy number {0}", "Скопировать номер {0}");
    public static readonly Words Open = new("Open", "Открыть");
    public static readonly Words OpenCall = new("Open the call of {0}", "Открыть звонок {0}");
    public static readonly Words InCreatio = new("in Creatio", "в Creatio");
    public static readonly Words Cancel = new("Cancel", "Отмена");
    public static readonly Words Save = new("Save", "Сохранить");
    public static readonly PluralWords Calls = new("call", "calls", "звонок", "звонка", "звонков");
    public static readonly PluralWords Records = new("record", "records", "запись", "записи", "записей");
    public static readonly PluralWords Bodies = new("notification", "notifications", "уведомление", "уведомления", "уведомлений");
    public static readonly PluralWords Attempts = new("attempt", "attempts", "попытка", "попытки", "попыток");
}
