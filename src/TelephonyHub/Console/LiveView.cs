using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Presence;

namespace TelephonyHub.Console;

/// <summary>Calls and managers of this moment.</summary>
public sealed record LiveSnapshot(LiveBoard Board, IReadOnlyList<LiveSource> Sources, IReadOnlyList<ManagerItem> Managers, DateTimeOffset At);

/// <summary>One reading of the board for all who look at the same moment.</summary>
public sealed class LiveView(LiveCalls live, ManagerQueries managers, DirectoryService directory, TimeProvider time)
{
    /// <summary>Less than the feed's second: who is told of a change sees it.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(700);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile LiveSnapshot? _last;

    /// <param name="access">Of who looks: what is read once is shown to each as far as he may see it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<LiveSnapshot> NowAsync(HubAccess access, CancellationToken ct)
    {
        var all = await AllAsync(ct);
        return access.SeesAll
            ? all
            : all with
            {
                Board = all.Board.SeenBy(access, directory.Managers),
                Sources = [.. all.Sources.Where(s => access.Sees(s.Cabinet))],
                Managers = ManagerQueries.SeenBy(all.Managers, access),
            };
    }

    private async Task<LiveSnapshot> AllAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_last is { } last && time.GetUtcNow() - last.At < FreshFor)
            {
                return last;
            }

            var (board, sources) = await live.NowAsync(looking: true, ct);
            var people = await managers.WithPresenceAsync(HubAccess.Everything, managers.Find(HubAccess.Everything, null), looking: false, ct);
            return _last = new LiveSnapshot(board, sources, people, time.GetUtcNow());
        }
        finally
        {
            _one.Release();
        }
    }
}
