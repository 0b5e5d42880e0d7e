using Microsoft.EntityFrameworkCore;
using TelephonyHub.IntegrationTests.Contract;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Routing;

public sealed class SecondHopsOnSqlite(StaffingWorldOnSqlite shared) : SecondHopTests(shared), IClassFixture<StaffingWorldOnSqlite>;

public sealed class SecondHopsOnPostgres(StaffingWorldOnPostgres shared) : SecondHopTests(shared), IClassFixture<StaffingWorldOnPostgres>;

/// <summary>A city whose number another city's routing gave: the second question comes before any event says that the number was dialled.</summary>
public abstract class SecondHopTests(StaffingWorld shared)
{
    private const string NinasSip = "0104001";

    [SkippableTheory]
    [InlineData("79035550951", true)]
    [InlineData("79035550952", false)]
    public async Task TwoCitiesOnEachOthersDuty_TheCallGoesOverOnceAndNeverBack(string client, bool showsClient)
    {
        var world = await shared.EmptyAsync();
        await world.PutAsync("cabinets/msk", $$"""{"dutyPhones":["{{SimulatorCompany.SurgutNumber}}"]}""");
        await world.PutAsync("cabinets/sgt", $$"""{"dutyPhones":["{{SimulatorCompany.MoscowNumber}}","{{RouteWorld.SurgutDuty}}"]}""");

        var first = await world.RouteAsync("msk", client, SimulatorCompany.MoscowNumber);
        var second = await world.RouteAsync("sgt", showsClient ? client : SimulatorCompany.MoscowNumber, SimulatorCompany.SurgutNumber);

        first.Phones().Should().EndWith(SimulatorCompany.SurgutNumber);
        second.Phones().Should().NotContain(SimulatorCompany.MoscowNumber).And.EndWith(RouteWorld.SurgutDuty);
    }

    [SkippableFact]
    public async Task SecondHookBeforeAnyEventOfTheLeg_KnowsTheClientAndHisManager()
    {
        var world = await shared.EmptyAsync();
        await HubWorld.EventuallyAsync(async () => (await world.RouteAsync("sgt", StaffingWorld.NinasClient, SimulatorCompany.SurgutNumber)).Phones()[0] == NinasSip, "the directory is loaded");
        await world.PutAsync("cabinets/spb", $$"""{"groupPhones":["{{SimulatorCompany.SurgutNumber}}"]}""");
        var session = SharedWorld.NewSession();
        (await world.RouteAsync("spb", StaffingWorld.NinasClient, SimulatorCompany.PetersburgNumber, session)).Phones().Should().Contain(SimulatorCompany.SurgutNumber);

        var second = await world.RouteAsync("sgt", SimulatorCompany.PetersburgNumber, SimulatorCompany.SurgutNumber);

        second.Phones()[0].Should().Be(NinasSip);
        second.Json["operator_text"]!.GetValue<string>().Should().StartWith("Клиент Сургутский");
        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.Handovers.AnyAsync(h => h.Source == "route" && h.FromSession == session && h.ClientPhone == "+" + StaffingWorld.NinasClient)), "other replicas know it, too");
    }
}
