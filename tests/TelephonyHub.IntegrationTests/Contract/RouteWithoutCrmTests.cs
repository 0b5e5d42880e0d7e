using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>The client is on the line: a CRM that hangs, fails or is gone costs its budget at most, then nothing (promise 2). Needs no particular database.</summary>
public sealed class RouteWithoutCrmTests
{
    private static readonly string[] MoscowChain = [.. RouteWorld.MoscowGroup, RouteWorld.MoscowDuty];

    [Fact]
    public async Task CrmHangs_IsAnsweredWithinTheBudget_AndSoonNotEvenAsked()
    {
        await using var world = await StartAsync();
        world.Crm.Faults.Add(new CrmFault.Hang(), times: null);

        var reasons = await AskStrangersAsync(world, 12);

        reasons.Should().Contain(r => r.Contains("timeout"), "at first it is asked");
        reasons[^1].Should().Contain("circuit open");
    }

    [Fact]
    public async Task CrmAnswersGarbage_IsAnsweredAllTheSame()
    {
        await using var world = await StartAsync();
        world.Crm.Faults.Add(new CrmFault.Html(), times: null);

        (await AskStrangersAsync(world, 3)).Should().OnlyContain(r => r.Contains("could not be asked"));
    }

    [Fact]
    public async Task CrmRefusesConnections_KnownClientsStillGetTheirManagers()
    {
        var known = "79035550002";
        await using var world = await StartAsync(s => s.AddContact("Клиент", Company.SeedUsers(s)["nina.pavlova@krepezh.example"].ContactId, null, "+" + known));
        await HubWorld.EventuallyAsync(async () => (await world.RouteAsync("msk", known, SimulatorCompany.MoscowNumber)).Phones()[0] == RouteWorld.NinasMobile, "the directory is loaded");
        await world.Crm.StopListeningAsync();

        (await AskStrangersAsync(world, 3)).Should().OnlyContain(r => r.Contains("could not be asked"));
        (await world.RouteAsync("msk", known, SimulatorCompany.MoscowNumber)).Phones().Should().StartWith(RouteWorld.NinasMobile, "the replica in memory knows him");
    }

    /// <summary>Asks for numbers that only the CRM could know; each must be answered by group and duty, in time by the hub's own clock.</summary>
    private static async Task<List<string>> AskStrangersAsync(HubWorld world, int count)
    {
        var reasons = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var session = SharedWorld.NewSession();
            (await world.RouteAsync("msk", $"7903777{i:D4}", SimulatorCompany.MoscowNumber, session)).Phones().Should().Equal(MoscowChain);
            await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), "79037770000", SimulatorCompany.MoscowNumber));
            await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", session))?["decision"] is not null, "the decision is stored");
            var decision = (await world.CallAsync("msk", session))!["decision"]!;

            // Budget 800 ms, of which 10 % are kept for writing; the rest of the margin is for a machine that does five things at once.
            decision["elapsedMs"]!.GetValue<int>().Should().BeLessThan(800 + 700);
            reasons.Add(decision["explanation"]!["leftOut"]!.AsArray().Select(l => l!["reason"]!["en"]!.GetValue<string>()).First());
        }

        return reasons;
    }

    private static Task<HubWorld> StartAsync(Action<CreatioStore>? seed = null) => HubWorld.StartAsync(DatabaseProvider.Sqlite, o =>
    {
        o.Seed = seed;

        // The refresher would otherwise be the one that trips over the faults first.
        o.Settings["Directory:RefreshSeconds"] = "3600";
    });
}
