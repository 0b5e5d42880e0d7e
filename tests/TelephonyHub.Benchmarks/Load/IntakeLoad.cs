using System.Globalization;
using TelephonyHub.Benchmarks.Peers;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>Webhooks into the journal: the most that goes through, and the wait at 2 000 a second; beside it single-row inserts and two job libraries.</summary>
internal static class IntakeLoad
{
    private const int Senders = 128;
    private const int OpenRate = 2000;
    private const int WarmUp = 20;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Cluster cluster, LoadOptions options)
    {
        var duration = TimeSpan.FromSeconds(options.Seconds);
        var figures = new List<Figure>();
        var best = 0d;
        foreach (var clients in options.Alone ? [] : (int[])[1, 8, 32])
        {
            var perSecond = await PgBench.SingleRowsAsync(cluster, clients, options.Seconds);
            best = Math.Max(best, perSecond);
            figures.Add(new Figure($"pgbench, one row a commit, same body, {clients} clients", PerSecond(perSecond)));
        }

        foreach (var peer in options.Alone ? [] : (string[])["hangfire", "rebus"])
        {
            figures.AddRange(await PeerAsync(cluster, peer, duration));
        }

        var connection = await cluster.NewDatabaseAsync("intake");
        await using var hub = await HubUnderLoad.StartAsync(HubUnderLoad.Settings(connection, world: null));

        // Some first, of another cabinet: nobody measures the compiler.
        await Loops.ClosedAsync(Senders, TimeSpan.FromSeconds(WarmUp), n => PostAsync(hub.Http, n, "spb"));
        var processor = await ProcessorTime.StartAsync(cluster, hub);
        var (latencies, most) = await Loops.ClosedAsync(Senders, duration, n => PostAsync(hub.Http, n));
        figures.Add(await ArrivedAsync(cluster, "closed loop", latencies.Count, 0));
        figures.Add(new Figure($"hub, {Senders} senders, each event on disk before its 200", PerSecond(most), $"≥ 3 × the best pgbench ({PerSecond(3 * best)})", most >= 3 * best));
        figures.Add(new Figure("… answer times", latencies.Percentiles()));
        figures.Add(await processor.FigureAsync("event", latencies.Count));

        // Numbers go on where they stopped: a repeated event would cost less.
        var before = latencies.Count + (int)latencies.Failed;
        var (open, _) = await Loops.OpenAsync(OpenRate, duration, n => PostAsync(hub.Http, before + n));
        figures.Add(new Figure($"hub, open loop, {OpenRate} events/s", open.Percentiles(), "p99 ≤ 50 ms", open.Percentile(0.99) <= 50 && open.Failed == 0));
        figures.Add(await ArrivedAsync(cluster, "open loop", latencies.Count + open.Count, latencies.Failed + open.Failed));
        return figures;
    }

    internal static string PerSecond(double figure) => string.Create(CultureInfo.InvariantCulture, $"{figure:N0}/s");

    internal static async Task<bool> PostAsync(HttpClient http, int n, string cabinet = "msk")
    {
        var (kind, body) = Payloads.Webhook(n);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var answer = await http.PostAsync($"/uis/{cabinet}/events?token={HubUnderLoad.TokenOf(cabinet)}&event={kind}", content);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Every acknowledged event is a row; a refused one may be, too: its answer was lost, not the event.</summary>
    private static async Task<Figure> ArrivedAsync(Cluster cluster, string load, long acknowledged, long refused)
    {
        var rows = await cluster.CountAsync("intake", "SELECT count(*) FROM events WHERE cabinet = 'msk'");
        return new Figure($"acknowledged events and rows in the journal after the {load}", $"{acknowledged} and {rows}", "every one there", rows >= acknowledged && rows <= acknowledged + refused);
    }

    private static async Task<IReadOnlyList<Figure>> PeerAsync(Cluster cluster, string kind, TimeSpan duration)
    {
        await using var peer = await PeerProcess.StartAsync(kind, await cluster.NewDatabaseAsync(kind));
        var (latencies, perSecond) = await Loops.ClosedAsync(Senders, duration, n => peer.PostAsync(Payloads.Webhook(n).Body));
        var done = await peer.DoneAsync() / duration.TotalSeconds;
        return
        [
            new Figure($"minimal receiver with {kind}: accepted", PerSecond(perSecond)),
            new Figure($"… answer times", latencies.Percentiles()),
            new Figure($"… jobs that do nothing, finished meanwhile", PerSecond(done)),
        ];
    }
}
