using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Staffing;

namespace TelephonyHub.Routing;

/// <summary>The words of the policy, in English and Russian. Stored with the decision: they must be understood months later, without the facts.</summary>
internal static class Reasons
{
    public static readonly Reason Transferred = new("The client is being transferred to him.", "Клиента переводят на него.");
    public static readonly Reason Responsible = new("Responsible for the client in the CRM.", "Ответственный за клиента в CRM.");
    public static readonly Reason Deputy = new("Stands in for the responsible manager.", "Замещает ответственного.");
    public static readonly Reason TalkedLast = new("Talked last with this client.", "Последним говорил с этим клиентом.");
    public static readonly Reason RegionUnknown = new("The region is not known.", "Регион не определён.");
    public static readonly Reason DutyExcluded = new("Excluded by the cabinet's setting.", "Исключён настройкой кабинета.");
    public static readonly Reason NoPhone = new("He has no phone that can be dialled from this cabinet.", "У него нет телефона, доступного из этого кабинета.");
    public static readonly Reason SwitchedOff = new("Switched off in the PBX.", "Отключён в АТС.");
    public static readonly Reason NotFromHere = new("A SIP number or extension of another cabinet cannot be dialled from this one.", "SIP-номер или внутренний номер другого кабинета отсюда не набрать.");
    public static readonly Reason Tried = new("Was given before in this call and did not answer.", "Уже набирали в этом звонке, ответа не было.");
    public static readonly Reason OwnCaller = new("It is the caller's own number.", "Это номер самого звонящего.");
    public static readonly Reason CallerHimself = new("It is the caller himself.", "Это сам звонящий.");
    public static readonly Reason Itself = new("It is the number that was dialled: the call would come back here.", "Это сам набранный номер: звонок вернулся бы сюда же.");
    public static readonly Reason Circle = new("A number of the company led the call here: dialling another one could go in a circle.", "Звонок привёл сюда номер компании: набор ещё одного мог бы зациклиться.");
    public static readonly Reason AssumedBusy = new("Assumed to be on a call.", "По условию занят разговором.");
    public static readonly Reason Twice = new("Stands earlier in the chain.", "Уже есть в цепочке.");
    public static readonly Reason NotActive = new("He is no active employee.", "Не действующий сотрудник.");
    public static readonly Reason OutsideSchedule = new("Outside his schedule in the PBX.", "Вне его графика в АТС.");
    public static readonly Reason NobodyLeft = new("Nobody is left to ring: the branch for that.", "Звонить больше некому: ветка для этого случая.");
    public static readonly Reason Blocked = new("The number is on the blacklist.", "Номер в чёрном списке.");

    public static Reason Both(Reason one, Reason other) => new($"{one.En} {other.En}", $"{one.Ru} {other.Ru}");

    public static Reason WithStatus(Reason reason, PresenceNow presence) => presence is { Status: { } status, StatusAge: { } age }
        ? Both(reason, new Reason($"Status \"{status}\", {Age(age, "en")} old.", $"Статус «{status}», {Age(age, "ru")} назад."))
        : reason;

    public static Reason OnCall(PresenceNow presence) => presence.IsAssumed ? AssumedBusy : presence.CallsAge is { } old
        ? new Reason($"On a call now (seen {Seconds(old)} s ago).", $"Сейчас разговаривает (данные {Seconds(old)} с назад).")
        : new Reason("On a call now.", "Сейчас разговаривает.");

    public static Reason Away(string? status, TimeSpan age) =>
        new($"His status \"{status ?? "?"}\" takes no calls ({Age(age, "en")} old).", $"Его статус «{status ?? "?"}» не принимает звонки ({Age(age, "ru")} назад).");

    public static Reason Absent(AbsencePeriod absent)
    {
        // As it was entered, with its own offset.
        var until = At(absent.Until.DateTime);
        var note = absent.Note is { Length: > 0 } text ? $" ({text})" : "";
        return new Reason($"Absent until {until}{note}.", $"Отсутствует до {until}{note}.");
    }

    public static Reason Closed(DeskHours hours)
    {
        var (holidayEn, holidayRu) = hours.Holiday is { } name ? ($", holiday: {name}", $", праздник: {name}") : ("", "");
        var (opensEn, opensRu) = hours.OpensAt is { } opens ? ($"; works again {At(opens)}", $"; снова работает {At(opens)}") : ("", "");
        return new Reason($"{hours.City} does not work now: it is {At(hours.LocalTime)} there{holidayEn}{opensEn}.", $"{hours.City} сейчас не работает: там {At(hours.LocalTime)}{holidayRu}{opensRu}.");
    }

    public static Reason Group(Desk desk) => new($"Group of the region {desk.Cabinet.Name}.", $"Группа региона {desk.Cabinet.Name}.");

