using CsCheck;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Calls.Conversations;

namespace TelephonyHub.Tests.Calls;

/// <summary>Ten parallel calls with transfers, in any interleaving: strangers are never joined, and a pair that the evidence tells apart is never split.</summary>
public sealed class SecondSessionsPropertyTests
{
    private const string Moscow = "+74951234567";
    private static readonly string[] Numbers = ["+73462230001", "+78121230001"];
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    /// <summary>A transfer: when it was dialled, how long the second session took to arise, what it shows, and what of it came in.</summary>
    /// <param name="Told">An event of the leg names the number that it shows.</param>
    private sealed record Transfer(int Call, double At, double Delay, string Number, bool ShowsClient, bool LegNamed, double Skew, bool Told);

    private static readonly Gen<Transfer[]> TenCalls = Gen.Select(
        Gen.Double[0, 120], Gen.Double[0.05, 8], Gen.Int[0, 1].Select(i => Numbers[i]), Gen.Bool, Gen.Select(Gen.Bool, Gen.Bool), Gen.Double[-90, 90],
        (at, delay, number, shows, leg, skew) => new Transfer(0, at, delay, number, shows, leg.Item1, skew, leg is (true, true))).Array[10].Select(all => all.Select((t, i) => t with { Call = i }).ToArray());

    [Fact]
    public void Match_TenParallelCallsWithTransfers_NeverJoinsStrangers() => TenCalls.Sample(calls =>
    {
        var found = Match(calls, calls);
        foreach (var (arrival, joining) in found.Where(f => f.Value.Parent is not null))
        {
            joining.Parent!.Value.Id.Should().Be(arrival.Id - 1000);
        }
    });

    /// <summary>
    /// Not every number that was dialled answers, strangers call the same numbers themselves, and one transferred client's call is not the only one that
    /// Moscow makes there: what remains after true pairs is never given to anybody else.
    /// </summary>
    [Fact]
    public void Match_BusyNumbersAndStrangersInBetween_NeverJoinsStrangers() => Gen.Select(TenCalls, Gen.Int[0, 1023], Gen.Double[0, 128].Array[6]).Sample((calls, busy, strangers) =>
    {
        var arrived = calls.Where((_, i) => (busy & (1 << i)) == 0).Select(ArrivalOf).ToList();
        var others = strangers.Select((at, i) => new Arrival(
            new SessionKey(CabinetKey.Parse("sgt"), 9000 + i), $"+7926000000{i}", Numbers[i % 2], Noon.AddSeconds(at), Noon.AddSeconds(at + 0.2))).ToList();
        var found = SecondSessions.Match(calls.Select(DialOf), arrived.Concat(others), Window);

        found.Where(f => f.Value.Parent is { } parent && parent.Id != f.Key.Id - 1000).Should().BeEmpty("where every number was busy there is nobody to join");
        found.Keys.Should().NotContain(others.Select(o => o.Key), "a stranger's call is not even possibly the same conversation");
        foreach (var shown in calls.Where((c, i) => c.ShowsClient && (busy & (1 << i)) == 0))
        {
            found[ArrivalOf(shown).Key].Parent.Should().NotBeNull("a client who is shown is joined whatever else goes on");
        }
    });

    /// <summary>
    /// Events get lost: of some second sessions nobody told who dialled them. Where every leg that is known says that it showed its client, none of them is
    /// given to another's call, and no pair is split.
    /// </summary>
    [Fact]
    public void Match_LegsGotLostAndNumbersWereBusy_NeverJoinsWhatALegSaysItDidNotShow() => Gen.Select(TenCalls, Gen.Int[0, 1023], Gen.Int[0, 1023]).Sample((calls, lost, busy) =>
    {
        calls = [.. calls.Select((c, i) => (lost & (1 << i)) == 0 ? c with { ShowsClient = true, LegNamed = true, Told = true } : c)];
        var arrived = calls.Where((_, i) => (lost & (1 << i)) != 0 || (busy & (1 << i)) == 0).ToArray();

        var found = Match([.. calls.Where((_, i) => (lost & (1 << i)) == 0)], arrived);

        found.Where(f => f.Value.Parent is { } parent && parent.Id != f.Key.Id - 1000).Should().BeEmpty();
        found.Count(f => f.Value.Parent is not null).Should().Be(calls.Where((_, i) => (lost & (1 << i)) == 0 && (busy & (1 << i)) == 0).Count());
    });

