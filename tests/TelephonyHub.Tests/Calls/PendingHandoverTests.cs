using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Calls;

/// <summary>Who is on the line when a call comes to a number that the company itself has just dialled.</summary>
public sealed class PendingHandoverTests
{
    private const string Client = "+79161234567";
    private const string Other = "+79167654321";
    private const string Moscow = "+74951230001";
    private const string Surgut = "+73462230001";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Nina = new("a0000000-0000-0000-0000-00000000000a");
    private static readonly Guid Oleg = new("a0000000-0000-0000-0000-00000000000b");
    private static readonly SessionKey Arrived = new(CabinetKey.Parse("sgt"), 900);

    [Fact]
    public void Choose_ClientsOwnNumberIsShown_HisTransfer()
    {
        var handover = Choose(Client, Row(1, Client, Nina), Row(2, Other, Oleg))!;

        (handover.From!.Value.Id, handover.Client, handover.ManagerContactId).Should().Be((1, PhoneNumber.Parse(Client), Nina));
    }

    [Fact]
    public void Choose_CompanysNumberIsShownAndOneTransferWaits_ItIsThat()
    {
        var handover = Choose(Moscow, Row(1, Client, Nina))!;

        (handover.Client, handover.ManagerContactId).Should().Be((PhoneNumber.Parse(Client), Nina));
    }

    [Fact]
    public void Choose_CompanysNumberIsShownAndTwoMayBe_NobodyIsGuessed()
    {
        Choose(Moscow, Row(1, Client, Nina), Row(2, Other, Oleg)).Should().BeNull();
    }

    [Fact]
    public void Choose_TwoMayBeAndBothAreForTheSameManager_HeIsRungAndNoClientIsNamed()
    {
        Choose(Moscow, Row(1, Client, Nina), Row(2, Other, Nina)).Should().Be(new Handover(null, null, Nina));
    }

    [Fact]
    public void Choose_TransferAndTheLegItMade_AreOne()
    {
        var leg = Row(1, Client, null);
        leg.Source = "leg";

        Choose(Moscow, leg, Row(1, Client, Nina))!.ManagerContactId.Should().Be(Nina);
    }

    [Fact]
    public void Choose_SpontaneousTransfer_NamesTheClientAndNoManager()
    {
        var leg = Row(1, Client, null);
        leg.Source = "leg";

        Choose(Moscow, leg).Should().Be(new Handover(new SessionKey(CabinetKey.Parse("msk"), 1), PhoneNumber.Parse(Client), null));
    }

    [Fact]
    public void Choose_AStrangersCall_HasNone()
    {
        Choose("+79990000000", Row(1, Client, Nina)).Should().BeNull();
    }

    [Fact]
    public void Choose_OldTransfer_IsForgotten()
    {
        var old = Row(1, Client, Nina);
        old.SeenAt = Now - PendingHandovers.Waits - TimeSpan.FromSeconds(1);

        Choose(Client, old).Should().BeNull("who calls later calls by himself");
    }

    [Fact]
    public void Choose_TransferWhoseSessionIsKnown_IsThatSessionsAlone()
    {
        var joined = Row(1, Client, Nina);
        (joined.JoinedCabinet, joined.JoinedSession) = ("sgt", 900);

        Choose(Client, joined)!.ManagerContactId.Should().Be(Nina, "the hook may be passed twice");
        PendingHandovers.Choose([joined], new SessionKey(CabinetKey.Parse("sgt"), 901), PhoneNumber.Parse(Client), Now).Should().BeNull();
    }

    [Theory]
    [InlineData(Client)]
    [InlineData(Moscow)]
    public void Choose_RoutingGaveTheNumber_NamesTheClientAndNoMore(string shown)
    {
        Choose(shown, Given(Client)).Should().Be(new Handover(null, PhoneNumber.Parse(Client), null), "the number may have been dialled, or he dialled it himself");
    }

    [Fact]
    public void Choose_RoutingGaveTheNumberForTwo_NobodyIsGuessed()
    {
        Choose(Moscow, Given(Client), Given(Other)).Should().BeNull();
    }

    [Fact]
    public void Choose_NumberDialledForOneAndOnlyGivenForAnother_ItIsTheOneWhoWasDialledFor()
    {
        Choose(Moscow, Given(Other), Row(1, Client, Nina))!.Client.Should().Be(PhoneNumber.Parse(Client));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(181, false)]
    public void Choose_NumberGivenAsTheLastOfMany_IsWaitedForUntilItsTurnMustBeOver(int seconds, bool waits)
    {
        var given = Given(Client);
        given.SeenAt = Now - TimeSpan.FromSeconds(seconds);

        (Choose(Client, given) is not null).Should().Be(waits);
    }

    [Fact]
    public void Choose_HiddenCallerWasSentHere_TheNextHiddenOneMayBeHe()
    {
        PendingHandovers.Choose([Given(null)], Arrived, null, Now)!.IsBare.Should().BeTrue();
        PendingHandovers.Choose([Given(Client)], Arrived, null, Now).Should().BeNull("his number would be shown");
    }

    [Fact]
    public async Task Find_DatabaseDoesNotAnswer_TheNextCallsDoNotWaitForItForAWhile()
    {
        var time = new FakeTimeProvider(Now);
        await using var database = new HubDatabase(Company.Settings(("Database:Provider", "Postgres"), ("ConnectionStrings:Hub", "Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x")));
        database.MarkReady();
        var asked = new CountingLogger();
        var pending = new PendingHandovers(database, time, asked);
        Task<Handover?> FindAsync() => pending.FindAsync(Arrived, PhoneNumber.Parse(Moscow), PhoneNumber.Parse(Surgut), callerIsOwn: true, default);

        (await FindAsync()).Should().BeNull();
        asked.Count.Should().Be(1);

        pending.Add(Row(1, Client, Nina));
        (await FindAsync())!.ManagerContactId.Should().Be(Nina, "what is in memory counts all the same");
        asked.Count.Should().Be(1, "it is away, and nobody waits for that twice");

        time.Advance(TimeSpan.FromSeconds(16));
        await FindAsync();
        asked.Count.Should().Be(2, "it may be back");
    }

    /// <summary>A read that failed is logged once.</summary>
    private sealed class CountingLogger : ILogger<PendingHandovers>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }

    private static HandoverRow Given(string? client)
    {
        var row = Row(0, client, null);
        row.Source = "route";
        return row;
    }

    private static Handover? Choose(string shown, params HandoverRow[] rows) => PendingHandovers.Choose(rows, Arrived, PhoneNumber.Parse(shown), Now);

    private static HandoverRow Row(long session, string? client, Guid? manager) => new()
    {
        Id = Guid.CreateVersion7(Now),
        FromCabinet = "msk",
        FromSession = session,
        Source = "transfer",
        ToNumber = Surgut,
        ClientPhone = client,
        FromNumber = Moscow,
        ManagerContactId = manager,
        At = Now - TimeSpan.FromSeconds(2),
        SeenAt = Now - TimeSpan.FromSeconds(2),
    };
}
