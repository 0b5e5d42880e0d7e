using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Testcontainers.PostgreSql;

namespace TelephonyHub.IntegrationTests.Support;

/// <summary>
/// One PostgreSQL for the whole run, one database per test: HUB_TEST_POSTGRES, else a throwaway cluster from installed binaries, else Docker. With
/// none of these a test is skipped with that reason on a laptop, and fails where <c>CI</c> is set.
/// </summary>
public static class PostgresServer
{
    private static readonly Lazy<Task<(string? ConnectionString, string? Reason)>> Server = new(StartAsync);

    /// <param name="template">The database that is copied; null: the new one is empty.</param>
    /// <returns>A connection string to a new database.</returns>
    public static async Task<string> NewDatabaseAsync(string? template = null)
    {
        var (server, reason) = await Server.Value;
        if (server is null)
        {
            var words = $"No PostgreSQL for this test: {reason}";
            Skip.If(Environment.GetEnvironmentVariable("CI") is null or "", words);
            throw new InvalidOperationException(words);
        }

        var name = $"hub_{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template ?? "template1"}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20, IncludeErrorDetail = false }.ToString();
    }

    private static async Task<(string? ConnectionString, string? Reason)> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("HUB_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return (given, null);
        }

        if (FindBinaries() is { } binaries)
        {
            return (await ThrowawayCluster.StartAsync(binaries), null);
        }

        try
        {
            var container = new PostgreSqlBuilder("postgres:15-alpine").Build();
            await container.StartAsync();
            return (container.GetConnectionString(), null);
        }
        catch (Exception e)
        {
            return (null, $"HUB_TEST_POSTGRES is not set, initdb and pg_ctl are not installed, and Docker does not answer ({e.GetType().Name}).");
        }
    }

    private static string? FindBinaries()
    {
        var versions = System.IO.Directory.Exists("/usr/lib/postgresql")
            ? System.IO.Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => d, StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return versions.Concat(path).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    /// <summary>A cluster in the temp folder on a free port; gone when the test process ends.</summary>
    private static class ThrowawayCluster
    {
        /// <summary>The cluster dies with the run, so nothing of it has to survive a power cut: a new database and each commit cost a fraction.</summary>
        private const string NoCrashSafety = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

        public static async Task<string> StartAsync(string binaries)
        {
            var folder = System.IO.Directory.CreateTempSubdirectory("hub-pg-").FullName;
            var data = Path.Combine(folder, "data");
            var port = FreePort();

            // PostgreSQL refuses to run as root: then its own user owns the folder and runs it.
            var asUser = Environment.UserName == "root" ? "postgres" : null;
            if (asUser is not null)
            {
                await RunAsync("chown", ["-R", asUser, folder], null);
            }

            await RunAsync(Path.Combine(binaries, "initdb"), ["-D", data, "-U", "hub", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], asUser);
            await RunAsync(
                Path.Combine(binaries, "pg_ctl"),
                ["-D", data, "-w", "-t", "60", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=300 {NoCrashSafety}", "start"],
                asUser);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(binaries, data, folder, asUser);
            return $"Host=127.0.0.1;Port={port};Username=hub;Database=postgres";
        }

        private static void Stop(string binaries, string data, string folder, string? asUser)
        {
            RunAsync(Path.Combine(binaries, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"], asUser).Wait(TimeSpan.FromSeconds(20));
            System.IO.Directory.Delete(folder, recursive: true);
        }

        private static async Task RunAsync(string file, IReadOnlyList<string> arguments, string? asUser)
        {
            var start = asUser is null
                ? new ProcessStartInfo(file, arguments)
                : new ProcessStartInfo("runuser", ["-u", asUser, "--", file, .. arguments]);

            // The server inherits what it is given: its output goes to its own log, so nothing is redirected from pg_ctl start.
            start.RedirectStandardError = !arguments.Contains("start");
            start.RedirectStandardOutput = start.RedirectStandardError;
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
            var error = start.RedirectStandardError ? await process.StandardError.ReadToEndAsync() : "";
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{Path.GetFileName(file)} ended with {process.ExitCode}: {error}");
            }
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
