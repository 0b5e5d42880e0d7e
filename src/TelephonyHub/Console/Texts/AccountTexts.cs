using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

/// <summary>People who sign in, and keys of programs.</summary>
internal static class AccountTexts
{
    public static readonly IReadOnlyDictionary<string, Words> RoleNames = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["administrator"] = new("administrator", "администратор"),
        ["supervisor"] = new("supervisor", "руководитель"),
        ["manager"] = new("manager", "менеджер"),
        ["auditor"] = new("auditor", "аудитор"),
        ["integration"] = new("integration", "интеграция"),
    };

    public static readonly Words UsersLead = new("Who may sign in, and what each sees. A change counts for open pages within seconds.", "Кто может войти и что кому видно. Изменение действует и на открытые страницы через несколько секунд.");
    public static readonly Words NewUser = new("New user", "Новый пользователь");
    public static readonly Words EditUser = new("User {0}", "Пользователь {0}");
    public static readonly Words EditUserOf = new("Edit user {0}", "Изменить пользователя {0}");
    public static readonly Words UserName = new("User name", "Имя для входа");
    public static readonly Words FullName = new("Full name", "ФИО");
    public static readonly Words Roles = new("Roles", "Роли");
    public static readonly Words Cabinets = new("Cabinets (a supervisor needs some; an auditor or a program without sees all)", "Кабинеты (руководителю нужны; аудитору и программе без них видны все)");
    public static readonly Words CabinetsColumn = new("Cabinets", "Кабинеты");
    public static readonly Words Contact = new("Contact in the CRM (a manager needs it)", "Контакт в CRM (нужен менеджеру)");
    public static readonly Words LastSignIn = new("Last sign-in", "Последний вход");
    public static readonly Words Never = new("never", "не входил");
    public static readonly Words AllCabinets = new("all", "все");
    public static readonly Words BySettings = new("kept by the settings", "задан настройками");
    public static readonly Words MayEnter = new("may sign in", "может войти");
    public static readonly Words Locked = new("locked", "заблокирован");
    public static readonly Words LockedOut = new("too many wrong passwords", "слишком много неверных паролей");
    public static readonly Words Lock = new("Lock", "Заблокировать");
    public static readonly Words Unlock = new("Unlock", "Разблокировать");
    public static readonly Words LockAsk = new("Lock {0}? Open sessions end.", "Заблокировать {0}? Открытые сессии завершатся.");
    public static readonly Words ResetPassword = new("New password", "Новый пароль");
    public static readonly Words ResetAsk = new("Give {0} a new password? The old one is good no more, and open sessions end.", "Задать {0} новый пароль? Старый перестанет действовать, открытые сессии завершатся.");
    public static readonly Words PasswordOf = new("Password of {0}", "Пароль: {0}");
    public static readonly Words UserChanged = new("Somebody else changed this user meanwhile", "Этого пользователя тем временем изменил кто-то другой");
    public static readonly Words UserTheirs = new("theirs: roles {0}; cabinets {1}", "у них: роли {0}; кабинеты {1}");
    public static readonly Words UserGone = new("Somebody else took this user away.", "Этого пользователя кто-то удалил.");
    public static readonly Words UserSaved = new("Saved", "Сохранено");

    public static readonly Words ChangePassword = new("Change password", "Сменить пароль");
    public static readonly Words CurrentPassword = new("Current password", "Текущий пароль");
    public static readonly Words NextPassword = new("New password, {0} characters or more", "Новый пароль, не короче {0} знаков");
    public static readonly Words NextPasswordAgain = new("The new password again", "Новый пароль ещё раз");
    public static readonly Words PasswordsDiffer = new("does not match the new password.", "не совпадает с новым паролем.");
    public static readonly Words PasswordStale = new("This page was open too long. Fill it in again.", "Страница была открыта слишком долго. Заполните её ещё раз.");
    public static readonly Words PasswordChanged = new("The password is changed", "Пароль изменён");
    public static readonly Words PasswordChangedHint = new("You stay signed in here; your other sessions have ended.", "Здесь вы остаётесь в системе, остальные ваши сессии завершены.");
    public static readonly Words PasswordOfSettings = new(
        "Your password is kept by the settings of the hub (Auth:Admin): it is changed there.",
        "Ваш пароль задан в настройках системы (Auth:Admin): он меняется там.");
    public static readonly Words PasswordElsewhere = new("Your password is kept by the company's sign-in: change it there.", "Ваш пароль хранит корпоративный вход: смените его там.");
    public static readonly Words BackToConsole = new("Back to the console", "Назад в консоль");

    public static readonly Words OnceHint = new("Copy it now: it is kept nowhere and is not shown again.", "Скопируйте сейчас: он нигде не хранится и больше не будет показан.");
    public static readonly Words OnceDone = new("I have copied it", "Скопировано");

    public static readonly Words KeysLead = new("Keys of programs for the API, sent as X-Api-Key. Those of the settings are changed there.", "Ключи программ для API, передаются как X-Api-Key. Ключи из настроек меняются в настройках.");
    public static readonly Words NewKey = new("New key", "Новый ключ");
    public static readonly Words KeyName = new("Name of the program", "Название программы");
    public static readonly Words LastDay = new("Good until (empty: for ever)", "Действует по (пусто: бессрочно)");
    public static readonly Words KeyOf = new("Key of {0}", "Ключ: {0}");
    public static readonly Words Key = new("Key", "Ключ");
    public static readonly Words Created = new("Given out", "Выдан");
    public static readonly Words LastUsed = new("Last used", "Использован");
    public static readonly Words NeverUsed = new("never", "ни разу");
    public static readonly Words InUse = new("in use", "действует");
    public static readonly Words Revoked = new("revoked", "отозван");
    public static readonly Words RunOut = new("run out", "истёк");
    public static readonly Words Revoke = new("Revoke", "Отозвать");
    public static readonly Words RevokeOf = new("Revoke key {0}", "Отозвать ключ {0}");
    public static readonly Words RevokeAsk = new("Revoke the key of {0}? The program is refused at once; this cannot be undone.", "Отозвать ключ программы {0}? Ей сразу будет отказано; отменить это нельзя.");
    public static readonly Words RevokeDone = new("Revoked", "Отозван");
    public static readonly Words NoKeys = new("No key was given out", "Ключей не выдано");
    public static readonly Words NoKeysHint = new("A program needs one to read or change anything by the API.", "Он нужен программе, чтобы читать или менять что-либо через API.");
}
