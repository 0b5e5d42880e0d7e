using System.Net.Http.Json;
using Npgsql;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Faults;

/// <summary>All faults, one after another, and mixed.</summary>
public static class FaultCatalogue
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("none", (_, w) => w.EndAsync()) { OfTheProcess = true, HasNoGap = true },
        .. DatabaseFaults(),
        .. ProcessFaults(),
        .. CrmFaults(),
        .. UisFaults(),
        new("mixed", MixedAsync) { OfTheProcess = true, Short = TimeSpan.FromSeconds(5) },

        // Last, because the clocks stay wrong: calls of minutes ago, as other faults have them, cannot be told to belong together by wrong clocks.
        new("clocks of the cabinets 90 s apart", async (world, window) =>
        {
            foreach (var (key, index) in world.Uis.Cabinets.Keys.Order(StringComparer.Ordinal).Select((k, i) => (k, i)))
            {
                world.Uis.Faults.Cabinet(key).ClockSkew = TimeSpan.FromSeconds(index % 2 == 0 ? 90 : -90);
            }

            // The clocks stay wrong: what they said must go on being compared with what the journal has.
            await window.EndAsync();
        }) { IsLive = true },
    ];

    private static IEnumerable<Fault> DatabaseFaults() =>
    [
        new("PostgreSQL restarted", async (world, window) =>
        {
            await window.AtAsync(0.3);
            await world.Postgres!.RestartAsync("fast");
            await window.AtAsync(0.7);
            await world.Postgres.RestartAsync("immediate");
        }) { NeedsPostgres = true },
        new("database backends killed", async (world, window) =>
        {
            while (!window.IsOver)
            {
                await window.PauseAsync(TimeSpan.FromMilliseconds(300));
                await KillBackendsAsync(world);
            }
        }) { NeedsPostgres = true },
        new("connection pool exhausted", async (world, window) =>
        {
            await window.AtAsync(0.2);
            var (taken, connection) = (new List<NpgsqlConnection>(), new NpgsqlConnectionStringBuilder(world.ConnectionString) { Pooling = false }.ToString());
            try
            {
                // First all that is free, then what the hub had: its connections are cut and it gets no new ones.
                await TakeAllAsync(taken, connection);
                await KillBackendsAsync(world, taken[0]);
                await TakeAllAsync(taken, connection);
                await window.AtAsync(0.8);
            }
            finally
            {
                await Task.WhenAll(taken.Select(c => c.DisposeAsync().AsTask()));
            }
        }) { NeedsPostgres = true },
        new("disk of the database full", async (world, window) =>
        {
            await window.AtAsync(0.25);
            world.FillDisk();
            await window.AtAsync(0.75);
            await world.FreeDiskAsync();
        }) { OfTheProcess = true, NeedsSmallDisk = true },
    ];

    private static IEnumerable<Fault> ProcessFaults() =>
    [
        new("hub killed -9, again and again", async (world, window) =>
        {
            foreach (var share in Enumerable.Range(1, window.IsLong ? 18 : 2).Select(n => n / (window.IsLong ? 20.0 : 3)))
            {
                await window.AtAsync(share);
                var index = window.Random.Next(world.Hubs.Size);
                await world.Hubs.KillAsync(index);
                await world.StartHubAsync(index);
            }
        }) { OfTheProcess = true, Short = TimeSpan.FromSeconds(3) },
        new("hub killed between the CRM's commit and its own", async (world, window) =>
        {
            for (var kill = 0; kill < (window.IsLong ? 12 : 1); kill++)
            {
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                world.Crm.Faults.Add(new CrmFault.HangAfterCommit(), null, r => r.Kind == CrmRequestKind.Batch && r.Operations.Any(o => !o.IsRead) && Reached(reached));

                // At the end of a long load there may be nothing left to be written.
                await Task.WhenAny(reached.Task, Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System));
                await world.Hubs.KillAllAsync();
                world.Crm.Faults.Clear();
                await world.StartHubsAsync();
            }
        }) { OfTheProcess = true },
        new("replicas restarted one by one", async (world, window) =>
        {
            for (var index = 0; index < world.Hubs.Size; index++)
            {
                await window.AtAsync(0.2 + (0.2 * index));
                await world.Hubs.TerminateAsync(index);
                await world.StartHubAsync(index);
            }
        }) { NeedsPostgres = true, NeedsReplicas = true, HasNoGap = true, Short = TimeSpan.FromSeconds(4) },
    ];

    private static IEnumerable<Fault> CrmFaults() =>
    [
        new("CRM down", (world, window) => CrmDownAsync(world, window.Outage(TimeSpan.FromSeconds(4), TimeSpan.FromMinutes(1)))) { Short = TimeSpan.FromSeconds(4) },
        new("CRM down for longer than the retry budget", async (world, window) =>
        {
            await CrmDownAsync(world, window.Outage(TimeSpan.FromSeconds(6), TimeSpan.FromMinutes(1)));
        })
        {
            OfTheProcess = true,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Sync__RetryHours"] = "0.0005" },
            RepairAsync = ReplayAsync,
        },
        new("CRM hangs", async (world, window) =>
        {
            await window.AtAsync(0.2);
            world.Crm.Faults.Add(new CrmFault.Delay(window.Outage(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(30))), times: null);
            if (window.IsLong)
            {
                // Until the hub gives up, which is after 30 s.
                world.Crm.Faults.Add(new CrmFault.HangAfterCommit(), times: 8, r => r.Kind == CrmRequestKind.Batch);
            }

            await window.EndAsync();
            world.Crm.Faults.Clear();
        }),
        new("CRM's answers cut off after the commit", async (world, window) =>
        {
            var random = new Random(world.Seed);
            world.Crm.Faults.Add(new CrmFault.CutAfterCommit(), null, r => r.Kind == CrmRequestKind.Batch && Chance(random, 0.4));
            await window.EndAsync();
            world.Crm.Faults.Clear();
        }) { OfTheProcess = true },
        new("CRM sessions expire all the time", async (world, window) =>
        {
            world.Crm.Faults.ExpireSessionEvery = 3;
            world.Crm.Faults.Add(new CrmFault.SessionExpiresInBatch(2), times: 5, r => r.Kind == CrmRequestKind.Batch);
            await window.EndAsync();
            world.Crm.Faults.Clear();
        }),
    ];

    private static IEnumerable<Fault> UisFaults() =>
    [
        Notifications("webhooks doubled, shuffled, late", (n, window) =>
        {
            (n.Duplicates, n.DuplicateShare, n.Order) = (2, 0.5, NotificationOrder.Shuffled);

            // Each of some twelve notifications of a call waits: minutes for the whole.
            n.DelayJitter = window.Outage(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(25));
        }) with { TakesTime = true },
        Notifications("10 % of the webhooks never sent", (n, _) => n.LoseShare = 0.1),
        new("UIS's points used up", async (world, window) =>
        {
            await SpendPointsAsync(world, "msk");
            await window.EndAsync();
        }),
        new("UIS token revoked and given back", async (world, window) =>
        {
            foreach (var key in world.Uis.Cabinets.Keys)
            {
                world.Uis.Faults.Cabinet(key).TokenRevoked = true;
            }

            await window.EndAsync();
            foreach (var key in world.Uis.Cabinets.Keys)
            {
                world.Uis.Faults.Cabinet(key).TokenRevoked = false;
            }
        })
        {
            RepairAsync = async world =>
            {
                foreach (var key in world.Uis.Cabinets.Keys)
                {
                    (await world.Api.PostAsync($"api/v1/cabinets/{key}/import", null)).Dispose();
                }
            },
        },
        new("recordings late", async (world, window) =>
        {
            world.Uis.Faults.Media.ReadyAfter = window.Outage(TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(10));
            await window.EndAsync();
            world.Uis.Faults.Media.ReadyAfter = TimeSpan.Zero;
        }) { TakesTime = true },
    ];

    private static Fault Notifications(string name, Action<NotificationFaults, FaultWindow> set) => new(name, async (world, window) =>
    {
        var n = world.Uis.Faults.Notifications;
        n.Seed = world.Seed;
        set(n, window);
        await window.EndAsync();
        (n.Duplicates, n.DuplicateShare, n.Order, n.DelayJitter, n.LoseShare) = (0, 1, NotificationOrder.AsHappened, TimeSpan.Zero, 0);
    });

    private static async Task MixedAsync(FaultWorld world, FaultWindow window)
    {
        var (n, random) = (world.Uis.Faults.Notifications, new Random(world.Seed));
        (n.Seed, n.LoseShare, n.Duplicates, n.DuplicateShare, n.Order) = (world.Seed, 0.05, 1, 0.3, NotificationOrder.Shuffled);
        world.Crm.Faults.ExpireSessionEvery = 9;
        world.Crm.Faults.Add(new CrmFault.CutAfterCommit(), null, r => r.Kind == CrmRequestKind.Batch && Chance(random, 0.15));
        world.Crm.Faults.Add(new CrmFault.TooManyRequests(TimeSpan.FromSeconds(1)), null, r => r.Kind == CrmRequestKind.Batch && Chance(random, 0.05));
        while (!window.IsOver)
        {
            await window.PauseAsync(TimeSpan.FromSeconds(1));
            switch (window.Random.Next(4))
            {
                case 0:
                    var index = window.Random.Next(world.Hubs.Size);
                    await world.Hubs.KillAsync(index);
                    await world.StartHubAsync(index);
                    break;
                case 1 when world.Postgres is not null:
                    await KillBackendsAsync(world);
                    break;
                case 2 when world.Postgres is { } postgres:
                    await postgres.RestartAsync("fast");
                    break;
                default:
                    await CrmDownAsync(world, TimeSpan.FromSeconds(1));
                    break;
            }
        }

        world.Crm.Faults.Clear();
        (n.LoseShare, n.Duplicates, n.DuplicateShare, n.Order) = (0, 0, 1, NotificationOrder.AsHappened);
    }

    private static async Task CrmDownAsync(FaultWorld world, TimeSpan time)
    {
        await world.Crm.StopListeningAsync();
        await Task.Delay(time, TimeProvider.System);
        await world.Crm.StartListeningAsync(CancellationToken.None);
    }

    /// <summary>As an administrator does who has mended the cause: first counted, then sent again.</summary>
    private static async Task ReplayAsync(FaultWorld world)
    {
        await Until.TrueAsync(async () => await SyncStates.NoneAsync(world, "pending", "running", "retry"), "all tasks are done or dead", TimeSpan.FromMinutes(3));
        foreach (var dryRun in new[] { true, false })
        {
            using var answer = await world.Api.PostAsJsonAsync("api/v1/sync/replay", new { filter = new { state = "dead" }, dryRun });
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task KillBackendsAsync(FaultWorld world, NpgsqlConnection? by = null)
    {
        const string Sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'faults'";
        if (by is null)
        {
            await world.ExecuteAsync(Sql);
            return;
        }

        await using var command = new NpgsqlCommand(Sql, by);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task TakeAllAsync(List<NpgsqlConnection> taken, string connectionString)
    {
        while (true)
        {
            var connection = new NpgsqlConnection(connectionString + ";Application Name=faults");
            try
            {
                await connection.OpenAsync();
                taken.Add(connection);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                return;
            }
        }
    }

    /// <summary>Another program with the same key uses the minute up.</summary>
    private static async Task SpendPointsAsync(FaultWorld world, string cabinet)
    {
        using var http = new HttpClient();
        var request = new { jsonrpc = "2.0", id = 1, method = "get.employees", @params = new { access_token = world.Uis.Cabinets[cabinet].Options.AccessToken } };
        while (!world.Uis.ApiCalls.Any(c => c.Cabinet == cabinet && c.Error == "limit_exceeded"))
        {
            for (var n = 0; n < 100; n++)
            {
                using var content = new StringContent(System.Text.Json.JsonSerializer.Serialize(request), System.Text.Encoding.UTF8, "application/json");
                (await http.PostAsync(world.Uis.DataApiUrl, content)).Dispose();
            }
        }
    }

    private static bool Reached(TaskCompletionSource reached) => reached.TrySetResult() || reached.Task.IsCompleted;

    private static bool Chance(Random random, double share)
    {
        lock (random)
        {
            return random.NextDouble() < share;
        }
    }
}
