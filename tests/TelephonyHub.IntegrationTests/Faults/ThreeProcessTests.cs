using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Medallion.Threading.Postgres;
using Npgsql;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Reconciliation;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Faults;

/// <summary>Three real processes on one PostgreSQL: a job that one does at a time falls to the next one when its process dies in the middle of it.</summary>
public sealed class ThreeProcessTests : IAsyncLifetime
{
    private const int Replicas = 3;

    /// <summary>The server sees within a minute that a killed process is not there any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly UisSimulator _uis = new(SimulatorCompany.Options() with { FirstSessionId = 710_000_000 }, TimeProvider.System);
    private readonly CreatioSimulator _crm = new(new CreatioSimulatorOptions(), TimeProvider.System);
    private readonly string _logs = System.IO.Directory.CreateTempSubdirectory("hub-three-").FullName;

    public async Task InitializeAsync()
    {
        await _uis.StartAsync();
        await _crm.StartAsync(CancellationToken.None);
        Company.SeedUsers(_crm.Store);
    }

    public async Task DisposeAsync()
    {
        await _uis.DisposeAsync();
        await _crm.DisposeAsync();
        System.IO.Directory.Delete(_logs, recursive: true);
    }

    [SkippableFact]
    public async Task ComparisonsHolderKilled_AnotherTakesOverAndFinishesIt()
    {
        var connection = await PostgresServer.NewDatabaseAsync();
        await using var balancer = await Balancer.StartAsync();
        await using var hubs = new HubFleet(balancer, Replicas, _logs);
        (_uis.Faults.Api.Only, _uis.Faults.Api.Hang) = (method => method == "get.calls_report", true);
        for (var replica = 0; replica < Replicas; replica++)
        {
            await hubs.StartAsync(replica, EnvironmentOf(replica, connection));
        }

        var holder = -1;
        await Until.TrueAsync(async () => (holder = await HolderAsync(connection)) >= 0, "one holds the lock and waits for the cabinet's report", Patience);
        var killed = holder;
        await hubs.KillAsync(killed);
        await Until.TrueAsync(async () => (holder = await HolderAsync(connection)) >= 0 && holder != killed, "another has taken over", Patience);

        _uis.Faults.Api.Hang = false;
        using var api = new HttpClient { BaseAddress = balancer.Address };
        api.DefaultRequestHeaders.Add("X-Api-Key", StandInSettings.ApiKey);
        await Until.TrueAsync(async () => (await api.GetFromJsonAsync<JsonNode>("/api/v1/reconciliation"))!["items"]!.AsArray().Count > 0, "it has compared", Patience);
    }

    private Dictionary<string, string> EnvironmentOf(int replica, string connection)
    {
        var settings = StandInSettings.Of(_uis, _crm);
        settings["Database:Provider"] = nameof(DatabaseProvider.Postgres);
        settings["ConnectionStrings:Hub"] = new NpgsqlConnectionStringBuilder(connection) { ApplicationName = NameOf(replica) }.ToString();
        settings["Hub:ConsoleLog"] = "true";
        settings["Reconciliation:IntervalSeconds"] = "1";
        return StandInSettings.AsEnvironment(settings);
    }

    /// <returns>Which replica's connection holds the lock of the comparison; -1: nobody's.</returns>
    private static async Task<int> HolderAsync(string connection)
    {
        // A key of 64 bits stands there in two halves.
        var key = long.Parse(new PostgresAdvisoryLockKey(ReconciliationJob.LockName, allowHashing: true).ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        await using var look = new NpgsqlConnection(connection);
        await look.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND (l.classid::bigint << 32 | l.objid::bigint) = @key AND a.application_name LIKE 'replica-%'
            """,
            look);
        command.Parameters.AddWithValue("@key", key);
        return await command.ExecuteScalarAsync() is string name ? Enumerable.Range(0, Replicas).First(r => NameOf(r) == name) : -1;
    }

    private static string NameOf(int replica) => $"replica-{replica}";
}
