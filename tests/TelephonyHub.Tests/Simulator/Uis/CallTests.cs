using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

public sealed class CallTests
{
    private const string Client = "79261112233";

    [Fact]
    public async Task Incoming_Answered_SendsTheEventsInTheirOrder()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0101001","79161000001"]}""");

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.Phone("79161000001") });

        Mnemonics(sim).Should().Equal(
            "in_call_session", "in_call", "out_call", "call_proceeding", "call_disconnected", "out_call", "call_proceeding", "call_connected",
            "talk_started", "talk_finished", "call_disconnected", "call_disconnected", "call_session_finished", "talk_record_file");
        call.Lost.Should().BeFalse();
        call.TalkedEmployeeId.Should().Be(101_001);
        call.Interactive!.Branch.Should().Be("phones");
        (call.Wait, call.Talk, call.Total).Should().Be((TimeSpan.FromSeconds(26), TimeSpan.FromSeconds(42), TimeSpan.FromSeconds(68)));
        sim.Simulator.Notifications.Should().OnlyContain(sent => sent.Status == 200);
    }

    [Fact]
    public async Task Incoming_Answered_TellsTimesInTheAccountsZone()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0104001"]}""");

        await sim.Simulator.Cabinets["sgt"].IncomingAsync(new IncomingCall(Client, SimulatorCompany.SurgutNumber) { AnsweredBy = Answers.First });

        var bodies = Bodies(sim);
        ((string?)bodies[0]["notification_time"]).Should().Be("2026-03-02 14:15:30.250");
        var end = bodies.Single(body => (string?)body["notification_mnemonic"] == "call_session_finished");
        ((string?)end["notification_time"]).Should().Be("2026-03-02 14:16:18.250");
        ((int?)end["talk_time_duration"]).Should().Be(42);
        ((int?)end["wait_time_duration"]).Should().Be(6);
        ((int?)end["total_time_duration"]).Should().Be(48);
        ((long?)end["employee_id"]).Should().Be(104_001);
    }

    [Fact]
    public async Task Incoming_NobodyAnswers_IsLostAfterTheFallbackGroup()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["79990000000"]}""");

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));

        call.Lost.Should().BeTrue();
        call.Legs.Where(leg => leg.IsOperator).Select(leg => leg.Called).Should().Equal("79990000000", "0101002", "0101003", "0101004");
        Mnemonics(sim).TakeLast(2).Should().Equal("lost_call_session", "call_session_finished");
        var lost = Bodies(sim).Single(body => (string?)body["notification_mnemonic"] == "lost_call_session");
        lost["employee_ids"]!.AsArray().Select(id => (long)id!).Should().Equal(101_002, 101_003, 101_004);
    }

    [Fact]
    public async Task Incoming_PhoneOfNobodyHere_HasNoEmployeeButItsNumber()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["79221000001"]}""");

        await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });

        var started = Bodies(sim).Single(body => (string?)body["notification_mnemonic"] == "talk_started");
        started["employee_id"].Should().BeNull();
        ((string?)started["called_phone_number"]).Should().Be("79221000001");
        ((string?)started["calling_phone_number"]).Should().Be(Client, "the caller's number is shown, not the virtual one");
    }

    [Fact]
    public async Task Incoming_VoiceMail_NotifiesTheMessage()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { VoiceMail = true });

        call.Lost.Should().BeTrue();
        call.VoiceMailHashes.Should().ContainSingle();
        Mnemonics(sim)[^1].Should().Be("voice_message");
        ((string?)Bodies(sim)[^1]["file_link"]).Should().Contain("/system/media/voice_mail/").And.EndWith(call.VoiceMailHashes[0] + "/");
    }

    [Fact]
    public async Task Incoming_CallerGivesUp_EndsWhileRinging()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0101001","0101002"]}""");

        var call = await sim.Moscow.IncomingAsync(
            new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.Phone("0101002"), GivesUpAfter = TimeSpan.FromSeconds(12) });

        call.FinishReason.Should().Be("subscriber_disconnects");
        call.Total.Should().Be(TimeSpan.FromSeconds(12));
        call.Legs.Should().HaveCount(2);
    }

    [Fact]
    public async Task Incoming_UnreachablePhones_AreSkippedWithTheirReasons()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.SetStatus(101_001, SimStatus.DoNotDisturb);
        await sim.Moscow.SetSipRegisteredAsync("0101002", registered: false);
        sim.Hub.Route = _ => (200, """{"phones":["0101001","0101002","301","79161000003"]}""");

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });

        call.Legs.Where(leg => leg.IsOperator).Select(leg => leg.FinishReason).Should().Equal(
            "employee_status_do_not_disturb", "sip_offline", "numb_not_exists", "subscriber_disconnects");
        Mnemonics(sim)[0].Should().Be("sip_line_unregister");
    }

    [Fact]
    public async Task Incoming_AnotherCabinetsNumber_OpensASecondSession()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = request => (200, request.Query["numb"] == SimulatorCompany.RyazanNumber
            ? """{"phones":["0103001"]}"""
            : $$"""{"phones":["{{SimulatorCompany.RyazanNumber}}"]}""");

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });

        var onward = call.Onward.Should().ContainSingle().Subject;
        (onward.Cabinet, onward.ContactPhone, onward.TalkedEmployeeId).Should().Be(("rzn", Client, 103_001));
        call.Lost.Should().BeFalse();
        call.TalkedEmployeeId.Should().BeNull();
        call.Talk.Should().Be(onward.Talk);
    }

    [Fact]
    public async Task Outgoing_Answered_SendsTheEventsInTheirOrder()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var call = await sim.Moscow.OutgoingAsync(new OutgoingCall(101_002, Client, Answered: true));

        Mnemonics(sim).Should().Equal(
            "out_call_session", "in_call", "out_call", "call_proceeding", "call_connected", "talk_started", "talk_finished", "call_disconnected",
            "call_disconnected", "call_session_finished", "talk_record_file");
        call.Direction.Should().Be("out");
        ((long?)Bodies(sim)[0]["employee_id"]).Should().Be(101_002);
    }

    [Fact]
    public async Task Outgoing_NotAnswered_SendsNoTalk()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var call = await sim.Moscow.OutgoingAsync(new OutgoingCall(101_002, Client, Answered: false));

        call.Lost.Should().BeTrue();
        Mnemonics(sim).Should().NotContain(["talk_started", "lost_call_session", "talk_record_file"]);
    }

    [Fact]
    public async Task Live_StepByStep_EachStepHasSentItsEvents()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0101001"]}""");

        var live = await sim.Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));
        Mnemonics(sim).Should().Equal("in_call_session", "in_call");
        await live.RingAsync();
        await live.RingAsync("0101002");
        Mnemonics(sim).TakeLast(4).Should().Equal("out_call", "call_proceeding", "out_call", "call_proceeding");
        await live.AdvanceAsync(TimeSpan.FromSeconds(5));
        await live.AnswerAsync("0101002");
        Mnemonics(sim).TakeLast(3).Should().Equal("call_connected", "talk_started", "call_disconnected");
        await live.SetTagAsync(102);
        await live.AdvanceAsync(TimeSpan.FromSeconds(20));
        var call = await live.HangUpAsync();

        call.Legs.Single(leg => leg.Called == "0101001").FinishReason.Should().Be("another_operator_answer");
        call.TalkedEmployeeId.Should().Be(101_002);
        (call.Wait, call.Talk).Should().Be((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)));
        Mnemonics(sim).Should().Contain("set_mark");
    }

    [Fact]
    public async Task Live_Transfer_MakesTwoTalksAndTwoRecords()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await sim.Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));
        await live.RingAsync("0101001");
        await live.AnswerAsync();
        await live.AdvanceAsync(TimeSpan.FromSeconds(10));

        await live.HoldAsync();
        await live.MakeCallAsync("0101002");
        await live.AnswerAsync("0101002");
        live.State.Should().Be("OperatorTalk");
        await live.AdvanceAsync(TimeSpan.FromSeconds(5));
        await live.TransferAsync();
        await live.AdvanceAsync(TimeSpan.FromSeconds(30));
        var call = await live.HangUpAsync();

        call.Transferred.Should().BeTrue();
        call.TalkedEmployeeId.Should().Be(101_002);
        call.RecordHashes.Should().HaveCount(2);
        Mnemonics(sim).Count(mnemonic => mnemonic == "talk_record_file").Should().Be(2);
        Bodies(sim).Single(body => (string?)body["notification_mnemonic"] == "call_hold_control")["status"]!.GetValue<string>().Should().Be("hold");
    }

    [Fact]
    public async Task Calls_ManyAtOnce_DoNotDisturbEachOther()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0101001"]}""");

        var calls = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => sim.Moscow.IncomingAsync(
            new IncomingCall($"7926111{n:D4}", SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First })));

        calls.Select(call => call.SessionId).Should().OnlyHaveUniqueItems();
        sim.Simulator.Notifications.GroupBy(sent => sent.SessionId).Should().HaveCount(40).And.OnlyContain(session => session.Count() == 11);
    }

    internal static List<string> Mnemonics(SimulatorFixture sim) => [.. Bodies(sim).Select(body => (string)body["notification_mnemonic"]!)];

    internal static List<JsonObject> Bodies(SimulatorFixture sim) => [.. sim.Hub.Events.Select(received => JsonNode.Parse(received.Body)!.AsObject())];
}
