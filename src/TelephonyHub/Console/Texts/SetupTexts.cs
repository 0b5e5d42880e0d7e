using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

/// <summary>Cabinets, managers, rules, explanation, numbers, audit, settings.</summary>
internal static class SetupTexts
{
    public static readonly Words CabinetsLead = new("Each city's UIS account: whether it is let in, how much of its limits is left, and what to look at.", "Аккаунты UIS по городам: есть ли доступ, сколько осталось лимитов и на что обратить внимание.");
    public static readonly Words Connect = new("Connect", "Подключение");
    public static readonly Words ConnectOf = new("Connect {0}", "Подключение: {0}");
    public static readonly Words ConnectLead = new("Paste these into the UIS account. Each line turns green when its first notification arrives.", "Вставьте это в личный кабинет UIS. Строка станет зелёной, когда придёт первое уведомление.");
    public static readonly Words StepRoute = new("1. Routing", "1. Маршрутизация");
    public static readonly Words StepRouteHint = new(
        "In the call scenario put the operation “Интерактивная обработка вызова” with this URL and tick all parameters. Link the branches http_request_failed and dial_failed to a group: a call is not lost even when the hub is away.",
        "В сценарий добавьте операцию «Интерактивная обработка вызова» с этим адресом и отметьте все параметры. Ветки http_request_failed и dial_failed ведите на группу: звонок не потеряется, даже если сервис недоступен.");
    public static readonly Words StepEvents = new("2. Notifications", "2. Уведомления");
    public static readonly Words StepEventsHint = new("One HTTP notification per event, method POST, with this URL and this text.", "Одно HTTP-уведомление на событие, метод POST, с этим адресом и этим текстом.");
    public static readonly Words StepApi = new("3. API", "3. API");
    public static readonly Words StepApiHint = new(
        "Create an API key (the setting AccessToken) and allow the hub's address under Account → Security rules → API: UIS refuses every address by default.",
        "Создайте ключ API (настройка AccessToken) и разрешите адрес сервиса: Аккаунт → Правила безопасности → API. По умолчанию UIS отклоняет любой адрес.");
    public static readonly Words Url = new("URL", "Адрес");
    public static readonly Words Template = new("Text", "Текст");
    public static readonly Words ShowTemplate = new("Text to paste", "Текст для вставки");
    public static readonly Words Arrived = new("arrived {0}", "пришло {0}");
    public static readonly Words NotArrived = new("waits for the first", "ждёт первого");
    public static readonly Words ArrivedOf = new("{0} of {1} kinds have arrived", "Пришло видов уведомлений: {0} из {1}");
    public static readonly Words OnlyAdmin = new("The URLs hold the cabinet's secret: only an administrator sees them.", "В адресах секрет кабинета: их видит только администратор.");
    public static readonly Words NotConfigured = new("There is no such cabinet", "Такого кабинета нет");
    public static readonly Words NotConfiguredHint = new("A cabinet is added by settings alone: Cabinets__<key>__Name, __TimeZone, __WebhookToken, __AccessToken.", "Кабинет добавляется настройками: Cabinets__<ключ>__Name, __TimeZone, __WebhookToken, __AccessToken.");
    public static readonly Words Key = new("API key", "Ключ API");
    public static readonly Words LastEvent = new("Last notification", "Последнее уведомление");
    public static readonly Words Never = new("never", "ни разу");
    public static readonly Words Imported = new("Read from UIS", "Прочитан из UIS");
    public static readonly Words People = new("Employees", "Сотрудники");
    public static readonly Words Numbers = new("Numbers", "Номера");
    public static readonly Words Points = new("{0}, per {1}: {2} of {3} points left", "{0}, {1}: осталось баллов {2} из {3}");
    public static readonly Words PerMinute = new("minute", "в минуту");
    public static readonly Words PerDay = new("day", "в день");
    public static readonly Words Shadow = new("shadow: nothing is written", "тень: ничего не пишется");
    public static readonly Words ImportNow = new("Read again", "Прочитать заново");
    public static readonly Words ImportAsked = new("Reading {0}…", "Читаю: {0}…");
    public static readonly Words ImportTooSoon = new("It was asked for seconds ago.", "Это уже запрошено несколько секунд назад.");

