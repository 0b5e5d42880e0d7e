using TelephonyHub.Hosting;
using TelephonyHub.Rules;
using TelephonyHub.Sync;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Calls.CallStory;
using static TelephonyHub.Tests.Directory.People;
using static TelephonyHub.Tests.Sync.PlanCase;

namespace TelephonyHub.Tests.Sync;

/// <summary>Each field of a rule, in what is wanted of the CRM.</summary>
public sealed class RuledPlanTests
{
    private const string AnsweredKnown = "in-answered-known";
    private const string MissedKnown = "in-missed-known";

    [Fact]
    public void Contact_None_LookedForButLinkedNowhere()
    {
        var plan = IncomingAnswered().Known().Recorded().Ruled(AnsweredKnown, r => r with { Contact = ContactAction.None, Deal = new DealRule(DealAction.None) }).Plan();

        plan.Wanted<WantedContact>().Should().Match<WantedContact>(c => c.Unlinked && !c.MayCreate);
        plan.Kinds().Should().BeEquivalentTo("contact", "followUp", "call", "recordingLink call");
    }

    [Fact]
    public void Contact_Find_NoneIsMade() => IncomingAnswered().Known().Ruled(AnsweredKnown, r => r with { Contact = ContactAction.Find }).Plan().Wanted<WantedContact>().MayCreate.Should().BeFalse();

    [Fact]
    public void Deal_Always_OfTheRulesEntityStageTypeAndTitle()
    {
        var rule = new DealRule(DealAction.Always, DealEntity.Lead, Anna, Boris, "Лид {name} с {dialled}");

        var deal = IncomingAnswered().Known().Ruled(AnsweredKnown, r => r with { Deal = rule }).Plan().Wanted<WantedDeal>();

        (deal.Always, deal.Entity, deal.StageId, deal.TypeId).Should().Be((true, DealEntity.Lead, Anna, Boris));
        deal.Title.Should().Be("Лид Завод крепежа с +7 495 123-45-67");
    }

    [Fact]
    public void Deal_MadeAsALead_StaysOneUnderAnotherRuleOfTheTable()
    {
        var first = IncomingAnswered().Known().Ruled(AnsweredKnown, r => r with { Deal = new DealRule(DealAction.IfNoneOpen, DealEntity.Lead) }).Plan();

        IncomingAnswered().Known().After(first).Plan().Wanted<WantedDeal>().Entity.Should().Be(DealEntity.Lead);
    }

    [Fact]
    public void Deal_None_NeitherDealNorItsLinks() =>
        IncomingAnswered().Known().Recorded().Ruled(AnsweredKnown, r => r with { Deal = new DealRule(DealAction.None) }).Plan().Kinds().Should().NotContain(["deal", "recordingLink deal"]).And.Contain("recordingLink contact");

    [Fact]
    public void Deal_Close_NoneIsMade_AndWhatTheCallMadeIsClosedAsTheRuleSays()
    {
        static CallRule Close(CallRule r, DealEntity? entity) => r with { Deal = new DealRule(DealAction.Close, entity, entity is null ? null : Anna), Task = new TaskRule(TaskAction.None) };
        var made = IncomingAnswered().Known().Recorded().Plan();

        IncomingAnswered().Known().Recorded().Ruled(AnsweredKnown, r => Close(r, null)).Plan().Kinds().Should().NotContain(["deal", "recordingLink deal", "followUp"]);
        var plan = IncomingAnswered().Known().Ruled(AnsweredKnown, r => Close(r, null)).After(made).Plan();
        plan.Wanted<WantedDeal>().Should().Be(made.Wanted<WantedDeal>() with { Closed = true });
        plan.Task(SyncKinds.FollowUp).Open.Should().BeFalse();
        IncomingAnswered().Known().Ruled(AnsweredKnown, r => Close(r, DealEntity.Lead)).After(made).Plan().Wanted<WantedDeal>().StageId.Should().BeNull("a stage of leads closes no opportunity");
        var lead = IncomingAnswered().Known().Ruled(AnsweredKnown, r => r with { Deal = new DealRule(DealAction.IfNoneOpen, DealEntity.Lead, Boris) }).Plan();
        var closed = IncomingAnswered().Known().Ruled(AnsweredKnown, r => Close(r, DealEntity.Lead)).After(lead).Plan();
        closed.Wanted<WantedDeal>().StageId.Should().Be(Anna);
        IncomingAnswered().Known().Ruled(AnsweredKnown, r => Close(r, DealEntity.Lead)).After(closed).Plan().Wanted<WantedDeal>().Should().Be(closed.Wanted<WantedDeal>(), "the same facts, the same plan");
    }

    [Theory]
    [InlineData(30, DueUnit.WorkingMinutes, "2026-03-02T12:00:40+03:00", "2026-03-02T12:30:40+03:00")]
    [InlineData(8, DueUnit.WorkingHours, "2026-03-02T12:00:40+03:00", "2026-03-03T11:00:40+03:00")]
    [InlineData(5, DueUnit.WorkingDays, "2026-03-09T09:00:00+03:00", "2026-03-09T17:00:00+03:00")]
    public void Task_Deadline_InTheWorkingTimeOfTheOwnersRegion(int amount, DueUnit unit, string start, string due)
    {
        var task = IncomingAnswered().Known().TalkedBy(AnnaOfMoscow()).Ruled(AnsweredKnown, r => r with { Task = r.Task with { Amount = amount, Unit = unit, Text = "Отчёт: {client}" } }).Plan().Task(SyncKinds.FollowUp);

        (task.Start, task.Due).Should().Be((At(start), At(due)));
        task.Title.Should().StartWith("Отчёт: Завод крепежа");
    }

