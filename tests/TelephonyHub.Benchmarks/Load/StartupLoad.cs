using System.Globalization;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>From the start of the process until it is ready, on a database that is migrated, with both outside systems there; and what it then holds in memory.</summary>
internal static class StartupLoad
{
    private const int Starts = 5;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Cluster cluster, LoadOptions options)
    {
        var connection = await cluster.NewDatabaseAsync("startup");
        await using var world = await OutsideWorld.StartAsync();
        var settings = HubUnderLoad.Settings(connection, world);
        await using (await HubUnderLoad.StartAsync(settings))
        {
            // The first start migrates, which later ones do not.
        }

        var (times, memory) = (new List<double>(), 0d);
        for (var n = 0; n < Starts; n++)
        {
            await using var hub = await HubUnderLoad.StartAsync(settings);
            times.Add(hub.ReadyAfter.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(n == Starts - 1 ? options.Seconds : 0));
            memory = hub.MemoryMiB;
        }

        var median = times.Order().ElementAt(Starts / 2);
        return
        [
            new Figure($"start to ready, median of {Starts}", string.Create(CultureInfo.InvariantCulture, $"{median:F1} s ({times.Min():F1}–{times.Max():F1})"), "≤ 3 s", median <= 3),
            new Figure($"resident memory after {options.Seconds} s without calls", string.Create(CultureInfo.InvariantCulture, $"{memory:F0} MiB"), "≤ 150 MiB", memory <= 150),
        ];
    }
}
