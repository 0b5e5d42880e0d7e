using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Cabinets;

public sealed class CabinetAccountOnSqlite() : CabinetAccountTests(DatabaseProvider.Sqlite);

public sealed class CabinetAccountOnPostgres() : CabinetAccountTests(DatabaseProvider.Postgres)
{
    [SkippableFact]
    public async Task AnotherAccountBehindTheKey_DatabaseOpensOnlyAfterTheImport_ItsCallsStayOutOfTheCrm()
    {
        var real = new NpgsqlConnectionStringBuilder(await PostgresServer.NewDatabaseAsync());
        await using var door = new TcpForwarder(new IPEndPoint(IPAddress.Loopback, real.Port));
        door.Open();
        var through = new NpgsqlConnectionStringBuilder(real.ToString()) { Host = "127.0.0.1", Port = door.Port, Timeout = 5 };
        await using var world = await StartAsync(o => o.Settings["ConnectionStrings:Hub"] = through.ToString());
        await RecordOtherAccountAsync(world);
        await world.StopHubAsync();
        await door.CloseAsync();
        await world.StartHubAsync(waitUntilReady: false);
        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("msk")).Text("appId") is not null, "UIS was asked while the database was away");

        door.Open();

        await ExpectStoppedAsync(world);
    }
}

/// <summary>The hub stores each key's <c>app_id</c> and stops that cabinet's sync if it changes (contract, section 4).</summary>
public abstract class CabinetAccountTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task AnotherAccountBehindTheKey_ItsCallsStayOutOfTheCrm_TheOtherCabinetsGoOn()
    {
        await using var world = await StartAsync();
        await RecordOtherAccountAsync(world);
        await world.StopHubAsync();

        await world.StartHubAsync();

        await ExpectStoppedAsync(world);
    }

    protected Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s => Company.SeedUsers(s);
        configure?.Invoke(o);
    });

    /// <summary>As if the first account of the key had been another one.</summary>
    protected static async Task RecordOtherAccountAsync(HubWorld world)
    {
        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.Cabinets.AnyAsync(r => r.Key == "msk")), "the account is stored");
        await world.InDatabaseAsync(c => c.Cabinets.Where(r => r.Key == "msk").ExecuteUpdateAsync(s => s.SetProperty(r => r.AppId, r => r.AppId + 1)));
    }

    protected static async Task ExpectStoppedAsync(HubWorld world)
    {
        // 503 until the first load is through; whatever the status, the causes are told.
        await HubWorld.EventuallyAsync(async () => (await world.Http.GetAnswerAsync("/health/ready")).Json is var health && health.Text("status") == "degraded" && health["causes"]?["cabinet msk"] is not null, "health says so");
        var stopped = await world.Uis.Cabinets["msk"].IncomingAsync(new IncomingCall("79035550001", SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });
        var goesOn = await world.Uis.Cabinets["spb"].IncomingAsync(new IncomingCall("79035550002", SimulatorCompany.PetersburgNumber) { AnsweredBy = Answers.First });

        await world.SettledAsync("spb", goesOn.SessionId);
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", stopped.SessionId))?["tasks"]!.AsArray() is { Count: > 0 }, "its plan is shown");

        world.Crm.Store.All("Call").Select(c => c.Text("IntegrationId")).Should().Equal($"spb:{goesOn.SessionId}");
        (await world.CallAsync("msk", stopped.SessionId))!["tasks"]!.AsArray().Should().OnlyContain(t => t!["state"]!.GetValue<string>() == "pending");
        (await world.InDatabaseAsync(c => c.Cards.Where(r => r.Cabinet == "msk").CountAsync())).Should().Be(0);
    }
}
