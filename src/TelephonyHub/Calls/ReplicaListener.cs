using Npgsql;
using TelephonyHub.Storage;

namespace TelephonyHub.Calls;

/// <summary>
/// Hears what other replicas have made (LISTEN) and wakes the loops of this one. A connection that breaks is made again, and then everything is looked at once: what
/// was said meanwhile nobody heard. While it cannot listen, the loops' own looks are the safety net.
/// </summary>
internal sealed partial class ReplicaListener(HubDatabase database, FoldSignal fold, SyncSignal sync, StaffingSignal staffing, TimeProvider time, ILogger<ReplicaListener> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // A connection that the network dropped without a word is found by this.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsPostgres)
        {
            return;
        }

        await database.WhenReadyAsync(stoppingToken);
        var pause = TimeSpan.FromMilliseconds(100);
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogBroken(logger, e.GetType().Name);
            }

            // What lasted a while was a good connection.
            pause = time.GetElapsedTime(started) > LongestPause ? TimeSpan.FromMilliseconds(100) : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        // A connection of its own, never from the pool: it is held for ever, and LISTEN belongs to the session.
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, KeepAlive = (int)KeepAlive.TotalSeconds };
        await using var connection = new NpgsqlConnection(settings.ToString());
        connection.Notification += (_, said) => Raise(said.Payload);
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand($"LISTEN {WakeUp.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        Raise(WakeUp.Fold);
        Raise(WakeUp.Sync);
        Raise(WakeUp.Staffing);
        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    private void Raise(string what)
    {
        if (what == WakeUp.Fold)
        {
            fold.Raise();
        }
        else if (what == WakeUp.Sync)
        {
            sync.Raise();
        }
        else if (what == WakeUp.Staffing)
        {
            staffing.Raise();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection that hears of other replicas' work broke ({Fault}); it is made again.")]
    private static partial void LogBroken(ILogger logger, string fault);
}
