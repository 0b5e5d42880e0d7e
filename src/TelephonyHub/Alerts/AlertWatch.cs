using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Alerts;

/// <summary>
/// Looks every few seconds: each replica says what ails itself (<see cref="HealthRegister"/>), one of them asks the sources for what stands in the database, ends
/// what nobody has raised for a while, and posts the changes to the webhook.
/// </summary>
internal sealed partial class AlertWatch(
    AlertBook book, AlertPost post, HubMetrics metrics, IEnumerable<IAlertSource> sources, HealthRegister health, HubDatabase database, Alone alone, TimeProvider time, ILogger<AlertWatch> logger)
    : BackgroundService
{
    private const string JobName = "telephonyhub-alerts";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>A replica that restarts raises its own again before they count as over.</summary>
    private static readonly TimeSpan OverAfter = Every * 4;

    private long _started;
    private IReadOnlyList<(string Kind, int Count)> _open = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.WatchAlerts(() => _open);
        await database.WhenReadyAsync(stoppingToken);
        _started = time.GetTimestamp();
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task LookAsync(CancellationToken ct)
    {
        await book.RaiseAsync([.. health.Causes.Select(c => new Alert($"health: {c.Key}", c.Value))], ct);
        await alone.TryAsync(JobName, TimeSpan.Zero, LookForAllAsync, ct);
        await using var context = database.CreateContext();
        var open = await context.Alerts.AsNoTracking().Where(a => a.ResolvedAt == null).Select(a => a.Cause).ToListAsync(ct);
        _open = [.. open.GroupBy(c => c.Split(':')[0], StringComparer.Ordinal).Select(g => (g.Key, g.Count()))];
    }

    private async Task LookForAllAsync(CancellationToken ct)
    {
        var alerts = new List<Alert>();
        var all = true;
        foreach (var source in sources)
        {
            try
            {
                await using var context = database.CreateContext();
                alerts.AddRange(await source.LookAsync(context, ct));
            }
            catch (Exception e) when (e is not OperationCanceledException && !database.IsAway(e))
            {
                // One that cannot look must not silence the others; nor may what it would have raised count as over.
                all = false;
                LogFailed(logger, e);
            }
        }

        await book.RaiseAsync(alerts, ct);
        if (all && time.GetElapsedTime(_started) >= OverAfter)
        {
            await book.EndSilentAsync(time.GetUtcNow() - OverAfter, ct);
        }

        await post.TellAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alerts could not be looked after.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