    public static Reason Substitute(Desk substitute, Desk closed) =>
        new($"{closed.Cabinet.Name} is closed, {substitute.Cabinet.Name} takes over.", $"{closed.Cabinet.Name} закрыт, подменяет {substitute.Cabinet.Name}.");

    public static Reason Duty(Desk desk, Colleague? who)
    {
        var reason = desk.FromRota
            ? new Reason($"Duty manager of {desk.Cabinet.Name} by the rota.", $"Дежурный по графику: {desk.Cabinet.Name}.")
            : new Reason($"Duty manager of {desk.Cabinet.Name}.", $"Дежурный: {desk.Cabinet.Name}.");
        return who is { Presence.OnCall: true } ? Both(reason, OnCall(who.Presence)) : reason;
    }

    public static Reason NoDuty(Desk desk) => new($"{desk.Cabinet.Name} has no duty manager now.", $"У кабинета {desk.Cabinet.Name} сейчас нет дежурного.");

    public static Reason TooLong(int most) => new($"The list ends after {most} phones.", $"Список ограничен: {most} телефонов.");

    public static Reason GroupCode(int code) => new($"The group is rung by the PBX, branch {code}.", $"Группу вызывает АТС, ветка {code}.");

    public static Reason NightCode(DeskHours hours) => Both(Closed(hours), new Reason("Night branch.", "Ночная ветка."));

    public static Reason TooMany(int most) =>
        new($"An unknown number called more than {most} times a minute.", $"Неизвестный номер звонил чаще {most} раз в минуту.");

    public static Reason NoResponsible(RoutingFacts facts) => facts switch
    {
        { Special: SpecialCaller.Employee } => new Reason($"An employee calls: {facts.CallerPerson?.Name}.", $"Звонит сотрудник: {facts.CallerPerson?.Name}."),
        { Special: SpecialCaller.OwnNumber } => new Reason("The number shown is the company's own: who calls is not known.", "Показан номер самой компании: кто звонит, неизвестно."),
        { Special: SpecialCaller.Hidden } => new Reason("The caller's number is hidden or cannot be parsed.", "Номер звонящего скрыт или не распознан."),
        { Client.Client: { OwnerContactId: null } } => new Reason("The client has no owner in the CRM.", "У клиента в CRM нет ответственного."),
        { Client.Client: not null } => new Reason("The owner in the CRM is no active employee.", "Ответственный в CRM — не действующий сотрудник."),
        { Client.Knowledge: ClientKnowledge.NotAsked } => new Reason($"The CRM could not be asked in time ({facts.Client.Note}).", $"CRM не успела ответить ({facts.Client.Note})."),
        _ => new Reason("The CRM does not know the number.", "Номера нет в CRM."),
    };

    public static Reason Region(RoutingFacts facts)
    {
        var name = facts.RegionDesk?.Cabinet.Name ?? "";
        return facts.Region.Source switch
        {
            RegionSource.Digit => new Reason($"{name}: the caller pressed {facts.Question.Digit}.", $"{name}: клиент нажал {facts.Question.Digit}."),
            RegionSource.DialledNumber => new Reason($"{name}: the number dialled belongs to it.", $"{name}: набран её номер."),
            RegionSource.CallerNumber => new Reason($"{name}: area code of the caller's number.", $"{name}: по коду номера клиента."),
            RegionSource.NumberingPlan => new Reason(
                $"{name}: the caller's mobile number was given out there (numbering plan; a ported number may mislead).",
                $"{name}: мобильный номер клиента выдан там (реестр нумерации; перенесённый номер может ввести в заблуждение)."),
            _ => new Reason("Unknown: nothing pressed, common number, no area code.", "Не определён: ничего не нажато, общий номер, код не указывает на город."),
        };
    }

    public static string? OperatorText(RoutingFacts facts)
    {
        // Of a transferred client the manager's phone may show the company's number, so an unknown one is told by his own.
        var who = facts.Special switch
        {
            SpecialCaller.Employee => $"Сотрудник {facts.CallerPerson?.Name}".Trim(),
            SpecialCaller.Hidden => "Номер скрыт",
            _ => facts.Client.Client?.Name ?? (facts.Handover?.Client is { } number && number != facts.Question.Caller ? number.Display : null),
        };
        // Where routing only gave the number he may as well have dialled it himself.
        var transferred = facts.Handover is { From: not null } or { ManagerContactId: not null };
        var parts = new[] { transferred ? "Перевод" : null, who, facts.RegionDesk?.Cabinet.Name }.Where(p => !string.IsNullOrWhiteSpace(p)).ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private static string At(DateTime local) => local.ToString("dd.MM HH:mm", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan age) => Math.Max(0, (int)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>A status is renewed every few minutes: seconds would pretend to know more.</summary>
    private static string Age(TimeSpan age, string language)
    {
        var unit = language == "ru" ? "мин" : "min";
        return age < TimeSpan.FromMinutes(1) ? $"<1 {unit}" : string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} {unit}");
    }
}
