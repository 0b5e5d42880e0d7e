using TelephonyHub.Calls;
using static TelephonyHub.Tests.Calls.CallStory;

namespace TelephonyHub.Tests.Calls;

/// <summary>Who rang and who talked: never guessed, and never the client himself.</summary>
public sealed class CallTalkersTests
{
    [Fact]
    public void Talked_OneEmployee_FirstAndLast()
    {
        var call = Fold(AnsweredBy(8));

        call.FirstTalked.Should().Be(new Participant(8, "Employee 8", null));
        call.LastTalked.Should().Be(call.FirstTalked);
        call.TalkerUnknown.Should().BeFalse();
    }

    [Fact]
    public void Talked_Transfer_FirstWhoAnsweredLastWhoTookOver()
    {
        var call = Fold([.. AnsweredBy(8).SkipLast(1), LegTo(41, 503, 9), TalkStarts(50, 9, ClientLeg, 503), TalkEnds(90, 40, 9), Finished(90)]);

        call.FirstTalked!.EmployeeId.Should().Be(8);
        call.LastTalked!.EmployeeId.Should().Be(9);
        call.TalkSeconds.Should().Be(70);
    }

    [Fact]
    public void Talked_ConsultationThenBackToTheFirst_LastIsTheFirstAgain()
    {
        var call = Fold(Incoming(), TalkStarts(10, 8), TalkEnds(20, 10, 8), TalkStarts(25, 9), TalkEnds(30, 5, 9), TalkStarts(31, 8), TalkEnds(60, 29, 8), Finished(60));

        call.LastTalked!.EmployeeId.Should().Be(8);
        call.TalkSeconds.Should().Be(44);
    }

    [Fact]
    public void Talked_FinishNamesWhoTalkedLast_Taken() =>
        Fold([.. AnsweredBy(8), Finished(41, 30, 40, 10, employee: 8, lastTalked: 9)]).LastTalked!.EmployeeId.Should().Be(9);

    [Fact]
    public void Talked_FinishNamesAnEmployeeButNoTalkTime_NobodyTalked()
    {
        var call = Fold(Incoming(), Rings(3, 501, 8), Finished(20, talk: 0, employee: 8));

        call.LastTalked.Should().BeNull();
        call.TalkerUnknown.Should().BeFalse("nobody talked at all");
    }

    [Fact]
    public void Talked_LostCallNamesALastTalkerOfNoTalk_NobodyTalked() => Fold(Incoming(), Finished(20, talk: 0, lastTalked: 8)).LastTalked.Should().BeNull();

    [Fact]
    public void Talked_OnlyTheFinishCame_ItsEmployee() => Fold(Finished(60, talk: 20, employee: 8)).LastTalked.Should().Be(new Participant(8, "Employee 8", null));

    [Fact]
    public void Talked_EventNamesNobodyButItsLegs_EmployeeOfTheLeg() =>
        Fold(Incoming(), ClientIn(), LegTo(3, 501, 8), TalkStarts(10, employee: null, ClientLeg, 501)).LastTalked!.EmployeeId.Should().Be(8);

    [Fact]
    public void Talked_MobileThatIsNobodysInThisCabinet_ItsNumber()
    {
        var call = Fold(Incoming(), ClientIn(), LegTo(3, 501, number: Mobile), TalkStarts(10, employee: null, ClientLeg, 501), Finished(60, talk: 50));

        call.LastTalked.Should().Be(new Participant(null, null, Mobile));
        call.TalkerUnknown.Should().BeFalse();
    }

    [Fact]
    public void Talked_NumberOnlyInTheTalkEventItself_Taken() =>
        Fold(Incoming(), TalkStarts(10) with { CalledNumber = Mobile }).LastTalked!.Number.Should().Be(Mobile);

    [Fact]
    public void Talked_NothingSaysWho_TalkerUnknown()
    {
        var call = Fold(Incoming(), ClientIn(), TalkStarts(10, employee: null, ClientLeg, 501), Finished(60, talk: 50));

        call.Answered.Should().BeTrue();
        call.TalkerUnknown.Should().BeTrue("the legs report has to be asked");
    }

