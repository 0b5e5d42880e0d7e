using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

public sealed class CallApiTests
{
    private const string Client = "79261112233";

    [Fact]
    public async Task StartEmployeeCall_EmployeeFirst_RingsHimThenTheContact()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var id = await StartAsync(sim, """{"external_id":"334otr01"}""");
        await sim.Simulator.WhenIdleAsync();

        var call = sim.Moscow.Calls.Should().ContainSingle().Subject;
        (call.SessionId, call.Direction, call.Source, call.ExternalId, call.Lost).Should().Be((id, "out", "callapi", "334otr01", false));
        call.Legs.Select(leg => (leg.Called, leg.IsOperator)).Should().Equal(("0101001", true), (Client, false));
        CallTests.Mnemonics(sim).Should().StartWith(["out_call_session", "out_call", "call_proceeding", "call_connected", "out_call"]);
        CallTests.Bodies(sim).Should().OnlyContain(body => (string?)body["external_id"] == "334otr01");
    }

    [Fact]
    public async Task StartEmployeeCall_EmployeeSilent_TriesAllHisNumbers()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.ApiCalls = new ApiCallPlan { EmployeeAnswers = false };

        await StartAsync(sim, "{}");
        await sim.Simulator.WhenIdleAsync();

        var call = sim.Moscow.Calls.Single();
        call.Legs.Select(leg => leg.Called).Should().Equal("0101001", "79161000001");
        (call.Lost, call.FinishReason).Should().Be((true, "no_success_operator_call"));
    }

    [Fact]
    public async Task StartSimpleCall_Operator_IsNoEmployee()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var answer = await sim.CallAsync("start.simple_call", new JsonObject
        {
            ["first_call"] = "operator",
            ["operator"] = "79995556677",
            ["virtual_phone_number"] = SimulatorCompany.MoscowNumber,
            ["contact"] = Client,
        });
        await sim.Simulator.WhenIdleAsync();

        answer.Data()["call_session_id"]!.GetValue<long>().Should().Be(sim.Moscow.Calls.Single().SessionId);
        (sim.Moscow.Calls.Single().TalkedPhone, sim.Moscow.Calls.Single().TalkedEmployeeId).Should().Be(("79995556677", null));
    }

    [Fact]
    public async Task ListCalls_LiveCall_ShowsLegsWithRussianStates()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await TalkingAsync(sim);

        var calls = (await sim.CallAsync("list.calls")).Data().AsArray();

        var call = calls.Should().ContainSingle().Subject!;
        ((long?)call["call_session_id"]).Should().Be(live.SessionId);
        ((string?)call["start_time"]).Should().Be("2026-03-02T12:15:30.250");
        call["legs"]!.AsArray().Select(leg => (string?)leg!["state"]).Should().Equal("Разговор", "Разговор");
        (await sim.CallAsync("list.calls", new JsonObject { ["direction"] = "out" })).Data().AsArray().Should().BeEmpty();
        (await sim.CallAsync("list.calls", token: "sim-token-spb")).Data().AsArray().Should().BeEmpty("each cabinet sees its own");
    }

    [Fact]
    public async Task Control_AttendedTransfer_FollowsTheDiagram()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await TalkingAsync(sim);

        (await ManageAsync(sim, "unhold.call", live)).Mnemonic().Should().Be("invalid_state");
        (await ManageAsync(sim, "transfer.talk", live)).Mnemonic().Should().Be("invalid_state");
        ((string?)(await ManageAsync(sim, "hold.call", live, Message())).Data()["success"]).Should().Be("true", "a string here");
        live.State.Should().Be("Hold");
        (await ManageAsync(sim, "hold.call", live, Message())).Mnemonic().Should().Be("invalid_state");
        (await ManageAsync(sim, "make.call", live, """{"to":"999"}""")).Mnemonic().Should().Be("no_active_phone_number");
        (await ManageAsync(sim, "make.call", live, """{"to":"102"}""")).Mnemonic().Should().BeNull();
        await sim.Simulator.WhenIdleAsync();
        live.State.Should().Be("OperatorTalk");
        (await ManageAsync(sim, "transfer.talk", live)).Mnemonic().Should().BeNull();
        live.State.Should().Be("Talk");
        (await ManageAsync(sim, "release.call", live)).Mnemonic().Should().BeNull();
        (await ManageAsync(sim, "release.call", live)).Mnemonic().Should().Be("call_session_not_found");

        var call = sim.Moscow.Calls.Single();
        (call.Transferred, call.TalkedEmployeeId).Should().Be((true, 101_002));
    }

    [Fact]
    public async Task Control_BlindTransferUnanswered_EndsTheCall()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.ApiCalls = new ApiCallPlan { ThirdPartyAnswers = null };
        var live = await TalkingAsync(sim);

        await ManageAsync(sim, "hold.call", live, Message());
        await ManageAsync(sim, "make.call", live, """{"to":"79221000001"}""");
        live.State.Should().Be("Dialing");
        await ManageAsync(sim, "transfer.talk", live);
        live.State.Should().Be("Transferring");
        await live.NoAnswerAsync("79221000001");

        live.State.Should().Be("Finished");
    }

    [Fact]
    public async Task Control_Restore_BringsTheFirstEmployeeBack()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await TalkingAsync(sim);

        await ManageAsync(sim, "hold.call", live, Message());
        await ManageAsync(sim, "make.call", live, """{"to":"102"}""");
        (await ManageAsync(sim, "restore.talk", live)).Mnemonic().Should().BeNull();

        live.State.Should().Be("Talk");
        (await live.HangUpAsync()).TalkedEmployeeId.Should().Be(101_001);
    }

    [Fact]
    public async Task Control_DisconnectContactLeg_EndsTheSession()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await TalkingAsync(sim);
        var contact = live.Call.Legs.Single(leg => !leg.IsOperator);

        (await ManageAsync(sim, "disconnect.leg", live, """{"leg_id":5}""")).Mnemonic().Should().Be("leg_not_found");
        (await ManageAsync(sim, "disconnect.leg", live, $$"""{"leg_id":{{contact.Id}}}""")).Mnemonic().Should().BeNull();

        live.State.Should().Be("Finished");
    }

    [Fact]
    public async Task TagCall_Twice_IsDuplicate()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await TalkingAsync(sim);

        (await ManageAsync(sim, "tag.call", live, """{"tag_id":102}""")).Mnemonic().Should().BeNull();
        (await ManageAsync(sim, "tag.call", live, """{"tag_id":102}""")).Mnemonic().Should().Be("duplicate_tag");
        (await ManageAsync(sim, "tag.call", live, """{"tag_id":1}""")).Mnemonic().Should().Be("tag_not_found");
        (await live.HangUpAsync()).TagIds.Should().Equal(102);
    }

    [Fact]
    public async Task RecordCall_States_AreChecked()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await TalkingAsync(sim, recorded: false);

        (await ManageAsync(sim, "record.call", live, """{"action":"off"}""")).Mnemonic().Should().Be("record_already_stopped");
        (await ManageAsync(sim, "record.call", live, """{"action":"on"}""")).Mnemonic().Should().BeNull();
        (await ManageAsync(sim, "record.call", live, """{"action":"on"}""")).Mnemonic().Should().Be("record_already_started");
        (await live.HangUpAsync()).RecordHashes.Should().ContainSingle();
        CallTests.Mnemonics(sim).Should().Contain("talk_record_control");

        var recorded = await TalkingAsync(sim, recorded: true);
        (await ManageAsync(sim, "record.call", recorded, """{"action":"off"}""")).Mnemonic().Should().Be("forbidden", "the cabinet records it");
    }

    private static async Task<long> StartAsync(SimulatorFixture sim, string change) =>
        (await sim.CallAsync("start.employee_call", ApiStrictnessTests.Start(change))).Data()["call_session_id"]!.GetValue<long>();

    private static async Task<LiveCall> TalkingAsync(SimulatorFixture sim, bool recorded = true)
    {
        var live = await sim.Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { Recorded = recorded });
        await live.RingAsync("0101001");
        await live.AnswerAsync();
        return live;
    }

    private static Task<JsonObject> ManageAsync(SimulatorFixture sim, string method, LiveCall live, string more = "{}")
    {
        var parameters = JsonNode.Parse(more)!.AsObject();
        parameters["call_session_id"] = live.SessionId;
        return sim.CallAsync(method, parameters);
    }

    private static string Message() => """{"contact_message":{"type":"tts","value":"Минуту"}}""";
}
