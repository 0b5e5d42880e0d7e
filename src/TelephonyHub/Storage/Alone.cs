using Medallion.Threading.Postgres;

namespace TelephonyHub.Storage;

/// <summary>
/// Jobs that one replica does at a time: an advisory lock on PostgreSQL, which falls to the next one within a minute after its holder died (the connection of a lock that is
/// held for long is watched by a query of a minute, and only after it the server sees that nobody is there); within a process a semaphore, as SQLite knows no such locks.
/// </summary>
public sealed class Alone(HubDatabase database) : IDisposable
{
    /// <summary>
    /// Short work is over before its lock could be missed. To end the query that watches the lock just as it begins does not reach the server: the lock would stay taken for
    /// the minute that it lasts, by nobody.
    /// </summary>
    private static readonly TimeSpan WatchedAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SemaphoreSlim> _inProcess = new(StringComparer.Ordinal);

    /// <summary>Runs <paramref name="work"/> while no other replica does.</summary>
    /// <param name="name">Of the job, the same on all replicas.</param>
    /// <param name="patience">How long one under way elsewhere is waited for.</param>
    /// <param name="work">Is cancelled when the lock is lost: then another replica may be at it already.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when another one was still at it.</returns>
    public async Task<bool> TryAsync(string name, TimeSpan patience, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        var own = OwnOf(name);
        if (!await own.WaitAsync(patience, ct))
        {
            return false;
        }

        try
        {
            if (!database.IsPostgres)
            {
                await work(ct);
                return true;
            }

            var job = new PostgresDistributedLock(new PostgresAdvisoryLockKey(name, allowHashing: true), database.ConnectionString);
            return await job.TryAcquireAsync(patience, ct) is { } held && await WhileHeldAsync(held, work, ct);
        }
        finally
        {
            own.Release();
        }
    }

    public void Dispose()
    {
        foreach (var own in _inProcess.Values)
        {
            own.Dispose();
        }
    }

    private static async Task<bool> WhileHeldAsync(PostgresDistributedLockHandle held, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var working = work(ending.Token);
            if (await Task.WhenAny(working, Task.Delay(WatchedAfter, TimeProvider.System, ending.Token)) == working)
            {
                await working;
            }
            else
            {
                await using var watch = held.HandleLostToken.UnsafeRegister(static e => ((CancellationTokenSource)e!).Cancel(), ending);
                await working;
            }

            await ending.CancelAsync();
            return true;
        }
        finally
        {
            try
            {
                await held.DisposeAsync();
            }
            catch (Exception e) when (e is InvalidOperationException or System.Data.Common.DbException)
            {
                // The lock went with its connection: there is nothing left to give back. Ending the query that watches the connection breaks it, too, where the server
                // is slow to take the cancellation; that is not told by the token, and what was done until then was done alone.
            }
        }
    }

    private SemaphoreSlim OwnOf(string name)
    {
        lock (_gate)
        {
            return _inProcess.TryGetValue(name, out var own) ? own : _inProcess[name] = new SemaphoreSlim(1, 1);
        }
    }
}
