using System.Net;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Cabinets;

/// <summary>A world of five cabinets: the fifth came by configuration only. Two employees have no user in the CRM.</summary>
public sealed class FiveCabinets() : SharedWorld(DatabaseProvider.Sqlite)
{
    protected override void Configure(WorldOptions options)
    {
        options.Cabinets = all => [.. all, CabinetWorld.Kazan()];
        options.Seed = s => Company.SeedUsers(s);

        // Configured, and not the account's.
        options.Settings["Cabinets:spb:Numbers:1"] = "78129990000";

        // The account's, and not configured.
        options.Settings["Cabinets:msk:Numbers:1"] = null;
    }
}

public sealed class CabinetReadTests(FiveCabinets shared) : IClassFixture<FiveCabinets>
{
    [Fact]
    public async Task FifthCabinet_ByConfigurationOnly_IsOneOfThem()
    {
        var world = await shared.WorldAsync();
        await world.ImportedAsync("kzn");

        var kazan = await world.CabinetAsync("kzn");
        var anna = await world.ManagerAsync("Иванова Анна");
        using var call = await world.Http.GetAsync($"/uis/kzn/route?token={HubWorld.TokenOf("kzn")}&numa=79035550009&numb=78432230001&call_session_id=77");

        kazan.Text("health").Should().Be("ok");
        kazan.Text("access").Should().Be("ok");
        kazan.Text("appId").Should().Be("10500");
        kazan["counts"]!["employees"]!.GetValue<int>().Should().Be(4);
        anna["employees"]!.AsArray().Select(e => e.Text("cabinet")).Should().Equal("kzn", "msk", "spb");
        (anna.Text("homeCabinet"), anna.Text("homeBy")).Should().Be(("msk", "order"), "a further cabinet without a desk of hers moves her nowhere; between her two SIP lines nothing decides");
        (await call.Content.ReadAsStringAsync()).Should().Contain("79171000002", "the group's phones of its settings are dialled");
    }

    [Fact]
    public async Task Cabinet_WhenAllIsWell_TellsEverythingOfItsHealth()
    {
        var world = await shared.WorldAsync();
        await world.ImportedAsync("msk");
        await world.PostEventAsync("msk", UisWire.Body("in_call_session", SharedWorld.NewSession(), TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.MoscowNumber));

        var moscow = await world.CabinetAsync("MSK");

        moscow["error"].Should().BeNull();
        moscow["fault"].Should().BeNull();
        moscow["lastEventAgeSeconds"]!.GetValue<long>().Should().BeInRange(0, 60);
        moscow["limits"]!["dataApi"]!["dayLimit"]!.GetValue<int>().Should().Be(3000);
        moscow["limits"]!["dataApi"]!["minuteRemaining"].Should().NotBeNull();
        moscow.Instant("nextImportAt").Should().BeAfter(moscow.Instant("peopleAt").AddMinutes(1), "a fifth of 3000 points is a round in five minutes");
        moscow.Hint("callerNumber")!["words"].Text("ru").Should().Contain("«Показывать при звонке: номер звонящего»");
        moscow["numbersNotConfigured"]!.AsArray().Select(n => n!.GetValue<string>()).Should().Equal("+74951230002");
        moscow.Hint("numbersNotConfigured").Should().NotBeNull();
        (await world.CabinetAsync("spb"))["numbersNotListed"]!.AsArray().Select(n => n!.GetValue<string>()).Should().Equal("+78129990000");
    }

    [Fact]
    public async Task Lists_OfACabinet_ShowWhatUisHas()
    {
        var world = await shared.WorldAsync();
        await world.ImportedAsync("msk");

        var numbers = await world.ItemsAsync("/api/v1/cabinets/msk/numbers");
        numbers.Select(n => (n.Text("number"), n!["listed"]!.GetValue<bool>(), n["configured"]!.GetValue<bool>(), n["common"]!.GetValue<bool>())).Should().Equal(
            ("+74951230001", true, true, false), ("+74951230002", true, false, false), ("+78005553535", true, true, true));
        numbers[0]!["scenarios"]!.AsArray().Should().ContainSingle();
        (await world.ItemsAsync("/api/v1/cabinets/spb/numbers")).Single(n => n.Text("number") == "+78129990000")!["listed"]!.GetValue<bool>().Should().BeFalse();
        var anna = (await world.ItemsAsync("/api/v1/cabinets/msk/employees"))[0]!;
        anna.Text("employeeId").Should().Be("101001");
        anna["phones"]!.AsArray().Select(p => p.Text("number")).Should().Equal("0101001", "79161000001");
        anna.Text("status").Should().Be("available");
        (await world.ItemsAsync("/api/v1/cabinets/msk/groups"))[0]!["phones"]!.AsArray().Should().HaveCount(6);
        (await world.ItemsAsync("/api/v1/cabinets/msk/schedules"))[0]!["times"]![0].Text("from").Should().Be("09:00:00");
        (await world.ItemsAsync("/api/v1/cabinets/msk/statuses")).Select(s => s.Text("mnemonic")).Should().Contain(["available", "break"]);
        var line = (await world.ItemsAsync("/api/v1/cabinets/msk/sip-lines"))[0]!;
        line["registered"]!.GetValue<bool>().Should().BeTrue();
        line["terminals"]![0].Text("registeredAt").Should().Be("2026-01-12T06:00:00+00:00", "the account's clock is Moscow's");
        line.ToJsonString().Should().NotContain("password");
        (await world.ItemsAsync("/api/v1/cabinets/msk/scenarios")).Should().HaveCount(2);
    }