    [Fact]
    public void Talked_UnknownTalkerAndTheLegsReport_WhoTheReportNames()
    {
        var call = Fold(Incoming(), TalkStarts(10, employee: null, ClientLeg, 501), Finished(60, talk: 50), ReportedLeg(10, 501, talked: true, number: Mobile));

        call.LastTalked!.Number.Should().Be(Mobile);
        call.TalkerUnknown.Should().BeFalse();
    }

    [Fact]
    public void Talked_OutgoingCallNamesTheClientAsCalled_ClientIsNotTheTalker()
    {
        // The talk's own template has no contact number; another event says who the client is, in another spelling.
        var call = Fold(Outgoing() with { ClientPhone = ClientAsTyped }, TalkStarts(10) with { ClientPhone = null, CalledNumber = Client }, Finished(60, talk: 50) with { ClientPhone = null });

        call.TalkerUnknown.Should().BeTrue();
    }

    [Fact]
    public void Talked_VirtualNumberAsCalled_CabinetIsNotTheTalker() =>
        Fold(Incoming(), TalkStarts(10) with { CalledNumber = "+7 495 123-45-67" }).TalkerUnknown.Should().BeTrue();

    [Fact]
    public void Talked_ClientsOwnLeg_NeverAParticipant()
    {
        var call = Fold(Incoming(), ClientIn(), TalkStarts(10, employee: null, ClientLeg));

        call.Legs.Should().ContainSingle().Which.Should().Match<CallLeg>(l => l.IsClientLeg && l.Participant == null);
        call.TalkerUnknown.Should().BeTrue();
    }

    [Fact]
    public void Rung_TwoPhones_InTheOrderOfRinging() =>
        Fold(Incoming(), Rings(9, 502, 9), Rings(4, 501, 8)).Rung.Select(p => p.EmployeeId).Should().Equal(8, 9);

    [Fact]
    public void Rung_LostEventListsMore_Appended() =>
        Fold(Incoming(), Rings(4, 501, 8), Lost(20, 20, 8, 9)).Rung.Select(p => p.EmployeeId).Should().Equal(8, 9);

    [Fact]
    public void Rung_SamePhoneTwice_Once() => Fold(Incoming(), Rings(4, 501, 8), HungUp(20, 501, 8), Rings(30, 502, 8)).Rung.Should().ContainSingle();

    [Fact]
    public void Rung_OutgoingCall_ClientIsNotRung() =>
        Fold(Outgoing(employee: 8), LegTo(2, 501, 8), Rings(6, 502) with { CalledNumber = ClientAsTyped }).Rung.Select(p => p.EmployeeId).Should().Equal(8);

    [Fact]
    public void Rung_UnknownLegEvent_ProvesTheLegAndItsEmployeeOnly()
    {
        var call = Fold(Incoming(), Event(CallEventKind.LegUnknown, 3) with { LegIds = [501], EmployeeId = 8, EmployeeName = "Employee 8" });

        call.Rung.Should().BeEmpty();
        call.RingingNow.Should().BeEmpty();
        call.Legs.Should().ContainSingle().Which.Should().Match<CallLeg>(l => l.Participant!.EmployeeId == 8 && l.RangAt == null && l.ConnectedAt == null && l.TalkedAt == null && l.EndedAt == null);
    }

    [Fact]
    public void RingingNow_OnePhoneStoppedRinging_OnlyTheOther() =>
        Fold(Incoming(), Rings(3, 501, 8), Rings(3, 502, 9), HungUp(9, 501, 8)).RingingNow.Select(p => p.EmployeeId).Should().Equal(9);

    [Fact]
    public void RingingNow_SomebodyAnswered_Nobody() => Fold(Incoming(), Rings(3, 501, 8), Rings(3, 502, 9), TalkStarts(9, 8, ClientLeg, 501)).RingingNow.Should().BeEmpty();
}
