using System.Diagnostics;
using System.Threading.Channels;
using TelephonyHub.Calls;
using TelephonyHub.Storage;

namespace TelephonyHub.Intake;

/// <summary>
/// Group commit: requests put their entry into a bounded channel; one writer takes what is there and commits it together; each request
/// completes when its commit has. Full channel or database away: refused, never acknowledged.
/// </summary>
public sealed partial class JournalWriter(HubDatabase database, JournalStore store, FoldSignal signal, ILogger<JournalWriter> logger) : BackgroundService
{
    private const int Capacity = 10_000;
    private const int MaxBatch = 400;
    private const int MaxBatchBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Least time from batch to batch: under load a commit is shared by all who came meanwhile, and who comes after a pause waits for nobody.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    /// <summary>Bodies that wait, all together: ten thousand of the largest would be ten gigabytes.</summary>
    internal const long MaxWaitingBytes = 64 * 1024 * 1024;

    private readonly Channel<Pending> _channel = Channel.CreateBounded<Pending>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private long _waitingBytes;

    /// <summary>Entries that wait for their commit.</summary>
    public int Waiting => _channel.Reader.Count;

    /// <summary>Completes when the entry is on disk, or cannot be.</summary>
    public async Task<AppendOutcome> AppendAsync(JournalEntry entry, CancellationToken ct)
    {
        var pending = new Pending(entry, new TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        var bytes = entry.Body.Length;
        if (Interlocked.Add(ref _waitingBytes, bytes) > MaxWaitingBytes || !database.IsReady || !_channel.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref _waitingBytes, -bytes);
            return AppendOutcome.Refused;
        }

        return await pending.Done.Task.WaitAsync(ct);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Drain: what is in the channel is written before the process goes.
        _channel.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not ended by stoppingToken: the loop ends when the channel is complete and empty.
        var (batch, begun) = (new List<Pending>(MaxBatch), 0L);
        while (await _channel.Reader.WaitToReadAsync(CancellationToken.None))
        {
            if (Gather - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } early && Waiting < MaxBatch)
            {
                await Task.Delay(early, CancellationToken.None);
            }

            begun = Stopwatch.GetTimestamp();
            batch.Clear();
            var bytes = 0;
            while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _channel.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
                bytes += pending.Entry.Body.Length;
            }

            await WriteAsync(batch);
            Interlocked.Add(ref _waitingBytes, -bytes);
        }
    }

    private async Task WriteAsync(List<Pending> batch)
    {
        try
        {
            await store.AppendAsync([.. batch.Select(p => p.Entry)], CancellationToken.None);
            signal.Raise();
            batch.ForEach(Acknowledge);
        }
        catch (Exception e) when (batch.Count > 1 && HubDatabase.IsBadRow(e))
        {
            // One bad row never fails its neighbours: each goes alone.
            foreach (var pending in batch)
            {
                await WriteAsync([pending]);
            }
        }
        catch (Exception e) when (HubDatabase.IsBadRow(e) && batch[0].Entry.QuarantineReason is null)
        {
            // The database refuses the facts, not the bytes: nothing authenticated is dropped.
            var entry = batch[0].Entry with { QuarantineReason = $"The database refused the row: {e.GetType().Name}.", Event = null };
            await WriteAsync([batch[0] with { Entry = entry }]);
        }
        catch (Exception e)
        {
            LogNotStored(logger, batch.Count, e);
            batch.ForEach(p => p.Done.TrySetResult(AppendOutcome.Refused));
        }
    }

    private static void Acknowledge(Pending pending) =>
        pending.Done.TrySetResult(pending.Entry.QuarantineReason is null ? AppendOutcome.Stored : AppendOutcome.Quarantined);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} events could not be stored; their senders were told to send again.")]
    private static partial void LogNotStored(ILogger logger, int count, Exception exception);

    private sealed record Pending(JournalEntry Entry, TaskCompletionSource<AppendOutcome> Done);
}
