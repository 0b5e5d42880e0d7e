using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>A clock the test moves, which tells when somebody begins to wait: no sleeps, no guesses.</summary>
public sealed class ClockWithSignals() : FakeTimeProvider(new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until somebody waits for that long.</summary>
    public async Task WaitingAsync(TimeSpan wait)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _timers.Reader.ReadAsync(giveUp.Token) != wait)
        {
        }
    }
}
