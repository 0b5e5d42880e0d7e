using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Sync.Cards;
using static TelephonyHub.Tests.Calls.CallStory;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Sync;

/// <summary>Row E: only those whose phones ring get the card; it goes away for the others when one answers.</summary>
public sealed class CardRulesTests
{
    private static readonly Guid Stranger = Guid.CreateVersion7();
    private static readonly Manager AnnaHerself = Crm(Anna, "Анна");
    private static readonly Manager BorisHimself = Crm(Boris, "Борис");

    [Fact]
    public void For_TwoPhonesRing_CardToBoth() => Cards(Incoming(), Rings(3, 501, 1), Rings(3, 502, 2)).Should().BeEquivalentTo([(Anna, CardEvent.Ringing), (Boris, CardEvent.Ringing)]);

    [Fact]
    public void For_NobodyRingsYet_NoCard() => Cards(Incoming(), ClientIn(), PickedUp(1, ClientLeg)).Should().BeEmpty();

    [Fact]
    public void Over_OneStopsRinging_ItsCardEnds() => Over([Anna], Incoming(), Rings(3, 501, 1), HungUp(20, 501, 1), Rings(21, 502, 2)).Should().Equal(Anna);

    [Fact]
    public void For_OneAnswers_TheTalkersCardSaysSo() => Cards(Incoming(), Rings(3, 501, 1), Rings(3, 502, 2), TalkStarts(9, 1, ClientLeg, 501)).Should().Equal((Anna, CardEvent.Answered));

    [Fact]
    public void Over_OneAnswers_OthersCardsEndAlsoWhereThePhoneNeverRang() =>
        Over([Anna, Boris, Stranger], Incoming(), Rings(3, 501, 1), Rings(3, 502, 2), TalkStarts(9, 1, ClientLeg, 501)).Should().BeEquivalentTo([Boris, Stranger]);

    [Fact]
    public void Over_CallOver_EndedForAllWhoWereTold() => Over([Anna, Stranger], Incoming(), Rings(3, 501, 1), Lost(30, 30, 1)).Should().BeEquivalentTo([Anna, Stranger]);

    [Fact]
    public void For_CallOver_NoNewCard() => Cards(Incoming(), Rings(3, 501, 1), Lost(30, 30, 1)).Should().BeEmpty();

    [Fact]
    public void Over_AnotherRingsForAWhile_ThePhoneThatWasPassedOverLosesItsCard()
    {
        var story = new[] { Incoming(), Rings(3, 502, 2) };

        Over([Anna, Boris], story).Should().BeEmpty("events come in any order: her phone may ring, too");
        Over([Anna, Boris], patient: true, story).Should().Equal(Anna);
    }

    [Fact]
    public void Over_BothRing_BothKeepTheirCards() => Over([Anna, Boris], patient: true, Incoming(), Rings(3, 501, 1), Rings(3, 502, 2)).Should().BeEmpty();

    [Fact]
    public void For_OutgoingCall_NoCard() => Cards(Outgoing(0, 1), Rings(3, 501, 1)).Should().BeEmpty();

    [Fact]
    public void For_PhoneOfSomebodyWithoutCrmUser_NoCard() => Cards(Incoming(), Rings(3, 501, 99)).Should().BeEmpty();

    private static IEnumerable<(Guid, CardEvent)> Cards(params CallEvent[] events) => CardRules.For(Fold(events), ManagerOf).Select(c => (c.Manager.ContactId!.Value, c.Event));

    private static IReadOnlyList<Guid> Over(Guid[] told, params CallEvent[] events) => Over(told, patient: false, events);

    private static IReadOnlyList<Guid> Over(Guid[] told, bool patient, params CallEvent[] events) => CardRules.Over(Fold(events), told, ManagerOf, patient);

    private static Manager? ManagerOf(Participant p) => p.EmployeeId switch { 1 => AnnaHerself, 2 => BorisHimself, 99 => new Manager { Name = "x" }, _ => null };
}
