using System.Diagnostics;
using System.Globalization;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>What a call and a look into the journal cost when the journal is nearly empty, and when it holds years of calls.</summary>
internal static class GrowthLoad
{
    private const int Small = 10_000;
    private const int Calls = 20;

    /// <summary>A company's clients call again and again.</summary>
    private const int Clients = 20_000;

    private static readonly (string What, Func<string, long, string> Path)[] Queries =
    [
        ("newest calls", (_, _) => "/api/v1/calls?limit=50"),
        ("calls of one client", (_, n) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/calls?phone=%2B{79_300_000_000 + (n % Clients)}&limit=50")),
        ("missed calls of a cabinet and day", (cabinet, n) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/calls?cabinet={cabinet}&state=missed&from=2024-01-{2 + (n % 8):00}T00:00:00Z&to=2024-01-{3 + (n % 8):00}T00:00:00Z&limit=50")),
        ("dead tasks", (_, _) => "/api/v1/sync/tasks?state=dead&limit=50"),
    ];

    public static async Task<IReadOnlyList<Figure>> RunAsync(Cluster cluster, LoadOptions options)
    {
        var connection = await cluster.NewDatabaseAsync("growth");
        await using var world = await OutsideWorld.StartAsync();
        await using var hub = await HubUnderLoad.StartAsync(HubUnderLoad.Settings(connection, world));
        world.PointAt([hub]);
        await CostOfCallsAsync(cluster, world, hub, 0);
        await FillAsync(cluster, 1, Small);
        var (few, cheap) = await CostOfCallsAsync(cluster, world, hub, 1);
        await FillAsync(cluster, Small + 1, options.Journal);
        var (many, dear) = await CostOfCallsAsync(cluster, world, hub, 2);
        var cabinet = await cluster.TextAsync("growth", "SELECT cabinet FROM calls WHERE session_id = 100000001");
        var figures = new List<Figure>
        {
            new(
                $"a call from its first webhook until it is in the CRM, median, with {Small:N0} and {options.Journal:N0} calls in the journal",
                string.Create(CultureInfo.InvariantCulture, $"{few.TotalMilliseconds:F0} and {many.TotalMilliseconds:F0} ms"),
                "flat: at most 1.3 times",
                many <= few * 1.3),
            cheap with { What = string.Create(CultureInfo.InvariantCulture, $"{cheap.What}, {Small:N0} calls in the journal, with what goes on beside it") },
            dear with { What = string.Create(CultureInfo.InvariantCulture, $"{dear.What}, {options.Journal:N0} calls") },
        };
        foreach (var (what, path) in Queries)
        {
            var latencies = new Latencies();
            for (var n = 0; n < 50; n++)
            {
                var clock = Stopwatch.StartNew();
                await hub.GetAsync(path(cabinet, n * 7919L % options.Journal));
                latencies.Add(clock.Elapsed);
            }

            figures.Add(new Figure($"{what}, {options.Journal:N0} calls in the journal", latencies.Percentiles(), "p95 ≤ 100 ms", latencies.Percentile(0.95) <= 100));
        }

        return figures;
    }

    /// <summary>Calls one after the other, each waited for until nothing is left to do for it.</summary>
    private static async Task<(TimeSpan Median, Figure Processor)> CostOfCallsAsync(Cluster cluster, OutsideWorld world, HubUnderLoad hub, int round)
    {
        var (times, processor) = (new List<TimeSpan>(), await ProcessorTime.StartAsync(cluster, hub));
        for (var n = 0; n < Calls; n++)
        {
            var clock = Stopwatch.StartNew();
            await WholeCallsLoad.PlaceAsync(world, 900_000_000 + (round * Calls) + n);
            await WholeCallsLoad.SettledAsync(cluster, "growth");
            times.Add(clock.Elapsed);
        }

        return (times.Order().ElementAt(times.Count / 2), await processor.FigureAsync("call", Calls));
    }

    /// <summary>Copies of one real call with its session, events and tasks, one every ten seconds from 2024 on: each tenth missed, of each thousandth the tasks given up.</summary>
    private static async Task FillAsync(Cluster cluster, int from, int to)
    {
        foreach (var table in (string[])["calls", "sessions", "events", "sync_tasks"])
        {
            var columns = await ColumnsAsync(cluster, table);
            var values = columns.Select(c => c switch
            {
                "session_id" => "100000000 + n",
                "started_at" or "ended_at" or "occurred_at" or "received_at" or "created_at" or "updated_at" => "timestamptz '2024-01-01Z' + n * interval '10 s'",
                "client_phone" or "lane" => string.Create(CultureInfo.InvariantCulture, $"'+' || (79300000000 + n % {Clients})"),
                "answered" => "t.answered AND n % 10 <> 0",
                "state" when string.Equals(table, "calls", StringComparison.Ordinal) => "CASE WHEN n % 10 = 0 THEN 'missed' ELSE t.state END",
                "state" => "CASE WHEN n % 1000 = 0 THEN 'dead' ELSE t.state END",
                "conversation_id" => "t.cabinet || ':' || (100000000 + n)",
                "content_key" => "md5(t.id || ':' || n)",
                "id" when string.Equals(table, "sync_tasks", StringComparison.Ordinal) => "md5(t.kind || t.purpose || n)::uuid",
                var column => "t." + column,
            });
            await cluster.ExecuteAsync("growth", string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM (SELECT * FROM {table} WHERE session_id = (SELECT min(session_id) FROM calls WHERE session_id >= 500000000)) t, generate_series({from}, {to}) n"));
        }

        await cluster.ExecuteAsync("growth", "ANALYZE");
    }

    private static async Task<List<string>> ColumnsAsync(Cluster cluster, string table)
    {
        var identity = string.Equals(table, "events", StringComparison.Ordinal) ? "AND column_name <> 'id'" : "";
        return [.. (await cluster.TextAsync("growth", $"SELECT string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public' {identity}")).Split(',')];
    }
}
