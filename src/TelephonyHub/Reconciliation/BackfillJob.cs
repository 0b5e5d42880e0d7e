using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

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

        var day = row.FromDate.AddDays(row.Done);
        var failed = await CompareAsync(context, row, day, ct);
        var (id, now, apart) = (row.Id, time.GetUtcNow(), failed.Apart.Select(f => PeriodOf(row, day, f.Key, f.Value)).ToList());
        var done = failed.Whole is null ? Math.Min(row.Done + 1, row.Total) : row.Done;
        await database.WriteAsync(
            async (c, token) =>
            {
                c.Backfills.AddRange(apart);
                await c.SaveChangesAsync(token);
                await c.Backfills.Where(b => b.Id == id).ExecuteUpdateAsync(
                    s => s
                        .SetProperty(b => b.Done, done)
                        .SetProperty(b => b.State, done >= row.Total ? "done" : "running")
                        .SetProperty(b => b.Error, failed.Whole)
                        .SetProperty(b => b.UpdatedAt, now),
                    token);
            },
            ct);
        return failed.Whole is null;
    }

    /// <returns>
    /// Why the day is not done; and cabinets that hold up the others (one whose key is refused): they get on by themselves, from this day to the last, as a period of
    /// their own that is asked for by the same person at the same moment.
    /// </returns>
    private async Task<(string? Whole, IReadOnlyDictionary<string, string> Apart)> CompareAsync(HubDbContext context, BackfillRow row, DateOnly day, CancellationToken ct)
    {
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        if (row.Done >= row.Total)
        {
            return (null, none);
        }

        var apart = row.Cabinet is null
            ? await context.Backfills.AsNoTracking().Where(b => b.AskedAt == row.AskedAt && b.AskedBy == row.AskedBy && b.Cabinet != null).Select(b => b.Cabinet!).ToListAsync(ct)
            : [];
        var cabinets = settings.Cabinets.Keys.Where(k => row.Cabinet is null ? !apart.Contains(k.Value) : k.Value == row.Cabinet).OrderBy(k => k.Value, StringComparer.Ordinal).ToList();
        var failed = await job.RunAsync(cabinets.Select(k => (k, day, day)), ct);

        // Once may be a moment's trouble, which the next attempt does not have.
        return failed.Count > 0 && (failed.Count == cabinets.Count || row.Error is null) ? (WordsOf(day, string.Join(' ', failed.Values)), none) : (null, failed);
    }

    private BackfillRow PeriodOf(BackfillRow whole, DateOnly day, string cabinet, string error) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        Cabinet = cabinet,
        FromDate = day,
        ToDate = whole.ToDate,
        State = "running",
        Total = whole.ToDate.DayNumber - day.DayNumber,
        Error = WordsOf(day, error),
        AskedBy = whole.AskedBy,
        AskedAt = whole.AskedAt,
        UpdatedAt = time.GetUtcNow(),
    };

    private static string WordsOf(DateOnly day, string reason) => DbText.Of(string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}: {reason}"), 1000)!;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A day of a period could not be compared; it is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

/// <summary>Somebody asked for a period.</summary>
public sealed class BackfillSignal : Calls.WakeSignal;
