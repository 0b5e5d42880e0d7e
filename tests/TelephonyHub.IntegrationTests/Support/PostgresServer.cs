using Testcontainers.PostgreSql;

namespace TelephonyHub.IntegrationTests.Support;

/// <summary>
/// One PostgreSQL for the whole run, one database per test: HUB_TEST_POSTGRES, else a throwaway cluster from installed binaries, else Docker. With
/// none of these a test is skipped with that reason on a laptop, and fails where <c>CI</c> is set.
/// </summary>
public static class PostgresServer
{
    /// <summary>The cluster dies with the run, so nothing of it has to survive a power cut: a new database and each commit cost a fraction.</summary>
    private const string NoCrashSafety = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

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

        return await PostgresCluster.NewDatabaseAsync(server, poolSize: 20, template);
    }

    private static async Task<(string? ConnectionString, string? Reason)> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("HUB_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return (given, null);
        }

        if (PostgresCluster.FindBinaries() is { } binaries)
        {
            // In the temp folder; gone when the test process ends.
            var cluster = await PostgresCluster.StartAsync(binaries, System.IO.Directory.CreateTempSubdirectory("hub-pg-").FullName, NoCrashSafety);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Stop();
            return (cluster.ConnectionString, null);
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
}
