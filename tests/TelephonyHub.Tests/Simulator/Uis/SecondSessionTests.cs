using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

/// <summary>One conversation, two cabinets: each has a session of its own, and the ends of both are felt at the other.</summary>
public sealed class SecondSessionTests
{
    private const string Client = "79261112233";

    [Theory]
    [InlineData(SimulatorCompany.RyazanNumber, "rzn", "0103001", 103_001)]
    [InlineData(SimulatorCompany.CommonNumber, "msk", "0101002", 101_002)]
    public async Task Phones_AnotherCabinetsNumber_BothSessionsTellTheSameTalk(string number, string cabinet, string phone, long employee)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = request => (200, request.Query["numb"] == number ? Phones(phone) : Phones(number));

        var call = await sim.Simulator.Cabinets["spb"].IncomingAsync(
            new IncomingCall(Client, SimulatorCompany.PetersburgNumber) { AnsweredBy = Answers.First, Digit = "2" });

        var onward = call.Onward.Should().ContainSingle().Subject;
        (onward.Cabinet, onward.OpenedBy, onward.ContactPhone, onward.TalkedEmployeeId).Should().Be((cabinet, call.SessionId, Client, employee));
        (call.FinishedAt, call.FinishReason, call.Lost).Should().Be((onward.FinishedAt, "subscriber_disconnects", false));
        call.Legs.Single(leg => leg.IsOperator).Should().BeEquivalentTo(new { Calling = Client, Called = number, EmployeeId = (long?)null });
        call.Talk.Should().Be(onward.Talk).And.Be(TimeSpan.FromSeconds(42));
        sim.Hub.Questions.Select(question => question.Query["numa"]).Should().Equal(Client, Client);
    }

    [Fact]
    public async Task Phones_OtherCabinetDoesNotAnswer_TheNextPhoneRings()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = request => (200, request.Query["numb"] == SimulatorCompany.RyazanNumber
            ? """{"returned_code":7}"""
            : $$"""{"phones":["{{SimulatorCompany.RyazanNumber}}","0101001"]}""");

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });

        call.Onward.Single().Lost.Should().BeTrue();
        call.Legs.Where(leg => leg.IsOperator).Select(leg => leg.FinishReason).Should().Equal("operator_not_responsible", "subscriber_disconnects");
        call.TalkedEmployeeId.Should().Be(101_001);
    }

    [Fact]
    public async Task Phones_CallerGivesUpWhileTheOtherCabinetRings_BothEndAsLost()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = request => (200, request.Query["numb"] == SimulatorCompany.RyazanNumber ? Phones("0103001") : Phones(SimulatorCompany.RyazanNumber));

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { GivesUpAfter = TimeSpan.FromSeconds(12) });

        (call.Lost, call.FinishReason, call.Total).Should().Be((true, "subscriber_disconnects", TimeSpan.FromSeconds(12)));
        (call.Onward.Single().Lost, call.Onward.Single().FinishReason).Should().Be((true, "subscriber_disconnects"));
    }

    [Theory]
    [InlineData(false, null, Client)]
    [InlineData(true, null, SimulatorCompany.MoscowNumber)]
    [InlineData(false, true, SimulatorCompany.MoscowNumber)]
    [InlineData(true, false, Client)]
    public async Task Forwarding_CallingNumber_FollowsTheOption(bool ofOperation, bool? ofCabinet, string seen)
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with
        {
            Scenarios =
            [
                new SimScenario(1, "Рязань", [new SimOperation(1, SimOperationKind.Dialing, "Переадресация")
                {
                    Phones = [SimulatorCompany.RyazanNumber],
                    ShowServiceNumber = ofOperation,
                }]),
            ],
            ScenarioByNumber = new Dictionary<string, long>(StringComparer.Ordinal),
        }));
        sim.Moscow.Options.UseNumbAsNuma = ofCabinet;
        sim.Hub.Route = _ => (200, Phones("0103001"));

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });

        call.Legs.Single(leg => leg.IsOperator).Calling.Should().Be(seen);
        call.Onward.Single().ContactPhone.Should().Be(seen);
        sim.Hub.Questions.Single().Query["numa"].Should().Be(seen);
        Events(sim, call.Onward.Single().SessionId).Should().OnlyContain(body => (string?)body["contact_phone_number"] == seen);
    }

    [Fact]
    public async Task Forwarding_SimultaneousGroupWithAnotherCabinet_LocalAnswerEndsTheOtherSession()
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with
        {
            Groups = [new SimGroup(10_001, "Продажи Москва", [101_002]) { Simultaneous = true, ExtraPhones = [SimulatorCompany.RyazanNumber] }],
        }));

        var call = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.Phone("0101002") });

        call.TalkedEmployeeId.Should().Be(101_002);
        (call.Onward.Single().Lost, call.Onward.Single().FinishReason).Should().Be((true, "subscriber_disconnects"));
        call.Legs.Single(leg => leg.Called == SimulatorCompany.RyazanNumber).FinishReason.Should().Be("another_operator_answer");
    }

    [Fact]
    public async Task Transfer_AttendedByTheApi_LinksBothSessions()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, Phones("0103001"));
        var live = await TalkingAsync(sim);

        (await ManageAsync(sim, "hold.call", live, Message)).Mnemonic().Should().BeNull();
        (await ManageAsync(sim, "make.call", live, To(SimulatorCompany.RyazanNumber))).Mnemonic().Should().BeNull();
        await sim.Simulator.WhenIdleAsync();
        live.State.Should().Be("OperatorTalk");
        var onward = live.Onward!;
        (onward.Cabinet, onward.State, onward.Call.ContactPhone).Should().Be(("rzn", "Talk", Client));
        await live.AdvanceAsync(TimeSpan.FromSeconds(5));
        (await ManageAsync(sim, "transfer.talk", live)).Mnemonic().Should().BeNull();
        await live.AdvanceAsync(TimeSpan.FromSeconds(20));
        var call = await live.HangUpAsync();

        (call.Transferred, call.TalkedPhone, call.Lost).Should().Be((true, SimulatorCompany.RyazanNumber, false));
        call.Legs.Single(leg => leg.Called == "0101001").FinishReason.Should().Be("transfer_disconnects");
        var other = call.Onward.Single();
        (other.FinishReason, other.FinishedAt, other.TalkedEmployeeId).Should().Be(("subscriber_disconnects", call.FinishedAt, 103_001));
        other.Talk.Should().Be(TimeSpan.FromSeconds(25), "to Ryazan it was one talk, first with the colleague, then with the client");
    }

    [Fact]
    public async Task Transfer_RestoredAfterARefusal_EndsTheOtherSessionOnly()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, Phones("0103001"));
        var live = await TalkingAsync(sim);

        await ManageAsync(sim, "hold.call", live, Message);
        await ManageAsync(sim, "make.call", live, To(SimulatorCompany.RyazanNumber));
        await sim.Simulator.WhenIdleAsync();
        (await ManageAsync(sim, "restore.talk", live)).Mnemonic().Should().BeNull();
        live.State.Should().Be("Talk");
        live.Onward.Should().BeNull();
        var call = await live.HangUpAsync();

        (call.Transferred, call.TalkedEmployeeId).Should().Be((false, 101_001));
        call.Onward.Single().FinishReason.Should().Be("subscriber_disconnects");
    }

    [Fact]
    public async Task Transfer_OtherCabinetHangsUp_TheContactIsHeldAgain()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, Phones("0103001"));
        var live = await TalkingAsync(sim);

        await ManageAsync(sim, "hold.call", live, Message);
        await ManageAsync(sim, "make.call", live, To(SimulatorCompany.RyazanNumber));
        await sim.Simulator.WhenIdleAsync();
        await live.Onward!.HangUpAsync(byEmployee: true);

        live.State.Should().Be("Hold");
        (await ManageAsync(sim, "unhold.call", live)).Mnemonic().Should().BeNull();
    }

    [Fact]
    public async Task Transfer_OtherCabinetSilent_TheContactIsHeldAgain()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.ApiCalls = new ApiCallPlan { ThirdPartyAnswers = false };
        var live = await TalkingAsync(sim);

        await ManageAsync(sim, "hold.call", live, Message);
        await ManageAsync(sim, "make.call", live, To(SimulatorCompany.RyazanNumber));
        await sim.Simulator.WhenIdleAsync();

        live.State.Should().Be("Hold");
        live.Call.Legs[^1].FinishReason.Should().Be("operator_not_responsible");
        live.Call.Onward.Single().Lost.Should().BeTrue();
    }

    [Fact]
    public async Task Transfer_BlindIntoAnotherCabinet_RingsUntilSomebodyAnswersThere()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.ApiCalls = new ApiCallPlan { ThirdPartyAnswers = null };
        var live = await TalkingAsync(sim);

        await ManageAsync(sim, "hold.call", live, Message);
        await ManageAsync(sim, "make.call", live, To(SimulatorCompany.RyazanNumber));
        await ManageAsync(sim, "transfer.talk", live);
        live.State.Should().Be("Transferring");
        var onward = live.Onward!;
        onward.State.Should().Be("Processing");
        await onward.RingAsync("0103002");
        await onward.AnswerAsync();

        (live.State, onward.State).Should().Be(("Talk", "Talk"));
        var ended = await onward.HangUpAsync(byEmployee: true);
        (ended.FinishReason, live.State).Should().Be(("operator_disconnects", "Finished"));
        live.Call.FinishReason.Should().Be("operator_disconnects");
    }

    [Fact]
    public async Task TransferByPhone_IntoAnotherCabinet_LooksLikeATransferWithoutHold()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, Phones("0103001"));
        var live = await TalkingAsync(sim);

        var leg = await live.TransferByPhoneAsync(SimulatorCompany.RyazanNumber, answered: true);
        leg!.Called.Should().Be(SimulatorCompany.RyazanNumber);
        live.State.Should().Be("Talk");
        var call = await live.HangUpAsync();

        call.Transferred.Should().BeTrue();
        call.RecordHashes.Should().HaveCount(2, "each talk is recorded");
        call.Onward.Single().TalkedEmployeeId.Should().Be(103_001);
        Events(sim, call.SessionId).Select(body => (string?)body["notification_mnemonic"]).Should().NotContain("call_hold_control")
            .And.ContainInOrder("talk_started", "out_call", "talk_finished", "call_disconnected", "call_connected", "talk_started", "talk_finished");
    }

    [Theory]
    [InlineData("102", true, "Talk")]
    [InlineData("79221000001", false, "Finished")]
    [InlineData("102", null, "Transferring")]
    public async Task TransferByPhone_Outcomes_FollowTheDiagram(string to, bool? answered, string state)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var live = await TalkingAsync(sim);

        await live.TransferByPhoneAsync(to, answered);

        live.State.Should().Be(state);
    }

    [Fact]
    public async Task TransferByPhone_PhoneThatCannotBeRung_TheTalkGoesOn()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.SetStatus(101_002, SimStatus.DoNotDisturb);
        var live = await TalkingAsync(sim);

        (await live.TransferByPhoneAsync("102")).Should().BeNull();

        (live.State, live.Call.Transferred).Should().Be(("Talk", false));
    }

    [Fact]
    public async Task PlayedCall_TransferTo_IsTransferredAfterTheTalk()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = request => (200, request.Query["numb"] == SimulatorCompany.RyazanNumber ? Phones("0103001") : Phones("0101001"));

        var call = await sim.Moscow.IncomingAsync(
            new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First, TransferTo = SimulatorCompany.RyazanNumber });

        (call.Transferred, call.Onward.Single().TalkedEmployeeId).Should().Be((true, 103_001));
        call.Onward.Single().Talk.Should().Be(TimeSpan.FromSeconds(42));
    }

    [Fact]
    public async Task Outgoing_ToAnotherCabinetsNumber_IsAnIncomingCallThere()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, Phones("0103001"));

        var call = await sim.Moscow.OutgoingAsync(new OutgoingCall(101_002, SimulatorCompany.RyazanNumber, Answered: true));

        call.Lost.Should().BeFalse();
        var onward = call.Onward.Single();
        (onward.Direction, onward.ContactPhone, onward.Lost, onward.FinishReason).Should().Be(("in", SimulatorCompany.MoscowNumber, false, "subscriber_disconnects"));
    }

    internal static async Task<LiveCall> TalkingAsync(SimulatorFixture sim, bool recorded = true)
    {
        var live = await sim.Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { Recorded = recorded });
        await live.RingAsync("0101001");
        await live.AnswerAsync();
        return live;
    }

    internal static Task<JsonObject> ManageAsync(SimulatorFixture sim, string method, LiveCall live, string more = "{}")
    {
        var parameters = JsonNode.Parse(more)!.AsObject();
        parameters["call_session_id"] = live.SessionId;
        return sim.CallAsync(method, parameters);
    }

    internal const string Message = """{"contact_message":{"type":"tts","value":"Минуту"}}""";

    private static string To(string number) => $$"""{"to":"{{number}}"}""";

    private static string Phones(string phone) => $$"""{"phones":["{{phone}}"]}""";

    private static List<JsonObject> Events(SimulatorFixture sim, long session) =>
        [.. CallTests.Bodies(sim).Where(body => (long?)body["call_session_id"] == session)];
}
