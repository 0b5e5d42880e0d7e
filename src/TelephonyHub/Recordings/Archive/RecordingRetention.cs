using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings.Archive;

/// <summary>
/// Takes away what a cabinet's days are over for. The file goes first and the row says so afterwards: a crash between the two leaves nothing that could
/// still be heard, because the link asks the calendar, too.
/// </summary>
internal sealed partial class RecordingRetention(
    RecordingArchive archive, HubDatabase database, HubSettings settings, HubMetrics metrics, TimeProvider time, ILogger<RecordingRetention> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public bool IsOver(RecordingRow row) =>
        row.ArchiveState == "expired" || (settings.TryCabinet(row.Cabinet, out var cabinet) && cabinet.RecordingRetention is { } kept && row.CreatedAt + kept <= time.GetUtcNow());

    /// <returns>Recordings taken away.</returns>
    internal async Task<int> SweepAsync(CancellationToken ct)
    {
        var taken = 0;
        foreach (var cabinet in settings.Cabinets.Values.Where(c => c.RecordingRetention is not null))
        {
            while (await SweepAsync(cabinet.Key, time.GetUtcNow() - cabinet.RecordingRetention!.Value, ct) is > 0 and var swept)
            {
                taken += swept;
            }
        }

        return taken;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
                archive.RemoveUnfinished(time.GetUtcNow() - Interval);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private async Task<int> SweepAsync(CabinetKey cabinet, DateTimeOffset before, CancellationToken ct)
    {
        List<RecordingRow> over;
        await using (var context = database.CreateContext())
        {
            over = await context.Recordings.AsNoTracking()
                .Where(r => r.Cabinet == cabinet.Value && r.CreatedAt <= before && (r.ArchiveState == null || r.ArchiveState != "expired"))
                .OrderBy(r => r.CreatedAt)
                .Take(Batch)
                .ToListAsync(ct);
        }

        foreach (var row in over)
        {
            archive.Delete(row);
        }

        var codes = over.ConvertAll(r => r.Code);
        var expired = await database.WriteAsync(
            (context, token) => context.Recordings.Where(r => codes.Contains(r.Code) && (r.ArchiveState == null || r.ArchiveState != "expired"))
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.ArchiveState, "expired").SetProperty(r => r.ArchivedAt, (DateTimeOffset?)null).SetProperty(r => r.Bytes, (long?)null), token),
            ct);
        for (var i = 0; i < expired; i++)
        {
            metrics.Recording(cabinet.Value, "expired");
        }

        return expired;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Recordings whose time is over could not be deleted; trying again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