    [Fact]
    public async Task Lists_Paged_HaveNeitherGapsNorDoubles()
    {
        var world = await shared.WorldAsync();
        await world.ImportedAsync("msk");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await world.GetAsync($"/api/v1/cabinets/msk/employees?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page["items"]!.AsArray().Select(e => e.Text("employeeId")!));
            cursor = page.Text("nextCursor");
        }
        while (cursor is not null);

        seen.Should().Equal("101001", "101002", "101003", "101004");
    }

    [Theory]
    [InlineData("/api/v1/cabinets/nowhere", 404)]
    [InlineData("/api/v1/cabinets/nowhere/employees", 404)]
    [InlineData("/api/v1/cabinets/%ff/numbers", 404)]
    [InlineData("/api/v1/cabinets/msk/employees?limit=0", 400)]
    [InlineData("/api/v1/cabinets/msk/employees?cursor=@@", 400)]
    [InlineData("/api/v1/managers?limit=201", 400)]
    [InlineData("/api/v1/managers/unmatched?cursor=YXxi", 400)]
    public async Task Reads_AskedWrongly_AreRefusedAsProblems(string path, int status)
    {
        var world = await shared.WorldAsync();

        var answer = await world.Api.GetAnswerAsync(path);

        ((int)answer.Status).Should().Be(status);
        answer.ContentType.Should().Be("application/problem+json");
    }

    [Fact]
    public async Task Unmatched_EmployeesWithoutAUser_AreListedWithWhatToDo()
    {
        var world = await shared.WorldAsync();
        await HubWorld.EventuallyAsync(async () => (await world.ItemsAsync("/api/v1/managers/unmatched")).Count == 3, "the users are read");

        var unmatched = await world.ItemsAsync("/api/v1/managers/unmatched?cabinet=kzn");

        unmatched.Select(u => u!["employee"].Text("employeeId")).Should().Equal("105001", "105002", "105004");
        unmatched[0]!["reason"].Text("en").Should().Contain("Managers__n__Employees__0=kzn:105001");
        (await world.CabinetAsync("kzn")).Hint("unmatchedEmployees")!["words"].Text("en").Should().StartWith("3 employees");
        var anna = await world.ManagerAsync("Иванова Анна");
        anna.Text("matchedBy").Should().Be("email");
        anna["employees"]!.AsArray().Should().OnlyContain(e => e.Text("matchedBy") == "email");
    }

    [Fact]
    public async Task Import_AskedForTwiceAtOnce_IsToldToWait()
    {
        var world = await shared.WorldAsync();
        await world.ReadAgainAsync("rzn");

        var again = await world.Api.PostJsonAsync("/api/v1/cabinets/rzn/import", "");

        again.Status.Should().Be(HttpStatusCode.TooManyRequests);
        (await world.Api.PostJsonAsync("/api/v1/cabinets/nowhere/import", "")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Metrics_ShowThePointsLeft_AndNobodysNumberOrName()
    {
        var world = await shared.WorldAsync();
        await world.ImportedAsync("msk");

        var text = (await world.Http.GetAnswerAsync("/metrics")).Text;

        text.Should().MatchRegex("""hub_uis_points_remaining\{[^}]*api="data"[^}]*cabinet="msk"[^}]*window="day"[^}]*\} \d+""").And.MatchRegex("""hub_uis_points_remaining\{[^}]*window="minute"[^}]*\} \d+""");
        text.Should().NotContain("7916100").And.NotContain("Иванова").And.NotContain("sim-token");
    }

    [Fact]
    public async Task Document_DescribesTheReads()
    {
        var world = await shared.WorldAsync();

        var paths = (await world.Http.GetAnswerAsync("/swagger/v1/swagger.json")).Json["paths"]!.AsObject().Select(p => p.Key);

        paths.Should().Contain(["/api/v1/cabinets/{key}", "/api/v1/cabinets/{key}/numbers", "/api/v1/cabinets/{key}/employees", "/api/v1/cabinets/{key}/groups", "/api/v1/cabinets/{key}/schedules",
            "/api/v1/cabinets/{key}/statuses", "/api/v1/cabinets/{key}/sip-lines", "/api/v1/managers", "/api/v1/managers/unmatched", "/api/v1/live"]);
    }
}
