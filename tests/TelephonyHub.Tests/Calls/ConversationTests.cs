using TelephonyHub.Cabinets;
using TelephonyHub.Calls;

namespace TelephonyHub.Tests.Calls;

/// <summary>Several sessions, one conversation: who talked with the client last, and was he answered at all.</summary>
public sealed class ConversationTests
{
    private const string Surgut = "73462230001";
    private const long OnwardLeg = 700;
    private static readonly SessionKey SecondKey = new(CabinetKey.Parse("sgt"), 9001);

    [Fact]
    public void Talker_TransferredAndAnswered_TheSecondManager()
    {
        var conversation = Joined([.. FirstTalk(), Onward(40), CallStory.TalkStarts(50, null, CallStory.ClientLeg, OnwardLeg), CallStory.Finished(90, 80, 90, 5)], SecondAnswered(50));

        conversation.Talker.Should().Be(new SessionParticipant(SecondKey, new Participant(41, CallStory.NameOf(41), null)));
        conversation.Answered.Should().BeTrue();
    }

    [Fact]
    public void Talker_TransferredAndThePbxNamesItsOwnEmployeeAsLast_StillTheSecondManager()
    {
        var conversation = Joined([.. FirstTalk(), Onward(40), CallStory.TalkStarts(50, null, CallStory.ClientLeg, OnwardLeg), CallStory.Finished(90, 80, 90, 5, employee: 8, lastTalked: 8)], SecondAnswered(50));

        conversation.Talker!.Session.Should().Be(SecondKey);
    }

    [Fact]
    public void Talker_ConsultedAndRestored_TheFirstManager()
    {
        // The second session was answered, but only to be consulted: the client never talked there.
        var conversation = Joined([.. FirstTalk(), Onward(40), CallStory.TalkStarts(60, 8, CallStory.ClientLeg, 501), CallStory.Finished(90, 80, 90, 5)], SecondAnswered(45));

        conversation.Talker.Should().BeEquivalentTo(new { Session = CallStory.Key, Who = new { EmployeeId = 8L } });
    }

    [Fact]
    public void Talker_PoorTemplatesNameNoNumbers_WhoseTalkBeganLater()
    {
        var conversation = Joined([.. FirstTalk(), CallStory.Finished(90, 80, 90, 5)], SecondAnswered(50));

        conversation.Talker!.Session.Should().Be(SecondKey);
    }

    [Fact]
    public void Answered_ForwardedToAnotherCabinetWhereNobodyLifted_IsMissed()
    {
        // The other cabinet's greeting lifts the line: for the first session that is a talk.
        var conversation = Joined(
            [CallStory.Incoming(), CallStory.ClientIn(), Onward(3), CallStory.TalkStarts(5, null, CallStory.ClientLeg, OnwardLeg), CallStory.Finished(60, 55, 60, 5)],
            [CallStory.Incoming(4) with { VirtualNumber = Surgut }, CallStory.Rings(6, 801, 41), CallStory.Lost(59, 55, 41), CallStory.Finished(60, 0, 56, 56)]);

        conversation.Answered.Should().BeFalse();
        conversation.Talker.Should().BeNull();
        conversation.Rung.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Session = SecondKey, Who = new { EmployeeId = 41L } });
    }

    [Fact]
    public void Answered_ForwardedAndTheOtherSessionStillGoesOn_NotMissedYet() =>
        Joined(
            [CallStory.Incoming(), CallStory.ClientIn(), Onward(3), CallStory.TalkStarts(5, null, CallStory.ClientLeg, OnwardLeg), CallStory.Finished(60, 55, 60, 5)],
            [CallStory.Incoming(4) with { VirtualNumber = Surgut }, CallStory.Rings(6, 801, 41)]).Answered.Should().BeTrue();

    [Fact]
    public void Talker_OneSessionOnly_WhoTalkedLastThere()
    {
        var conversation = new Conversation(CallStory.Fold([.. FirstTalk(), CallStory.Finished(90, 80, 90, 5)]), []);

        conversation.Talker.Should().BeEquivalentTo(new { Session = CallStory.Key, Who = new { EmployeeId = 8L } });
        conversation.Others.Should().BeEmpty();
    }

    private static IEnumerable<CallEvent> FirstTalk() =>
        [CallStory.Incoming(), CallStory.ClientIn(), CallStory.LegTo(2, 501, 8, CallStory.Mobile), CallStory.TalkStarts(8, 8, CallStory.ClientLeg, 501)];

    private static CallEvent Onward(double at) => CallStory.LegTo(at, OnwardLeg, number: Surgut);

    private static IReadOnlyList<CallEvent> SecondAnswered(double at) =>
        [CallStory.Incoming(at - 5) with { VirtualNumber = Surgut }, CallStory.Rings(at - 3, 801, 41), CallStory.TalkStarts(at, 41, 800, 801), CallStory.Finished(90, 40, 45, 5, employee: 41)];

    private static Conversation Joined(IReadOnlyList<CallEvent> first, IReadOnlyList<CallEvent> second) =>
        new(CallStory.Fold(first), [(CallFold.From(SecondKey, second), CallStory.Key)]);
}
