using TelephonyHub.Calls;
using static TelephonyHub.Tests.Calls.CallStory;

namespace TelephonyHub.Tests.Calls;

public sealed class CallStateTests
{
    [Fact]
    public void State_NobodyAnsweredYet_Ringing() => Fold(Incoming(), Rings(3, 501, 8)).State.Should().Be(CallState.Ringing);

    [Fact]
    public void State_MenuPickedUp_StillRinging() => Fold(Incoming(), ClientIn(), PickedUp(1, ClientLeg)).State.Should().Be(CallState.Ringing);

    [Fact]
    public void State_TalkGoesOn_Talking() => Fold(Incoming(), TalkStarts(10, 8)).State.Should().Be(CallState.Talking);

    [Fact]
    public void State_TalkOverCallNot_Answered()
    {
        var call = Fold(Incoming(), TalkStarts(10, 8), TalkEnds(40, 30, 8));

        call.State.Should().Be(CallState.Answered);
        call.Ended.Should().BeFalse();
    }

    [Fact]
    public void State_SecondTalkAfterTransfer_TalkingAgain() =>
        Fold(Incoming(), TalkStarts(10, 8), TalkEnds(40, 30, 8), TalkStarts(45, 9)).State.Should().Be(CallState.Talking);

    [Fact]
    public void State_IncomingEndedUnanswered_Missed() => Fold(Incoming(), Finished(20)).State.Should().Be(CallState.Missed);

    [Fact]
    public void State_OutgoingEndedUnanswered_NotReached() => Fold(Outgoing(employee: 8), Finished(20)).State.Should().Be(CallState.NotReached);

    [Fact]
    public void State_EndedAfterTalk_Answered() => Fold(AnsweredBy(8)).State.Should().Be(CallState.Answered);

    [Fact]
    public void HasGaps_EachLegFromItsBeginningToItsEnd_False() =>
        Fold(Incoming(), ClientIn(), Rings(2, 501, 8), HungUp(40, 501, 8), HungUp(40, ClientLeg), Finished(40)).HasGaps.Should().BeFalse();

    [Fact]
    public void HasGaps_OnlyTheRecommendedNotifications_False()
    {
        // Neither in_call nor out_call: the client's own leg is first heard of when the talk begins, or when it ends.
        Fold(Incoming(), Rings(2, 501, 8), TalkStarts(10, 8, ClientLeg, 501), HungUp(40, 501, 8), HungUp(40, ClientLeg), Finished(40)).HasGaps.Should().BeFalse();
        Fold(Incoming(), Rings(2, 501, 8), Rings(2, 502, 9), HungUp(20, 501, 8), HungUp(20, 502, 9), HungUp(40, ClientLeg), Finished(40)).HasGaps.Should().BeFalse();
        Fold(Outgoing(employee: 8), Rings(5, 502, number: Client), TalkStarts(10, 8, 501, 502), HungUp(40, 502), HungUp(40, 501, 8), Finished(40)).HasGaps.Should().BeFalse();
    }

    [Fact]
    public void HasGaps_EmployeeDialsOut_False() =>
        Fold(Outgoing(employee: 8), OfLeg(CallEventKind.IncomingLeg, 0, 501, 8), LegTo(5, 502, number: Client), HungUp(40, 502), HungUp(40, 501, 8), Finished(40)).HasGaps.Should().BeFalse("nobody dials him");

    [Fact]
    public void HasGaps_EndOfALegNeverTold_True() => Fold(Incoming(), ClientIn(), Rings(2, 501, 8), HungUp(40, ClientLeg), Finished(40)).HasGaps.Should().BeTrue();

    [Fact]
    public void HasGaps_LegKnownByItsEndAlone_True() => Fold(Incoming(), ClientIn(), HungUp(40, 501, 8), HungUp(40, ClientLeg), Finished(40)).HasGaps.Should().BeTrue();

    [Fact]
    public void HasGaps_NoLegAtAll_True() => Fold(Incoming(), Finished(40)).HasGaps.Should().BeTrue();

    [Fact]
    public void HasGaps_CallGoesOn_False() => Fold(Incoming(), ClientIn(), Rings(2, 501, 8)).HasGaps.Should().BeFalse("more is to come");

    [Fact]
    public void Ended_ReportedSessionGoesOn_False() => Fold(Report(finishedAt: null)).Ended.Should().BeFalse();

    [Theory]
    [InlineData(CallEventKind.IncomingSession, CallDirection.In)]
    [InlineData(CallEventKind.OutgoingSession, CallDirection.Out)]
    [InlineData(CallEventKind.SessionLost, CallDirection.In)]
    public void Direction_SessionEvent_Decides(CallEventKind kind, CallDirection expected) => Fold(Event(kind, 0)).Direction.Should().Be(expected);

    [Fact]
    public void Direction_SessionEventAgainstAFieldOfALeg_SessionEventWins() =>
        Fold(Outgoing(), Event(CallEventKind.IncomingLeg, 1) with { Direction = CallDirection.In, LegIds = [1] }).Direction.Should().Be(CallDirection.Out);

    [Fact]
    public void Direction_OnlyTheFinishKnows_Taken() => Fold(Finished(60) with { Direction = CallDirection.Out }).Direction.Should().Be(CallDirection.Out);

    [Fact]
    public void Direction_OnlyALegKnows_Taken() => Fold(PickedUp(2, 5) with { Direction = CallDirection.Out }).Direction.Should().Be(CallDirection.Out);

    [Fact]
    public void Direction_ReportSaysOtherwise_ReportWins() => Fold(Incoming(), Report(direction: CallDirection.Out)).Direction.Should().Be(CallDirection.Out);

    [Fact]
    public void Direction_NothingKnown_Incoming() => Fold(Event(CallEventKind.LegUnknown, 0)).Direction.Should().Be(CallDirection.In);

    [Fact]
    public void InternalByPbx_FinishSaysSo_True() => Fold(Incoming(), Finished(9) with { IsInternal = true }).InternalByPbx.Should().BeTrue();

    [Fact]
    public void From_NoEvent_Refused() => FluentActions.Invoking(() => Fold()).Should().Throw<ArgumentException>();
}
