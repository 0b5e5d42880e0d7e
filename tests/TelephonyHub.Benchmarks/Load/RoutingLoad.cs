using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>500 questions a second with a full directory: while nothing else goes on, while the CRM hangs, and while calls are written to the CRM.</summary>
internal static class RoutingLoad
{
    private const int Rate = 500;
    private static long s_session = 700_000_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Cluster cluster, LoadOptions options)
    {
        var connection = await cluster.NewDatabaseAsync("routing");
        await using var world = await OutsideWorld.StartAsync();
        await using (await HubUnderLoad.StartAsync(HubUnderLoad.Settings(connection, world)))
        {
            // Makes the tables that are filled next.
        }

        await FillAsync(cluster, options.Numbers);
        await using var hub = await HubUnderLoad.StartAsync(HubUnderLoad.Settings(connection, world));
        world.PointAt([hub]);
        var duration = TimeSpan.FromSeconds(options.Seconds);
        var figures = new List<Figure>
        {
            new($"resident memory with {options.Numbers:N0} numbers", string.Create(CultureInfo.InvariantCulture, $"{hub.MemoryMiB:F0} MiB"), "≤ 300 MiB", hub.MemoryMiB <= 300),
        };

        // The first questions compile what the warm-up at the start does not reach.
        await Loops.OpenAsync(Rate, TimeSpan.FromSeconds(3), n => AskAsync(hub.Http, n, options.Numbers));
        figures.Add(Judged("known clients, nothing else going on", await Loops.OpenAsync(Rate, duration, n => AskAsync(hub.Http, n, options.Numbers))));

        world.Crm.Faults.Add(new CrmFault.Hang(), times: null);
        figures.Add(Judged("known clients, the CRM hangs", await Loops.OpenAsync(Rate, duration, n => AskAsync(hub.Http, n, options.Numbers))));
        world.Crm.Faults.Clear();

        using var stop = new CancellationTokenSource();
        var calls = WholeCallsLoad.KeepCallingAsync(world, perSecond: 20, stop.Token);
        figures.Add(Judged("known clients, 20 calls/s are written to the CRM", await Loops.OpenAsync(Rate, duration, n => AskAsync(hub.Http, n, options.Numbers))));
        await stop.CancelAsync();
        await calls;
        return figures;
    }

    /// <summary>As a full read of the CRM would leave it: the hub takes what was kept at its start.</summary>
    private static async Task FillAsync(Cluster cluster, int numbers)
    {
        await cluster.ExecuteAsync("routing", string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO directory_records (id, is_contact, name, version)
            SELECT md5('record' || n)::uuid, true, 'Клиент ' || n, 1 FROM generate_series(1, {numbers}) n;
            INSERT INTO directory_numbers (id, number, record_id, is_primary, non_actual, found_by_search, version, deleted)
            SELECT md5('number' || n)::uuid, 79200000000 + n, md5('record' || n)::uuid, true, false, false, 1, false FROM generate_series(1, {numbers}) n;
            """));
    }

    private static async Task<bool> AskAsync(HttpClient http, int n, int numbers)
    {
        // Each question is of a new session: asked again in one, the hub goes on with the rest of the chain.
        var (caller, session) = (79_200_000_001 + ((n * 7919L) % numbers), Interlocked.Increment(ref s_session));
        var answer = await http.GetStringAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"/uis/msk/route?token={HubUnderLoad.TokenOf("msk")}&call_session_id={session}&numa={caller}&numb=74951230001&input_result=None&direction=in"));
        return JsonNode.Parse(answer)?["phones"] is JsonArray { Count: > 0 };
    }

    private static Figure Judged(string what, (Latencies Latencies, TimeSpan Elapsed) load) =>
        new($"{Rate}/s, {what}", $"{load.Latencies.Percentiles()}; {load.Latencies.Failed} failed", "p99 ≤ 5 ms", load.Latencies.Percentile(0.99) <= 5 && load.Latencies.Failed == 0);
}
