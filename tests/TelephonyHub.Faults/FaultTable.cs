using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TelephonyHub.Faults;

/// <summary>The figures for people: on the console, and in docs/faults.md.</summary>
public static class FaultTable
{
    public const string Head = "| World | Fault | Calls | Webhooks | of them not accepted | Lost | Doubled | Wrong owner | Wrong state | Gaps | Closed again | Proof | Right after | Took | Commit |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|--:|---|";

    public static string Row(FaultResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {r.World} | {r.Fault} | {r.Calls} | {r.Notifications} | {r.NotAccepted} | {r.Count.Lost} | {r.Count.Doubled} | {r.Count.WrongOwner} | {r.Count.WrongState} | {r.Count.Gaps} | {r.Count.ClosedAgain} | {(r.Count.ProofEqual ? "equal" : "**differs**")} | {(r.Settled is { } s ? $"{s.TotalSeconds:0} s" : "never")} | {r.Took.TotalSeconds:0} s | {Commit} |");

    public static void Print(FaultResult result)
    {
        System.Console.WriteLine(Row(result));
        foreach (var line in result.Passed ? [] : result.Count.Faults.Take(40))
        {
            System.Console.WriteLine($"    {line}");
        }
    }

    private static string Commit { get; } = Run("git", "rev-parse", "--short", "HEAD");

    /// <summary>A fault that was played replaces its row; what was not played stays as it was, with its commit.</summary>
    public static void Write(FaultOptions options, IReadOnlyList<FaultResult> results)
    {
        var file = Path.Combine(Run("git", "rev-parse", "--show-toplevel"), "docs", "faults.md");
        var rows = (File.Exists(file) ? File.ReadAllLines(file) : []).SkipWhile(l => l != Head.Split('\n')[1]).Skip(1).TakeWhile(l => l.StartsWith('|')).ToDictionary(KeyOf, StringComparer.Ordinal);
        foreach (var result in results)
        {
            rows[KeyOf(Row(result))] = Row(result);
        }

        var text = new StringBuilder("""
            # The fault run

            Real processes (hubs behind a balancer, PostgreSQL 15 on a small disk of its own, or SQLite), calls of a mixed working day in four cabinets, and one fault at a
            time. Afterwards everything is counted from what the telephone really did: sessions in the journal, contacts, deals, calls, links and tasks in the CRM, their owners,
            answered or missed, and the hub's own proof. "Not accepted" are webhooks that got no 200, were cut off, or were never sent: UIS sends nothing twice, so what they told
            comes from the cabinet's report. "Gaps" are requests that no replica took although one could: counted where nothing may be refused (no fault, and replicas restarted
            one by one). "Closed again" are call-back tasks of calls that looked missed until a late webhook or the report said that they were answered: completed, beside the
            follow-up task that took their place. "Right after" is the time from the end of the fault, including what an operator does (replay after the retry budget). The balancer hands a request that
            one replica does not take to the next, as in [operations.md](operations.md).

            Worlds: `sqlite` one hub on SQLite, `pg1` one hub and `pg3` three hubs on PostgreSQL. In the long form each fault has a world of its own, calls begin evenly over four
            minutes, forty at once at most (a machine that is too slow takes longer), and faults last as long as they do in life: a CRM that is away for a minute, recordings that come after
            ten. A row says by its commit and its calls how it was played. Two worlds may be played side by side: then the times say little, the counts all the same.

            ```
            dotnet run -c Release --project tests/TelephonyHub.Faults -- --long --write     # 10 000 calls a fault, some five minutes each
            dotnet run -c Release --project tests/TelephonyHub.Faults -- --write            # some dozens a fault, all worlds
            dotnet run -c Release --project tests/TelephonyHub.Faults -- --help             # one world, one fault, another seed, a published hub
            ```


            """);
        text.Append(CultureInfo.InvariantCulture, $"""
            Seed {options.Seed}, {options.Calls} calls planned a fault{(options.Long ? ", long form" : "")}, {Environment.ProcessorCount} cores ({Cpu()}).

            {Head}

            """);
        foreach (var row in rows.OrderBy(r => Place(r.Key)))
        {
            text.Append(row.Value).Append('\n');
        }

        File.WriteAllText(file, text.ToString());
    }

    private static string KeyOf(string row) => string.Join('|', row.Split('|')[1..3].Select(c => c.Trim()));

    /// <summary>As they are played.</summary>
    private static int Place(string key) =>
        (Array.IndexOf(["sqlite", "pg1", "pg3"], key.Split('|')[0]) * 100) + FaultCatalogue.All.Select((f, i) => (f.Name, i)).FirstOrDefault(f => f.Name == key.Split('|')[1]).i;

    private static string Cpu() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } line ? line.Split(':')[1].Trim() : "unknown";

    private static string Run(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Trim();
    }
}
