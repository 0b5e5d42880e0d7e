using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Calls.Conversations;

namespace TelephonyHub.Tests.Calls;

/// <summary>Two sessions are one conversation by calling number, dialled number and time; never by time alone, never at the price of joining strangers.</summary>
public sealed class SecondSessionsTests
{
    private const string Client = "+79161234567";
    private const string Other = "+79037654321";
    private const string Moscow = "+74951234567";
    private const string Surgut = "+73462230001";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    [Fact]
    public void Match_ClientsNumberShownWithinTheWindow_Joined() =>
        Parent([Dialled(1, Client, 0)], Arrives(100, Client, 1)).Should().Be(Session(1));

    [Fact]
    public void Match_OnlyTheFirstCabinetsNumberShownAndOneCallFits_Joined() =>
        Parent([Dialled(1, Client, 0)], Arrives(100, Moscow, 1)).Should().Be(Session(1));

    [Fact]
    public void Match_TimeAlone_NotJoined() => Parent([Dialled(1, Client, 0)], Arrives(100, Other, 1)).Should().BeNull();

    [Fact]
    public void Match_HiddenCaller_NotJoined() => Parent([Dialled(1, Client, 0)], Arrives(100, null, 1)).Should().BeNull();

    [Theory]
    [InlineData(-5)]
    [InlineData(16)]
    [InlineData(90)]
    public void Match_OutsideTheWindow_NotJoined(double at) => Parent([Dialled(1, Client, 0)], Arrives(100, Client, at)).Should().BeNull();

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public void Match_CabinetsClockIsOffButTheEventsComeTogether_Joined(double skew) =>
        Parent([Dialled(1, Client, 0)], Arrives(100, Client, skew, seen: 1)).Should().Be(Session(1));

    [Fact]
    public void Match_RebuiltFromTheReportAtOneMoment_TheMomentProvesNothing() =>
        Parent([Dialled(1, Client, 0) with { SeenAt = Noon.AddHours(3) }], Arrives(100, Client, 100) with { SeenAt = Noon.AddHours(3) }).Should().BeNull();

    [Fact]
    public void Match_TwoClientsTransferredAtOnceWithTheirNumbersShown_EachWithHisOwn()
    {
        var found = Match([Dialled(1, Client, 0), Dialled(2, Other, 0.5)], Arrives(100, Other, 1), Arrives(101, Client, 1.2));

        found[Arrival(100)].Parent.Should().Be(Session(2));
        found[Arrival(101)].Parent.Should().Be(Session(1));
    }

    [Fact]
    public void Match_TwoClientsTransferredAtOnceWithTheCabinetsNumberShown_LeftApartAndSaidToBePossible()
    {
        var found = Match([Dialled(1, Client, 0), Dialled(2, Other, 0.5)], Arrives(100, Moscow, 1), Arrives(101, Moscow, 1.2));

        found.Values.Should().OnlyContain(j => j.Parent == null && j.Possible != null).And.HaveCount(2);
    }

    [Fact]
    public void Match_OneArrivalFitsOneDialOnlyAndTheNextWhatIsLeft_BothJoined()
    {
        var found = Match([Dialled(1, Client, 0), Dialled(2, Other, 10)], Arrives(100, Moscow, 1), Arrives(101, Moscow, 11));

        found[Arrival(100)].Parent.Should().Be(Session(1));
        found[Arrival(101)].Parent.Should().Be(Session(2));
    }

    [Fact]
    public void Match_OneArrivalTooMany_NoneOfThemIsJoined() =>
        Match([Dialled(1, Client, 0)], Arrives(100, Moscow, 1), Arrives(101, Moscow, 2)).Values.Should().OnlyContain(j => j.Parent == null);

    [Fact]
    public void Match_SameCallDialsTwice_BothArrivalsAreIts() =>
        Match([Dialled(1, Client, 0), Dialled(1, Client, 5)], Arrives(100, Moscow, 1), Arrives(101, Moscow, 6)).Values.Should().OnlyContain(j => j.Parent == Session(1));

    [Fact]
    public void Match_ClientCallsTheOtherNumberHimselfMeanwhile_OnlyTheNearerIsTheTransfer()
    {
        var found = Match([Dialled(1, Client, 0)], Arrives(100, Client, 12), Arrives(101, Client, 1));

        found[Arrival(101)].Parent.Should().Be(Session(1));
        found[Arrival(100)].Parent.Should().BeNull();
    }

    [Fact]
    public void Match_LegSaysWhichNumberItShowed_TheOtherCallDoesNotFit()
    {
        var found = Match([Dialled(1, Client, 0) with { Shown = Moscow }, Dialled(2, Other, 0.5) with { Shown = Other }], Arrives(100, Moscow, 1));

        found[Arrival(100)].Parent.Should().Be(Session(1));
    }

    [Fact]
    public void Match_PbxShowsAnotherNumberThanItsLegSays_JoinedAllTheSame() =>
        Parent([Dialled(1, Client, 0) with { Shown = Moscow }], Arrives(100, Client, 1)).Should().Be(Session(1));

    /// <summary>A's leg showed A and Surgut was busy; then B came there from a call whose leg nobody told of.</summary>
    [Fact]
    public void Match_LegSaysItShowedTheClientAndSomebodyElseArrives_LeftApartAndSaidToBePossible() =>
        Match([Dialled(1, Client, 0) with { Shown = Client }], Arrives(100, Moscow, 8))[Arrival(100)].Should().Be(new Joining(null, Session(1)));

    [Fact]
    public void Match_TransferAndItsLeg_OneAttempt() =>
        Match([Dialled(1, Client, 0) with { Source = DialSource.Transfer }, Dialled(1, Client, 0.4)], Arrives(100, Moscow, 1), Arrives(101, Moscow, 2))
            .Values.Should().OnlyContain(j => j.Parent == null);

    [Fact]
    public void Match_OnlyRoutingGaveTheNumber_PossibleNoMore()
    {
        var found = Match([Dialled(1, Client, 0) with { Source = DialSource.Route }], Arrives(100, Client, 40));

        found[Arrival(100)].Should().Be(new Joining(null, Session(1)));
    }

    private static SessionKey? Parent(IEnumerable<Dial> dials, Arrival arrival) => Match(dials, arrival).GetValueOrDefault(arrival.Key).Parent;

    private static IReadOnlyDictionary<SessionKey, Joining> Match(IEnumerable<Dial> dials, params IEnumerable<Arrival> arrivals) => SecondSessions.Match(dials, arrivals, Window);

    private static Dial Dialled(long session, string client, double at) =>
        new(Session(session), DialSource.Leg, Surgut, null, client, Moscow, Noon.AddSeconds(at), Noon.AddSeconds(at + 0.1));

    private static Arrival Arrives(long session, string? caller, double at, double? seen = null) =>
        new(Arrival(session), caller, Surgut, Noon.AddSeconds(at), Noon.AddSeconds(seen ?? at + 0.1));

    private static SessionKey Session(long id) => new(CabinetKey.Parse("msk"), id);

    private static SessionKey Arrival(long id) => new(CabinetKey.Parse("sgt"), id);
}
