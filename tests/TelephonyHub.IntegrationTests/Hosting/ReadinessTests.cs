using System.Net;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Contract;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Hosting;

/// <summary>503 only before the first load or its first failed try; later faults only degrade, and say why (contract, section 3).</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Ready_BeforeTheFirstLoad_Is503_WhileEventsAndRoutesAreServed()
    {
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Sqlite);
        await world.StopHubAsync();
        world.Crm.Faults.Add(new CrmFault.Delay(TimeSpan.FromSeconds(8)), times: null, when: _ => true);
        await world.StartHubAsync(waitUntilReady: false);

        var early = await world.Http.GetAnswerAsync("/health/ready");
        var route = await world.RouteAsync("msk", "79035550001", SimulatorCompany.MoscowNumber);

        early.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        route.Phones().Should().NotBeEmpty();
        await HubWorld.EventuallyAsync(
            async () => (await world.PostEventAsync("msk", UisWire.Body("in_call_session", SharedWorld.NewSession(), TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.MoscowNumber))).Outcome == "accepted",
            "events do not wait for the CRM");
        world.Crm.Faults.Clear();
        await HubWorld.EventuallyAsync(async () => (await world.Http.GetAnswerAsync("/health/ready")).Status == HttpStatusCode.OK, "the load is through");
    }

    [Fact]
    public async Task Ready_CrmRefusesTheLogin_IsDegradedAndSaysSo()
    {
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Sqlite, o => o.Settings["Creatio:Auth:Password"] = "changed-yesterday");

        var health = await world.Http.GetAnswerAsync("/health/ready");

        health.Status.Should().Be(HttpStatusCode.OK);
        health.Json["status"]!.GetValue<string>().Should().Be("degraded");
        health.Json["causes"]!["crm login"]!.GetValue<string>().Should().NotBeEmpty();
        health.Text.Should().NotContain("changed-yesterday");
    }

    [Fact]
    public async Task Ready_CabinetRefusesTheToken_IsDegradedAndNamesTheCabinet()
    {
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Sqlite, o => o.Settings["Cabinets:rzn:AccessToken"] = "revoked-token");

        var health = await world.Http.GetAnswerAsync("/health/ready");
        var cabinet = (await world.GetAsync("/api/v1/cabinets"))["items"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == "rzn")!;

        health.Json["status"]!.GetValue<string>().Should().Be("degraded");
        health.Json["causes"]!["cabinet rzn"].Should().NotBeNull();
        cabinet["health"]!.GetValue<string>().Should().Be("degraded");
        cabinet["fault"]!.GetValue<string>().Should().NotBeEmpty();
        health.Text.Should().NotContain("revoked-token");
    }
}
