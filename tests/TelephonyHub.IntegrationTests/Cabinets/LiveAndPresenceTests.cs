using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Cabinets;

/// <summary>Calls of this moment and who is at his phone, also where events were lost.</summary>
public sealed class LiveAndPresenceTests
{
    private const string Caller = "79035550021";
    private const string AnnasLine = "0101001";

    [Fact]
    public async Task Manager_OnACall_IsShownOnTheBoardAndInHisPresence()
    {
        await using var world = await CabinetWorld.StartAsync();
        await world.ImportedAsync("msk");
        var call = await world.Uis.Cabinets["msk"].BeginIncomingAsync(new IncomingCall(Caller, SimulatorCompany.MoscowNumber));
        await call.RingAsync(AnnasLine);
        await PresenceIsAsync(world, "ringing");
        await call.AnswerAsync();
        await PresenceIsAsync(world, "onCall");

        var board = (await LiveAsync(world, call.SessionId))!;
        var presence = (await world.ManagerAsync("Иванова Анна"))["presence"]!;

        board["parties"]!.AsArray().Should().ContainSingle(p => p.Text("employeeId") == "101001" && p.Text("state") == "talking");
        presence["onCall"]!.GetValue<bool>().Should().BeTrue();
        presence["calls"]![0].Text("sessionId").Should().Be($"{call.SessionId}");
        presence["records"]!.AsArray().Select(r => r.Text("cabinet")).Should().Equal("msk", "spb");
        await call.HangUpAsync();
        await HubWorld.EventuallyAsync(async () => await LiveAsync(world, call.SessionId) is null, "the call has left the board");
        (await world.ManagerAsync("Иванова Анна"))["presence"]!["calls"]!.AsArray().Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Board_OfTwoReplicas_AsksUisOnce()
    {
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Postgres, o => o.Cabinets = all => [.. all.Select(c => c with { CallMinutePoints = 15, CallDayPoints = 500 })]);
        await using var second = await world.StartReplicaAsync();
        second.Http.DefaultRequestHeaders.Add("X-Api-Key", HubWorld.ApiKey);
        await HubWorld.EventuallyAsync(async () => AskedAt(await world.GetAsync("/api/v1/live")) is not null, "the first has asked");
        var asked = Lists();
        var theirs = (await second.Http.GetAnswerAsync("/api/v1/live")).Json;

        AskedAt(theirs).Should().Be(AskedAt(await world.GetAsync("/api/v1/live")));
        Lists().Should().Be(asked, "points belong to the account: the second replica takes what the first was told");

        int Lists() => world.Uis.ApiCalls.Count(c => c.Cabinet == "msk" && c.Method == "list.calls");

        static DateTimeOffset? AskedAt(JsonNode board) => board["sources"]!.AsArray().Single(s => s.Text("cabinet") == "msk")!["askedAt"]?.GetValue<DateTimeOffset>();
    }

    [Fact]
    public async Task Presence_StatusAndLine_AreThoseOfUis()
    {
        await using var world = await CabinetWorld.StartAsync();
        var cabinet = world.Uis.Cabinets["rzn"];
        await world.ImportedAsync("rzn");
        cabinet.SetStatus(103_001, SimStatus.Break);
        await cabinet.SetSipRegisteredAsync("0103002", registered: false);
        await world.ReadAgainAsync("rzn");

        var onBreak = (await world.ManagerAsync("Новикова"))["presence"]!;
        var record = onBreak["records"]![0]!;
        var offLine = (await world.ManagerAsync("Морозов"))["presence"]!["records"]![0]!;

        onBreak.Text("state").Should().Be("away");
        record["status"].Text("name").Should().Be("Перерыв");
        record["status"]!["takesExternalCalls"]!.GetValue<bool>().Should().BeFalse();
        record.Text("schedule").Should().Be("Рабочее время");
        record["inSchedule"].Should().NotBeNull();
        record["asOf"].Should().NotBeNull();
        offLine["sipLines"]![0]!["registered"]!.GetValue<bool>().Should().BeFalse();
        offLine["reachable"]!.GetValue<bool>().Should().BeTrue("his mobile can ring");
    }

    [Fact]
    public async Task Live_EndWasLost_IsDroppedOnceUisNoLongerListsIt()
    {
        await using var world = await CabinetWorld.StartAsync();
        var call = await world.Uis.Cabinets["msk"].BeginIncomingAsync(new IncomingCall(Caller, SimulatorCompany.MoscowNumber));
        await call.RingAsync(AnnasLine);
        await call.AnswerAsync();
        await HubWorld.EventuallyAsync(async () => (await LiveAsync(world, call.SessionId)).Text("source") == "both", "both know the call");

        foreach (var kind in new[] { "call_session_finished", "call_disconnected", "talk_finished", "lost_call_session", "call_record", "recording_ready" })
        {
            world.Uis.Faults.Notifications.LoseKinds.Add(kind);
        }

        world.Uis.Faults.Notifications.LoseShare = 1;
        await call.HangUpAsync();

        JsonNode? dropped = null;
        await HubWorld.EventuallyAsync(
            async () => (dropped = (await world.GetAsync("/api/v1/live"))["dropped"]!.AsArray().FirstOrDefault(d => d.Text("sessionId") == $"{call.SessionId}")) is not null,
            "UIS has not listed it twice");
        dropped!["reason"].Text("ru").Should().Contain("дважды");
        (await LiveAsync(world, call.SessionId)).Should().BeNull();
        (await world.ManagerAsync("Иванова Анна"))["presence"].Text("state").Should().NotBe("onCall");
    }

