using TelephonyHub.Directory;
using TelephonyHub.Rules;
using TelephonyHub.Sync;
using static TelephonyHub.Tests.Directory.People;
using static TelephonyHub.Tests.Sync.PlanCase;

namespace TelephonyHub.Tests.Sync;

/// <summary>Who owns what a call leaves behind (rows F and G), and why.</summary>
public sealed class OwnershipTests
{
    private static readonly Guid Vera = new("d0000000-0000-0000-0000-000000000004");
    private static readonly Guid Gleb = new("e0000000-0000-0000-0000-000000000005");
    private static readonly Manager BorisHimself = Crm(Boris, "Борис Котов");
    private static readonly Manager VeraHerself = Crm(Vera, "Вера Белова");
    private static readonly Manager GlebHimself = Crm(Gleb, "Глеб Серов");
    private static readonly Manager Stranger = new() { Name = "Без пользователя CRM" };

    [Fact]
    public void Owner_KnownClient_ResponsibleEvenIfAnotherTalked() => Owner(IncomingAnswered().Known().TalkedBy(BorisHimself)).Should().Be((Anna, "responsible"));

    [Fact]
    public void Owner_UnknownNumber_WhoTalked() => Owner(IncomingAnswered().TalkedBy(BorisHimself)).Should().Be((Boris, "talked"));

    [Fact]
    public void Owner_ResponsibleLeft_WhoTalked() =>
        Owner(IncomingAnswered().WithManagers(Crm(Anna, "Анна", active: false), BorisHimself).Known().TalkedBy(BorisHimself)).Should().Be((Boris, "talked"));

    [Fact]
    public void Owner_ContactOfTheApiUser_WhoTalked() => Owner(IncomingAnswered().WithManagers(Crm(Hub, "Интеграция"), BorisHimself).Known(Hub).TalkedBy(BorisHimself)).Should().Be((Boris, "talked"));

    [Fact]
    public void Owner_MissedUnknown_WhoTalkedLastWithThisNumber() =>
        Owner(IncomingMissed().WithManagers(BorisHimself, VeraHerself).TalkedEarlierWith(Boris).Rung(VeraHerself)).Should().Be((Boris, "talked last with this client"));

    [Fact]
    public void Owner_MissedNobodyTalkedBefore_WhoWasRungLast() => Owner(IncomingMissed().Rung(BorisHimself, VeraHerself, null, Stranger).Duty(GlebHimself)).Should().Be((Vera, "rung last"));

    [Fact]
    public void Owner_NobodyRang_Duty() => Owner(IncomingMissed().Duty(Stranger, GlebHimself)).Should().Be((Gleb, "duty"));

    [Fact]
    public void Owner_NobodyAtAll_DefaultOwner() => Owner(IncomingMissed().DefaultOwner(Vera)).Should().Be((Vera, "default owner"));

    [Fact]
    public void Owner_NobodyAndNoDefault_NobodyAndSaysSo()
    {
        var owner = IncomingMissed().Plan().Owner;

        owner.ContactId.Should().BeNull();
        owner.Reason.Should().StartWith("nobody");
    }

    [Fact]
    public void Owner_TalkedWithoutCrmUser_DoesNotOwn() => Owner(IncomingAnswered().TalkedBy(Stranger).Duty(GlebHimself)).Should().Be((Gleb, "duty"));

    [Fact]
    public void Owner_TalkedWithoutCrmUserBesidesARungColleague_DutyAndNotTheColleague() =>
        Owner(IncomingAnswered().TalkedBy(Stranger).Rung(VeraHerself, Stranger).Duty(GlebHimself)).Should().Be((Gleb, "duty"), "whose phone rang, too, has nothing to do with the client");

    [Fact]
    public void Task_AnotherManagerAnswered_OwnerReviewsTheCallAndStaysOwner()
    {
        var plan = IncomingAnswered().Known().TalkedBy(BorisHimself).Plan();

        plan.Owners.Review.Should().BeTrue();
        plan.Wanted<WantedContact>().OwnerId.Should().Be(Anna);
        plan.Task(SyncKinds.FollowUp).Should().Match<WantedActivity>(t => t.OwnerId == Anna && t.Title.StartsWith("Просмотреть звонок: Завод крепежа") && t.Title.EndsWith("Борис Котов"));
    }

    [Fact]
    public void Task_SomebodyWithoutCrmUserAnswered_OwnerReviewsTheCall() => IncomingAnswered().Known().TalkedBy(Stranger).Plan().Task(SyncKinds.FollowUp).Title.Should().EndWith("Без пользователя CRM");

