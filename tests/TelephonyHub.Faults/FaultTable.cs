using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TelephonyHub.Faults;

/// <summary>The figures for people: on the console, and in docs/faults.md.</summary>
public static class FaultTable
{
    public const string Head = "| World | Fault | Calls | Webhooks | of them not accepted | Lost | Doubled | Wrong owner | Wrong state | Proof | Right after | Took |\n|---|---|--:|--:|--:|--:|--:|--:|--:|---|--:|--:|";

    public static string Row(FaultResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {r.World} | {r.Fault} | {r.Calls} | {r.Notifications} | {r.NotAccepted} | {r.Count.Lost} | {r.Count.Doubled} | {r.Count.WrongOwner} | {r.Count.WrongState} | {(r.Count.ProofEqual ? "equal" : "**differs**")} | {(r.Settled is { } s ? $"{s.TotalSeconds:0} s" : "never")} | {r.Took.TotalSeconds:0} s |");

    public static void Write(FaultOptions options, IReadOnlyList<FaultResult> results, TimeSpan took)
    {
        var root = Run("git", "rev-parse", "--show-toplevel");
        var text = new StringBuilder($"""
            # The fault run

            Real processes (hubs behind a balancer, PostgreSQL 15 on a small disk of its own, or SQLite), calls of a mixed working day in four cabinets, and one fault at a
            time. Afterwards everything is counted from what the telephone really did: sessions in the journal, contacts, deals, calls, links and tasks in the CRM, their owners,
            answered or missed, and the hub's own proof. "Not accepted" are webhooks that got no 200, were cut off, or were never sent: UIS sends nothing twice, so what they told
            comes from the cabinet's report. "Right after" is the time from the end of the fault, including what an operator does (replay after the retry budget). The balancer
            hands a request that one replica does not take to the next, as in [operations.md](operations.md).

            Worlds: `sqlite` one hub on SQLite, `pg1` one hub and `pg3` three hubs on PostgreSQL.

            ```
            dotnet run -c Release --project tests/TelephonyHub.Faults -- --long --write     # 10 000 calls a fault
            dotnet run -c Release --project tests/TelephonyHub.Faults                       # some dozens, as .ci/run does in its tests
            ```


            """);
        text.Append(CultureInfo.InvariantCulture, $"""
            Seed {options.Seed}, {options.Calls} calls a fault{(options.Long ? ", long form" : "")}, commit {Run("git", "rev-parse", "--short", "HEAD")}, {Environment.ProcessorCount} cores ({Cpu()}), {took.TotalMinutes:0} minutes altogether.

            {Head}

            """);
        foreach (var result in results)
        {
            text.Append(Row(result)).Append('\n');
        }

        File.WriteAllText(Path.Combine(root, "docs", "faults.md"), text.ToString());
    }

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