    [Fact]
    public async Task Live_AllEventsWereLost_TheCallComesFromTheList()
    {
        await using var world = await CabinetWorld.StartAsync();
        await world.ImportedAsync("spb");
        world.Uis.Faults.Notifications.LoseShare = 1;
        var call = await world.Uis.Cabinets["spb"].BeginIncomingAsync(new IncomingCall(Caller, SimulatorCompany.PetersburgNumber));
        await call.RingAsync("0102002");
        await call.AnswerAsync();

        JsonNode? live = null;
        await HubWorld.EventuallyAsync(async () => (live = await LiveAsync(world, call.SessionId))?.Text("state") == "talking", "UIS's list is asked");

        live.Text("source").Should().Be("list.calls");
        live.Text("cabinet").Should().Be("spb");
        live.Text("clientPhone").Should().Be("+" + Caller);
        live!["parties"]!.AsArray().Should().Contain(p => p.Text("employeeId") == "102002");
        (await world.ManagerAsync("Соколов"))["presence"].Text("state").Should().Be("onCall");
    }

    [Fact]
    public async Task Live_LookedAtAllTheTime_UisIsAskedSeldom()
    {
        await using var world = await CabinetWorld.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            await world.GetAsync("/api/v1/live");
        }

        world.RequestsOf("msk", m => m == "list.calls").Should().BeInRange(1, 4, "once in five seconds at most");
    }

    [Fact]
    public async Task Live_EmployeeWhomNobodyKnows_IsImportedAtOnce()
    {
        await using var world = await CabinetWorld.StartAsync();
        await world.ImportedAsync("sgt");
        var cabinet = world.Uis.Cabinets["sgt"];
        cabinet.SetEmployee(new SimEmployee(104_077, "Новенький", "Степан", "stepan@krepezh.example", ["79221000077"], "477"));
        var call = await cabinet.BeginIncomingAsync(new IncomingCall(Caller, SimulatorCompany.SurgutNumber));
        await call.RingAsync("79221000077");

        await HubWorld.EventuallyAsync(
            async () =>
            {
                await world.GetAsync("/api/v1/live");
                return (await world.ItemsAsync("/api/v1/cabinets/sgt/employees")).Any(e => e.Text("employeeId") == "104077");
            },
            "he is imported long before the next round");

        (await world.ItemsAsync("/api/v1/managers")).Should().Contain(m => m.Text("name") == "Новенький Степан");
        world.RequestsOf("sgt", m => m == "get.employees").Should().Be(2);
    }

    [Fact]
    public async Task CallerNumber_ScenarioShowsTheVirtualNumber_TheHintBecomesAWarning()
    {
        var shows = SimScenario.Hook(101_001, "Рязань", 10_301);
        shows = shows with { Operations = [.. shows.Operations.Select(o => o with { ShowServiceNumber = true })] };
        await using var world = await CabinetWorld.StartAsync(o => o.Cabinets = all => [.. all.Select(c => c.Key == "rzn" ? c with { Scenarios = [shows] } : c)]);
        (await world.CabinetAsync("rzn")).Hint("callerNumber").Text("severity").Should().Be("info");

        await world.Uis.Cabinets["rzn"].IncomingAsync(new IncomingCall(Caller, SimulatorCompany.RyazanNumber) { AnsweredBy = Answers.First });
        await world.Uis.Cabinets["msk"].IncomingAsync(new IncomingCall(Caller, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });

        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("rzn")).Hint("callerNumber").Text("severity") == "warning", "the legs tell");
        await HubWorld.EventuallyAsync(async () => (await world.CabinetAsync("msk")).Hint("callerNumber")!["words"].Text("en")!.Contains("as it should be"), "and in Moscow it is right");
    }

    private static async Task<JsonNode?> LiveAsync(HubWorld world, long session) => (await world.ItemsAsync("/api/v1/live")).FirstOrDefault(c => c.Text("sessionId") == $"{session}");

    private static Task PresenceIsAsync(HubWorld world, string state) =>
        HubWorld.EventuallyAsync(async () => (await world.ManagerAsync("Иванова Анна"))["presence"].Text("state") == state, $"she is {state}");
}
