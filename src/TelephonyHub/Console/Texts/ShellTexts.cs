using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

/// <summary>Words around the pages. A test sees to it that every text stands in both languages.</summary>
internal static class ShellTexts
{
    public static readonly Words Live = new("Live", "Сейчас");
    public static readonly Words Journal = new("Journal", "Журнал");
    public static readonly Words Missed = new("Missed calls", "Пропущенные");
    public static readonly Words Numbers = new("Numbers over time", "Показатели");
    public static readonly Words Failed = new("Not in the CRM", "Не дошло до CRM");
    public static readonly Words Quarantine = new("Quarantine", "Карантин");
    public static readonly Words Proof = new("Proof", "Сверка");
    public static readonly Words Cabinets = new("Cabinets", "Кабинеты");
    public static readonly Words Managers = new("Managers", "Менеджеры");
    public static readonly Words Rules = new("Rules", "Правила");
    public static readonly Words Explain = new("Explain a call", "Куда пойдёт звонок");
    public static readonly Words Staffing = new("Working hours and duty", "Графики и дежурства");
    public static readonly Words Users = new("Users", "Пользователи");
    public static readonly Words Keys = new("API keys", "Ключи API");
    public static readonly Words Audit = new("Audit", "Аудит");
    public static readonly Words Settings = new("Settings", "Настройки");
    public static readonly Words Api = new("API (Swagger)", "API (Swagger)");
    public static readonly Words GroupCalls = new("Calls", "Звонки");
    public static readonly Words GroupCheck = new("Is all well?", "Всё ли дошло");
    public static readonly Words GroupSetUp = new("Set-up", "Устройство");
    public static readonly Words Menu = new("Menu", "Меню");
    public static readonly Words Navigation = new("Main menu", "Главное меню");
    public static readonly Words Search = new("Phone, name or session", "Телефон, имя или сессия");
    public static readonly Words SearchHint = new("Press / to search", "Нажмите / для поиска");
    public static readonly Words ToDark = new("Dark theme", "Тёмная тема");
    public static readonly Words ToLight = new("Light theme", "Светлая тема");
    public static readonly Words OtherLanguage = new("Русский", "English");
    public static readonly Words SignOut = new("Sign out", "Выйти");
    public static readonly Words SkipToContent = new("Skip to the page", "К содержанию");
    public static readonly Words Copied = new("Copied", "Скопировано");
    public static readonly Words Reconnecting = new("The connection is lost. Reconnecting by itself…", "Связь потеряна. Соединяюсь снова…");
    public static readonly Words Reloading = new("The hub was restarted. The page comes back by itself…", "Сервер перезапущен. Страница обновится сама…");
    public static readonly Words Broken = new("The page has stopped because of a fault.", "Страница остановилась из-за сбоя.");
    public static readonly Words Reload = new("Load it again", "Загрузить снова");
    public static readonly Words NoScript = new("The console needs JavaScript.", "Для консоли нужен JavaScript.");
    public static readonly Words NotAllowed = new("Your role does not see this page", "Эта страница недоступна вашей роли");
    public static readonly Words NotAllowedHint = new("Ask the administrator if you need it.", "Если она нужна, обратитесь к администратору.");
    public static readonly Words NoContactHint = new(
        "A manager sees his own calls: an administrator has to say which contact of the CRM you are.",
        "Менеджер видит свои звонки: администратор должен указать, какой вы контакт в CRM.");
    public static readonly Words ToCalls = new("To the calls", "К звонкам");
    public static readonly Words NotFound = new("There is no such page", "Такой страницы нет");
    public static readonly Words NotFoundHint = new("Choose one from the menu, or press / to search for a call.", "Выберите страницу в меню или нажмите / и найдите звонок.");
}
