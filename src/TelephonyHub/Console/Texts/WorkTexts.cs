using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

/// <summary>Missed calls, what did not reach the CRM, quarantine, proof.</summary>
internal static class WorkTexts
{
    public static readonly Words MissedLead = new("Clients who were not reached: one line for all attempts, until somebody talks with them.", "Клиенты, которым не ответили: одна строка на все попытки, пока с ними не поговорят.");
    public static readonly Words MissedOpen = new("to call back", "перезвонить");
    public static readonly Words MissedOverdue = new("overdue", "просрочено");
    public static readonly Words MissedMean = new("mean time to call back, {0} days", "в среднем перезвон через, за {0} дн.");
    public static readonly Words CallBack = new("Call back", "Перезвонить");
    public static readonly Words NoMissed = new("Nobody waits for a call back", "Никто не ждёт обратного звонка");
    public static readonly Words NoMissedHint = new("A missed call appears here with its owner and deadline.", "Пропущенный звонок появится здесь с ответственным и сроком.");
    public static readonly Words DueAt = new("Deadline", "Срок");
    public static readonly Words Age = new("Waits for", "Ждёт уже");
    public static readonly Words Attempts = new("Attempts", "Попытки");
    public static readonly Words CallBackTime = new("Called back after", "Перезвонили через");
    public static readonly Words TaskInCrm = new("Task", "Задача");
    public static readonly Words FirstMissed = new("First missed", "Пропущен");
    public static readonly Words All = new("All", "Все");

    public static readonly Words FailedLead = new("What the hub wants to write and could not, by cause. Mend the cause, then send it again.", "Что сервис хочет записать и не смог, по причинам. Устраните причину и отправьте ещё раз.");
    public static readonly Words NoFailed = new("Everything has reached the CRM", "До CRM дошло всё");
    public static readonly Words NoFailedHint = new("What fails appears here with its cause.", "Что не дойдёт, появится здесь с причиной.");
    public static readonly Words GivenUp = new("given up, waits for you", "остановлено, ждёт вас");
    public static readonly Words TriedAgain = new("tried again by itself", "повторяется само");
    public static readonly Words Replay = new("Send again", "Отправить ещё раз");
    public static readonly Words ReplayAll = new("Send all again", "Отправить всё ещё раз");
    public static readonly Words ReplayAsk = new("{0} will be sent to the CRM again, with the attempts counted from the beginning. Nothing is written twice.", "В CRM ещё раз уйдёт: {0}, попытки считаются заново. Дважды ничего не запишется.");
    public static readonly Words Replayed = new("Sent again: {0}", "Отправлено ещё раз: {0}");
    public static readonly Words NothingLeft = new("Nothing is left to send: it went by itself meanwhile.", "Отправлять нечего: за это время всё ушло само.");
    public static readonly Words Which = new("Which calls", "Какие звонки");
    public static readonly Words LastAt = new("last", "последняя");

    public static readonly Words QuarantineLead = new("Notifications that came with the right token and were not understood. Nothing is lost: they can be read again after an update.", "Уведомления с верным токеном, которые не удалось понять. Ничего не потеряно: после обновления их можно прочитать снова.");
    public static readonly Words NoQuarantine = new("Everything that came was understood", "Всё, что пришло, понято");
    public static readonly Words NoQuarantineHint = new("What is not understood is kept here whole.", "Непонятое хранится здесь целиком.");
    public static readonly Words ReadAgain = new("Read again", "Прочитать снова");
    public static readonly Words ReadAgainAsk = new("{0} will be read again. What is understood goes into the journal.", "Будет прочитано снова: {0}. Понятое попадёт в журнал.");
    public static readonly Words ReadAgainDone = new("Understood now: {0} of {1}", "Теперь понятно: {0} из {1}");
    public static readonly PluralWords Bytes = new("byte", "bytes", "байт", "байта", "байт");
    public static readonly Words ShowBody = new("Show the text", "Показать текст");
    public static readonly Words Body = new("Text as it came", "Текст как пришёл");

