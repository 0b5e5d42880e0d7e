using TelephonyHub.Directory;
using TelephonyHub.Routing;
using TelephonyHub.Staffing;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Routing;

/// <summary>The decision table of presence, hours, deputies and duty: one row a case, in words. Anna of Moscow is responsible; 2 March 2026 is a Monday.</summary>
public sealed class PresenceAndHoursTests
{
    private const string AnnasMobile = "79260000001";
    private const string AnnasSip = "0083506";
    private const string BorissMobile = "79260000077";
    private const string VerasMobile = "79260000088";
    private const string GroupMsk = "74951110001";
    private const string DutyMsk = "74951110009";
    private const string GroupSgt = "73462110001";
    private const string DutySgt = "73462110009";
    private const string GroupSpb = "78121110001";

    private static readonly Guid Vera = new("e0000000-0000-0000-0000-00000000000e");
    private static readonly Manager BorisOfSurgut = Crm(Boris, "Борис") with { Employees = [Employee(Company.Surgut, 9, "Борис", null, null, BorissMobile)] };
    private static readonly Manager VeraOfMoscow = Crm(Vera, "Вера") with { Employees = [Employee(Company.Moscow, 10, "Вера", null, null, VerasMobile)] };

    private static readonly PresenceNow OnBreak = new() { Status = "Перерыв", TakesCalls = false, StatusAge = TimeSpan.FromMinutes(4) };

