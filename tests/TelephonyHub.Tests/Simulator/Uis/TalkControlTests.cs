using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

/// <summary>Coach, blacklist, tones and talk options (section 1.8), and list.calls told truthfully in every state.</summary>
public sealed class TalkControlTests
{
    [Fact]
    public async Task AddCoach_OfTheSettings_ListensAndDoesNotEndTheTalk()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await SecondSessionTests.TalkingAsync(sim);

        (await Manage(sim, "add.coach", live)).Mnemonic().Should().Be("coach_not_found");
        sim.Moscow.SetEmployee(sim.Moscow.Employees.Single(employee => employee.Id == 101_001) with { CoachId = 101_004 });
        (await Manage(sim, "add.coach", live)).Mnemonic().Should().BeNull();
        await sim.Simulator.WhenIdleAsync();

        var coach = live.Call.Legs[^1];
        (coach.IsCoach, coach.EmployeeId, live.State).Should().Be((true, 101_004, "Talk"));
        (await ListAsync(sim))["legs"]!.AsArray().Select(leg => (bool?)leg!["is_operator"]).Should().Equal(false, true, false);
        await Manage(sim, "disconnect.leg", live, $$"""{"leg_id":{{coach.Id}}}""");
        live.State.Should().Be("Talk");
        (await live.HangUpAsync()).TalkedEmployeeId.Should().Be(101_001);
    }

    [Theory]
    [InlineData("""{"phone_number":"999"}""", "no_active_phone_number")]
    [InlineData("""{"phone_number":"79995556677"}""", null)]
    [InlineData("""{"phone_number":5}""", "data_type_error")]
    public async Task AddCoach_ByNumber_IsChecked(string more, string? mnemonic)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await SecondSessionTests.TalkingAsync(sim);

        (await Manage(sim, "add.coach", live, more)).Mnemonic().Should().Be(mnemonic);
    }

    [Fact]
    public async Task BlockContact_Twice_IsDuplicateAndTheNextCallIsRefused()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await SecondSessionTests.TalkingAsync(sim);

        ((string?)(await Manage(sim, "block.contact", live)).Data()["success"]).Should().Be("true");
        var again = await Manage(sim, "block.contact", live);
        again.Mnemonic().Should().Be("duplicate_contact");
        ((string?)again["error"]!["message"]).Should().Be($"The contact with phone number {live.Call.ContactPhone} already exists");
        await live.HangUpAsync();

        var next = await sim.Moscow.IncomingAsync(new IncomingCall(live.Call.ContactPhone, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });
        (next.Lost, next.FinishReason, next.Interactions.Count).Should().Be((true, "numa_in_black_list", 0));
    }

    [Fact]
    public async Task ListTalkOptions_Options_HaveTheDocumentedShape()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var options = (await sim.CallAsync("list.talk_options")).Data().AsArray();

        JsonNode.DeepEquals(options[0], JsonNode.Parse("""{"button":"1","mnemonic":"tag_call","name":"Проставить тег","button_value":{"id":101,"value":"Целевой"}}""")).Should().BeTrue();
        options[1]!.AsObject().Should().NotContain(member => member.Key == "button_value");
        (await sim.CallAsync("list.talk_options", new JsonObject { ["call_session_id"] = 1 })).Mnemonic().Should().Be("unexpected_parameters");
    }

    [Fact]
    public async Task CallTalkOption_TagAndRecord_SwitchOnAndOff()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await SecondSessionTests.TalkingAsync(sim, recorded: false);

        await Option(sim, live, "1");
        await Option(sim, live, "2");
        live.Call.TagIds.Should().Equal(101);
        ((bool?)(await ListAsync(sim))["legs"]![0]!["record_call_enabled"]).Should().BeTrue();
        await Option(sim, live, "1");
        await Option(sim, live, "2");
        live.Call.TagIds.Should().BeEmpty();
        ((bool?)(await ListAsync(sim))["legs"]![0]!["record_call_enabled"]).Should().BeFalse();
        (await Option(sim, live, "4")).Mnemonic().Should().BeNull();
        sim.Moscow.Contacts.Should().ContainSingle().Which.PhoneNumbers.Should().Equal(live.Call.ContactPhone);
        await Option(sim, live, "#");
        live.State.Should().Be("Finished");
        CallTests.Mnemonics(sim).Should().Contain(["set_mark", "unset_mark", "talk_record_control"]);
    }

    [Fact]
    public async Task CallTalkOption_Wrong_IsRefused()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await SecondSessionTests.TalkingAsync(sim);

        (await Option(sim, live, "9")).Mnemonic().Should().Be("talk_option_not_found");
        (await Option(sim, live, "12")).Mnemonic().Should().Be("invalid_parameter_value");
        (await Option(sim, live, "3")).Mnemonic().Should().Be("forbidden", "the employee has no coach");
        await live.HoldAsync();
        (await Option(sim, live, "1")).Mnemonic().Should().Be("invalid_state");
        await live.HangUpAsync();
        (await Option(sim, live, "1")).Mnemonic().Should().Be("call_session_not_found");
    }

    [Fact]
    public async Task CallTalkOption_TransferCall_GoesIntoAnotherCabinet()
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with
        {
            TalkOptions = [new SimTalkOption("5", "transfer_call", "Перевод звонка", Value: SimulatorCompany.RyazanNumber)],
        }));
        sim.Hub.Route = _ => (200, """{"phones":["0103001"]}""");
        var live = await SecondSessionTests.TalkingAsync(sim);

        (await Option(sim, live, "5")).Mnemonic().Should().BeNull();
        await sim.Simulator.WhenIdleAsync();

        (live.State, live.Onward!.Call.TalkedEmployeeId).Should().Be(("Talk", 103_001));
    }

    [Fact]
    public async Task SendDtmf_Symbol_IsOneOfTheKeypad()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await SecondSessionTests.TalkingAsync(sim);

        (await Manage(sim, "send.dtmf", live, """{"dtmf_string":"12"}""")).Mnemonic().Should().Be("invalid_parameter_value");
        (await Manage(sim, "send.dtmf", live, """{"dtmf_string":"9"}""")).Mnemonic().Should().BeNull("no option hangs on it");
        (await Manage(sim, "send.dtmf", live, """{"dtmf_string":"1"}""")).Mnemonic().Should().BeNull();

        live.Call.TagIds.Should().Equal([101L], "the key triggers its talk option");
    }

    [Fact]
    public async Task SendDtmf_OutgoingCall_TriggersOptionsOnlyAfterThirtySeconds()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.ApiCalls = new ApiCallPlan { HoldOpen = true };
        await sim.CallAsync("start.employee_call", ApiStrictnessTests.Start("{}"));
        await sim.Simulator.WhenIdleAsync();
        var live = sim.Moscow.LiveCalls.Single();

        await Manage(sim, "send.dtmf", live, """{"dtmf_string":"1"}""");
        live.Call.TagIds.Should().BeEmpty();
        await live.AdvanceAsync(TimeSpan.FromSeconds(30));
        await Manage(sim, "send.dtmf", live, """{"dtmf_string":"1"}""");

        live.Call.TagIds.Should().Equal(101);
    }

    [Fact]
    public async Task HoldAndMake_BadMessages_AreRefused()
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with { TtsMaxLength = 5 }));
        var live = await SecondSessionTests.TalkingAsync(sim);

        (await Manage(sim, "hold.call", live)).Mnemonic().Should().Be("required_parameter_missed");
        (await Manage(sim, "hold.call", live, """{"contact_message":{"type":"tts","value":"Минуту"}}""")).Mnemonic().Should().Be("tts_text_exceeded");
        (await Manage(sim, "hold.call", live, """{"contact_message":{"type":"media","value":"7"}}""")).Mnemonic().Should().Be("media_file_not_found");
        (await Manage(sim, "hold.call", live, """{"contact_message":{"type":"media","value":"2561"}}""")).Mnemonic().Should().BeNull();
        (await Manage(sim, "make.call", live, """{"to":"102","to_message":{"type":"tts","value":"\uFFFD"}}""")).Mnemonic().Should().Be("character_encoding_not_allowed");
    }

    [Fact]
    public async Task ListCalls_EveryState_IsTold()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await sim.Moscow.BeginIncomingAsync(new IncomingCall("79261112233", SimulatorCompany.MoscowNumber));
        (await StatesAsync(sim)).Should().Equal("На очереди");
        await live.RingAsync("0101001");
        await live.RingAsync("0101002");
        (await StatesAsync(sim)).Should().Equal("На очереди", "Дозвон", "Дозвон");
        await live.AnswerAsync("0101002");
        (await StatesAsync(sim)).Should().Equal(["Разговор", "Разговор"], "the other phone has stopped");
        await live.HoldAsync();
        (await StatesAsync(sim))[0].Should().Be("На удержании");
        await live.MakeCallAsync("103");
        (await StatesAsync(sim)).Should().HaveCount(3).And.EndWith("Дозвон");
        await live.AnswerAsync("103");
        (await StatesAsync(sim)).Should().Equal("На удержании", "Разговор операторов", "Разговор операторов");
        await live.RestoreAsync();
        await live.TransferByPhoneAsync("104");
        (await StatesAsync(sim)).Should().Equal("Перевод вызова", "Дозвон");
        await live.AnswerAsync("104");
        (await StatesAsync(sim)).Should().Equal("Разговор", "Разговор");
        await live.HangUpAsync();
        (await sim.CallAsync("list.calls")).Data().AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task ListCalls_TwoCabinetsInOneConversation_EachTellsItsOwnSession()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0103001"]}""");
        var live = await SecondSessionTests.TalkingAsync(sim);
        await live.TransferByPhoneAsync(SimulatorCompany.RyazanNumber, answered: true);

        var moscow = await ListAsync(sim);
        var ryazan = (await sim.CallAsync("list.calls", token: "sim-token-rzn")).Data().AsArray().Single()!;

        ((long?)moscow["call_session_id"], (long?)ryazan["call_session_id"]).Should().Be((live.SessionId, live.Onward!.SessionId));
        foreach (var (row, truth) in new[] { (moscow, live.Call), (ryazan, live.Onward!.Call) })
        {
            ((string?)row["contact_phone_number"], (string?)row["virtual_phone_number"]).Should().Be((truth.ContactPhone, truth.VirtualNumber));
            row["legs"]!.AsArray().Select(leg => ((long)leg!["leg_id"]!, (string?)leg["called_phone_number"], (long?)leg["employee_id"])).Should().Equal(
                truth.Legs.Where(leg => leg.EndedAt is null).Select(leg => (leg.Id, leg.Called, leg.EmployeeId)));
        }
    }

    private static Task<JsonObject> Manage(SimulatorFixture sim, string method, LiveCall live, string more = "{}") =>
        SecondSessionTests.ManageAsync(sim, method, live, more);

    private static Task<JsonObject> Option(SimulatorFixture sim, LiveCall live, string button) =>
        Manage(sim, "call.talk_option", live, $$"""{"button":"{{button}}"}""");

    private static async Task<JsonNode> ListAsync(SimulatorFixture sim) => (await sim.CallAsync("list.calls")).Data().AsArray().Single()!;

    private static async Task<List<string?>> StatesAsync(SimulatorFixture sim) =>
        [.. (await ListAsync(sim))["legs"]!.AsArray().Select(leg => (string?)leg!["state"])];
}
