using System.Globalization;
using TelephonyHub.Tests.Support;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>One line of the table.</summary>
/// <param name="Target">What issue 8 asks for; null = only for comparison.</param>
/// <param name="Met">Null where there is no target.</param>
internal sealed record Figure(string What, string Measured, string? Target = null, bool? Met = null);

/// <summary>Starts PostgreSQL once, runs the scenarios one after the other in one run, so that their figures can be set in relation, and prints the table.</summary>
internal static class LoadRun
{
    public static readonly IReadOnlyDictionary<string, Func<Cluster, LoadOptions, Task<IReadOnlyList<Figure>>>> Scenarios =
        new Dictionary<string, Func<Cluster, LoadOptions, Task<IReadOnlyList<Figure>>>>(StringComparer.Ordinal)
        {
            ["startup"] = StartupLoad.RunAsync,
            ["intake"] = IntakeLoad.RunAsync,
            ["routing"] = RoutingLoad.RunAsync,
            ["calls"] = (cluster, options) => WholeCallsLoad.RunAsync(cluster, options, "calls", replicas: 1),
            ["pipeline"] = PipelineLoad.RunAsync,
            ["growth"] = GrowthLoad.RunAsync,
            ["replicas"] = (cluster, options) => WholeCallsLoad.RunAsync(cluster, options, "replicas", replicas: 3),
            ["soak"] = SoakLoad.RunAsync,
        };

    public static async Task<int> RunAsync(LoadOptions options)
    {
        var unknown = options.Scenarios.FirstOrDefault(s => !Scenarios.ContainsKey(s));
        if (unknown is not null)
        {
            await System.Console.Error.WriteLineAsync($"{unknown}: no such scenario. There are {string.Join(", ", Scenarios.Keys)}.");
            return 2;
        }

        var report = new List<string>();
        Tell(await MachineAsync(options), "");
        await using var cluster = await Cluster.StartAsync();
        var missed = 0;
        foreach (var (name, scenario) in Scenarios.Where(s => options.Scenarios.Count == 0 || options.Scenarios.Contains(s.Key)))
        {
            System.Console.WriteLine($"… {name}");
            var figures = await scenario(cluster, options);
            missed += figures.Count(f => f.Met is false);
            if (options.Statements)
            {
                System.Console.WriteLine(string.Join('\n', await cluster.StatementsAsync(name, 40)));
            }

            Tell([$"## {name}", "", "| | measured | target | |", "|---|---|---|---|"]);
            Tell([.. figures.Select(f => $"| {f.What} | {f.Measured} | {f.Target ?? "–"} | {f.Met switch { true => "met", false => "**missed**", _ => "" }} |"), ""]);
        }

        var text = string.Join('\n', report);
        if (options.Write)
        {
            System.IO.Directory.CreateDirectory(Path.Combine(SourceTree.Root, "artifacts"));
            await File.WriteAllTextAsync(Path.Combine(SourceTree.Root, "artifacts/benchmarks.md"), text);
        }

        return missed == 0 ? 0 : 1;

        // At once: what was measured must not be lost with a scenario that fails after it.
        void Tell(params string[] lines)
        {
            report.AddRange(lines);
            System.Console.WriteLine(string.Join('\n', lines));
        }
    }

    private static async Task<string> MachineAsync(LoadOptions options)
    {
        var cpu = (await File.ReadAllLinesAsync("/proc/cpuinfo")).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var memory = (await File.ReadAllLinesAsync("/proc/meminfo"))[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var commit = (await Processes.RunAsync("git", ["-C", SourceTree.Root, "rev-parse", "--short", "HEAD"])).Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores ({cpu}), {long.Parse(memory, CultureInfo.InvariantCulture) / 1024 / 1024} GiB, commit {commit}, PostgreSQL with fsync and synchronous_commit on; hub, PostgreSQL, stand-ins and driver share the machine; {options.Seconds} s a load; a webhook has {Payloads.Webhook(6).Body.Length} bytes.");
    }
}
