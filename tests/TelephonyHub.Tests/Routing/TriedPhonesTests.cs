using TelephonyHub.Routing;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Routing;

/// <summary>A repeated request without a new digit means that the phones given before did not answer.</summary>
public sealed class TriedPhonesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly TriedPhones _tried = new();

    [Fact]
    public void Of_FirstRequest_Nothing() => _tried.Of(Ask(1)).Should().BeEmpty();

    [Fact]
    public void Of_SameSessionAgain_EverythingGivenSoFar()
    {
        _tried.Add(Ask(1), ["a", "b"], Now);
        _tried.Add(Ask(1), ["c"], Now);

        _tried.Of(Ask(1)).Should().BeEquivalentTo("a", "b", "c");
    }

    [Fact]
    public void Of_SameDigitAgain_StillTried()
    {
        _tried.Add(Ask(1, "4"), ["a"], Now);

        _tried.Of(Ask(1, "4")).Should().Contain("a");
        _tried.Of(Ask(1)).Should().Contain("a");
    }

    [Fact]
    public void Of_NewDigit_StartsOver()
    {
        _tried.Add(Ask(1), ["a"], Now);
        _tried.Add(Ask(1, "4"), ["b"], Now);

        _tried.Of(Ask(1, "2")).Should().BeEmpty();
        _tried.Of(Ask(1)).Should().BeEquivalentTo("b");
    }

    [Fact]
    public void Of_SameIdInAnotherCabinet_AnotherCall()
    {
        _tried.Add(Ask(1), ["a"], Now);

        _tried.Of(new RouteQuestion(Company.Surgut, 1, null, null, null)).Should().BeEmpty();
    }

    [Fact]
    public void Of_RequestWithoutSession_NothingIsRemembered()
    {
        _tried.Add(Ask(null), ["a"], Now);

        _tried.Of(Ask(null)).Should().BeEmpty();
    }

    [Fact]
    public void Restore_AnswersOfAnotherReplica_JoinWhatIsKnownHere()
    {
        _tried.Add(Ask(1), ["a"], Now);
        _tried.Restore(Ask(1), [new GivenPhones(null, ["a"], Now), new GivenPhones(null, ["b"], Now.AddSeconds(20))]);
        _tried.Add(Ask(1), ["c"], Now.AddSeconds(40));

        _tried.Of(Ask(1)).Should().BeEquivalentTo("a", "b", "c");
    }

    [Fact]
    public void Restore_EarlierDigitOfAnotherReplica_TheLaterOneCounts()
    {
        _tried.Add(Ask(1, "4"), ["b"], Now.AddSeconds(20));
        _tried.Restore(Ask(1), [new GivenPhones(null, ["a"], Now), new GivenPhones("4", ["b"], Now.AddSeconds(20))]);

        _tried.Of(Ask(1)).Should().BeEquivalentTo("b");
        _tried.Of(Ask(1, "4")).Should().BeEquivalentTo("b");
    }

    [Fact]
    public void Restore_DigitPressedAgainAfterAnother_StartsOver()
    {
        _tried.Restore(Ask(1), [new GivenPhones("4", ["a"], Now), new GivenPhones("2", ["b"], Now.AddSeconds(20))]);

        _tried.Of(Ask(1, "4")).Should().BeEmpty();
        _tried.Of(Ask(1, "2")).Should().BeEquivalentTo("b");
    }

    private static RouteQuestion Ask(long? session, string? digit = null) => new(Company.Moscow, session, "79161234567", null, digit);
}