    [Fact]
    public void Match_WhatIsNotJoined_IsSaidToBePossible() => TenCalls.Sample(calls =>
        Match(calls, calls).Should().HaveCount(calls.Length).And.OnlyContain(f => f.Value.Parent != null || f.Value.Possible != null));

    [Fact]
    public void Match_ClientsNumberShown_NeverSplitsAPair() => TenCalls.Select(calls => calls.Select(c => c with { ShowsClient = true }).ToArray()).Sample(calls =>
    {
        var found = Match(calls, calls);
        found.Should().HaveCount(calls.Length);
        found.Should().OnlyContain(f => f.Value.Parent != null && f.Value.Parent.Value.Id == f.Key.Id - 1000);
    });

    [Fact]
    public void Match_CabinetsNumberShownButNoTwoTransfersNear_NeverSplitsAPair() => TenCalls.Select(calls => calls.Select((c, i) => c with { At = i * 40, ShowsClient = false }).ToArray()).Sample(calls =>
    {
        var found = Match(calls, calls);
        found.Should().HaveCount(calls.Length);
        found.Should().OnlyContain(f => f.Value.Parent != null && f.Value.Parent.Value.Id == f.Key.Id - 1000);
    });

    [Fact]
    public void Match_ClocksOfTheCabinetsDiffer_NeverJoinsStrangersNorSplitsClientsThatAreShown() => TenCalls.Sample(calls =>
    {
        var skew = calls[0].Skew;
        var found = SecondSessions.Match(calls.Select(DialOf), calls.Select(c => ArrivalOf(c) with { At = ArrivalOf(c).At.AddSeconds(skew) }), Window);
        found.Where(f => f.Value.Parent is { } parent && parent.Id != f.Key.Id - 1000).Should().BeEmpty();
        foreach (var shown in calls.Where(c => c.ShowsClient))
        {
            found[ArrivalOf(shown).Key].Parent.Should().NotBeNull();
        }
    });

    [Fact]
    public void Match_AnyOrder_TheSame() => Gen.Select(TenCalls, Gen.Shuffle(Enumerable.Range(0, 10).ToArray()), Gen.Shuffle(Enumerable.Range(0, 10).ToArray())).Sample((calls, dials, arrivals) =>
        Match([.. dials.Select(i => calls[i])], [.. arrivals.Select(i => calls[i])]).Should().BeEquivalentTo(Match(calls, calls)));

    private static IReadOnlyDictionary<SessionKey, Joining> Match(Transfer[] dials, Transfer[] arrivals) => SecondSessions.Match(dials.Select(DialOf), arrivals.Select(ArrivalOf), Window);

    private static Dial DialOf(Transfer t) => new(
        new SessionKey(CabinetKey.Parse("msk"), t.Call), t.LegNamed ? DialSource.Leg : DialSource.Transfer, t.Number, t.Told ? ShownBy(t) : null, ClientOf(t), Moscow, Noon.AddSeconds(t.At), Noon.AddSeconds(t.At + 0.2));

    private static Arrival ArrivalOf(Transfer t) => new(
        new SessionKey(CabinetKey.Parse("sgt"), t.Call + 1000), ShownBy(t), t.Number, Noon.AddSeconds(t.At + t.Delay), Noon.AddSeconds(t.At + t.Delay + 0.2));

    private static string ShownBy(Transfer t) => t.ShowsClient ? ClientOf(t) : Moscow;

    private static string ClientOf(Transfer t) => $"+7916000000{t.Call}";
}
