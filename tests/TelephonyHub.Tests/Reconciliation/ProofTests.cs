using TelephonyHub.Reconciliation;
using TelephonyHub.Storage.Model;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Tests.Reconciliation;

/// <summary>PBX n = journal n, day by day.</summary>
public sealed class ProofTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
    private static readonly DateOnly First = new(2026, 3, 2);
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 21, 0, 0, TimeSpan.Zero); // 3 March in Moscow

    [Theory]
    [InlineData(-2, 3)]
    [InlineData(2, -3)]
    public void CompareDays_ClocksDifferAroundMidnight_CountedOnTheReportsDay(int reportSecond, int journalSecond)
    {
        var days = Days([Row(1, Midnight.AddSeconds(reportSecond))], [Call(1, Midnight.AddSeconds(journalSecond))]);

        days.Should().OnlyContain(d => d.Proof.Pbx == d.Proof.Journal && d.Proof.Differences.Count == 0);
        days.Single(d => d.Proof.Pbx == 1).Day.Should().Be(First.AddDays(reportSecond < 0 ? 0 : 1));
    }

    [Theory]
    [InlineData(-2, 3, 0)]
    [InlineData(2, -3, 1)]
    public void CompareDays_AroundTheFirstMidnight_NothingIsTooManyOrLacks(int reportSecond, int journalSecond, int expected)
    {
        var start = Midnight.AddDays(-1);
        var days = Days([Row(1, start.AddSeconds(reportSecond))], [Call(1, start.AddSeconds(journalSecond))]);

        days.Sum(d => d.Proof.Pbx).Should().Be(expected);
        days.Sum(d => d.Proof.Journal).Should().Be(expected);
    }

    [Fact]
    public void CompareDays_SessionThatTheReportLacks_OnItsOwnDay() =>
        Days([], [Call(1, Midnight.AddSeconds(5))]).Single(d => d.Proof.Journal == 1).Day.Should().Be(First.AddDays(1));

    [Fact]
    public void CompareDays_CabinetsClockIsAheadOfMidnight_TheNewDayIsThereToo()
    {
        var (day, proof) = Days([Row(1, Midnight.AddDays(1).AddSeconds(3))], [Call(1, Midnight.AddDays(1).AddSeconds(-4))])[^1];

        day.Should().Be(First.AddDays(2));
        (proof.Pbx, proof.Journal).Should().Be((1, 1));
    }

    [Fact]
    public void IsEqual_OneCallTooManyOnEitherSide_IsFalseThoughTheFiguresAgree()
    {
        var proof = Days([Row(1, Midnight)], [Call(2, Midnight)]).Single(d => d.Proof.Pbx == 1).Proof;

        proof.Journal.Should().Be(1);
        new ProofItem("msk", "2026-03-03", proof.Pbx, proof.Journal, proof.CrmExpected, proof.CrmExpected, proof.Differences, Midnight).IsEqual.Should().BeFalse();
    }

    [Theory]
    [InlineData(59, 0)]
    [InlineData(61, 1)]
    public void CompareDays_CallGoesOnThereAndIsUnknownHere_IsListedOnceItsWebhooksShouldHaveCome(int secondsAgo, int listed)
    {
        var started = Midnight.AddDays(2).AddSeconds(-secondsAgo);

        var proofs = Days([Row(7, started) with { End = null }], []).ConvertAll(d => d.Proof);

        proofs.SelectMany(p => p.Differences).Where(d => d.Kind == DifferenceKind.Contradiction).Select(d => d.SessionId).Should().Equal(Enumerable.Repeat("7", listed));
        proofs.Should().OnlyContain(p => p.IsEqual && p.Pbx == 0, "only what has ended is counted");
    }

    [Fact]
    public void CompareDays_CallGoesOnThereAndHere_IsNotListed()
    {
        var going = Call(7, Midnight);
        going.Ended = false;

        Days([Row(7, Midnight) with { End = null }], [going]).SelectMany(d => d.Proof.Differences).Should().OnlyContain(d => d.Kind == DifferenceKind.Reason);
    }

    private static List<(DateOnly Day, Proof Proof)> Days(IReadOnlyList<Reported> reported, IReadOnlyList<CallRow> journaled) =>
        [.. Proof.CompareDays(First, First.AddDays(2), reported, journaled, new CrmFindings(new HashSet<long> { 1 }, new Dictionary<long, string>(), new Dictionary<long, string>(), new Dictionary<long, string>()), Moscow, Midnight.AddDays(2))];

    private static Reported Row(long id, DateTimeOffset start) => new(new UisCallRow { Id = id }, start, start.AddSeconds(30));

    private static CallRow Call(long id, DateTimeOffset start) => new()
    {
        Cabinet = "msk",
        SessionId = id,
        ConversationId = $"msk:{id}",
        Direction = "in",
        State = "missed",
        Data = "",
        Ended = true,
        StartedAt = start,
        CrmExpected = true,
    };
}
