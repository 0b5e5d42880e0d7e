using System.Globalization;
using System.Text.RegularExpressions;
using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

/// <summary>
/// What the checks of the API say of a field, for people. The checks themselves speak English, as the API does; here each of their sentences stands once
/// more, with {n} for what differs, and its Russian.
/// </summary>
internal static class FaultTexts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>By its English.</summary>
    public static readonly IReadOnlyDictionary<string, Words> Reasons = new Words[]
    {
        new("is required.", "нужно заполнить."),
        new("must be text.", "должно быть текстом."),
        new("must be a list.", "должно быть списком."),
        new("must be an object.", "должно быть набором полей."),
        new("must be a JSON object.", "должно быть набором полей."),
        new("must be true or false.", "должно быть «да» или «нет»."),
        new("must be a GUID.", "должно быть идентификатором записи (GUID)."),
        new("must not be null.", "не может быть пустым."),
        new("must be one of {0}.", "допустимо одно из: {0}."),
        new("must be empty or one of {0}.", "должно быть пустым или одним из: {0}."),
        new("must be one or more of {0}.", "нужно одно или несколько из: {0}."),
        new("may hold each of {0} once.", "допустимо каждое из {0}, по одному разу."),
        new("must be a whole number from {0} to {1}.", "должно быть целым числом от {0} до {1}."),
        new("must have at most {0} characters.", "не длиннее {0} знаков."),
        new("must have at most {0} characters, and none that cannot be stored.", "не длиннее {0} знаков и без недопустимых символов."),
        new("must have {0} to {1} characters.", "должно быть от {0} до {1} знаков."),
        new("may hold letters, digits and . _ - @ +", "допустимы буквы, цифры и . _ - @ +"),
        new("has a field that is unknown here, or lacks one that is required.", "есть неизвестное поле, или не хватает обязательного."),
        new("has a value of the wrong form, an unknown field, or lacks one that is required.", "значение не того вида, есть неизвестное поле или не хватает обязательного."),

        // Rules.
        new("is no field of a rule here.", "такого поля у правила нет."),
        new("must be a phone number.", "должно быть номером телефона."),
        new("is a condition of answered calls: nobody talked in a missed one.", "это условие отвеченных звонков: в пропущенном никто не говорил."),
        new("is a condition of missed incoming calls.", "это условие пропущенных входящих звонков."),
        new("orders have no type.", "у заказов нет типа."),
        new("is given to deals that are made; this rule only closes one.", "задаётся для создаваемых сделок; это правило сделку только закрывает."),
        new("is required with stageId or typeId: they are lookups of one entity.", "нужно вместе со стадией или типом: это справочники одного объекта."),
        new("is required: the contact of the person whose the tasks are.", "нужно указать контакт того, чьи это задачи."),
        new("goes only with whose = person.", "указывается, только если задача поручена определённому человеку."),
        new("must be the contact of an active user of the CRM.", "должен быть контактом действующего пользователя CRM."),
        new("close is for rules with a tag: only what is said of a call later can make its deal needless.", "закрывать сделку может только правило с тегом: лишней её делает лишь то, что сказали о звонке позже."),
        new("a deal needs a contact: contact must be create, or find for known clients.", "сделке нужен контакт: создать, а для известных клиентов — найти."),
        new("is set on rules of answered incoming calls: while the phone rings nobody knows that it will be missed.", "задаётся в правилах отвеченных входящих: пока телефон звонит, никто не знает, что звонок пропустят."),
        new("is set on the rule without tag and minTalkSeconds: while the phone rings neither is known.", "задаётся в правиле без тега и длительности разговора: пока телефон звонит, они неизвестны."),
        new("call: the rule makes no Call record.", "звонок: правило не создаёт запись звонка."),
        new("contact: the rule links no contact.", "контакт: правило не связывает контакт."),
        new("deal: the rule makes no deal.", "сделка: правило не создаёт сделку."),
        new("{0} means nothing; there are {1}.", "{0} ничего не значит; есть {1}."),
        new("there may be at most {0} rules.", "правил может быть не больше {0}."),
        new("rule '{0}' ({1}) is for the same calls: change that one, or give this one another cabinet or condition.", "для тех же звонков есть правило «{0}» ({1}): измените его или дайте этому другой кабинет или условие."),
        new(
            "the rule for any cabinet without conditions (direction {0}, client {1}, result {2}) must stay: without it nothing would be said of such calls. Change what it does instead.",
            "правило для всех кабинетов без условий (направление {0}, клиент {1}, итог {2}) должно остаться: иначе о таких звонках ничего не сказано. Измените то, что оно делает."),

        // Working hours, rota, deputies.
        new("must be after 'from'.", "должно быть позже начала."),
        new("must be after 'from'; 00:00 is the end of the day, and hours over midnight are two parts.", "должно быть позже начала; 00:00 — это конец дня, а часы через полночь задаются двумя частями."),
        new("no day of the week has hours: nobody would ever work.", "ни в один день недели нет рабочих часов: никто никогда не работал бы."),
        new("hours are a region's: give them in its calendar.", "часы задаются для региона: укажите их в его календаре."),
        new("names somebody twice.", "кто-то назван дважды."),
        new("stands there twice.", "указано дважды."),
        new("overlaps with an earlier part.", "пересекается с более ранней частью."),
        new("must lie in the year.", "должно быть в этом году."),
        new("is required: the day on which the first person takes over.", "нужен день, с которого дежурит первый."),
        new("must name one to ten managers.", "нужно назвать от одного до десяти менеджеров."),
        new("must not name the manager himself.", "сам менеджер себя заменять не может."),
        new("must be one digit.", "должно быть одной цифрой."),
        new("must be a configured cabinet's key.", "должно быть ключом настроенного кабинета."),
        new("must be the key of another configured cabinet.", "должно быть ключом другого настроенного кабинета."),
        new("must be a part of a region's name.", "должно быть частью названия региона."),
        new("must have a 'contactId' or 'phones'.", "нужен человек или телефоны."),
        new("must be a phone number, a SIP number or an extension (digits).", "должно быть номером телефона, SIP-номером или внутренним номером (цифры)."),
        new("must be a year from 2000 to 2100.", "должно быть годом от 2000 до 2100."),
        new("must be the contact of a manager.", "должно быть контактом менеджера."),
        new("must be a name of letters, digits and '-'.", "должно быть именем из букв, цифр и «-»."),
        new("is the contact of no manager.", "это контакт не менеджера."),
        new("'{0}' is no configured cabinet; the cabinets are {1}.", "«{0}» — не настроенный кабинет; кабинеты: {1}."),

        // A file of a production calendar.
        new("holds no year.", "в файле нет ни одного года."),
        new("is no production calendar: {0}", "это не производственный календарь: {0}"),
        new("is no production calendar: its XML is wrong in line {0}.", "это не производственный календарь: ошибка XML в строке {0}."),
        new("is no production calendar: its XML holds what a calendar does not.", "это не производственный календарь: в XML есть то, чего в календаре не бывает."),
        new("is no production calendar: it is not written in UTF-8.", "это не производственный календарь: текст не в кодировке UTF-8."),
        new("is no production calendar: a day or a holiday stands there twice, or the cells are broken.", "это не производственный календарь: день или праздник указан дважды или испорчены ячейки."),
        new("'{0}' is no day of the year; '12.31' is.", "«{0}» — не день года; верно, например, «12.31»."),
        new("a day of type '{0}' is unknown.", "дней типа «{0}» не бывает."),
        new("<{0}> lacks '{1}'.", "в <{0}> нет «{1}»."),
        new("'{0}' is no year from 2000 to 2100.", "«{0}» — не год от 2000 до 2100."),
        new("'{0}' is no number.", "«{0}» — не число."),

        // A notification that was not understood.
        new("The body is neither whole JSON nor form fields.", "Тело — не целый JSON и не поля формы."),
        new("There are no fields.", "Нет ни одного поля."),
        new("The kind of event is not named and the fields fit no default template.", "Вид события не назван, а поля не подходят ни к одному стандартному шаблону."),
        new("Unknown mnemonic '{0}'.", "Неизвестное событие «{0}»."),
        new("Call event {0} without a valid call_session_id.", "Событие звонка {0} без верного call_session_id."),
        new("A call event without call_session_id.", "Событие звонка без call_session_id."),
        new("The database refused the row: {0}.", "База данных не приняла строку: {0}."),

        // A period to be compared.
        new("is none of the configured cabinets.", "такого кабинета среди настроенных нет."),
        new("must be a date or an ISO 8601 time.", "нужна дата."),
        new("must be after from, by {0} days at most.", "должно быть не раньше начала, и весь период — не длиннее {0} дней."),

        // Users and keys.
        new("cannot be changed: audit and sessions refer to it.", "изменить нельзя: на него ссылаются журнал действий и сеансы."),
        new("is changed by POST …/password.", "меняется отдельно."),
        new("is over already.", "уже прошло."),
        new("is wrong.", "указан неверно."),
        new("cannot be checked now: too many wrong passwords. Try again in five minutes.", "сейчас не проверить: слишком много неверных паролей. Попробуйте через пять минут."),
        new("a manager sees his own calls: his contact in the CRM is required.", "менеджер видит свои звонки: нужен его контакт в CRM."),
        new("a supervisor sees the cabinets that are named here: name one or more.", "руководитель видит названные здесь кабинеты: назовите хотя бы один."),
        new("There is a user of this name.", "Пользователь с таким именем уже есть."),
        new("A key of this name is in use: revoke it first, or take another name.", "Ключ с таким именем действует: отзовите его или возьмите другое имя."),
    }.ToDictionary(w => w.En, StringComparer.Ordinal);

    private static readonly List<(Regex Sentence, Words Words)> Patterns = [.. Reasons.Values.Where(w => w.En.Contains("{0}", StringComparison.Ordinal)).Select(w => (PatternOf(w.En), w))];

    /// <summary>The sentence in the person's language; as it is, where none is known.</summary>
    public static string Say(string reason, bool russian)
    {
        if (!russian)
        {
            return reason;
        }

        if (Reasons.TryGetValue(reason, out var words))
        {
            return words.Ru;
        }

        foreach (var (sentence, pattern) in Patterns)
        {
            if (sentence.Match(reason) is { Success: true } match)
            {
                return string.Format(CultureInfo.InvariantCulture, pattern.Ru, [.. Enumerable.Range(0, match.Groups.Count - 1).Select(i => (object)Say(match.Groups[$"p{i}"].Value, russian))]);
            }
        }

        return reason;
    }

    private static Regex PatternOf(string sentence)
    {
        var escaped = Regex.Escape(sentence);
        for (var n = 0; sentence.Contains($"{{{n}}}", StringComparison.Ordinal); n++)
        {
            escaped = escaped.Replace($"\\{{{n}}}", $"(?<p{n}>.+?)", StringComparison.Ordinal);
        }

        return new Regex($"^{escaped}$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, Patience);
    }
}
