using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Cabinets;
using TelephonyHub.IntegrationTests.Contract;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Cabinets;

/// <summary>What goes wrong between hub and cabinet is said in plain words, does not spread, and mends itself.</summary>
public sealed class CabinetFaultTests
{
    [Theory]
    [InlineData("revoked", "invalid", "access key")]
    [InlineData("expired", "expired", "end date")]
    [InlineData("blocked", "blocked", "blocked")]
    [InlineData("address", "addressNotAllowed", "Аккаунт → Правила и настройки безопасности → API")]
    [InlineData("forbidden", "forbidden", "right")]
    public async Task Access_Refused_IsSaidInPlainWordsAndMendsItself(string fault, string access, string words)
    {
        await using var world = await CabinetWorld.StartAsync();
        await world.ImportedAsync("rzn");
        Set(world, fault, on: true);
        (await world.Api.PostJsonAsync("/api/v1/cabinets/rzn/import", "")).Status.Should().Be(System.Net.HttpStatusCode.Accepted);
        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("rzn")).Text("health") == "degraded", "the refusal is seen");

        var cabinet = await world.CabinetAsync("rzn");
        var ready = (await world.Http.GetAnswerAsync("/health/ready")).Json;

        cabinet.Text("access").Should().Be(access);
        cabinet["error"].Text("en").Should().Contain(words);
        cabinet["error"].Text("ru").Should().MatchRegex("[а-я]");
        ready["causes"]!.Text("cabinet rzn").Should().Contain(words);
        cabinet["counts"]!["employees"]!.GetValue<int>().Should().Be(4, "what was imported goes on serving");
        (await world.CabinetAsync("msk")).Text("health").Should().Be("ok", "the others are not concerned");

        Set(world, fault, on: false);
        await world.ReadAgainAsync("rzn");
        cabinet = await world.CabinetAsync("rzn");
        cabinet.Text("access").Should().Be("ok");
        cabinet["error"].Should().BeNull();
        (await world.Http.GetAnswerAsync("/health/ready")).Text.Should().NotContain("cabinet rzn");
    }

    [Fact]
    public async Task AddressNotAllowed_NamesTheAddressToAdd()
    {
        await using var world = await CabinetWorld.StartAsync();
        await world.StopHubAsync();
        world.Uis.Faults.Cabinet("msk").IpNotWhitelisted = true;
        await world.StartHubAsync();
        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("msk")).Text("health") == "degraded", "the refusal is seen");

        (await world.CabinetAsync("msk"))["error"].Text("ru").Should().Contain("127.0.0.1");
    }

    [Theory]
    [InlineData("sim-password-rzn", "ok", "ok")]
    [InlineData("forgotten", "degraded", "invalid")]
    public async Task LoginInsteadOfAKey_IsTheCabinetsAccess(string password, string health, string access)
    {
        await using var world = await CabinetWorld.StartAsync(o =>
        {
            o.Settings["Cabinets:rzn:AccessToken"] = null;
            o.Settings["Cabinets:rzn:Login"] = "api-rzn";
            o.Settings["Cabinets:rzn:Password"] = password;
        });

        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("rzn")).Text("health") == health, $"the cabinet is {health}");

        var cabinet = await world.CabinetAsync("rzn");
        cabinet.Text("access").Should().Be(access);
        cabinet["error"]?["en"]!.GetValue<string>().Should().Contain("Cabinets__<key>__Login");
        (cabinet["error"] is null).Should().Be(health == "ok");
    }

    [Fact]
    public async Task Refusals_InARow_AreNoTightLoop()
    {
        await using var world = await CabinetWorld.StartAsync(o => o.Settings["Cabinets:rzn:AccessToken"] = "deleted-key");
        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("rzn")).Text("access") == "invalid", "the refusal is seen");

        var next = (await world.CabinetAsync("rzn")).Instant("nextImportAt");

        next.Should().BeAfter(TimeProvider.System.GetUtcNow().AddSeconds(15), "the first pause is half a minute");
        (await world.CabinetAsync("rzn"))["counts"]!["employees"].Should().BeNull();
    }

    [Fact]
    public async Task ComponentNotBought_CostsOnlyItsList()
    {
        await using var world = await CabinetWorld.StartAsync(o => o.Cabinets = all => [.. all.Select(c => c.Key == "msk" ? c with { Components = new HashSet<string> { "callapi", "dataapi" } } : c)]);
        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("msk"))["counts"]!["groups"] is not null, "the rest is imported");
        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("msk"))["hints"]!.AsArray().Count(h => h.Text("code") == "part") == 2, "both lists were tried");

        var cabinet = await world.CabinetAsync("msk");

        cabinet.Text("health").Should().Be("ok");
        cabinet["counts"]!["employees"]!.GetValue<int>().Should().Be(4);
        cabinet["counts"]!["sipLines"].Should().BeNull("not known is not none");
        cabinet["hints"]!.AsArray().Where(h => h.Text("code") == "part").Select(h => h!["words"].Text("en")!).Should().Contain(w => w.StartsWith("get.sip_lines")).And.Contain(w => w.StartsWith("get.scenarios"));
        (await world.ManagerAsync("Иванова Анна"))["presence"]!["records"]![0]!["reachable"]!.GetValue<bool>().Should().BeTrue("the mobile can ring");

        var live = await world.GetAsync("/api/v1/live");
        live["sources"]!.AsArray().Single(s => s.Text("cabinet") == "msk")!["note"].Text("ru").Should().Contain("Call API Управление вызовами");
        live["sources"]!.AsArray().Single(s => s.Text("cabinet") == "spb").Text("source").Should().Be("events+list.calls");
    }

    [Fact]
    public async Task UisAwayAtTheStart_TheSnapshotServes()
    {
        await using var world = await CabinetWorld.StartAsync();
        await world.ImportedAsync("msk");
        await world.StopHubAsync();
        world.Uis.Faults.Api.BadGateway = true;

        await world.StartHubAsync();
        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("msk")).Text("health") == "degraded", "UIS is found away");

        (await world.ItemsAsync("/api/v1/cabinets/msk/employees")).Should().HaveCount(4);
        (await world.ItemsAsync("/api/v1/cabinets/msk/schedules")).Should().ContainSingle();
        var anna = await world.ManagerAsync("Иванова Анна");
        anna["employees"]!.AsArray().Should().HaveCount(2);
        anna["presence"]!["records"]![0]!["status"].Text("mnemonic").Should().Be("available");
        (await world.CabinetAsync("msk"))["error"].Text("category").Should().Be("transient");
        (await world.CabinetAsync("msk"))["importedAt"].Should().BeNull("nothing was read since the start; peopleAt says how old the rest is");

        world.Uis.Faults.Api.BadGateway = false;
        await world.ReadAgainAsync("msk");
        (await world.CabinetAsync("msk")).Text("health").Should().Be("ok");
    }

    [Fact]
    public async Task PointsOfTheDayNearlyUsedUp_PollingWaitsAndNothingFails()
    {
        await using var world = await CabinetWorld.StartAsync(o => o.Cabinets = all => [.. all.Select(c => c.Key == "sgt" ? c with { MinutePoints = 15, DayPoints = 11 } : c)]);
        await world.ImportedAsync("sgt");

        var cabinet = await world.CabinetAsync("sgt");

        cabinet.Text("health").Should().Be("ok");
        cabinet["limits"]!["dataApi"]!["dayRemaining"]!.GetValue<int>().Should().Be(11 - 8);
        var reset = cabinet["limits"]!["dataApi"]!.Instant("dayResetAt");
        cabinet.Instant("nextImportAt").Should().BeOnOrAfter(reset.AddSeconds(-5), "a fifth of three points is not enough for a round: it waits for the reset");
        world.Services.GetRequiredService<EarlyImports>().AskSoon(CabinetKey.Parse("sgt")).Should().BeFalse("what is left is for people");
        (await world.RouteAsync("sgt", "79035550007", SimulatorCompany.SurgutNumber)).Phones().Should().NotBeEmpty();
        world.RequestsOf("sgt", m => m.StartsWith("get.", StringComparison.Ordinal) && !m.Contains("report", StringComparison.Ordinal)).Should().Be(8);
    }

    [Fact]
    public async Task PointsUsedUpAtTheStart_IsSaidAndTheHubServes()
    {
        await using var world = await CabinetWorld.StartAsync(o => o.Cabinets = all => [.. all.Select(c => c.Key == "sgt" ? c with { DayPoints = 0 } : c)]);
        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("sgt")).Text("health") == "degraded", "the refusal is seen");

        var cabinet = await world.CabinetAsync("sgt");

        cabinet["error"].Text("category").Should().Be("limit");
        cabinet["error"].Text("en").Should().Contain("points are used up");
        cabinet.Text("access").Should().Be("unknown");
        cabinet.Instant("nextImportAt").Should().BeAfter(TimeProvider.System.GetUtcNow().AddSeconds(20));
        (await world.CabinetAsync("msk")).Text("health").Should().Be("ok");
    }

    private static void Set(HubWorld world, string fault, bool on)
    {
        var faults = world.Uis.Faults.Cabinet("rzn");
        switch (fault)
        {
            case "revoked":
                faults.TokenRevoked = on;
                break;
            case "expired":
                faults.TokenExpired = on;
                break;
            case "blocked":
                faults.TokenBlocked = on;
                break;
            case "address":
                faults.IpNotWhitelisted = on;
                break;
            default:
                faults.Forbidden = on;
                break;
        }
    }
}
