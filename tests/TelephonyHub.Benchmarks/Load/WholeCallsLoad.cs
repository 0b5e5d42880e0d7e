using System.Globalization;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>Whole calls: a routing question, the webhooks, cards, contact, deal, call, links and task in the CRM.</summary>
internal static class WholeCallsLoad
{
    private const int Target = 100;
    private const int WarmUp = 60;
    private const string Bytes = "SELECT pg_database_size(current_database())";

    /// <param name="cluster">Where the database is made.</param>
    /// <param name="options">Rate and seconds.</param>
    /// <param name="database">Its name.</param>
    /// <param name="replicas">Hubs on the one database; each gets the webhooks of some of the cabinets.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(Cluster cluster, LoadOptions options, string database, int replicas)
    {
        var connection = await cluster.NewDatabaseAsync(database);
        await using var world = await OutsideWorld.StartAsync();
        var hubs = new List<HubUnderLoad>();
        try
        {
            while (hubs.Count < replicas)
            {
                hubs.Add(await HubUnderLoad.StartAsync(HubUnderLoad.Settings(connection, world)));
            }

            world.PointAt(hubs);
            return await MeasureAsync(cluster, options, database, world, hubs);
        }
        finally
        {
            foreach (var hub in hubs)
            {
                await hub.DisposeAsync();
            }
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Cluster cluster, LoadOptions options, string database, OutsideWorld world, List<HubUnderLoad> hubs)
    {
        // Some calls first: nobody measures the compiler.
        await Loops.OpenAsync(10, TimeSpan.FromSeconds(WarmUp), n => PlaceAsync(world, n));
        await SettledAsync(cluster, database);
        world.Crm.ClearJournal();
        var before = await cluster.CountAsync(database, "SELECT count(*) FROM calls");
        var bytesBefore = await cluster.CountAsync(database, Bytes);

        if (options.Statements)
        {
            await cluster.StatementsAsync(database, 0);
        }

        var processor = await ProcessorTime.StartAsync(cluster, hubs);
        var rate = options.Rate ?? Target;
        var seconds = options.Rate is null ? Math.Max(options.Seconds, 60) : options.Seconds;
        var (placed, arrivals) = await Loops.OpenAsync(rate, TimeSpan.FromSeconds(seconds), n => PlaceAsync(world, 1000 + n));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await SettledAsync(cluster, database);
        var behind = clock.Elapsed;
        var cores = await processor.FigureAsync("call", placed.Count);
        var calls = await cluster.CountAsync(database, "SELECT count(*) FROM calls") - before;
        var dead = await DeadAsync(cluster, database);
        var perSecond = calls / (arrivals + behind).TotalSeconds;

        var kib = (await cluster.CountAsync(database, Bytes) - bytesBefore) / 1024.0 / calls;

        // What is promised concerns the finished call. Cards are sent while it rings; a live question is asked before, about a number that the replica does not know: here all are new.
        var requests = world.Crm.Requests.Count(r => r.Kind == CrmRequestKind.Batch) / (double)calls;
        var questions = world.Crm.Requests.Count(r => r.Kind == CrmRequestKind.ODataRead) / (double)calls;
        return
        [
            new Figure($"whole calls{(hubs.Count > 1 ? $", {hubs.Count} replicas" : "")}, {rate}/s for {seconds} s, until the last is in the CRM", IntakeLoad.PerSecond(perSecond), $"≥ {Target}/s sustained", perSecond >= Target * 0.97 && placed.Failed == 0 && dead == 0),
            new Figure("… behind when the last call had ended", string.Create(CultureInfo.InvariantCulture, $"{behind.TotalSeconds:F1} s"), "≤ 5 s", behind.TotalSeconds <= 5),
            Complete(placed.Count, calls, dead),
            new Figure("… requests to the CRM a finished call", string.Create(CultureInfo.InvariantCulture, $"{requests:F2}"), "≤ 3 (2, and 1 for a recording that comes later)", requests <= 3.01),
            new Figure("… live questions to the CRM before the ring, a call of an unknown number", string.Create(CultureInfo.InvariantCulture, $"{questions:F2}")),
            await CardsAsync(cluster, database),
            cores,
            new Figure("… database a call, with indexes and what vacuum has not cleared yet", string.Create(CultureInfo.InvariantCulture, $"{kib:F1} KiB")),
            new Figure("… resident memory of the hub", string.Join(", ", hubs.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.MemoryMiB:F0}"))) + " MiB"),
        ];
    }

    public static Task<long> DeadAsync(Cluster cluster, string database) => cluster.CountAsync(database, "SELECT count(*) FROM sync_tasks WHERE state = 'dead'");

    public static Figure Complete(int placed, long calls, long dead) =>
        new("… calls placed, in the journal, tasks dead", $"{placed}, {calls}, {dead}", "all, none dead", calls == placed && dead == 0);

    public static async Task<Figure> CardsAsync(Cluster cluster, string database)
    {
        var cards = await cluster.CountAsync(database, "SELECT coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY delivery_ms), -1)::bigint FROM cards WHERE event = 'ringing' AND delivered_at IS NOT NULL");
        return new Figure("… webhook to card delivered, p95", string.Create(CultureInfo.InvariantCulture, $"{cards} ms"), "≤ 150 ms above the CRM's own time", cards is >= 0 and <= 150);
    }

    /// <summary>Calls at a rate until told to stop; ends when the last was placed.</summary>
    public static async Task KeepCallingAsync(OutsideWorld world, int perSecond, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n += perSecond)
        {
            var first = n;
            await Loops.OpenAsync(perSecond, TimeSpan.FromSeconds(1), i => PlaceAsync(world, first + i));
        }
    }

    public static async Task<bool> PlaceAsync(OutsideWorld world, int n)
    {
        var cabinet = world.Uis.Cabinets.Values.ElementAt(n % world.Uis.Cabinets.Count);
        var from = (79_300_000_000 + n).ToString(CultureInfo.InvariantCulture);
        await cabinet.IncomingAsync(new IncomingCall(from, cabinet.Options.VirtualNumbers[0]) { AnsweredBy = n % 5 == 4 ? null : Answers.First });
        return true;
    }

    public static Task SettledAsync(Cluster cluster, string database) => HubUnderLoad.UntilAsync(
        async () => await cluster.CountAsync(
            database,
            """
            SELECT (SELECT count(*) FROM sync_tasks WHERE state IN ('pending', 'retry', 'running'))
                + (SELECT count(*) FROM sessions WHERE dirty_version > folded_version) + (SELECT count(*) FROM sessions WHERE plan_due_at IS NOT NULL)
            """) == 0,
        TimeSpan.FromMinutes(10),
        "every call is in the CRM");
}