    public static readonly Words ManagersLead = new("Employees of all cabinets joined with users of the CRM. Who is not matched stands first: his calls cannot be owned.", "Сотрудники всех кабинетов, соединённые с пользователями CRM. Несопоставленные стоят первыми: у их звонков не будет ответственного.");
    public static readonly Words Unmatched = new("Employees without a CRM user", "Сотрудники без пользователя CRM");
    public static readonly Words AllMatched = new("Every employee has a user in the CRM.", "У каждого сотрудника есть пользователь CRM.");
    public static readonly Words Manager = new("Manager", "Менеджер");
    public static readonly Words Presence = new("Presence", "Присутствие");
    public static readonly Words Match = new("Matched", "Сопоставлен");
    public static readonly Words PhonesColumn = new("Phones", "Телефоны");
    public static readonly Words TestCard = new("Test card", "Проверить карточку");
    public static readonly Words TakeCardAway = new("Take away", "Убрать");
    public static readonly Words CardShown = new("The card is on the screen ({0})", "Карточка на экране ({0})");
    public static readonly Words CardNoBrowser = new("No browser of his is open in the CRM: sign in there, then try again.", "У него не открыта CRM в браузере: войдите туда и повторите.");
    public static readonly Words CardNoPackage = new("The package for cards is not installed in Creatio.", "В Creatio не установлен пакет карточек.");
    public static readonly Words CardFailed = new("The CRM did not take the card: {0}", "CRM не приняла карточку: {0}");
    public static readonly Words NoUser = new("no user in the CRM", "нет пользователя CRM");
    public static readonly Words NoPhone = new("no phone", "нет телефона");

    public static readonly Words RulesLead = new("What is done in the CRM after a call. The most specific rule that fits acts.", "Что делается в CRM после звонка. Действует самое точное подходящее правило.");
    public static readonly Words RuleWhen = new("For calls", "Для звонков");
    public static readonly Words RuleContact = new("Contact", "Контакт");
    public static readonly Words RuleDeal = new("Deal", "Сделка");
    public static readonly Words RuleTask = new("Task", "Задача");
    public static readonly Words RuleCard = new("Card", "Карточка");
    public static readonly Words RuleName = new("Name", "Название");
    public static readonly Words RuleRecord = new("Call record in the CRM", "Запись звонка в CRM");
    public static readonly Words RuleText = new("Text of the task", "Текст задачи");
    public static readonly Words RuleDue = new("Due in", "Срок");
    public static readonly Words RuleUnit = new("Unit", "Единица");
    public static readonly Words RuleDealTitle = new("Title of the deal", "Название сделки");
    public static readonly Words Edit = new("Edit", "Изменить");
    public static readonly Words EditOf = new("Edit rule {0}", "Изменить правило {0}");
    public static readonly Words EditTitle = new("Edit rule", "Правило");
    public static readonly Words Saved = new("Saved. It acts from the next call on.", "Сохранено. Действует со следующего звонка.");
    public static readonly Words ConflictTitle = new("Somebody else changed this rule meanwhile", "Это правило тем временем изменил кто-то другой");
    public static readonly Words ConflictHint = new("Their version is shown beside yours. Take theirs, or save yours over it.", "Рядом с вашей версией показана их. Возьмите её или сохраните свою поверх.");
    public static readonly Words TakeTheirs = new("Take theirs", "Взять их версию");
    public static readonly Words SaveMine = new("Save mine over it", "Сохранить мою поверх");
    public static readonly Words RuleGone = new("Somebody else took this rule away.", "Это правило кто-то удалил.");
    public static readonly Words Theirs = new("theirs: {0}", "у них: {0}");
    public static readonly Words VersionOf = new("version {0}", "версия {0}");

