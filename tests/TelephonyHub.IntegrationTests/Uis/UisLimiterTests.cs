using TelephonyHub.Uis;
using TelephonyHub.Uis.JsonRpc;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>Points (reference 1.4): held back before the PBX refuses.</summary>
public sealed class UisLimiterTests : IDisposable
{
    private const string Account = """[{"app_id":1}]""";

    private readonly UisServer _uis = new();
    private readonly ClockWithSignals _time = new();

    public void Dispose() => _uis.Dispose();

    [Fact(Timeout = 20_000)] // a wait that nobody ends is a failure, not a hang
    public async Task Background_ReserveReached_WaitsForTheMinuteWhileInteractivePasses()
    {
        _uis.AnswerInTurn(
            "get.account",
            UisServer.Ok(Account, UisServer.Limits(minute: 15, reset: 52)),
            UisServer.Ok(Account, UisServer.Limits(minute: 14, reset: 52)),
            UisServer.Ok(Account, UisServer.Limits(minute: 59, reset: 60)));
        var client = _uis.Client(_time);
        await client.Data.GetAccountAsync();

        var background = client.Data.GetAccountAsync();
        await _time.WaitingAsync(TimeSpan.FromSeconds(52));
        await client.Data.GetAccountAsync(UisPriority.Interactive);

        background.IsCompleted.Should().BeFalse();
        _uis.Requests.Should().HaveCount(2);
        _time.Advance(TimeSpan.FromSeconds(52));
        await background;
        client.Limits.DataApi.Should().BeEquivalentTo(new { MinuteRemaining = 59, MinuteResetAt = _time.GetUtcNow().AddSeconds(60) });
    }

    [Fact(Timeout = 20_000)]
    public async Task Start_LimitsUnknown_BackgroundProbesOneAtATimeWhileInteractivePasses()
    {
        var budget = new PointBudget(_time);
        await budget.AcquireAsync("m", UisPriority.Background, default);

        var second = budget.AcquireAsync("m", UisPriority.Background, default);
        await budget.AcquireAsync("m", UisPriority.Interactive, default);

        second.IsCompleted.Should().BeFalse();
        budget.Complete(points: null, maySpend: false);
        await second;
        await budget.AcquireAsync("m", UisPriority.Background, default);
    }

    [Fact(Timeout = 20_000)]
    public async Task Success_WithoutMetadata_CountsAsSpentAndARefusalDoesNot()
    {
        _uis.AnswerInTurn(
            "get.account",
            UisServer.Ok(Account, UisServer.Limits(minute: 40, reset: 52)),
            UisServer.Ok(Account),
            UisServer.Fail("forbidden", -32003));
        var client = _uis.Client(_time);

        await client.Data.GetAccountAsync();
        await client.Data.GetAccountAsync();
        await FluentActions.Awaiting(() => client.Data.GetAccountAsync()).Should().ThrowAsync<UisApiException>();

        client.Limits.DataApi.Should().BeEquivalentTo(new { MinuteRemaining = 39, DayRemaining = 699 });
    }

    [Fact(Timeout = 20_000)]
    public async Task Minute_NothingLeft_BothWaitForTheReset()
    {
        var budget = new PointBudget(_time);
        await Spend(budget, remaining: 0, reset: 30, limit: 4);
        var background = budget.AcquireAsync("get.account", UisPriority.Background, default);
        var interactive = budget.AcquireAsync("get.account", UisPriority.Interactive, default);
        await _time.WaitingAsync(TimeSpan.FromSeconds(30));
        await _time.WaitingAsync(TimeSpan.FromSeconds(30));

        _time.Advance(TimeSpan.FromSeconds(30));

        await interactive;
        await background;
        (background.IsCompletedSuccessfully, interactive.IsCompletedSuccessfully).Should().Be((true, true));
    }

    [Fact(Timeout = 20_000)]
    public async Task Background_OnePointAWindow_InteractiveGetsIt()
    {
        var budget = new PointBudget(_time);
        await Spend(budget, remaining: 0, reset: 30, limit: 1);
        var background = budget.AcquireAsync("get.account", UisPriority.Background, default);
        var interactive = budget.AcquireAsync("get.account", UisPriority.Interactive, default);

        _time.Advance(TimeSpan.FromSeconds(30));
        await interactive;

        background.IsCompleted.Should().BeFalse();
        budget.Complete(new RpcPoints(750, 600, 3600, 1, 0, 30), maySpend: false);
        _time.Advance(TimeSpan.FromSeconds(30));
        await background;
    }

    [Fact(Timeout = 20_000)]
    public async Task InFlight_CountsAgainstTheMinute()
    {
        var budget = new PointBudget(_time);
        await Spend(budget, remaining: 2, reset: 30, limit: 60);

        await budget.AcquireAsync("m", UisPriority.Interactive, default);
        await budget.AcquireAsync("m", UisPriority.Interactive, default);
        var third = budget.AcquireAsync("m", UisPriority.Interactive, default);

        third.IsCompleted.Should().BeFalse();
        budget.Complete(new RpcPoints(750, 600, 3600, 60, 2, 30), maySpend: false); // refused, so not charged
        await third;
    }

