using System.Diagnostics;
using System.Globalization;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>Half an hour of a busy company's calls: what the hub holds in memory must not grow with the calls it has carried.</summary>
internal static class SoakLoad
{
    private const string Database = "soak";
    private const int Rate = 15;

    /// <summary>Clients who call again and again: a company does not get a new client with each call.</summary>
    private const int Clients = 2_000;

    /// <summary>By then the compiler is done and every client was seen.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Figure>> RunAsync(Cluster cluster, LoadOptions options)
    {
        var connection = await cluster.NewDatabaseAsync(Database);
        await using var world = await OutsideWorld.StartAsync();
        await using var hub = await HubUnderLoad.StartAsync(HubUnderLoad.Settings(connection, world));
        world.PointAt([hub]);

        var rate = options.Rate ?? Rate;
        var duration = TimeSpan.FromSeconds(options.SoakSeconds);
        using var end = new CancellationTokenSource();
        var samples = SampleAsync(hub, end.Token);
        var (placed, _) = await Loops.OpenAsync(rate, duration, n => WholeCallsLoad.PlaceAsync(world, n % Clients));
        await WholeCallsLoad.SettledAsync(cluster, Database);
        await end.CancelAsync();

        var all = await samples;
        var window = TimeSpan.FromSeconds(Math.Min(300, duration.TotalSeconds / 6));
        var settling = TimeSpan.FromSeconds(Math.Min(Settling.TotalSeconds, duration.TotalSeconds / 6));
        var early = MedianOf(all, settling, settling + window);
        var late = MedianOf(all, duration - window, duration);
        return
        [
            new Figure(
                string.Create(CultureInfo.InvariantCulture, $"resident memory, median of {window.TotalMinutes:F1} minutes: after {settling.TotalMinutes:F0}, and at the end of {duration.TotalMinutes:F0} minutes at {rate} whole calls/s"),
                string.Create(CultureInfo.InvariantCulture, $"{early:F0} and {late:F0} MiB, most {all.Max(s => s.MiB):F0}"),
                "no growth: at most 1.1 times",
                late <= early * 1.1),
            WholeCallsLoad.Complete(placed.Count, await cluster.CountAsync(Database, "SELECT count(*) FROM calls"), await WholeCallsLoad.DeadAsync(cluster, Database)),
            await WholeCallsLoad.CardsAsync(cluster, Database),
        ];
    }

    private static double MedianOf(List<(TimeSpan At, double MiB)> samples, TimeSpan from, TimeSpan to)
    {
        var window = samples.Where(s => s.At >= from && s.At <= to).Select(s => s.MiB).Order().ToList();
        return window.Count == 0 ? double.NaN : window[window.Count / 2];
    }

    private static async Task<List<(TimeSpan At, double MiB)>> SampleAsync(HubUnderLoad hub, CancellationToken end)
    {
        var (samples, clock) = (new List<(TimeSpan, double)>(), Stopwatch.StartNew());
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(2));
        try
        {
            while (true)
            {
                samples.Add((clock.Elapsed, hub.MemoryMiB));
                if (samples.Count % 150 == 0)
                {
                    System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {clock.Elapsed.TotalMinutes:F0} min: {hub.MemoryMiB:F0} MiB"));
                }

                await pace.WaitForNextTickAsync(end);
            }
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }

        return samples;
    }
}
