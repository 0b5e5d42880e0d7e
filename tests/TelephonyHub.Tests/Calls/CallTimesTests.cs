using static TelephonyHub.Tests.Calls.CallStory;

namespace TelephonyHub.Tests.Calls;

/// <summary>Contract, section 2: start, end and durations, and which source wins.</summary>
public sealed class CallTimesTests
{
    [Fact]
    public void StartedAt_EventsOutOfOrder_EarliestEvent() => Fold(Finished(60), TalkStarts(10, 8), Incoming(0)).StartedAt.Should().Be(Second(0));

    [Fact]
    public void StartedAt_OpeningEventMissing_StartThatTheFinishNames() =>
        Fold(TalkStarts(10, 8), Finished(60) with { StartedAt = Second(-2) }).StartedAt.Should().Be(Second(-2));

    [Fact]
    public void StartedAt_OpeningEventThere_NotMovedByTheReport() =>
        Fold(Incoming(0.4), Report() with { StartedAt = Second(-1) }).StartedAt.Should().Be(Second(0.4));

    [Fact]
    public void StartedAt_OnlyTheReport_Its() => Fold(Report()).StartedAt.Should().Be(Second(0));

    [Fact]
    public void EndedAt_FinishAndLost_TimeOfTheFinish() => Fold(Incoming(), Lost(20), Finished(22)).EndedAt.Should().Be(Second(22));

    [Fact]
    public void EndedAt_OnlyLost_TimeOfIt() => Fold(Incoming(), Lost(20)).EndedAt.Should().Be(Second(20));

    [Fact]
    public void EndedAt_OnlyTheReport_ItsFinish() => Fold(Incoming(), Report(finishedAt: 61)).EndedAt.Should().Be(Second(61));

    [Fact]
    public void EndedAt_RecordingComesLater_Unmoved() => Fold([.. AnsweredBy(8), Recording(300, "https://x/1")]).EndedAt.Should().Be(Second(40));

    [Fact]
    public void Durations_NothingStated_Arithmetic()
    {
        var call = Fold(Incoming(0), TalkStarts(10, 8), TalkEnds(40, seconds: null, 8), Finished(42));

        (call.WaitSeconds, call.TalkSeconds, call.TotalSeconds).Should().Be((10, 30, 42));
        call.AnsweredAt.Should().Be(Second(10));
    }

    [Fact]
    public void Durations_FinishStatesThem_WinsOverArithmetic()
    {
        var call = Fold(Incoming(0), TalkStarts(10, 8), TalkEnds(40, 30, 8), Finished(42, talk: 28, total: 41, wait: 12));

        (call.WaitSeconds, call.TalkSeconds, call.TotalSeconds).Should().Be((12, 28, 41));
    }

    [Fact]
    public void Durations_ReportStatesThem_WinsOverTheFinish()
    {
        var call = Fold(Incoming(0), Finished(42, talk: 28, total: 41, wait: 12), Report(talk: 27, total: 40, wait: 13));

        (call.WaitSeconds, call.TalkSeconds, call.TotalSeconds).Should().Be((13, 27, 40));
    }

    [Fact]
    public void Durations_ReportStatesOnlySome_FinishFillsTheRest()
    {
        var call = Fold(Incoming(0), Finished(42, talk: 28, total: 41, wait: 12), Report(talk: 27));

        (call.WaitSeconds, call.TalkSeconds, call.TotalSeconds).Should().Be((12, 27, 41));
    }

    [Fact]
    public void Durations_TwoTalks_Added() =>
        Fold(Incoming(), TalkStarts(10, 8), TalkEnds(40, 30, 8), TalkStarts(45, 9), TalkEnds(60, 15, 9), Finished(60)).TalkSeconds.Should().Be(45);

    [Fact]
    public void Durations_LostCall_WaitOfTheLostEventAndNoTalk()
    {
        var call = Fold(Incoming(), Lost(25, wait: 24), Finished(25, total: 25));

        (call.WaitSeconds, call.TalkSeconds, call.TotalSeconds).Should().Be((24, 0, 25));
    }

    [Fact]
    public void Durations_LostCallWithoutAny_WholeCallWaited() => Fold(Incoming(), Lost(25)).WaitSeconds.Should().Be(25);

    [Fact]
    public void Durations_CallGoesOn_Unknown() => Fold(Incoming(), Rings(3, 501, 8)).TotalSeconds.Should().BeNull();

    [Fact]
    public void Durations_AbsurdTalksOfAGarbledTemplate_DoNotOverflow() =>
        Fold(Incoming(), TalkEnds(40, int.MaxValue, 8), TalkEnds(50, int.MaxValue, 8), TalkEnds(60, int.MaxValue, 9)).TalkSeconds.Should().Be(int.MaxValue);

    [Theory]
    [InlineData("hold", "unhold")]
    [InlineData("on", "off")]
    [InlineData("1", "0")]
    public void HoldSeconds_HeldTwice_Added(string on, string off) =>
        Fold([.. AnsweredBy(8), Hold(15, on), Hold(20, off), Hold(30, on), Hold(33, off)]).HoldSeconds.Should().Be(8);

    [Fact]
    public void HoldSeconds_HungUpOnHold_UntilTheEnd() => Fold([.. AnsweredBy(8), Hold(30, "hold")]).HoldSeconds.Should().Be(10);

    [Fact]
    public void HoldSeconds_HoldReportedTwice_CountedOnce() => Fold([.. AnsweredBy(8), Hold(15, "hold"), Hold(16, "hold"), Hold(20, "unhold")]).HoldSeconds.Should().Be(5);

    [Fact]
    public void HoldSeconds_TwoLegs_EachItsOwn() =>
        Fold([.. AnsweredBy(8), Hold(15, "hold", 501), Hold(16, "hold", 502), Hold(20, "unhold", 501), Hold(18, "unhold", 502)]).HoldSeconds.Should().Be(7);
}