    [Fact(Timeout = 20_000)]
    public async Task Answers_OvertakingEachOther_SmallerFigureOfTheWindowCounts()
    {
        var budget = new PointBudget(_time);
        await Spend(budget, remaining: 10, reset: 30, limit: 60);
        await Spend(budget, remaining: 12, reset: 30, limit: 60);
        budget.Limits!.MinuteRemaining.Should().Be(10);

        _time.Advance(TimeSpan.FromSeconds(31));
        await Spend(budget, remaining: 58, reset: 59, limit: 60);
        budget.Limits!.MinuteRemaining.Should().Be(58);
    }

    [Fact(Timeout = 20_000)]
    public async Task Waiting_Cancelled_LeavesTheQueue()
    {
        var budget = new PointBudget(_time);
        await Spend(budget, remaining: 0, reset: 30, limit: 60);
        using var stop = new CancellationTokenSource();
        var interactive = budget.AcquireAsync("m", UisPriority.Interactive, stop.Token);

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => interactive).Should().ThrowAsync<OperationCanceledException>();
        _time.Advance(TimeSpan.FromSeconds(30));
        await budget.AcquireAsync("m", UisPriority.Background, default);
    }

    [Fact(Timeout = 20_000)]
    public async Task Day_UsedUp_ThrowsAtOnceUntilTheReset()
    {
        _uis.Answer("get.account", UisServer.Ok(Account, UisServer.Limits(minute: 50, reset: 52, day: 0)));
        var client = _uis.Client(_time);
        await client.Data.GetAccountAsync();

        var read = () => client.Data.GetAccountAsync(UisPriority.Interactive);

        var fault = (await read.Should().ThrowAsync<UisApiException>()).Which;
        fault.Failure.Should().Be(UisFailure.Limit);
        fault.RetryAfter.Should().Be(TimeSpan.FromSeconds(31492));
        _uis.Requests.Should().ContainSingle();
        _time.Advance(TimeSpan.FromSeconds(31492));
        await client.Data.GetAccountAsync();
    }

    [Fact(Timeout = 20_000)]
    public async Task LimitExceeded_Background_WaitsTheMinuteAndRepeats()
    {
        _uis.AnswerInTurn(
            "get.account",
            UisServer.Fail("limit_exceeded", -32029, "Limit per minute has been exceeded. Value of current limit per minute is 60",
                ",\"params\":{\"limit_type\":\"minute\"},\"metadata\":" + UisServer.Limits(minute: 0, reset: 20)),
            UisServer.Ok(Account));

        var account = _uis.Client(_time).Data.GetAccountAsync();
        await _time.WaitingAsync(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(20));

        (await account).AppId.Should().Be(1);
    }

    [Fact(Timeout = 20_000)]
    public async Task LimitExceeded_BecauseAnotherReplicaSpendsTheSamePoints_BackgroundWaitsMinuteAfterMinute()
    {
        static string Refusal(int reset) => UisServer.Fail("limit_exceeded", -32029, data: ",\"params\":{\"limit_type\":\"minute\"},\"metadata\":" + UisServer.Limits(minute: 0, reset: reset));
        _uis.AnswerInTurn("get.account", Refusal(20), Refusal(59), Refusal(58), UisServer.Ok(Account));

        var account = _uis.Client(_time).Data.GetAccountAsync();
        foreach (var seconds in new[] { 20, 59, 58 })
        {
            await _time.WaitingAsync(TimeSpan.FromSeconds(seconds));
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        (await account).AppId.Should().Be(1);
    }

    [Fact(Timeout = 20_000)]
    public async Task LimitExceeded_Interactive_ThrowsWithRetryAfter()
    {
        _uis.Answer(
            "get.account",
            UisServer.Fail("limit_exceeded", -32029, data: ",\"params\":{\"limit_type\":\"minute\"},\"metadata\":" + UisServer.Limits(minute: 0, reset: 20)));

        var read = () => _uis.Client(_time).Data.GetAccountAsync(UisPriority.Interactive);

        var fault = (await read.Should().ThrowAsync<UisApiException>()).Which;
        (fault.Failure, fault.RetryAfter).Should().Be((UisFailure.Limit, TimeSpan.FromSeconds(20)));
    }

    [Fact(Timeout = 20_000)]
    public async Task LimitExceeded_OfTheDay_ThrowsWithTheDaysReset()
    {
        _uis.Answer(
            "start.vnumber_call",
            UisServer.Fail("limit_exceeded", -32029, "Limit per day has been exceeded. Value of current limit per day is 750",
                ",\"metadata\":" + UisServer.Limits(minute: 50, reset: 20, day: 0)));

        (await UisErrorTests.Start(_uis.Client(_time)).Should().ThrowAsync<UisApiException>()).Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(31492));
    }

    private static async Task Spend(PointBudget budget, int remaining, int reset, int limit)
    {
        await budget.AcquireAsync("m", UisPriority.Interactive, default);
        budget.Complete(new RpcPoints(750, 700, 31492, limit, remaining, reset), maySpend: false);
    }
}
