using TelephonyHub.Calls;
using TelephonyHub.Sync;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Calls.CallStory;
using static TelephonyHub.Tests.Directory.People;
using static TelephonyHub.Tests.Sync.PlanCase;

namespace TelephonyHub.Tests.Sync;

/// <summary>What the planned records say: dates, numbers, names.</summary>
public sealed class PlannedRecordsTests
{
    private static readonly TimeSpan MoscowOffset = TimeSpan.FromHours(3);

    [Fact]
    public void CallBack_CallOfMondayNoon_DueWithinOneWorkingHour()
    {
        var task = IncomingMissed().Known().Plan().Task(SyncKinds.CallBack);

        task.Start.Should().Be(Second(40));
        task.Due.Should().Be(Second(40).AddHours(1));
    }

    [Fact]
    public void FollowUp_CallOfMonday_NextWorkingDayOfTheOwnersRegion()
    {
        var task = IncomingAnswered().Known().Plan().Task(SyncKinds.FollowUp);

        task.Start.Should().Be(new DateTimeOffset(2026, 3, 3, 9, 0, 0, MoscowOffset));
        task.Due.Should().Be(new DateTimeOffset(2026, 3, 3, 17, 0, 0, MoscowOffset));
    }

    [Fact]
    public void FollowUp_OwnerAtHomeInSurgut_SurgutsDay()
    {
        var annaOfSurgut = AnnaOfMoscow() with { Employees = [Employee(Company.Surgut, 3, "Анна")] };

        IncomingAnswered().WithManagers(annaOfSurgut).Known().Plan().Task(SyncKinds.FollowUp).Start.Should().Be(new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.FromHours(5)));
    }

    [Fact]
    public void FollowUp_OwnerWithoutEmployeeRecord_DayOfTheCallsRegion() =>
        IncomingAnswered().InRegion(Company.Surgut).TalkedBy(Crm(Boris, "Борис")).Plan().Task(SyncKinds.FollowUp).Start.Should().Be(new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.FromHours(5)));

    [Fact]
    public void CallBack_CallArrivesLate_DueDateCountsFromNow()
    {
        var now = Second(40) + CallPlanner.LateAfter + TimeSpan.FromMinutes(1);

        IncomingMissed().Known().At(now).Plan().Task(SyncKinds.CallBack).Due.Should().Be(now.AddHours(1));
    }

    [Fact]
    public void CallBack_CallArrivesJustInTime_DueDateCountsFromTheCall() =>
        IncomingMissed().Known().At(Second(40) + CallPlanner.LateAfter).Plan().Task(SyncKinds.CallBack).Due.Should().Be(Second(40).AddHours(1));

    [Fact]
    public void FollowUp_PlannedAgainDaysLater_PromisedDatesAndOwnerStay()
    {
        var first = IncomingAnswered().TalkedBy(Crm(Boris, "Борис")).Plan();

        var again = IncomingAnswered().Known().After(first).At(Second(0).AddDays(5)).Plan();

        again.Task(SyncKinds.FollowUp).Should().Be(first.Task(SyncKinds.FollowUp));
    }

    [Fact]
    public void FollowUp_OfASecondSessionThatTheFirstTookOver_KeepsItsRecordAndIsOpen()
    {
        var taken = IncomingAnswered().Known().Plan();
        var closed = new CallPlan(null, taken.Owners, [.. taken.Tasks.Select(t => t.Wanted is WantedActivity a ? t with { Wanted = a with { Session = "sgt:7", Open = false } } : t)], null);

        IncomingAnswered().Known().After(closed).Plan().Task(SyncKinds.FollowUp).Should().Match<WantedActivity>(t => t.Session == "sgt:7" && t.Open);
    }

    [Fact]
    public void CallBack_FirstPlannedForNobody_TakesTheOwnerFoundSince()
    {
        var first = IncomingMissed().Plan();

        var again = IncomingMissed().Known().After(first).Plan();

        again.Task(SyncKinds.CallBack).Should().Be(first.Task(SyncKinds.CallBack) with { OwnerId = Anna });
    }

    [Fact]
    public void CallRecord_Incoming_ClientCallsTheVirtualNumber()
    {
        var call = IncomingAnswered().Known().Plan().Wanted<WantedCall>();

        (call.Incoming, call.CallerId, call.CalledId, call.IntegrationId).Should().Be((true, "+79161234567", "+74951234567", "msk:187020303"));
        (call.Start, call.End).Should().Be((Second(0), Second(40)));
        (call.Duration, call.BeforeConnection, call.Talk, call.Hold, call.NoAnswer).Should().Be((40, 10, 30, 0, false));
        call.Caption.Should().Be("Входящий звонок от +7 916 123-45-67");
    }

    [Fact]
    public void CallRecord_Outgoing_TheReverse()
    {
        var call = OutgoingAnswered().Known().Plan().Wanted<WantedCall>();

        (call.Incoming, call.CallerId, call.CalledId).Should().Be((false, "+74951234567", "+79161234567"));
        call.Caption.Should().StartWith("Исходящий звонок на");
    }

    [Theory]
    [InlineData("anonymous", "anonymous")]
    [InlineData(null, "")]
    public void CallRecord_NumberUnparsableOrHidden_AsReceivedOrEmpty(string? received, string expected)
    {
        var call = Of(Event(CallEventKind.IncomingSession, 0) with { ClientPhone = received, VirtualNumber = Moscow }, Event(CallEventKind.SessionFinished, 30)).Plan().Wanted<WantedCall>();

        call.CallerId.Should().Be(expected);
        call.NoAnswer.Should().BeTrue();
    }

    [Fact]
    public void CallRecord_GarbageAsNumber_NeitherNulNorEndless()
    {
        var call = Of(Event(CallEventKind.IncomingSession, 0) with { ClientPhone = "\0" + new string('x', 5000) }, Event(CallEventKind.SessionFinished, 30)).Plan().Wanted<WantedCall>();

        call.CallerId.Should().HaveLength(250).And.NotContain("\0");
        call.Caption.Length.Should().BeLessOrEqualTo(250);
    }

    [Fact]
    public void CallRecord_WhoTalked_InTheNotes() => IncomingAnswered().Known().TalkedBy(Crm(Boris, "Борис Котов")).Plan().Wanted<WantedCall>().Notes.Should().Be("Employee: Борис Котов");

    [Fact]
    public void CallRecord_TalkerOutsideTheMapping_NameFromThePbx() => IncomingAnswered().TalkedBy(null).Plan().Wanted<WantedCall>().Notes.Should().Be("Employee: Employee 8");

    [Fact]
    public void CallRecord_Missed_WhoWasRungLast() => IncomingMissed().Rung(Crm(Boris, "Борис Котов")).Plan().Wanted<WantedCall>().Notes.Should().Be("Employee: Борис Котов");

    [Fact]
    public void CallRecord_EmployeeAsAuthor_OnlyIfTheSettingSaysSo()
    {
        IncomingAnswered().Plan().Wanted<WantedCall>().CreatedById.Should().BeNull();
        IncomingAnswered().EmployeeAsAuthor().Plan().Wanted<WantedCall>().CreatedById.Should().Be(Boris);
    }

    [Fact]
    public void Contact_PbxKnowsAName_NamedByItsAddressBook() =>
        Of([.. AnsweredBy(8), Event(CallEventKind.LegUnknown, 1) with { ClientName = " Пётр Петров " }]).Plan().Wanted<WantedContact>().Name.Should().Be("Пётр Петров");

    [Fact]
    public void Contact_NoName_NamedByTheFormattedNumber()
    {
        var contact = IncomingAnswered().Plan().Wanted<WantedContact>();

        (contact.Name, contact.Phone).Should().Be(("+7 916 123-45-67", "+79161234567"));
    }

    [Fact]
    public void Deal_Title_ClientAndCity() => IncomingAnswered().Known().InRegion(Company.Surgut).Plan().Wanted<WantedDeal>().Title.Should().Be("Звонок Завод крепежа (+7 916 123-45-67), Сургут");
}
