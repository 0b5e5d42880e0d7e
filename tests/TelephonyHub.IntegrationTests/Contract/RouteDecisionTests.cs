using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class RouteDecisionsOnSqlite(RouteWorldOnSqlite shared) : RouteDecisionTests(shared), IClassFixture<RouteWorldOnSqlite>;

public sealed class RouteDecisionsOnPostgres(RouteWorldOnPostgres shared) : RouteDecisionTests(shared), IClassFixture<RouteWorldOnPostgres>;

/// <summary>Which call a stored decision belongs to, and what it tells (contract, section 1).</summary>
public abstract class RouteDecisionTests(RouteWorld shared)
{
    [SkippableFact]
    public async Task Decision_IsStoredAndReadWithItsReasons()
    {
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();
        await world.RouteAsync("msk", RouteWorld.NinasClient, SimulatorCompany.MoscowNumber, session);

        var decision = await world.DecisionAsync("msk", session);

        decision["answer"]!["phones"]!.AsArray()[0]!.GetValue<string>().Should().Be(RouteWorld.NinasMobile);
        decision["answer"]!["operator_text"]!.GetValue<string>().Should().Contain("Клиент Сургутский");
        decision["elapsedMs"]!.GetValue<int>().Should().BeLessThan(5000);
        var explanation = decision["explanation"]!;
        explanation["region"]!.GetValue<string>().Should().Be("msk");
        explanation["chain"]!.AsArray().Should().HaveCount(4).And.OnlyContain(e => e!["reason"]!["en"]!.GetValue<string>().Length > 0 && e["reason"]!["ru"]!.GetValue<string>().Length > 0);
        explanation["chain"]![0]!["kind"]!.GetValue<string>().Should().Be("responsible");
        explanation["client"]!["contactId"]!.GetValue<Guid>().Should().Be(shared.ClientId);
    }

    [SkippableFact]
    public async Task Decision_WithoutId_BelongsToTheCallOfTheSameNumbersWithinTenSeconds()
    {
        var world = await shared.WorldAsync();
        var (near, far) = (SharedWorld.NewSession(), SharedWorld.NewSession());
        const string Dialled = SimulatorCompany.MoscowSecondNumber;
        (await world.Http.GetAnswerAsync(RouteWire.Url("msk", $"&numa=79035550044&numb={Dialled}"))).Phones();
        var asked = TimeProvider.System.GetUtcNow();

        await world.PostEventAsync("msk", UisWire.Body("in_call_session", far, asked.AddSeconds(-25), "79035550044", Dialled));
        await world.PostEventAsync("msk", UisWire.Body("in_call_session", near, asked.AddSeconds(-4), "79035550044", Dialled));

        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", near))?["decision"] is not null, "the near call has the decision");
        await HubWorld.EventuallyAsync(async () => await world.CallAsync("msk", far) is not null, "the far call can be read");
        (await world.CallAsync("msk", far))!["decision"].Should().BeNull("it began 25 seconds before the question");
    }

    [SkippableFact]
    public async Task Decision_AskedWithALegId_BelongsToThatLegsSession()
    {
        var world = await shared.WorldAsync();
        var (session, leg) = (SharedWorld.NewSession(), SharedWorld.NewSession());
        await world.RouteAsync("msk", RouteWorld.Stranger, SimulatorCompany.MoscowNumber, leg);

        // Half a minute later by the PBX's clock: only the id can join them.
        await world.PostEventAsync("msk", UisWire.Body("in_call", session, TimeProvider.System.GetUtcNow().AddSeconds(30), RouteWorld.Stranger, SimulatorCompany.MoscowNumber, $",\"leg_id\":{leg}"));

        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", session))?["decision"] is not null, "the decision is found by the leg");
    }

    [SkippableFact]
    public async Task Decision_OfOneCallsLeg_IsNotTakenForTheNextCallOfTheSameNumbers()
    {
        var world = await shared.WorldAsync();
        var (first, second, leg) = (SharedWorld.NewSession(), SharedWorld.NewSession(), SharedWorld.NewSession());
        const string Caller = "79035550055";
        await world.RouteAsync("msk", Caller, SimulatorCompany.MoscowNumber, leg);
        var at = TimeProvider.System.GetUtcNow();
        await world.PostEventAsync("msk", UisWire.Body("in_call", first, at.AddSeconds(-3), Caller, SimulatorCompany.MoscowNumber, $",\"leg_id\":{leg}"));
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", first))?["decision"] is not null, "the first call has its decision");

        await world.PostEventAsync("msk", UisWire.Body("in_call_session", second, at.AddSeconds(2), Caller, SimulatorCompany.MoscowNumber));
        await HubWorld.EventuallyAsync(async () => await world.CallAsync("msk", second) is not null, "the redialled call can be read");

        (await world.CallAsync("msk", second))!["decision"].Should().BeNull("its id says whose it is, however near the other is");
    }
}
