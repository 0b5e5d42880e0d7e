using TelephonyHub.Calls;
using TelephonyHub.Presence;

namespace TelephonyHub.Console;

/// <summary>Calls and managers of this moment.</summary>
public sealed record LiveSnapshot(LiveBoard Board, IReadOnlyList<LiveSource> Sources, IReadOnlyList<ManagerItem> Managers, DateTimeOffset At);

/// <summary>One reading of the board for all who look at the same moment.</summary>
public sealed class LiveView(LiveCalls live, ManagerQueries managers, TimeProvider time)
{
    /// <summary>Less than the feed's second: who is told of a change sees it.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(700);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile LiveSnapshot? _last;

    public async Task<LiveSnapshot> NowAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_last is { } last && time.GetUtcNow() - last.At < FreshFor)
            {
                return last;
            }

            var (board, sources) = await live.NowAsync(looking: true, ct);
            var people = await managers.WithPresenceAsync(managers.Find(null), looking: false, ct);
            return _last = new LiveSnapshot(board, sources, people, time.GetUtcNow());
        }
        finally
        {
            _one.Release();
        }
    }
}