    public static readonly Words ProofLead = new("Per cabinet and day: the PBX's own report against the journal, and what the CRM should hold against what it holds.", "По кабинетам и дням: отчёт самой АТС против журнала, и что должно быть в CRM против того, что там есть.");
    public static readonly Words RunNow = new("Compare now", "Сверить сейчас");
    public static readonly Words Running = new("Comparing…", "Сверяю…");
    public static readonly Words RunDone = new("Compared.", "Сверено.");
    public static readonly Words RunBusy = new("A comparison is under way already; its result appears here.", "Сверка уже идёт; результат появится здесь.");
    public static readonly Words RunFailed = new("Could not be compared: {0}. /health/ready says what ails.", "Не удалось сверить: {0}. Что случилось, видно на /health/ready.");
    public static readonly Words Day = new("Day", "День");
    public static readonly Words Pbx = new("PBX", "АТС");
    public static readonly Words JournalN = new("Journal", "Журнал");
    public static readonly Words Expected = new("CRM expected", "CRM ожидается");
    public static readonly Words Crm = new("CRM", "CRM");
    public static readonly Words Verdict = new("Verdict", "Итог");
    public static readonly Words Agrees = new("agrees", "сходится");
    public static readonly Words Differs = new("differs", "расходится");
    public static readonly Words Rest = new("The rest, by reason", "Остальное по причинам");
    public static readonly Words NoProof = new("Nothing was compared yet", "Сверки ещё не было");
    public static readonly Words NoProofHint = new("The first comparison runs a minute after the start; or press Compare now.", "Первая сверка идёт через минуту после запуска; или нажмите «Сверить сейчас».");
    public static readonly Words AllAgree = new("Every day agrees: no call is lost.", "Все дни сходятся: ни один звонок не потерян.");
    public static readonly Words SomeDiffer = new("Days that differ: {0}. What is missing is rebuilt by itself; what stays is listed below.", "Дней с расхождениями: {0}. Недостающее восстанавливается само; что осталось, указано ниже.");
    public static readonly Words Backfill = new("Rebuild a period", "Восстановить период");
    public static readonly Words BackfillLead = new(
        "Was the hub down on some day? Its days are compared in the background, and calls that the journal lacks are rebuilt from the PBX's report.",
        "Сервис в какой-то день не работал? Дни сверяются в фоне, а звонки, которых нет в журнале, восстанавливаются по отчёту АТС.");
    public static readonly Words DoBackfill = new("Backfill", "Восстановить");
    public static readonly Words BackfillAsked = new("Asked for. How far it is, stands in the list.", "Принято. Ход виден в списке.");
    public static readonly Words BackfillDone = new("done", "готово");
    public static readonly Words FirstDay = new("First day", "Первый день");
    public static readonly Words LastDay = new("Last day", "Последний день");
    public static readonly Words Period = new("Period", "Период");
    public static readonly Words DaysDone = new("Days compared", "Сверено дней");
    public static readonly Words DaysOf = new("{0} of {1}", "{0} из {1}");
    public static readonly Words AskedBy = new("Asked for by", "Кто попросил");
    public static readonly Words Why = new("Why", "Почему");
    public static readonly Words ComparedAt = new("compared {0}", "сверено {0}");

    public static readonly IReadOnlyDictionary<string, Words> Differences = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["in the PBX's report, not in the journal"] = new("in the PBX's report, not in the journal", "есть в отчёте АТС, нет в журнале"),
        ["in the journal, not in the PBX's report"] = new("in the journal, not in the PBX's report", "есть в журнале, нет в отчёте АТС"),
        ["expected in the CRM, not there"] = new("expected in the CRM, not there", "должен быть в CRM, но его там нет"),
        ["answered in the journal, lost in the PBX's report"] = new("answered in the journal, lost in the PBX's report", "в журнале отвечен, в отчёте АТС потерян"),
        ["answered in the PBX's report, missed in the journal"] = new("answered in the PBX's report, missed in the journal", "в отчёте АТС отвечен, в журнале пропущен"),
        ["going on in the PBX's report, unknown to the journal"] = new("going on in the PBX's report, unknown to the journal", "идёт по отчёту АТС, в журнале неизвестен"),
        ["deleted in the CRM"] = new("deleted in the CRM", "удалено в CRM"),
        ["changed in the CRM"] = new("changed in the CRM", "изменён в CRM"),
        ["ongoing"] = new("still going on", "ещё идёт"),
        ["not planned yet"] = new("not planned yet", "план ещё не составлен"),
        ["internal"] = new("internal call", "внутренний звонок"),
        ["rule"] = new("the rule makes no record", "правило не создаёт записи"),
        ["before go-live"] = new("before go-live", "до запуска"),
    };

    /// <summary>What a difference says after its colon; names of columns stand as they are.</summary>
    public static readonly IReadOnlyDictionary<string, Words> DifferenceDetails = new Dictionary<string, Words>(StringComparer.Ordinal)
    {
        ["deleted there"] = new("deleted there", "удалён там"),
        ["not planned yet"] = new("not planned yet", "план ещё не составлен"),
        ["not written yet"] = new("not written yet", "ещё не записан"),
    }.Concat(WordTexts.Categories.Select(c => KeyValuePair.Create($"given up ({c.Key})", new Words($"given up: {c.Value.En}", $"остановлено: {c.Value.Ru}"))))
        .ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal);
}
