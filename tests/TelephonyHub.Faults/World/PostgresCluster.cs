using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TelephonyHub.Faults;

/// <summary>A PostgreSQL of one's own in a folder, from installed binaries, on a free port: to be restarted, crashed and thrown away.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly string _binaries;
    private readonly string _folder;
    private int _port = FreePort();

    private readonly string _options;

    // PostgreSQL refuses to run as root: then its own user owns the folder and runs it.
    private readonly string? _asUser = Environment.UserName == "root" ? "postgres" : null;

    private PostgresCluster(string binaries, string folder, string options) => (_binaries, _folder, _options) = (binaries, folder, options);

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=hub;Database=postgres";

    /// <summary>The operating system's id of the server, by which it is known whether it lives.</summary>
    private string PidFile => Path.Combine(Data, "postmaster.pid");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Where initdb and pg_ctl are; null when PostgreSQL is not installed.</summary>
    public static string? FindBinaries()
    {
        var versions = System.IO.Directory.Exists("/usr/lib/postgresql")
            ? System.IO.Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => d, StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return versions.Concat(path).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    /// <param name="binaries">Of <see cref="FindBinaries"/>.</param>
    /// <param name="folder">An existing, empty one.</param>
    /// <param name="options">Further settings of the server, <c>-c name=value</c> each.</param>
    public static async Task<PostgresCluster> StartAsync(string binaries, string folder, string options = "")
    {
        var cluster = new PostgresCluster(binaries, folder, options);
        if (cluster._asUser is { } user)
        {
            await cluster.RunAsync("chown", ["-R", user, folder], asUser: null);
        }

        await cluster.RunAsync(Path.Combine(binaries, "initdb"), ["-D", cluster.Data, "-U", "hub", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], cluster._asUser);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await cluster.StartAsync();
                return cluster;
            }
            catch (InvalidOperationException) when (attempt < 4)
            {
                // Between the look for a free port and the server's start another test may have taken it; without a server every test on PostgreSQL would fail.
                cluster._port = FreePort();
            }
        }
    }

    /// <param name="server">Of any database there.</param>
    /// <param name="poolSize">Connections that the hub may open.</param>
    /// <param name="template">The database that is copied; null: the new one is empty.</param>
    /// <returns>A connection string to a new database.</returns>
    public static async Task<string> NewDatabaseAsync(string server, int poolSize, string? template = null)
    {
        var name = $"hub_{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template ?? "template1"}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = poolSize, IncludeErrorDetail = false }.ToString();
    }

    public Task StartAsync() => RunAsync(
        Path.Combine(_binaries, "pg_ctl"),
        [
            "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o",
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=300 -c min_wal_size=32MB -c max_wal_size=128MB {_options}", "start",
        ],
        _asUser);

    /// <param name="mode"><c>fast</c>: as an administrator restarts it; <c>immediate</c>: as a crash.</param>
    public async Task RestartAsync(string mode)
    {
        await StopAsync(mode);
        await StartAsync();
    }

    public Task StopAsync(string mode) => RunAsync(Path.Combine(_binaries, "pg_ctl"), ["-D", Data, "-m", mode, "-w", "stop"], _asUser);

    /// <summary>As a service manager does: starts it again if it has died by itself.</summary>
    public async Task ReviveAsync()
    {
        if (!IsAlive())
        {
            File.Delete(PidFile);
            await StartAsync();
        }
    }

    /// <summary>For the end of the process, when nothing can be awaited any more.</summary>
    public void Stop()
    {
        StopAsync("immediate").Wait(TimeSpan.FromSeconds(20));
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsAlive())
        {
            await StopAsync("immediate");
        }
    }

    private bool IsAlive() =>
        File.Exists(PidFile) && int.TryParse(File.ReadLines(PidFile).FirstOrDefault(), System.Globalization.CultureInfo.InvariantCulture, out var id) && System.IO.Directory.Exists($"/proc/{id}");

    private async Task RunAsync(string file, IReadOnlyList<string> arguments, string? asUser)
    {
        var start = asUser is null
            ? new ProcessStartInfo(file, arguments)
            : new ProcessStartInfo("runuser", ["-u", asUser, "--", file, .. arguments]);
        start.WorkingDirectory = _folder;

        // The server inherits what it is given: its output goes to its own log, so nothing is redirected from pg_ctl start.
        var starts = arguments.Contains("start", StringComparer.Ordinal);
        start.RedirectStandardError = start.RedirectStandardOutput = !starts;
        if (starts)
        {
            start.ArgumentList.Insert(start.ArgumentList.Count - 1, "-s");
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        var error = starts ? "" : await process.StandardError.ReadToEndAsync();
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