    [Fact]
    public void Task_None_NoTask() => IncomingMissed().Known().Ruled(MissedKnown, r => r with { Task = new TaskRule(TaskAction.None) }).Plan().Kinds().Should().BeEquivalentTo("contact", "call");

    [Fact]
    public void Task_OutgoingNotReached_FollowUpIfTheRuleWantsOne() =>
        OutgoingNotReached().Known().Ruled("out-missed-known", r => r with { Task = new TaskRule(TaskAction.Create) }).Plan().Kinds().Should().Contain("followUp");

    [Fact]
    public void Task_RuleWithATagThatComesLater_ClosesTheFollowUp()
    {
        var first = IncomingAnswered().Known().Plan();
        var rule = RuleTable.BuiltIn.Rules.Single(r => r.Id == AnsweredKnown);
        var nonTarget = rule with { Id = "non-target", When = rule.When with { Tag = "non-target" }, Task = new TaskRule(TaskAction.None) };

        var plan = Of([.. AnsweredBy(8), Tag(60, "non-target")]).Known().After(first).Ruled(nonTarget).Plan();

        plan.Rule!.Id.Should().Be("non-target");
        plan.Task(SyncKinds.FollowUp).Should().Be(first.Task(SyncKinds.FollowUp) with { Open = false });
    }

    [Fact]
    public void CallRecord_No_NotExpectedAndTheReason()
    {
        var plan = IncomingMissed().Known().Recorded().Ruled(MissedKnown, r => r with { CallRecord = false }).Plan();

        plan.NotExpected.Should().Be("rule");
        plan.Kinds().Should().BeEquivalentTo("contact", "callBack", "recordingLink contact");
    }

    [Fact]
    public void RecordingLinks_OnlyWhereTheRuleSays() =>
        IncomingAnswered().Known().Recorded().Ruled(AnsweredKnown, r => r with { RecordingLinks = [RecordingParent.Deal] }).Plan().Kinds().Where(k => k.StartsWith("recordingLink", StringComparison.Ordinal)).Should().Equal("recordingLink deal");

    [Fact]
    public void Rule_ContactThatThisCallMade_StillTheRuleForStrangers()
    {
        IncomingAnswered().Known().MadeByThisCall().Plan().Rule!.Id.Should().Be("in-answered-unknown");
        IncomingAnswered().Known().Plan().Rule!.Id.Should().Be(AnsweredKnown);
    }

    [Fact]
    public void CallBack_ClientTriedAgain_TheFirstCallsTaskSaysHowOften()
    {
        var first = IncomingMissed().Known().Plan();

        var plan = IncomingMissed().Known().After(first).InSeries(new MissedSeries(null, 3)).Plan();

        plan.Task(SyncKinds.CallBack).Should().Be(first.Task(SyncKinds.CallBack) with { Calls = 3 }, "owner and deadline were promised");
    }

    [Fact]
    public void CallBack_NotTheFirstMissedCall_NoTaskOfItsOwnAndACallThatRefersToTheFirst()
    {
        var plan = IncomingMissed().Known().InSeries(new MissedSeries(Key with { Id = 1 }, 0, Boris)).Plan();

        plan.Kinds().Should().BeEquivalentTo("contact", "call");
        plan.Wanted<WantedCall>().TaskId.Should().Be(Boris);
    }

    [Fact]
    public void CallBack_EndedByAPerson_LeftAsHeLeftIt()
    {
        var first = IncomingMissed().Known().Plan();

        IncomingMissed().Known().After(first).InSeries(new MissedSeries(null, 2, Closed: true)).Plan().Task(SyncKinds.CallBack).Should().Be(first.Task(SyncKinds.CallBack));
        IncomingMissed().Known().After(first).InSeries(new MissedSeries(null, 2, Closed: true)).ReachedSince().Plan().Task(SyncKinds.CallBack).Open.Should().BeTrue("it is ended there already");
    }

    [Fact]
    public void CallBack_MinimumWaitNotReached_ByTheRuleForAll()
    {
        var patient = RuleTable.BuiltIn.Rules.Single(r => r.Id == MissedKnown);
        PlanCase Case(int wait) => IncomingMissed().Known()
            .Ruled(MissedKnown, r => r with { Task = new TaskRule(TaskAction.None) })
            .Ruled(patient with { Id = "patient", When = patient.When with { MinWaitSeconds = wait } });

        Case(40).Plan().Rule!.Id.Should().Be("patient");
        Case(41).Plan().Rule!.Id.Should().Be(MissedKnown);
    }

    [Fact]
    public void Rule_OfAnotherCabinet_DoesNotAct() =>
        IncomingAnswered().Known().Ruled(RuleTable.BuiltIn.Rules[0] with { Id = "sgt", When = RuleTable.BuiltIn.Rules[0].When with { Cabinet = Company.Surgut.Value } }).Plan().Rule!.Id.Should().Be(AnsweredKnown);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
