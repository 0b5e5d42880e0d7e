using System.Diagnostics;
using System.Globalization;

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

    /// <summary>
    /// A fault that was played replaces its row; what was not played stays as it was, with its commit, and so does all that people wrote around the table (seed and machine
    /// among it).
    /// </summary>
    public static void Write(IReadOnlyList<FaultResult> results)
    {
        var file = Path.Combine(Run("git", "rev-parse", "--show-toplevel"), "docs", "faults.md");
        var lines = File.ReadAllLines(file);
        var first = Array.IndexOf(lines, Head.Split('\n')[1]) + 1;
        if (first == 0)
        {
            throw new InvalidOperationException($"{file} has no table of these columns.");
        }

        var rows = lines[first..].TakeWhile(l => l.StartsWith('|')).ToDictionary(KeyOf, StringComparer.Ordinal);
        var after = lines[(first + rows.Count)..];
        foreach (var result in results)
        {
            rows[KeyOf(Row(result))] = Row(result);
        }

        File.WriteAllLines(file, [.. lines[..first], .. rows.OrderBy(r => Place(r.Key)).Select(r => r.Value), .. after]);
    }

    private static string KeyOf(string row) => string.Join('|', row.Split('|')[1..3].Select(c => c.Trim()));

    /// <summary>As they are played.</summary>
    private static int Place(string key) =>
        (Array.IndexOf(["sqlite", "pg1", "pg3"], key.Split('|')[0]) * 100) + FaultCatalogue.All.Select((f, i) => (f.Name, i)).FirstOrDefault(f => f.Name == key.Split('|')[1]).i;

    private static string Run(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Trim();
    }
}
