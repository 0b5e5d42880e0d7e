using TelephonyHub.Hosting;
using TelephonyHub.Uis;

namespace TelephonyHub.Cabinets;

/// <summary>What an administrator should look at in a cabinet.</summary>
/// <param name="Code">For programs: <c>callerNumber | numbersNotConfigured | numbersNotListed | unmatchedEmployees | timeZone | liveCalls | part | noEvents | pointsLow</c>.</param>
/// <param name="Severity"><c>info | warning</c></param>
public sealed record CabinetHint(string Code, string Severity, Words Words);

/// <summary>Everything hints are made of.</summary>
public sealed record CabinetHintFacts
{
    public required CabinetSettings Settings { get; init; }

    public required CabinetStatus Status { get; init; }

    public required NumberComparison Numbers { get; init; }

    public required CallerNumberEvidence Evidence { get; init; }

    public required int UnmatchedEmployees { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>Of both APIs, as last reported.</summary>
    public required IReadOnlyList<UisPoints> Points { get; init; }
}

/// <summary>Facts of a cabinet → hints in plain words. Pure.</summary>
public static class CabinetHints
{
    private const string Info = "info";
    private const string Warning = "warning";

    public static IReadOnlyList<CabinetHint> Of(CabinetHintFacts facts)
    {
        var hints = new List<CabinetHint>();
        if (facts.Status.OtherTimeZone is { } zone)
        {
            hints.Add(new CabinetHint("timeZone", Warning, new Words(
                $"The account's time zone is {zone}, the setting says {facts.Settings.TimeZone.Id}: times of calls are misread. Set Cabinets__{facts.Settings.Key}__TimeZone={zone}.",
                $"Часовой пояс аккаунта {zone}, в настройке {facts.Settings.TimeZone.Id}: время звонков читается неверно. Укажите Cabinets__{facts.Settings.Key}__TimeZone={zone}.")));
        }

        if (facts.LastEventAt is null)
        {
            hints.Add(new CabinetHint("noEvents", Warning, new Words(
                "No event has ever come from this cabinet: set up the HTTP notifications in UIS.",
                "Из этого кабинета ещё не пришло ни одного события: настройте HTTP-уведомления в UIS.")));
        }

        hints.Add(CallerNumber(facts.Evidence));
        hints.AddRange(Numbers(facts));
        if (facts.UnmatchedEmployees > 0)
        {
            hints.Add(new CabinetHint("unmatchedEmployees", Info, new Words(
                FormattableString.Invariant($"{facts.UnmatchedEmployees} employees have no user in the CRM: see GET /api/v1/managers/unmatched."),
                FormattableString.Invariant($"Сотрудников без пользователя CRM: {facts.UnmatchedEmployees}, см. GET /api/v1/managers/unmatched."))));
        }

        hints.AddRange(facts.Points.Where(p => p is { Window: "day", Limit: > 0 } && p.Remaining * 10 < p.Limit).Select(PointsLow));

        if (facts.Status.CallFault is { } live)
        {
            hints.Add(new CabinetHint("liveCalls", live.ComponentMissing ? Info : Warning, live.ComponentMissing
                ? new Words("The component 'Call API Управление вызовами' is not connected: the live board rests on events alone, and calls cannot be transferred.", "Не подключён компонент «Call API Управление вызовами»: доска звонков строится только по событиям, перевод звонков недоступен.")
                : new Words($"Live calls cannot be listed. {live.Words.En}", $"Список текущих звонков не читается. {live.Words.Ru}")));
        }

        hints.AddRange(facts.Status.PartFaults.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new CabinetHint("part", Info, new Words($"{p.Key}: {p.Value.Words.En}", $"{p.Key}: {p.Value.Words.Ru}"))));
        return hints;
    }

    private static CabinetHint PointsLow(UisPoints points)
    {
        var (name, en, ru) = points.Api == "call"
            ? ("Call API", "when none is left, calls can be neither transferred nor listed until tomorrow", "Когда они кончатся, до завтра нельзя будет переводить звонки и сверять список текущих")
            : ("Data API", "what can wait is asked more rarely", "То, что может подождать, опрашивается реже");
        return new CabinetHint("pointsLow", Warning, new Words(
            FormattableString.Invariant($"{points.Remaining} of {points.Limit} {name} points of the day are left: {en}."),
            FormattableString.Invariant($"Осталось баллов {name} на сегодня: {points.Remaining} из {points.Limit}. {ru}.")));
    }

    private static CabinetHint CallerNumber(CallerNumberEvidence evidence)
    {
        var seen = FormattableString.Invariant($"{evidence.Service} / {evidence.Service + evidence.Client}");
        return evidence switch
        {
            { IsWrong: true } => new CabinetHint("callerNumber", Warning, new Words(
                $"Managers saw the virtual number instead of the client's in {seen} of the last rings. Open the scenario's forwarding and interactive operations and set «Показывать при звонке: номер звонящего».",
                $"Менеджеры видели номер услуги вместо номера клиента: {seen} последних вызовов. Откройте в сценарии операции переадресации и интерактивной обработки и выберите «Показывать при звонке: номер звонящего».")),
            { Client: > 0 } => new CabinetHint("callerNumber", Info, new Words(
                "Managers saw the client's own number in the last rings: «Показывать при звонке: номер звонящего» is set as it should be.",
                "В последних вызовах менеджеры видели номер клиента: «Показывать при звонке: номер звонящего» настроено верно.")),
            _ => new CabinetHint("callerNumber", Info, new Words(
                "Set «Показывать при звонке: номер звонящего» in each forwarding and interactive operation of the scenarios, so that managers see the client's number. UIS has no API to read this switch, and no call has shown it yet.",
                "В каждой операции переадресации и интерактивной обработки сценария выберите «Показывать при звонке: номер звонящего», чтобы менеджер видел номер клиента. Прочитать этот переключатель через API UIS нельзя, а звонков для проверки пока не было.")),
        };
    }

    private static IEnumerable<CabinetHint> Numbers(CabinetHintFacts facts)
    {
        if (facts.Numbers.NotConfigured.Count > 0)
        {
            var list = string.Join(", ", facts.Numbers.NotConfigured.Select(n => n.E164));
            yield return new CabinetHint("numbersNotConfigured", Info, new Words(
                $"UIS lists numbers that no setting names, so they mean no region: {list}. Add them to Cabinets__{facts.Settings.Key}__Numbers or Routing__CommonNumbers.",
                $"В UIS есть номера, которых нет в настройках, регион по ним не определить: {list}. Добавьте их в Cabinets__{facts.Settings.Key}__Numbers или Routing__CommonNumbers."));
        }

        if (facts.Numbers.NotListed.Count > 0)
        {
            var list = string.Join(", ", facts.Numbers.NotListed.Select(n => n.E164));
            yield return new CabinetHint("numbersNotListed", Warning, new Words(
                $"Configured numbers that UIS does not list in this account: {list}.",
                $"Номера из настроек, которых нет в этом аккаунте UIS: {list}."));
        }
    }
}