    private static readonly Dictionary<string, (RouteCase Case, string[] Phones, string? Reason)> Table = new(StringComparer.Ordinal)
    {
        ["deputy stands after the responsible manager, also while that one is there"] =
            (Known().Plan(Plans.Plan(annasDeputies: [Vera])), [AnnasMobile, AnnasSip, VerasMobile, GroupMsk, DutyMsk], "Stands in"),
        ["two deputies: in their order"] = (Known().Plan(Plans.Plan(annasDeputies: [Boris, Vera])), [AnnasMobile, AnnasSip, BorissMobile, VerasMobile, GroupMsk, DutyMsk], null),
        ["owner who left: his deputy all the same"] =
            (new RouteCase().KnownClientOf(Anna).WithManagers(AnnaOfMoscow() with { IsActiveUser = false }, VeraOfMoscow).Plan(Plans.Plan(annasDeputies: [Vera])), [VerasMobile, GroupMsk, DutyMsk], "no active employee"),
        ["absent, as the CRM or a person said: deputy, group, duty"] =
            (Known().Plan(Plans.Plan(annasDeputies: [Vera], annaAway: new AbsencePeriod(RouteCase.MondayNoon.AddDays(-1), RouteCase.MondayNoon.AddDays(5), "отпуск"))), [VerasMobile, GroupMsk, DutyMsk], "Absent until 07.03 12:00 (отпуск)."),
        ["an absence that is over does not count"] =
            (Known().Plan(Plans.Plan(annaAway: new AbsencePeriod(RouteCase.MondayNoon.AddDays(-5), RouteCase.MondayNoon))), [AnnasMobile, AnnasSip, GroupMsk, DutyMsk], null),
        ["status that takes no calls, four minutes old: left out, and the age is told"] = (Known().Seen(Anna, OnBreak), [GroupMsk, DutyMsk], "His status \"Перерыв\" takes no calls (4 min old)."),
        ["status of two hours ago: nobody believes it any more"] = (Known().Seen(Anna, OnBreak with { StatusAge = TimeSpan.FromHours(2) }), [AnnasMobile, AnnasSip, GroupMsk, DutyMsk], null),
        ["status unknown: he is rung"] = (Known().Seen(Anna, PresenceNow.Unknown), [AnnasMobile, AnnasSip, GroupMsk, DutyMsk], null),
        ["on a call: left out"] = (Known().OnCall(Anna), [GroupMsk, DutyMsk], "On a call now (seen 1 s ago)."),
        ["on a call, setting 'Last': behind the free, before the duty manager"] = (Known().OnCall(Anna).With("Routing:OnCall", "Last"), [GroupMsk, AnnasMobile, AnnasSip, DutyMsk], "On a call now (seen 1 s ago)."),
        ["on a call, set for this cabinet alone"] = (Known().OnCall(Anna).Plan(Plans.Plan(moscow: new CabinetPlan { OnCall = TelephonyHub.Hosting.OnCallRule.Last })), [GroupMsk, AnnasMobile, AnnasSip, DutyMsk], null),
        ["a colleague of the group on a call: behind the free ones of it"] =
            (Known().OnCall(Vera).With("Cabinets:msk:GroupPhones:0", VerasMobile).With("Cabinets:msk:GroupPhones:1", GroupMsk), [AnnasMobile, AnnasSip, GroupMsk, VerasMobile, DutyMsk], null),
        ["transferred to a manager on a break: somebody chose him, so he is rung"] =
            (Known().From(Company.MoscowNumber).To(Company.Surgut, Company.SurgutNumber).HandedOver("79161234567", Boris).Seen(Boris, OnBreak), [BorissMobile, AnnasMobile, GroupSgt, DutySgt], null),
        ["evening in Moscow: duty alone, and when Moscow works again"] =
            (Known().At("2026-03-02 19:30").Plan(Plans.Office), [DutyMsk], "Москва does not work now: it is 02.03 19:30 there; works again 03.03 09:00."),
        ["no calendar in the database: every hour is working"] = (Known().At("2026-03-01 03:00"), [AnnasMobile, AnnasSip, GroupMsk, DutyMsk], null),
        ["without a calendar his schedule of the PBX does not count either"] = (Known().Seen(Anna, new PresenceNow { InSchedule = false }), [AnnasMobile, AnnasSip, GroupMsk, DutyMsk], null),
        ["with a calendar it does"] = (Known().Plan(Plans.Office).Seen(Anna, new PresenceNow { InSchedule = false }), [GroupMsk, DutyMsk], "Outside his schedule"),
        ["17:00 in Moscow is 19:00 in Surgut: Surgut's manager has gone home"] =
            (Known().KnownClientOf(Boris).At("2026-03-02 17:00").Plan(Plans.Office), [GroupMsk, DutyMsk], "Сургут does not work now: it is 02.03 19:00 there"),
        ["08:00 in Moscow is 10:00 in Surgut: he is at work, Moscow is not"] = (Known().KnownClientOf(Boris).At("2026-03-02 08:00").Plan(Plans.Office), [BorissMobile, DutyMsk], null),
        ["holiday of the production calendar"] = (Known().At("2026-03-09 12:00").Plan(Plans.Office), [DutyMsk], "holiday: Международный женский день"),
        ["short day: closes an hour earlier"] = (Known().At("2026-03-06 17:15").Plan(Plans.Office), [DutyMsk], "works again 07.03 09:00"),
        ["a Saturday that is worked"] = (Known().At("2026-03-07 12:00").Plan(Plans.Office), [AnnasMobile, AnnasSip, GroupMsk, DutyMsk], null),
        ["region closed: the open substitute takes over, then the region's own duty"] =
            (Unknown().To(Company.Surgut, Company.SurgutNumber).At("2026-03-02 17:00").Plan(Plans.Plan(surgut: new CabinetPlan { Substitutes = ["msk", "spb"] })), [GroupMsk, GroupSpb, DutySgt], "Сургут is closed, Москва takes over."),
        ["region and substitutes closed: duty"] =
            (Unknown().To(Company.Surgut, Company.SurgutNumber).At("2026-03-02 23:00").Plan(Plans.Plan(surgut: new CabinetPlan { Substitutes = ["msk"] })), [DutySgt], "Москва does not work now"),
        ["rota: who has duty today, on all his phones"] = (Unknown().Plan(Plans.Plan(rota: DailyFromMonday(Anna, Vera))), [GroupMsk, AnnasMobile, AnnasSip], "by the rota"),
        ["rota, before the handover at nine: still yesterday's"] = (Unknown().At("2026-03-03 08:59").Plan(Plans.Plan(rota: DailyFromMonday(Anna, Vera))), [AnnasMobile, AnnasSip], null),
        ["rota, after the handover: the next one"] = (Unknown().At("2026-03-03 09:00").Plan(Plans.Plan(rota: DailyFromMonday(Anna, Vera))), [GroupMsk, VerasMobile], null),
        ["rota before its first day: the configured phone"] = (Unknown().At("2026-03-01 12:00").Plan(Plans.Plan(rota: DailyFromMonday(Anna, Vera), calendars: false)), [GroupMsk, DutyMsk], null),
        ["duty manager on a call and off hours: rung all the same, he is the last resort"] =
            (Unknown().At("2026-03-02 22:00").OnCall(Anna).Plan(Plans.Plan(rota: DailyFromMonday(Anna, Vera))), [AnnasMobile, AnnasSip], "On a call now"),
        ["duty excluded by the cabinet's setting"] = (Unknown().Plan(Plans.Plan(moscow: new CabinetPlan { DutyInChain = false })), [GroupMsk], "Excluded"),
        ["phones set through the API instead of the file's"] = (Unknown().Plan(Plans.Plan(moscow: new CabinetPlan { GroupPhones = ["74951112222"], DutyPhones = ["74951113333"] })), ["74951112222", "74951113333"], null),
        ["list of at most three phones: duty keeps its place"] = (Known().With("Routing:MaxPhones", "3").Plan(Plans.Plan(annasDeputies: [Vera])), [AnnasMobile, AnnasSip, DutyMsk], "The list ends after 3 phones."),
        ["CRM did not answer, but somebody talked with this number: he may be a client"] = (new RouteCase().CrmDidNotAnswer().TalkedLastWith(Anna), [AnnasMobile, AnnasSip, GroupMsk, DutyMsk], null),
        ["the group is a branch of UIS: who stands before it is dialled"] = (Known().Plan(Plans.Plan(moscow: new CabinetPlan { GroupCode = 5 })), [AnnasMobile, AnnasSip], null),
        ["that branch was taken and nobody lifted: duty"] = (Unknown().Plan(Plans.Plan(moscow: new CabinetPlan { GroupCode = 5 })).AlreadyTried("code:5"), [DutyMsk], null),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decide_Case_PhonesInThisOrderAndTheReason(string words)
    {
        var (routeCase, phones, reason) = Table[words];

        var decision = routeCase.Decide();

        decision.Phones.Should().Equal(phones, words);
        if (reason is not null)
        {
            decision.Chain.Select(c => c.Reason.En).Concat(decision.LeftOut.Select(l => l.Reason.En)).Should().Contain(r => r.Contains(reason, StringComparison.Ordinal), words);
        }
    }

    [Fact]
    public void Decide_ClosedAndNoDuty_NightBranch()
    {
        var decision = Unknown().At("2026-03-02 23:00").Plan(Plans.Office).With("Cabinets:msk:DutyPhones:0", null).With("Cabinets:msk:NightCode", "4").Decide();

        decision.Phones.Should().BeEmpty();
        decision.ReturnedCode.Should().Be(4);
        decision.CodeReason!.Ru.Should().Contain("Ночная ветка");
    }

    [Fact]
    public void Decide_OpenAndNobodyThere_FallbackBranchNotTheNightOne() =>
        Unknown().Plan(Plans.Office).With("Cabinets:msk:DutyPhones:0", null).With("Cabinets:msk:GroupPhones:0", null).With("Cabinets:msk:NightCode", "4").With("Cabinets:msk:FallbackCode", "2")
            .Decide().ReturnedCode.Should().Be(2);

    [Fact]
    public void Decide_GroupIsABranch_TheBranchWhenNobodyStandsBeforeIt() => Unknown().Plan(Plans.Plan(moscow: new CabinetPlan { GroupCode = 5 })).Decide().ReturnedCode.Should().Be(5);

    [Fact]
    public void Decide_OperatorTextSwitchedOff_None() => Known().Plan(Plans.Plan(moscow: new CabinetPlan { OperatorText = false })).Decide().OperatorText.Should().BeNull();

    [Fact]
    public void Decide_Anything_TellsMomentAndVersionOfThePlan()
    {
        var decision = Known().At("2026-03-02 10:00").Plan(Plans.Office).Decide();

        decision.PlanVersion.Should().Be(7);
        decision.At.Should().Be(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(3)));
    }

