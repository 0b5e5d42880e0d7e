using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>Claims works and writes them, several calls at a time, each under a lease that a heartbeat keeps.</summary>
internal sealed partial class SyncWorker(
    HubDatabase database,
    SyncQueue queue,
    CallWriter writer,
    SyncSignal signal,
    HubSettings settings,
    TimeProvider time,
    ILogger<SyncWorker> logger) : BackgroundService
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(1);

    /// <summary>Least time between two claims that found fewer than they could take: what ends or becomes due meanwhile is found by one look.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    /// <summary>As many again are claimed as are written at a time: to claim costs little more for ten calls than for one.</summary>
    private readonly SemaphoreSlim _places = new(settings.Sync.Concurrency, settings.Sync.Concurrency);

    /// <summary>A lease that could not be extended this long is as good as lost; the rest is for requests under way.</summary>
    private TimeSpan Trusted => queue.Lease * 0.75;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        var (running, cleared) = (new List<Task>(), false);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    if (!cleared)
                    {
                        await queue.ReleaseDeadAsync(stoppingToken);
                        cleared = true;
                    }

                    running.RemoveAll(t => t.IsCompleted);
                    if (running.Count > settings.Sync.Concurrency)
                    {
                        await Task.WhenAny(running);
                        continue;
                    }

                    var (begun, most) = (time.GetTimestamp(), (2 * settings.Sync.Concurrency) - running.Count);
                    var works = await queue.ClaimAsync(most, stoppingToken);
                    running.AddRange(works.Select(w => RunAsync(w, stoppingToken)));
                    if (works.Count == 0)
                    {
                        await WaitAsync(running.Count > 0, stoppingToken);
                    }

                    if (works.Count < most && Gather - time.GetElapsedTime(begun) is { Ticks: > 0 } early)
                    {
                        await Task.Delay(early, time, stoppingToken);
                    }
                }
                catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    LogLoop(logger, e);
                    await Task.Delay(SafetyNet, time, stoppingToken);
                }
            }
        }
        finally
        {
            // They give back what they have in hand, or the next start waits for its leases.
            await Task.WhenAll(running);
        }
    }

    private async Task WaitAsync(bool isWriting, CancellationToken ct)
    {
        var due = await queue.NextDueAsync(ct);
        var wait = due - time.GetUtcNow() is { } until && until < SafetyNet ? until : SafetyNet;

        // A due task that cannot be claimed waits for its lane: no busy loop, the running work will raise the signal.
        wait = wait < TimeSpan.FromMilliseconds(20) ? TimeSpan.FromMilliseconds(isWriting ? 200 : 20) : wait;
        await signal.WaitAsync(wait, ct);
    }

    private async Task RunAsync(SyncWork work, CancellationToken stoppingToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var lost = new CancellationTokenSource(Trusted, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lost.Token);
        var heartbeat = HeartbeatAsync(work, lost, done.Token);
        var (hasPlace, released) = (false, false);
        try
        {
            await _places.WaitAsync(stop.Token);
            hasPlace = true;
            released = await writer.WriteAsync(work, stop.Token);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Going down: given back below, so that another replica, or the next start, goes on at once.
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // Somebody else may be at this client already: two at once would both find no open deal.
            LogLost(logger, work.Session.IntegrationId);
        }
        catch (Exception e)
        {
            // Not even the failure could be stored; the lease runs out and the work is claimed again.
            LogWork(logger, work.Session.IntegrationId, e);
        }

        if (hasPlace)
        {
            _places.Release();
        }

        await done.CancelAsync();
        await heartbeat;
        try
        {
            if (!released)
            {
                // Also on the way down: the next start need not wait for the lane's lease.
                await queue.ReleaseAsync(work, unfinished: stoppingToken.IsCancellationRequested, CancellationToken.None);
            }
        }
        catch (Exception e)
        {
            LogWork(logger, work.Session.IntegrationId, e);
        }

        signal.Raise();
    }

    private async Task HeartbeatAsync(SyncWork work, CancellationTokenSource lost, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(queue.Lease / 6, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await BeatAsync(work, lost, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }

    private async Task BeatAsync(SyncWork work, CancellationTokenSource lost, CancellationToken ct)
    {
        try
        {
            if (await queue.ExtendAsync(work, ct))
            {
                lost.CancelAfter(Trusted);
            }
            else
            {
                await lost.CancelAsync();
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The database may be back before the lease runs out; if not, the work stops by itself.
            LogBeat(logger, work.Session.IntegrationId, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Claiming work failed; trying again.")]
    private static partial void LogLoop(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease on call {Session} could not be extended; trying again.")]
    private static partial void LogBeat(ILogger logger, string session, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease on call {Session} was lost while it was written; the work is left to who has it now.")]
    private static partial void LogLost(ILogger logger, string session);

    [LoggerMessage(Level = LogLevel.Error, Message = "Work on call {Session} was left; its lease will run out.")]
    private static partial void LogWork(ILogger logger, string session, Exception exception);
}
