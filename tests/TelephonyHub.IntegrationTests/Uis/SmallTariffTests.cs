using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Uis;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>A tariff of fifteen points a minute (reference 6.13), kept by a stand-in that refuses the sixteenth.</summary>
public sealed class SmallTariffTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ClockWithSignals _time = new();
    private readonly HttpClient _http = new();
    private UisSimulator _uis = null!;
    private UisCabinetClient _client = null!;

    public async Task InitializeAsync()
    {
        _uis = new UisSimulator(
            new UisSimulatorOptions { Cabinets = [SimulatorCompany.Cabinets()[0] with { CallMinutePoints = 15, CallDayPoints = 500 }] }, _time);
        await _uis.StartAsync();
        _client = new UisCabinetClient(
            _http,
            new UisCabinetOptions
            {
                Cabinet = "msk",
                CallApiUrl = _uis.CallApiUrl,
                DataApiUrl = _uis.DataApiUrl,
                AccessToken = "sim-token-msk",
                Timeout = TimeSpan.FromDays(1), // the clock jumps over minutes
            },
            _time, NullLogger<UisCabinetClient>.Instance);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        await _uis.DisposeAsync();
    }

    [Fact(Timeout = 60_000)] // a wait that nobody ends is a failure, not a hang
    public async Task Burst_OfBackgroundWork_NothingFailsAndPeopleGoFirst()
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        var background = Enumerable.Range(0, 40).Select(_ => (Task)_client.Calls.ListCallsAsync()).ToList();
        await FinishedAsync(background, 9);
        background.Count(task => task.IsCompleted).Should().Be(9, "enough of the minute for a transfer is kept for people");
        _client.Limits.Points.Should().Contain(new UisPoints("call", "minute", 6, 15)).And.Contain(new UisPoints("call", "day", 491, 500));

        for (var person = 0; person < 6; person++)
        {
            await _client.Calls.ListTalkOptionsAsync(UisPriority.Interactive);
        }

        background.Count(task => task.IsCompleted).Should().Be(9, "nobody of the background went before them");
        var seventh = _client.Calls.ListTalkOptionsAsync(UisPriority.Interactive);
        seventh.IsCompleted.Should().BeFalse("the minute is used up");
        _time.Advance(Minute - TimeSpan.FromSeconds(10));
        await seventh;
        for (var done = 17; done < 40; done += 9)
        {
            await FinishedAsync(background, done);
            _time.Advance(Minute);
        }

        await Task.WhenAll(background);
        _uis.ApiCalls.Should().HaveCount(47).And.OnlyContain(call => call.Error == null);
        _uis.ApiCalls.GroupBy(call => call.At.Minute).Should().OnlyContain(minute => minute.Count() <= 15);
    }

    [Fact]
    public async Task Limits_WindowOver_AreFullAgainWithoutARequest()
    {
        await _client.Calls.ListCallsAsync();
        _client.Limits.Points.Should().Contain(new UisPoints("call", "minute", 14, 15));
        _client.Limits.DataApi.Should().BeNull();

        _time.Advance(Minute);

        _client.Limits.Points.Should().Equal(new UisPoints("call", "minute", 15, 15), new UisPoints("call", "day", 499, 500));
        _client.Limits.CallApi!.MinuteResetAt.Should().BeNull();
    }

    private static async Task FinishedAsync(IReadOnlyCollection<Task> tasks, int count)
    {
        while (tasks.Count(task => task.IsCompleted) < count)
        {
            await Task.WhenAny(tasks.Where(task => !task.IsCompleted));
        }
    }
}
