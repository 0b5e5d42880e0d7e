using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>A PostgreSQL of this run's own on the local disk, as durable as in production: fsync and synchronous_commit stay on.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly string _binaries;
    private readonly string _folder;
    private readonly string? _user;

    private Cluster(string binaries, string folder, string? user, int port) => (_binaries, _folder, _user, Port) = (binaries, folder, user, port);

    public int Port { get; }

    public string PgBench => Path.Combine(_binaries, "pgbench");

    public static async Task<Cluster> StartAsync()
    {
        var binaries = System.IO.Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).First(d => File.Exists(Path.Combine(d, "initdb")));
        var folder = System.IO.Directory.CreateTempSubdirectory("hub-bench-pg-").FullName;

        // PostgreSQL refuses to run as root.
        var user = string.Equals(Environment.UserName, "root", StringComparison.Ordinal) ? "postgres" : null;
        if (user is not null)
        {
            await Processes.RunAsync("chown", ["-R", user, folder]);
        }

        var cluster = new Cluster(binaries, folder, user, FreePort());
        await cluster.RunAsync("initdb", ["-D", cluster.Data, "-U", "hub", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        var options = string.Create(CultureInfo.InvariantCulture, $"-p {cluster.Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200 -c shared_buffers=512MB -c shared_preload_libraries=pg_stat_statements");
        await cluster.RunAsync("pg_ctl", ["-D", cluster.Data, "-w", "-t", "60", "-l", Path.Combine(folder, "log"), "-o", options, "start"]);
        return cluster;
    }

    public async Task<string> NewDatabaseAsync(string name)
    {
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public string ConnectionString(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=hub;Database={database};Maximum Pool Size=50");

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 3600 };
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(string database, string sql) => Convert.ToInt64(await ScalarAsync(database, sql), CultureInfo.InvariantCulture);

    public async Task<string> TextAsync(string database, string sql) => (string)(await ScalarAsync(database, sql))!;

    /// <summary>Where its time went since the last look, the most expensive statement first; the next look begins here.</summary>
    public async Task<IReadOnlyList<string>> StatementsAsync(string database, int most)
    {
        await ExecuteAsync("postgres", "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        await ExecuteAsync("postgres", "ALTER SYSTEM SET pg_stat_statements.track_planning = on");
        await ExecuteAsync("postgres", "SELECT pg_reload_conf()");
        var lines = new List<string>();
        await using (var connection = new NpgsqlConnection(ConnectionString("postgres")))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                """
                SELECT format('%8s calls %9s ms %7s ms each %8s plans %7s ms %9s rows  %s', calls, total_exec_time::bigint, round((total_exec_time / calls)::numeric, 3), plans, total_plan_time::bigint, rows, left(regexp_replace(query, '\s+', ' ', 'g'), 230))
                FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = $1 ORDER BY total_exec_time + total_plan_time DESC LIMIT $2
                """,
                connection);
            command.Parameters.Add(new NpgsqlParameter { Value = database });
            command.Parameters.Add(new NpgsqlParameter { Value = most });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(0));
            }
        }

        await ExecuteAsync("postgres", "SELECT pg_stat_statements_reset()");
        return lines;
    }

    /// <summary>Processor time of the server and all its backends, also those that are gone.</summary>
    public async Task<TimeSpan> ProcessorAsync()
    {
        var server = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        var ticks = 0L;
        foreach (var process in System.IO.Directory.GetDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                // After the name in brackets: state, parent, … utime and stime are the 14th and 15th, those of reaped children the 16th and 17th.
                var stat = await File.ReadAllTextAsync(Path.Combine(process, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                var own = Path.GetFileName(process) == server;
                if (own || fields[1] == server)
                {
                    ticks += fields[11..(own ? 15 : 13)].Sum(f => long.Parse(f, CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // It ended while it was looked at.
            }
        }

        return TimeSpan.FromMilliseconds(ticks * 10);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync("pg_ctl", ["-D", Data, "-m", "immediate", "stop"]);
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        return await command.ExecuteScalarAsync();
    }

    private string Data => Path.Combine(_folder, "data");

    private Task RunAsync(string file, string[] arguments) => _user is null
        ? Processes.RunAsync(Path.Combine(_binaries, file), arguments)
        : Processes.RunAsync("runuser", ["-u", _user, "--", Path.Combine(_binaries, file), .. arguments]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

internal static class Processes
{
    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static async Task<string> RunAsync(string file, IReadOnlyList<string> arguments)
    {
        // What a server that pg_ctl starts inherits it keeps open: its output goes to a log of its own.
        var starts = arguments.Contains("start", StringComparer.Ordinal);
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = !starts, RedirectStandardError = !starts, WorkingDirectory = Path.GetTempPath() })!;
        var output = starts ? "" : await process.StandardOutput.ReadToEndAsync();
        var error = starts ? "" : await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{Path.GetFileName(file)} ended with {process.ExitCode}: {error}");
    }
}
