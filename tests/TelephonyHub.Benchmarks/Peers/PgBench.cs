using System.Globalization;
using System.Text.RegularExpressions;
using TelephonyHub.Benchmarks.Load;

namespace TelephonyHub.Benchmarks.Peers;

/// <summary>PostgreSQL's own load tool: how many of these bodies go to disk if each is a commit of its own.</summary>
internal static partial class PgBench
{
    public static async Task<double> SingleRowsAsync(Cluster cluster, int clients, int seconds)
    {
        var database = string.Create(CultureInfo.InvariantCulture, $"pgbench_{clients}");
        await cluster.NewDatabaseAsync(database);
        await cluster.ExecuteAsync(database, "CREATE TABLE events (id bigserial PRIMARY KEY, received_at timestamptz NOT NULL DEFAULT now(), body bytea NOT NULL)");
        var script = Path.GetTempFileName();
        try
        {
            // In hexadecimal: pgbench takes each colon before a digit or letter for a variable of its own, inside of quotes, too.
            await File.WriteAllTextAsync(script, $"INSERT INTO events (body) VALUES (decode('{Convert.ToHexString(Payloads.Webhook(6).Body)}', 'hex'));\n");
            var invariant = CultureInfo.InvariantCulture;
            var output = await Processes.RunAsync(
                cluster.PgBench,
                ["-h", "127.0.0.1", "-p", cluster.Port.ToString(invariant), "-U", "hub", "-n", "-M", "prepared", "-f", script, "-c", clients.ToString(invariant), "-j", Math.Min(clients, 2).ToString(invariant), "-T", seconds.ToString(invariant), database]);
            return double.Parse(Tps().Match(output).Groups["tps"].Value, invariant);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+) \(without", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tps();
}
