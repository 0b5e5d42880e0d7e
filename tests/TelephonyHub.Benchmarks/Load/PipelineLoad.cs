using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Benchmarks.Peers;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Sync;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>The task pipeline without the CRM: claim under a lease, do nothing, done. Beside it, in the same run, Hangfire with a job that does nothing.</summary>
internal static class PipelineLoad
{
    private const int Tasks = 50_000;
    private const int Workers = 4;
    private const int Batch = 16;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Cluster cluster, LoadOptions options)
    {
        var duration = TimeSpan.FromSeconds(options.Seconds);
        var connection = await cluster.NewDatabaseAsync("pipeline");
        var settings = HubUnderLoad.Settings(connection, world: null);
        await using (await HubUnderLoad.StartAsync(settings))
        {
            // Makes the tables.
        }

        await using var app = HubApplication.Build([], builder =>
        {
            builder.Configuration.Sources.Clear();
            builder.Configuration.AddInMemoryCollection(settings.Append(new("Hub__ConsoleLog", "false")).ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value, StringComparer.Ordinal));
        });
        var (database, queue, outcomes) = (app.Services.GetRequiredService<HubDatabase>(), app.Services.GetRequiredService<SyncQueue>(), app.Services.GetRequiredService<TaskOutcomes>());
        database.MarkReady();
        await FillAsync(cluster);
        var done = 0;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < duration && await queue.ClaimAsync(Batch, CancellationToken.None) is { Count: > 0 } works)
            {
                foreach (var work in works)
                {
                    var board = new TaskBoard(work.Tasks, work.Owner);
                    foreach (var task in board.Open.ToList())
                    {
                        task.Finish(null, []);
                    }

                    await outcomes.StoreAsync(work, board, CancellationToken.None);
                    Interlocked.Add(ref done, work.Tasks.Count);
                }
            }
        })));
        var perSecond = done / clock.Elapsed.TotalSeconds;
        if (options.Alone)
        {
            return [new Figure($"tasks that do nothing, {Workers} workers", IntakeLoad.PerSecond(perSecond))];
        }

        await using var hangfire = await PeerProcess.StartAsync("hangfire", await cluster.NewDatabaseAsync("pipeline_hangfire"));
        await Loops.ClosedAsync(32, duration, n => hangfire.PostAsync(Payloads.Webhook(n).Body));
        var before = await hangfire.DoneAsync();
        clock.Restart();
        await Task.Delay(duration);
        var peer = (await hangfire.DoneAsync() - before) / clock.Elapsed.TotalSeconds;
        return
        [
            new Figure("Hangfire.PostgreSql, jobs that do nothing, nothing enqueued meanwhile", IntakeLoad.PerSecond(peer)),
            new Figure($"tasks that do nothing, {Workers} workers", IntakeLoad.PerSecond(perSecond), $"≥ 50 × Hangfire ({IntakeLoad.PerSecond(50 * peer)})", perSecond >= 50 * peer),
        ];
    }

    /// <summary>Calls with four tasks each, every call of another client.</summary>
    private static Task FillAsync(Cluster cluster) => cluster.ExecuteAsync("pipeline", $$"""
        INSERT INTO sync_tasks (id, cabinet, session_id, kind, purpose, rank, lane, wanted, state, attempts, claims, next_attempt_at, version, created_at, updated_at)
        SELECT md5(n::text)::uuid, 'msk', n / 4, 'recordingLink', 'call:' || n, 50, '+7916' || n / 4, '{"$kind":"talker"}', 'pending', 0, 0, now() - interval '1 minute', 1, now(), now()
        FROM generate_series(1, {{Tasks}}) n;
        ANALYZE sync_tasks;
        """);
}
