using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Reconciliation;

/// <summary>Runs the comparison at its interval, one replica at a time.</summary>
internal sealed partial class ReconciliationJob(
    Reconciler reconciler,
    HubDatabase database,
    Alone alone,
    HealthRegister health,
    HubSettings settings,
    TimeProvider time,
    ILogger<ReconciliationJob> logger) : BackgroundService
{
    internal const string LockName = "telephonyhub-reconciliation";

    /// <summary>Of one run: the present must not wait for a month that differs.</summary>
    private const int MostOldDays = 3;

    /// <summary>Runs all cabinets, alone over all replicas; one that fails does not stop the others.</summary>
    /// <param name="since">How far back.</param>
    /// <param name="patience">How long a run under way elsewhere is waited for.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Cabinets that could not be compared, with the reason; null when another run was still under way.</returns>
    public async Task<IReadOnlyDictionary<string, string>?> RunAsync(DateTimeOffset since, TimeSpan patience, CancellationToken ct)
    {
        IReadOnlyDictionary<string, string>? failed = null;
        return await alone.TryAsync(LockName, patience, async token => failed = await RunAsync(since, token), ct) ? failed : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);

        // Not in the rush of the start: webhooks that waited for the hub come first.
        await Task.Delay(settings.ReconciliationInterval < settings.ReconciliationFirstAfter ? settings.ReconciliationInterval : settings.ReconciliationFirstAfter, time, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await alone.TryAsync(LockName, TimeSpan.Zero, PresentAsync, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Also the cancellation by a lost lock: it would end this service, and with it the hub.
                LogFailed(logger, "all", e);
            }

            await Task.Delay(settings.ReconciliationInterval, time, stoppingToken);
        }
    }

    /// <summary>
    /// Some days of some cabinets, for whoever holds the lock. First all reports are read, then what the journal lacks is rebuilt, and only then compared: a
    /// conversation over two cabinets should be known as one before either half of it is planned.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, string>> RunAsync(IEnumerable<(CabinetKey Cabinet, DateOnly First, DateOnly Last)> what, CancellationToken ct)
    {
        var (failed, reports) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<CabinetReport>());
        foreach (var (cabinet, first, last) in what)
        {
            await TryAsync([cabinet], failed, async () => reports.Add(await reconciler.ReadAsync(cabinet, first, last, ct)));
        }

        if (await TryAsync(reports.Select(r => r.Cabinet), failed, () => reconciler.RebuildAsync(reports, ct)))
        {
            foreach (var report in reports)
            {
                await TryAsync([report.Cabinet], failed, () => reconciler.CompareAsync(report, ct));
            }
        }

        foreach (var report in reports.Where(r => !failed.ContainsKey(r.Cabinet.Value)))
        {
            health.Mend(CauseOf(report.Cabinet));
        }

        return failed;
    }

    /// <summary>
    /// The look-back of all cabinets, and some days before it that still differ, for whoever holds the lock. A day of a backfill is compared when its calls are not in the
    /// CRM yet, and what differed may have been put right since: nobody else would ever look at it again.
    /// </summary>
    internal async Task PresentAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow() - settings.ReconciliationLookback;
        await RunAsync(since, ct);
        foreach (var day in await reconciler.DifferentBeforeAsync(since, MostOldDays, ct))
        {
            await RunAsync(day.Select(cabinet => (cabinet, day.Key, day.Key)), ct);
        }
    }

    private static string CauseOf(CabinetKey cabinet) => $"reconciliation {cabinet}";

    private Task<IReadOnlyDictionary<string, string>> RunAsync(DateTimeOffset since, CancellationToken ct) => RunAsync(
        settings.Cabinets.Keys.OrderBy(k => k.Value, StringComparer.Ordinal).Select(k => (k, reconciler.DaysSince(k, since).First, reconciler.DaysSince(k, since).Last)), ct);

    private async Task<bool> TryAsync(IEnumerable<CabinetKey> cabinets, Dictionary<string, string> failed, Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            foreach (var cabinet in cabinets)
            {
                var words = $"The comparison of cabinet {cabinet} failed: {e.Message}";
                failed[cabinet.Value] = words;
                health.Ail(CauseOf(cabinet), words);
                LogFailed(logger, cabinet.Value, e);
            }

            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reconciliation of {Cabinet} failed.")]
    private static partial void LogFailed(ILogger logger, string cabinet, Exception exception);
}
