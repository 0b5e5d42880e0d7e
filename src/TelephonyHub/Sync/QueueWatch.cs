using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <param name="Cabinet">Key.</param>
/// <param name="State">Of the tasks; <c>unfolded</c>: calls with events that nobody has looked at yet.</param>
public sealed record QueueDepth(string Cabinet, string State, int Count);

/// <param name="Depths">What waits and what was given up.</param>
/// <param name="OldestSeconds">By cabinet, how long the oldest due task has been waiting.</param>
public sealed record QueueState(IReadOnlyList<QueueDepth> Depths, IReadOnlyDictionary<string, double> OldestSeconds)
{
    public static QueueState Unknown { get; } = new([], new Dictionary<string, double>());
}

/// <summary>Measures the queue towards the CRM every few seconds for <c>/metrics</c>: how much waits in each cabinet, and for how long; and what waits for its commit.</summary>
internal sealed partial class QueueWatch(HubDatabase database, JournalWriter journal, HubMetrics metrics, TimeProvider time, ILogger<QueueWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private QueueState _state = QueueState.Unknown;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.WatchQueue(() => _state);
        metrics.WatchIntake(() => journal.Waiting);
        await database.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                _state = await MeasureAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Old figures would look like a queue that stands still.
                _state = QueueState.Unknown;
                LogFailed(logger, e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task<QueueState> MeasureAsync(CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var open = await context.SyncTasks.AsNoTracking()
            .Where(t => t.State == "pending" || t.State == "retry" || t.State == "running")
            .GroupBy(t => new { t.Cabinet, t.State })

            // A task that fails waits since it failed first, however often its next attempt is put off.
            .Select(g => new { g.Key.Cabinet, g.Key.State, Count = g.Count(), Oldest = g.Min(t => t.NextAttemptAt), Failing = g.Min(t => t.FailingSince) })
            .ToListAsync(ct);
        var dead = await context.SyncTasks.AsNoTracking().Where(t => t.State == "dead").GroupBy(t => t.Cabinet).Select(g => new { Cabinet = g.Key, Count = g.Count() }).ToListAsync(ct);
        var unfolded = await context.Sessions.AsNoTracking().Where(s => s.DirtyVersion > s.FoldedVersion).GroupBy(s => s.Cabinet).Select(g => new { Cabinet = g.Key, Count = g.Count() }).ToListAsync(ct);
        var now = time.GetUtcNow();
        return new QueueState(
            [
                .. open.Select(o => new QueueDepth(o.Cabinet, o.State, o.Count)),
                .. dead.Select(d => new QueueDepth(d.Cabinet, "dead", d.Count)),
                .. unfolded.Select(u => new QueueDepth(u.Cabinet, "unfolded", u.Count)),
            ],
            open.Where(o => o.State != "running").GroupBy(o => o.Cabinet, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Math.Max(0, (now - g.Min(o => o.Failing < o.Oldest ? o.Failing.Value : o.Oldest)).TotalSeconds), StringComparer.Ordinal));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue could not be measured ({Fault}).")]
    private static partial void LogFailed(ILogger logger, string fault);
}