    private static RouteCase Known() => new RouteCase().KnownClientOf(Anna).WithManagers(AnnaOfMoscow(), BorisOfSurgut, VeraOfMoscow);

    private static RouteCase Unknown() => new RouteCase().WithManagers(AnnaOfMoscow(), BorisOfSurgut, VeraOfMoscow);

    private static DutyRota DailyFromMonday(params Guid[] people) => new() { From = new DateOnly(2026, 3, 2), People = [.. people.Select(p => new DutyPerson(p))] };

    /// <summary>Moscow comes first by its key, and it is only where his mobile is listed.</summary>
    [Fact]
    public void ManagerOfSurgutWithARecordInMoscow_WorksByTheHoursOfSurgut()
    {
        var anna = AnnaOfMoscow() with { Employees = [Employee(Company.Moscow, 8, "Анна", phones: "79260000001"), Employee(Company.Surgut, 9, "Анна", null, null, "0104001", "79260000001")] };

        var evening = new RouteCase().KnownClientOf(Anna).WithManagers(anna).Plan(Plans.Office).At("2026-03-02 17:00").Decide();

        evening.LeftOut.Should().Contain(l => l.Kind == "responsible" && l.Reason.En.StartsWith("Сургут does not work now: it is 02.03 19:00 there", StringComparison.Ordinal));
    }
}
