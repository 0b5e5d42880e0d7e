using System.Collections.Concurrent;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>
/// Tells open pages when something has changed. However many look: one question a second to the database, and none while nobody looks. A page that is
/// told reads what it shows; a slow beat goes on besides, for what no row shows (list.calls of UIS, presence).
/// </summary>
public sealed partial class ConsoleFeed(HubChanges changes, TimeProvider time, ILogger<ConsoleFeed> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private const int BeatEvery = 5;
    private const string Away = "away";

    private readonly ConcurrentDictionary<object, Action<bool>> _pages = new();

    /// <param name="told">True: something changed; false: only the beat. Must return at once.</param>
    public IDisposable Follow(Action<bool> told)
    {
        var page = new object();
        _pages[page] = told;
        return new Following(() => _pages.TryRemove(page, out _));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        var last = "";
        for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            if (_pages.IsEmpty)
            {
                continue;
            }

            var stamp = await StampAsync(last, stoppingToken);
            if (stamp != last || tick % BeatEvery == 0)
            {
                Tell(changed: stamp != last);
                last = stamp;
            }
        }
    }

    private async Task<string> StampAsync(string last, CancellationToken ct)
    {
        try
        {
            return await changes.StampAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // The database is away: pages find out by themselves and say so. Told once, not every second.
            if (last != Away)
            {
                LogFailed(logger, e);
            }

            return Away;
        }
    }

    private void Tell(bool changed)
    {
        foreach (var told in _pages.Values)
        {
            told(changed);
        }
    }

    private sealed class Following(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether anything changed could not be read; open pages are told at the slow beat until it can.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
