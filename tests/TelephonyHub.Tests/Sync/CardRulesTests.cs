using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Sync.Cards;
using static TelephonyHub.Tests.Calls.CallStory;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Sync;

/// <summary>Row E: only those whose phones ring get the card; it goes away for the others when one answers.</summary>
public sealed class CardRulesTests
{
    private static readonly Manager AnnaHerself = Crm(Anna, "Анна");
    private static readonly Manager BorisHimself = Crm(Boris, "Борис");

    [Fact]
    public void For_TwoPhonesRing_CardToBoth() => Cards(Incoming(), Rings(3, 501, 1), Rings(3, 502, 2)).Should().BeEquivalentTo([(Anna, CardEvent.Ringing), (Boris, CardEvent.Ringing)]);

    [Fact]
    public void For_NobodyRingsYet_NoCard() => Cards(Incoming(), ClientIn(), PickedUp(1, ClientLeg)).Should().BeEmpty();

    [Fact]
    public void For_OneStopsRinging_ItsCardEnds() =>
        Cards(Incoming(), Rings(3, 501, 1), HungUp(20, 501, 1), Rings(21, 502, 2)).Should().BeEquivalentTo([(Anna, CardEvent.Ended), (Boris, CardEvent.Ringing)]);

    [Fact]
    public void For_OneAnswers_OthersCardsEnd() =>
        Cards(Incoming(), Rings(3, 501, 1), Rings(3, 502, 2), TalkStarts(9, 1, ClientLeg, 501)).Should().BeEquivalentTo([(Anna, CardEvent.Answered), (Boris, CardEvent.Ended)]);

    [Fact]
    public void For_CallOver_EndedForAll() => Cards(Incoming(), Rings(3, 501, 1), Rings(3, 502, 2), Lost(30, 30, 1, 2)).Should().BeEquivalentTo([(Anna, CardEvent.Ended), (Boris, CardEvent.Ended)]);

    [Fact]
    public void For_OutgoingCall_NoCard() => Cards(Outgoing(0, 1), Rings(3, 501, 1)).Should().BeEmpty();

    [Fact]
    public void For_PhoneOfSomebodyWithoutCrmUser_NoCard() => Cards(Incoming(), Rings(3, 501, 99)).Should().BeEmpty();

    private static IEnumerable<(Guid, CardEvent)> Cards(params CallEvent[] events) =>
        CardRules.For(Fold(events), p => p.EmployeeId switch { 1 => AnnaHerself, 2 => BorisHimself, 99 => new Manager { Name = "x" }, _ => null }).Select(c => (c.Manager.ContactId!.Value, c.Event));
}
