using CsCheck;
using TelephonyHub.Cabinets;
using TelephonyHub.Uis;

namespace TelephonyHub.Tests.Cabinets;

/// <summary>Points per day are few: how often a cabinet is asked follows from what its answers report (reference 1.4).</summary>
public sealed class PollingPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3000, 288)] // 20 % are 600 points, 300 rounds of two
    [InlineData(750, 1152)]
    [InlineData(500, 1728)]
    [InlineData(100_000, 60)] // plenty, yet never more often than once a minute
    public void Interval_FullDay_SpreadsTheShare(int dayLimit, int seconds) =>
        PollingPlan.Interval(PollingShare.People, Limits(dayLimit, dayLimit, TimeSpan.FromDays(1)), Now).TotalSeconds.Should().BeApproximately(seconds, 0.5);

    [Fact]
    public void Interval_NoAnswerYet_IsTheSharesDefault()
    {
        PollingPlan.Interval(PollingShare.People, null, Now).Should().Be(TimeSpan.FromMinutes(5));
        PollingPlan.Interval(PollingShare.Dictionaries, new UisApiLimits(null, null, null, null, null, null, Now), Now).Should().Be(TimeSpan.FromHours(1));
    }

    [Fact]
    public void Interval_OthersSpentTheDay_IsSlower()
    {
        var usual = PollingPlan.Interval(PollingShare.People, Limits(3000, 1500, TimeSpan.FromHours(12)), Now);
        var scarce = PollingPlan.Interval(PollingShare.People, Limits(3000, 150, TimeSpan.FromHours(12)), Now);

        usual.TotalSeconds.Should().BeApproximately(288, 0.5);
        scarce.TotalSeconds.Should().BeApproximately(2880, 0.5, "a tenth is left for the same time");
    }

    [Fact]
    public void Interval_NothingLeftForTheShare_WaitsForTheReset() =>
        PollingPlan.Interval(PollingShare.People, Limits(3000, 9, TimeSpan.FromHours(5)), Now).Should().Be(TimeSpan.FromHours(5));

    [Fact]
    public void Interval_LastAnswerIsOfYesterday_AllPointsAreBack() =>
        PollingPlan.Interval(PollingShare.People, Limits(3000, 0, TimeSpan.FromSeconds(-1)), Now).TotalSeconds.Should().BeApproximately(288, 0.5);

    [Fact]
    public void Interval_MinuteNearlyUsedUp_WaitsForItsReset()
    {
        var plenty = Limits(1_000_000, 1_000_000, TimeSpan.FromDays(1));

        // 15 a minute were seen in the wild; six of them, a transfer and its undoing, are kept for people.
        PollingPlan.Interval(PollingShare.Live, plenty with { MinuteLimit = 15, MinuteRemaining = 6, MinuteResetAt = Now.AddSeconds(41) }, Now).Should().Be(TimeSpan.FromSeconds(41));
        PollingPlan.Interval(PollingShare.Live, plenty with { MinuteLimit = 15, MinuteRemaining = 7, MinuteResetAt = Now.AddSeconds(41) }, Now).Should().Be(PollingShare.Live.Fastest);
    }

    [Fact]
    public void Interval_WholeDayPolled_NeverSpendsMoreThanTheShare() =>
        Gen.Select(Gen.Int[100, 20_000], Gen.Int[0, 86_400], Gen.Double[0, 1]).Sample(
            (dayLimit, startSecond, others) =>
            {
                var reset = Now.AddSeconds(86_400 - startSecond);
                var left = dayLimit;
                var spent = 0;
                for (var now = Now; now < reset;)
                {
                    // Others take theirs out of the same points, evenly or in bursts.
                    left = Math.Max(0, left - (int)(others * 3));
                    spent += Math.Min(PollingShare.People.Points, left);
                    left = Math.Max(0, left - PollingShare.People.Points);
                    var next = PollingPlan.Interval(PollingShare.People, Limits(dayLimit, left, reset - now, now), now);
                    next.Should().BeGreaterThanOrEqualTo(PollingShare.People.Fastest);
                    now += next;
                }

                spent.Should().BeLessThanOrEqualTo((int)(dayLimit * PollingShare.People.OfDay) + (2 * PollingShare.People.Points));
            },
            iter: 200);

    [Fact]
    public void OnDemand_SomebodyLooks_SpendsWhatWasSavedThenSlowsDown()
    {
        // 20 % of 500 are 100 a day; half the day is over, so 50 are saved and 25 may be spent ahead.
        var noon = Limits(500, 480, TimeSpan.FromHours(12));

        PollingPlan.OnDemand(PollingShare.Live, noon, spent: 0, Now).Should().Be(PollingShare.Live.Fastest);
        PollingPlan.OnDemand(PollingShare.Live, noon, spent: 74, Now).Should().Be(PollingShare.Live.Fastest);
        PollingPlan.OnDemand(PollingShare.Live, noon, spent: 75, Now).TotalSeconds.Should().BeApproximately(864, 0.5);
    }

    [Fact]
    public void OnDemand_LittleLeft_KeepsItForPeople() =>
        PollingPlan.OnDemand(PollingShare.Live, Limits(500, 150, TimeSpan.FromHours(12)), spent: 0, Now).Should().BeGreaterThan(TimeSpan.FromMinutes(10));

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(4, 240)]
    [InlineData(5, 300)]
    [InlineData(1_000_000, 300)]
    public void AfterFailure_InARow_BacksOffToMinutes(int failures, int seconds) => PollingPlan.AfterFailure(failures, null).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void AfterFailure_UisSaysWhen_IsNotAskedBefore() => PollingPlan.AfterFailure(1, TimeSpan.FromHours(3)).Should().Be(TimeSpan.FromHours(3));

    [Fact]
    public void MayHurry_OnlyWhilePointsAreLeftForPeople()
    {
        PollingPlan.MayHurry(null, Now).Should().BeTrue();
        PollingPlan.MayHurry(Limits(3000, 1000, TimeSpan.FromHours(5)), Now).Should().BeTrue();
        PollingPlan.MayHurry(Limits(3000, 900, TimeSpan.FromHours(5)), Now).Should().BeFalse();
    }

    private static UisApiLimits Limits(int day, int left, TimeSpan reset, DateTimeOffset? now = null) => new(day, left, (now ?? Now) + reset, null, null, null, now ?? Now);
}
