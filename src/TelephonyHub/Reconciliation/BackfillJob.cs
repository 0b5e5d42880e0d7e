using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Reconciliation;

/// <summary>
/// Compares periods that somebody asked for ("the hub was down on Friday"), one day after another. How far it is stands in the database after each:
/// a restart, or another replica, goes on there.
/// </summary>
internal sealed partial class BackfillJob(
    ReconciliationJob job, BackfillSignal signal, HubDatabase database, Alone alone, HubSettings settings, TimeProvider time, ILogger<BackfillJob> logger) : BackgroundService
{
    /// <summary>Also the pause after a day that could not be compared.</summary>
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(10);

    private long _present = time.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                // The lock of the comparison itself: two at once would write the same rows. It is waited for: who only looked now and then would find it taken, time and again.
                await alone.TryAsync(ReconciliationJob.LockName, SafetyNet, async ct => more = await NextDayAsync(ct), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }

            if (!more)
            {
                await signal.WaitAsync(SafetyNet, stoppingToken);
            }
        }
    }

    /// <returns>True when a day was compared, and the next may be tried at once.</returns>
    private async Task<bool> NextDayAsync(CancellationToken ct)
    {
        await using var context = database.CreateContext();

        // A period that does not get on (the key of its cabinet is refused) holds up no other one.
        if (await context.Backfills.AsNoTracking().Where(b => b.State == "running").OrderBy(b => b.Error != null).ThenBy(b => b.Error != null ? b.UpdatedAt : b.AskedAt).FirstOrDefaultAsync(ct) is not { } row)
        {
            return false;
        }

        if (time.GetElapsedTime(_present) >= settings.ReconciliationInterval)
        {
            // The run at its interval finds the lock taken and passes: what is lost today must not wait until a month of days is compared.
            _present = time.GetTimestamp();
            await job.PresentAsync(ct);
        }

        string? error = null;
        if (row.Done < row.Total)
        {
            var day = row.FromDate.AddDays(row.Done);
            var cabinets = settings.Cabinets.Keys.Where(k => row.Cabinet is null || k.Value == row.Cabinet).OrderBy(k => k.Value, StringComparer.Ordinal);
            var failed = await job.RunAsync(cabinets.Select(k => (k, day, day)), ct);
            error = failed.Count == 0 ? null : DbText.Of(string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}: {string.Join(' ', failed.Values)}"), 1000);
        }

        var (id, now) = (row.Id, time.GetUtcNow());
        var done = error is null ? Math.Min(row.Done + 1, row.Total) : row.Done;
        await database.WriteAsync(
            (c, token) => c.Backfills.Where(b => b.Id == id).ExecuteUpdateAsync(
                s => s
                    .SetProperty(b => b.Done, done)
                    .SetProperty(b => b.State, done >= row.Total ? "done" : "running")
                    .SetProperty(b => b.Error, error)
                    .SetProperty(b => b.UpdatedAt, now),
                token),
            ct);
        return error is null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A day of a period could not be compared; it is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

/// <summary>Somebody asked for a period.</summary>
public sealed class BackfillSignal : Calls.WakeSignal;
