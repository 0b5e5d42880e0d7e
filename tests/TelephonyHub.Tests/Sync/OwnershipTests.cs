using TelephonyHub.Directory;
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
    public void Owner_IsOneForContactDealAndTask()
    {
        var plan = IncomingAnswered().TalkedBy(BorisHimself).Plan();

        new[] { plan.Wanted<WantedContact>().OwnerId, plan.Wanted<WantedDeal>().OwnerId, plan.Task(SyncKinds.FollowUp).OwnerId }.Should().AllBeEquivalentTo(Boris);
    }

    private static (Guid?, string) Owner(PlanCase planCase) => (planCase.Plan().Owner.ContactId, planCase.Plan().Owner.Reason);
}
