using Medallion.Threading.Postgres;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Reconciliation;

/// <summary>Runs the comparison at its interval, one replica at a time.</summary>
internal sealed partial class ReconciliationJob(
    Reconciler reconciler,
    HubDatabase database,
    HealthRegister health,
    HubSettings settings,
    TimeProvider time,
    ILogger<ReconciliationJob> logger) : BackgroundService
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim _alone = new(1, 1);
    internal const string LockName = "telephonyhub-reconciliation";

    /// <summary>Runs all cabinets, alone over all replicas; one that fails does not stop the others.</summary>
    /// <param name="since">How far back.</param>
    /// <param name="patience">How long a run under way elsewhere is waited for.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Cabinets that could not be compared, with the reason; null when another run was still under way.</returns>
    public async Task<IReadOnlyDictionary<string, string>?> RunAsync(DateTimeOffset since, TimeSpan patience, CancellationToken ct)
    {
        // Within the process, too: SQLite knows no advisory locks.
        if (!await _alone.WaitAsync(patience, ct))
        {
            return null;
        }

        try
        {
            if (!database.IsPostgres)
            {
                return await RunAsync(since, ct);
            }

            var alone = new PostgresDistributedLock(new PostgresAdvisoryLockKey(LockName, allowHashing: true), database.ConnectionString);
            await using var held = await alone.TryAcquireAsync(patience, ct);
            if (held is null)
            {
                return null;
            }

            // A lost connection is a lost lock: then another replica may be at it already.
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, held.HandleLostToken);
            return await RunAsync(since, both.Token);
        }
        finally
        {
            _alone.Release();
        }
    }

    public override void Dispose()
    {
        _alone.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);

        // Not in the rush of the start: webhooks that waited for the hub come first.
        await Task.Delay(settings.ReconciliationInterval < FirstAfter ? settings.ReconciliationInterval : FirstAfter, time, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(time.GetUtcNow() - settings.ReconciliationLookback, TimeSpan.Zero, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Also the cancellation by a lost lock: it would end this service, and with it the hub.
                LogFailed(logger, "all", e);
            }

            await Task.Delay(settings.ReconciliationInterval, time, stoppingToken);
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> RunAsync(DateTimeOffset since, CancellationToken ct)
    {
        var failed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var cabinet in settings.Cabinets.Keys.OrderBy(k => k.Value, StringComparer.Ordinal))
        {
            if (await RunAsync(cabinet, since, ct) is { } reason)
            {
                failed[cabinet.Value] = reason;
            }
        }

        return failed;
    }

    private async Task<string?> RunAsync(CabinetKey cabinet, DateTimeOffset since, CancellationToken ct)
    {
        var cause = $"reconciliation {cabinet}";
        try
        {
            await reconciler.RunAsync(cabinet, since, ct);
            health.Mend(cause);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var words = $"The comparison of cabinet {cabinet} failed: {e.Message}";
            health.Ail(cause, words);
            LogFailed(logger, cabinet.Value, e);
            return words;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reconciliation of {Cabinet} failed.")]
    private static partial void LogFailed(ILogger logger, string cabinet, Exception exception);
}
