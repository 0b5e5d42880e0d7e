using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class RouteRepeatsOnSqlite() : RouteRepeatTests(DatabaseProvider.Sqlite);

public sealed class RouteRepeatsOnPostgres() : RouteRepeatTests(DatabaseProvider.Postgres);

/// <summary>A repeated request goes on with the phones not yet given, whoever answered before (contract, section 1).</summary>
public abstract class RouteRepeatTests(DatabaseProvider provider)
{
    private const string Stranger = "79035550001";

    [SkippableFact]
    public async Task RepeatedRequest_AfterARestart_GoesOnWhereTheChainWas()
    {
        await using var world = await HubWorld.StartAsync(provider, o =>
        {
            o.Settings["Cabinets:msk:ChainMode"] = "Step";
            o.Settings["Routing:BudgetMs"] = "10000";
        });
        var session = SharedWorld.NewSession();
        var given = new List<string>();
        for (var request = 1; request <= 3; request++)
        {
            given.AddRange((await world.RouteAsync("msk", Stranger, SimulatorCompany.MoscowNumber, session)).Phones());
            await HubWorld.EventuallyAsync(async () => await world.InDatabaseAsync(c => c.Decisions.CountAsync(d => d.CallId == session)) == request, "the decision is stored");
            await world.StopHubAsync();
            await world.StartHubAsync();
        }

        given.Should().HaveCount(3).And.OnlyHaveUniqueItems();
        (await world.RouteAsync("msk", Stranger, SimulatorCompany.MoscowNumber, session)).Json["phones"].Should().BeNull("everybody was rung");
        (await world.RouteAsync("msk", Stranger, SimulatorCompany.MoscowNumber, SharedWorld.NewSession())).Phones().Should().Equal(given[0]);
    }
}