    [Fact]
    public void Task_OwnerHimselfAnswered_IsAFollowUp() =>
        IncomingAnswered().Known().TalkedBy(AnnaOfMoscow()).Plan().Task(SyncKinds.FollowUp).Title.Should().Be("Связаться с клиентом после звонка: Завод крепежа (+7 916 123-45-67)");

    [Theory]
    [InlineData(TaskAssignee.Owner, "Анна Иванова")]
    [InlineData(TaskAssignee.Talked, "Борис Котов")]
    [InlineData(TaskAssignee.Duty, "Глеб Серов")]
    [InlineData(TaskAssignee.Person, "Вера Белова")]
    public void Task_RuleSaysWhose_HisWhileTheDealStaysTheOwners(TaskAssignee whose, string expected)
    {
        var plan = IncomingAnswered().WithManagers(AnnaOfMoscow(), BorisHimself, VeraHerself, GlebHimself).Known().TalkedBy(BorisHimself).Duty(GlebHimself)
            .Ruled("in-answered-known", r => r with { Task = r.Task with { Assignee = whose, PersonId = Vera } }).Plan();

        plan.Owners.Task.Name.Should().Be(expected);
        plan.Task(SyncKinds.FollowUp).OwnerId.Should().Be(plan.Owners.Task.ContactId);
        plan.Wanted<WantedDeal>().OwnerId.Should().Be(Anna);
    }

    [Theory]
    [InlineData(TaskAssignee.Talked)]
    [InlineData(TaskAssignee.Duty)]
    [InlineData(TaskAssignee.Person)]
    public void Task_RuleNamesSomebodyWhoIsNotThere_TheOwners(TaskAssignee whose) =>
        IncomingAnswered().Known().TalkedBy(Stranger).Ruled("in-answered-known", r => r with { Task = r.Task with { Assignee = whose, PersonId = Vera } }).Plan().Owners.Task.ContactId.Should().Be(Anna);

    [Fact]
    public void Owner_WhoTalkedLastBecomesKnownAfterTheContactWasGivenToAnother_IsHe()
    {
        var first = IncomingAnswered().TalkedBy(BorisHimself).Plan();

        var plan = IncomingAnswered().WithManagers(BorisHimself, VeraHerself).Known(Boris).MadeByThisCall(givenTo: Boris).TalkedBy(VeraHerself).After(first).Plan();

        new WantedOwned[] { plan.Wanted<WantedContact>(), plan.Wanted<WantedDeal>(), plan.Task(SyncKinds.FollowUp) }.Should().OnlyContain(w => w.ByTalk);
        new[] { plan.Wanted<WantedContact>().OwnerId, plan.Wanted<WantedDeal>().OwnerId, plan.Task(SyncKinds.FollowUp).OwnerId }.Should().AllBeEquivalentTo(Vera);
        plan.Owners.Review.Should().BeFalse();
    }

    [Fact]
    public void Owner_DirectoryStillShowsTheFirstOfTwoThatTheHubGave_IsWhoTalkedLast_AndAllAreRemembered()
    {
        PlanCase Case() => IncomingAnswered().WithManagers(BorisHimself, VeraHerself, GlebHimself).Known(Boris).MadeByThisCall(Boris, Gleb).TalkedBy(VeraHerself);

        var contact = Case().Plan().Wanted<WantedContact>();

        (contact.OwnerId, contact.ByTalk).Should().Be((Vera, true));
        contact.OwnedBefore.Should().BeEquivalentTo([Boris, Gleb]);
        Case().MadeByThisCall(Gleb, Vera, Boris).Plan().Wanted<WantedContact>().ToJson().Should().Be(contact.ToJson(), "once she has it, nothing is written again");
        IncomingAnswered().TalkedBy(BorisHimself).MadeByThisCall(Boris).Plan().Wanted<WantedContact>().OwnedBefore.Should().BeNull("one owner alone is nothing to remember");
    }

    [Fact]
    public void Owner_APersonGaveTheCallsContactToAnother_HisWordCounts() =>
        Owner(IncomingAnswered().WithManagers(BorisHimself, VeraHerself, GlebHimself).Known(Gleb).MadeByThisCall(givenTo: Boris).TalkedBy(VeraHerself)).Should().Be((Gleb, "responsible"));

    [Fact]
    public void Owner_IsOneForContactDealAndTask()
    {
        var plan = IncomingAnswered().TalkedBy(BorisHimself).Plan();

        new[] { plan.Wanted<WantedContact>().OwnerId, plan.Wanted<WantedDeal>().OwnerId, plan.Task(SyncKinds.FollowUp).OwnerId }.Should().AllBeEquivalentTo(Boris);
    }

    private static (Guid?, string) Owner(PlanCase planCase) => (planCase.Plan().Owner.ContactId, planCase.Plan().Owner.Reason);
}
