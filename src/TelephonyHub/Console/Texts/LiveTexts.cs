using TelephonyHub.Cabinets;

namespace TelephonyHub.Console.Texts;

internal static class LiveTexts
{
    public static readonly Words Lead = new("Calls and managers of this moment. The page moves by itself.", "Звонки и менеджеры в эту минуту. Страница обновляется сама.");
    public static readonly Words Quiet = new("Nobody is calling right now", "Сейчас никто не звонит");
    public static readonly Words QuietHint = new("A call appears here within a second.", "Звонок появится здесь в течение секунды.");
    public static readonly Words Waiting = new("waiting", "ждут");
    public static readonly Words Talking = new("talking", "говорят");
    public static readonly Words Waits = new("waits", "ждёт");
    public static readonly Words Talks = new("talks", "говорит");
    public static readonly Words NobodyRings = new("no phone rings yet", "пока ни у кого не звонит");
    public static readonly Words Doubt = new("perhaps over already", "возможно, уже завершён");
    public static readonly Words NoCallsHere = new("quiet", "тихо");
    public static readonly Words FromEvents = new("by notifications only", "только по уведомлениям");
    public static readonly Words Managers = new("Managers", "Менеджеры");
    public static readonly Words NoManagers = new("No manager is known yet", "Менеджеры ещё не загружены");
    public static readonly Words NoManagersHint = new("They come with the first import of a cabinet, within a minute.", "Они появятся с первой загрузкой кабинета, в течение минуты.");
    public static readonly Words AvailableOf = new("{0} of {1} available", "{0} из {1} на месте");
}
