using TelephonyHub.Calls;
using static TelephonyHub.Tests.Calls.CallStory;

namespace TelephonyHub.Tests.Calls;

/// <summary>Contract, section 2: what is an answer and what is not.</summary>
public sealed class CallAnsweredTests
{
    public static TheoryData<string, CallEvent> Answers => new()
    {
        { "talk_started", TalkStarts(10) },
        { "talk_finished", TalkEnds(30) },
        { "talk_time_duration of the finish", Finished(60, talk: 1) },
        { "talk duration of the report", Report(talk: 5) },
        { "a talked employee in the report", Report(lastTalked: 8) },
        { "a talked leg in the report", ReportedLeg(10, 502, talked: true, employee: 8) },
    };

    public static TheoryData<string, CallEvent> NoAnswers => new()
    {
        { "call_connected: an IVR does that, too", PickedUp(2, ClientLeg) },
        { "call_connected of an employee's phone", PickedUp(5, 501, 8) },
        { "voice mail", VoiceMail(20, "https://app.uiscom.ru/system/media/voice_mail/1/3dd1e8815bde5e7f9bb15831e1f51e63/", 15) },
        { "a leg event that does not say which", Event(CallEventKind.LegUnknown, 5) with { LegIds = [501], EmployeeId = 8 } },
        { "a finish without talk time", Finished(60, talk: 0, employee: 8) },
        { "a finish that says nothing of talk", Finished(60, employee: 8) },
        { "a leg of the report without talk", ReportedLeg(3, 501, talked: false, employee: 8) with { TalkSeconds = 12 } },
        { "a reported call without talk", Report(talk: 0) },
        { "a recording of the menu", Recording(70, "https://app.uiscom.ru/system/media/talk/1/aaaaaaaabbbbbbbbccccccccdddddddd/", 9) },
        { "ringing", Rings(3, 501, 8) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answered_WhatProvesATalk_True(string why, CallEvent proof) => Fold(Incoming(), proof).Answered.Should().BeTrue(why);

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public void Answered_WhatProvesNoTalk_False(string why, CallEvent noProof) => Fold(Incoming(), noProof).Answered.Should().BeFalse(why);

    [Fact]
    public void Answered_LostEventComesAfterTheTalk_StaysAnswered()
    {
        var call = Fold([.. AnsweredBy(8), Lost(41, 5, 77)]);

        call.Answered.Should().BeTrue("an answered call never becomes missed (promise 4)");
        call.State.Should().Be(CallState.Answered);
    }

    [Fact]
    public void Answered_OnlyLostEvent_Missed()
    {
        var call = Fold(Incoming(), Rings(3, 501, 8), Lost(25, 25, 8, 9), Finished(25, 0, 25, 25));

        call.State.Should().Be(CallState.Missed);
        call.AnsweredAt.Should().BeNull();
        call.LastTalked.Should().BeNull();
    }
}