    public static readonly Words ExplainLead = new("Imagine a call: who would get it, in which order, and why. Nothing happens.", "Представьте звонок: кто его получит, в каком порядке и почему. Ничего не происходит.");
    public static readonly Words Caller = new("Caller's number", "Номер звонящего");
    public static readonly Words Dialled = new("Dialled number", "Набранный номер");
    public static readonly Words Digit = new("Digit pressed", "Нажатая цифра");
    public static readonly Words NoDigit = new("none", "не нажата");
    public static readonly Words At = new("At (empty: now)", "Когда (пусто: сейчас)");
    public static readonly Words Busy = new("Busy numbers, by comma", "Занятые номера через запятую");
    public static readonly Words DoExplain = new("Explain", "Показать");
    public static readonly Words WouldRing = new("Would ring, in this order", "Зазвонит в таком порядке");
    public static readonly Words WouldNotRing = new("Would not be asked", "Не спросят");
    public static readonly Words CodeInstead = new("Instead of phones UIS gets return code {0}.", "Вместо номеров UIS получит код {0}.");
    public static readonly Words SaysToManager = new("The manager hears: “{0}”", "Менеджер услышит: «{0}»");
    public static readonly Words UnknownClient = new("not known in the CRM", "нет в CRM");

    public static readonly Words StatsLead = new("Calls, share answered, waiting and time to call back, by the day of each city.", "Звонки, доля отвеченных, ожидание и время до перезвона по дням каждого города.");
    public static readonly Words DaysOf = new("{0} days", "{0} дн.");
    public static readonly Words Period = new("Period", "Период");
    public static readonly Words NoCallsThen = new("No calls in this period", "За этот период звонков не было");
    public static readonly Words NoCallsThenHint = new("Choose a longer period or another cabinet.", "Выберите период подлиннее или другой кабинет.");
    public static readonly Words NoFigure = new("Nothing to count in this period.", "За этот период считать нечего.");
    public static readonly Words ChartCalls = new("Calls a day", "Звонки по дням");
    public static readonly Words ChartShare = new("Share answered, %", "Доля отвеченных, %");
    public static readonly Words ChartWait = new("Waiting, seconds", "Ожидание, секунды");
    public static readonly Words ChartBack = new("Time to call back, minutes", "До перезвона, минуты");
    public static readonly Words Incoming = new("Incoming", "Входящие");
    public static readonly Words Answered = new("Answered", "Отвечено");
    public static readonly Words MissedN = new("Missed", "Пропущено");
    public static readonly Words Outgoing = new("Outgoing", "Исходящие");
    public static readonly Words ShareColumn = new("Share", "Доля");
    public static readonly Words WaitColumn = new("Waiting", "Ожидание");
    public static readonly Words BackColumn = new("To call back", "До перезвона");

    public static readonly Words AuditLead = new("Every change by a person, newest first.", "Каждое изменение, сделанное человеком; новые сверху.");
    public static readonly Words Who = new("Who", "Кто");
    public static readonly Words WhoHint = new("Name of a user or key, in full", "Имя пользователя или ключа целиком");
    public static readonly Words What = new("What", "Что");
    public static readonly Words Details = new("Details", "Подробности");
    public static readonly Words NoAudit = new("Nobody has changed anything yet", "Ещё никто ничего не менял");
    public static readonly Words NoAuditHint = new("Replays, edits of rules and the like appear here.", "Здесь появятся повторы, правки правил и подобное.");
    public static readonly Words NoAuditFound = new("No change fits the filters", "Под фильтры не подходит ни одно изменение");
    public static readonly Words NoAuditFoundHint = new("Take a filter away, or write the name of the user or key in full.", "Уберите один из фильтров или напишите имя пользователя или ключа целиком.");

    public static readonly Words SettingsLead = new("As the hub was started. Settings are changed in the environment or appsettings.json, then the hub is restarted. Secrets are hidden.", "С чем запущен сервис. Настройки меняются в окружении или appsettings.json с перезапуском. Секреты скрыты.");
    public static readonly Words Value = new("Value", "Значение");
    public static readonly Words HiddenSecret = new("set, hidden", "задано, скрыто");
    public static readonly Words NotSet = new("not set", "не задано");
}
