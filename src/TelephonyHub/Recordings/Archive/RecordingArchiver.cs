using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings.Archive;

/// <summary>A recording has become known, or is to be fetched again.</summary>
public sealed class ArchiveSignal : WakeSignal;

/// <summary>Fetches what is due, a few files at a time, on every replica; the queue gives no file to two of them.</summary>
internal sealed partial class RecordingArchiver(
    ArchiveQueue queue,
    RecordingArchive archive,
    RecordingSource source,
    HubDatabase database,
    HubSettings settings,
    HealthRegister health,
    ArchiveSignal signal,
    TimeProvider time,
    ILogger<RecordingArchiver> logger) : BackgroundService, ICallListener
{
    internal const string DiskCause = "recordings archive";
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(2);

    public void OnFolded(Call call, CallContext context)
    {
        if (call.Recordings.Count > 0)
        {
            signal.Raise();
        }
    }

    /// <returns>False when nothing is due.</returns>
    internal async Task<bool> FetchNextAsync(CancellationToken ct)
    {
        if (await queue.ClaimAsync(ct) is not { } recording)
        {
            return false;
        }

        try
        {
            var file = await FetchAsync(recording, ct);
            health.Mend(DiskCause);
            if (!await queue.DoneAsync(recording, file, ct) && await queue.IsExpiredAsync(recording, ct))
            {
                archive.Delete(recording);
            }
        }
        catch (MediaFaultException e)
        {
            LogFailed(logger, recording.Cabinet, recording.SessionId, e.Fault.Kind, e);
            await queue.FailedAsync(recording, e.Fault, ct);
            if (e.Fault.Kind == MediaFaultKind.Disk)
            {
                health.Ail(DiskCause, $"Recordings cannot be archived in {settings.Recordings.ArchiveFolder}: {e.InnerException?.Message}");
            }
        }

        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (archive.Cabinets.Count == 0)
        {
            return;
        }

        await database.WhenReadyAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, settings.Recordings.Concurrency).Select(_ => WorkAsync(stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await FetchNextAsync(stoppingToken))
                {
                    // There may be more.
                }

                await signal.WaitAsync(SafetyNet, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogStopped(logger, e);
                await Task.Delay(SafetyNet, time, stoppingToken);
            }
        }
    }

    private async Task<ArchivedFile> FetchAsync(RecordingRow recording, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(ArchiveQueue.LongestDownload, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            using var response = await source.OpenAsync(recording.SourceLink, range: null, both.Token);
            return await archive.SaveAsync(recording, response, both.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new MediaFaultException(new MediaFault(MediaFaultKind.Unreachable, $"The file took longer than {ArchiveQueue.LongestDownload.TotalMinutes:0} minutes."), e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A recording of {Cabinet}:{Session} was not archived: {Kind}.")]
    private static partial void LogFailed(ILogger logger, string cabinet, long session, MediaFaultKind kind, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Archiving failed; trying again.")]
    private static partial void LogStopped(ILogger logger, Exception exception);
}
