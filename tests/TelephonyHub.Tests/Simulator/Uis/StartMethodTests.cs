using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

/// <summary>Scenario, virtual number and informer calls (section 1.7), and the refusals that are theirs.</summary>
public sealed class StartMethodTests
{
    private const string Client = "79261112233";

    [Theory]
    [InlineData("start.scenario_call", "contact", "callapi_scenario_call")]
    [InlineData("start.scenario_call", "employee", "callapi_scenario_call")]
    [InlineData("start.vnumber_call", "contact", "callapi")]
    [InlineData("start.vnumber_call", "employee", "callapi")]
    public async Task ScenarioCall_Started_RunsTheScenarioInTheOrderAskedFor(string method, string first, string source)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0101003"]}""");

        var answer = await sim.CallAsync(method, Params(method, $$"""{"first_call":"{{first}}","external_id":"e7"}"""));
        await sim.Simulator.WhenIdleAsync();

        var call = sim.Moscow.Calls.Single();
        answer.Data()["call_session_id"]!.GetValue<long>().Should().Be(call.SessionId);
        (call.Source, call.ExternalId, call.Lost, call.TalkedEmployeeId).Should().Be((source, "e7", false, 101_003));
        call.Legs.Select(leg => leg.IsOperator).Should().Equal(first == "employee" ? [true, false] : [false, true]);
        call.Legs.Single(leg => leg.IsOperator).Calling.Should().Be(Client, "the operation shows the caller's number");
        call.Legs.Single(leg => !leg.IsOperator).Calling.Should().Be(SimulatorCompany.MoscowNumber, "the contact always sees the virtual number");
        call.Interactions.Should().ContainSingle();
    }

    [Theory]
    [InlineData("contact", true)]
    [InlineData("employee", true)]
    [InlineData("employee", false)]
    public async Task ScenarioCall_EmployeeInAnotherCabinet_OpensASessionThere(string first, bool contactAnswers)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = request => (200, request.Query["numb"] == SimulatorCompany.RyazanNumber
            ? """{"phones":["0103001"]}"""
            : $$"""{"phones":["{{SimulatorCompany.RyazanNumber}}"]}""");
        sim.Moscow.ApiCalls = new ApiCallPlan { ContactAnswers = contactAnswers };

        await sim.CallAsync("start.scenario_call", Params("start.scenario_call", $$"""{"first_call":"{{first}}"}"""));
        await sim.Simulator.WhenIdleAsync();

        var call = sim.Moscow.Calls.Single();
        call.Lost.Should().Be(!contactAnswers);
        call.Onward.Single().Should().BeEquivalentTo(new { TalkedEmployeeId = 103_001, ContactPhone = Client, call.FinishedAt });
    }

    [Theory]
    [InlineData("contact")]
    [InlineData("employee")]
    public async Task ScenarioCall_ContactSilent_IsLost(string first)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0101003"]}""");
        sim.Moscow.ApiCalls = new ApiCallPlan { ContactAnswers = false };

        await sim.CallAsync("start.scenario_call", Params("start.scenario_call", $$"""{"first_call":"{{first}}"}"""));
        await sim.Simulator.WhenIdleAsync();

        sim.Moscow.Calls.Single().Should().BeEquivalentTo(new { Lost = true, FinishReason = "no_success_subscriber_call" });
    }

    [Theory]
    [InlineData(true, false, "success_finish")]
    [InlineData(false, true, "no_success_subscriber_call")]
    public async Task InformerCall_Played_HasNoEmployee(bool answers, bool lost, string reason)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.ApiCalls = new ApiCallPlan { ContactAnswers = answers };

        await sim.CallAsync("start.informer_call", Params("start.informer_call", """{"dialing_timeout":45}"""));
        await sim.Simulator.WhenIdleAsync();

        var call = sim.Moscow.Calls.Single();
        (call.Source, call.Lost, call.FinishReason).Should().Be(("callapi_informer_call", lost, reason));
        call.Legs.Should().ContainSingle().Which.IsOperator.Should().BeFalse();
        call.Total.Should().Be(TimeSpan.FromSeconds(answers ? 8 : 45));
    }

    [Theory]
    [InlineData("start.scenario_call", """{"scenario_id":5}""", "scenario_not_found", -32602)]
    [InlineData("start.scenario_call", """{"scenario_id":"5"}""", "data_type_error", -32602)]
    [InlineData("start.scenario_call", """{"show_virtual_phone_number":true}""", "unexpected_parameters", -32602)]
    [InlineData("start.scenario_call", """{"media_file_id":1}""", "unexpected_parameters", -32602)]
    [InlineData("start.scenario_call", """{"contact":"79260000666"}""", "contact_in_blacklist", -32602)]
    [InlineData("start.vnumber_call", """{"virtual_phone_number":"74951230002"}""", "scenario_not_found", -32007)]
    [InlineData("start.vnumber_call", """{"show_virtual_phone_number":true}""", "unexpected_parameters", -32602)]
    [InlineData("start.vnumber_call", """{"employee_message":{"type":"tts","value":"x"}}""", "unexpected_parameters", -32602)]
    [InlineData("start.vnumber_call", """{"contact":"79260000666"}""", "contact_in_blacklist", -32602)]
    [InlineData("start.informer_call", """{"contact_message":"-"}""", "required_parameter_missed", -32602)]
    [InlineData("start.informer_call", """{"first_call":"contact"}""", "unexpected_parameters", -32602)]
    [InlineData("start.informer_call", """{"switch_at_once":true}""", "unexpected_parameters", -32602)]
    [InlineData("start.informer_call", """{"dialing_timeout":121}""", "invalid_parameter_value", -32602)]
    [InlineData("start.informer_call", """{"contact":"79260000666"}""", "contact_in_blacklist", -32602)]
    [InlineData("start.informer_call", """{"contact_message":{"type":"media","value":"77"}}""", "media_file_not_found", -32602)]
    [InlineData("start.employee_call", """{"contact":"79260000666"}""", "contact_in_blacklist", -32002)]
    [InlineData("start.employee_call", """{"media_file_id":77}""", "media_file_not_found", -32602)]
    [InlineData("start.employee_call", """{"employee_message":{"type":"media","value":"77"}}""", "media_file_not_found", -32602)]
    [InlineData("start.employee_call", """{"contact_message":{"type":"tts","value":"\uFFFD"}}""", "character_encoding_not_allowed", -32602)]
    [InlineData("start.employee_call", """{"virtual_phone_usage_rule":"random"}""", "component_disabled", -32008)]
    [InlineData("start.simple_call", """{"contact":"79260000666"}""", "contact_in_blacklist", -32002)]
    public async Task Start_Wrong_IsRefusedWithItsMnemonicAndCode(string method, string change, string mnemonic, int code)
    {
        await using var sim = await StrictAsync();

        var answer = await sim.CallAsync(method, Params(method, change));

        (answer.Mnemonic(), (int?)answer["error"]!["code"]).Should().Be((mnemonic, code));
        sim.Moscow.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task Start_TextTooLong_TellsBothLengths()
    {
        await using var sim = await StrictAsync();

        var answer = await sim.CallAsync("start.informer_call", Params("start.informer_call", """{"contact_message":{"type":"tts","value":"Здравствуйте"}}"""));

        answer.Mnemonic().Should().Be("tts_text_exceeded");
        ((string?)answer["error"]!["message"]).Should().Be("The maximum length of Text-to-Speech message is 10. The length of your message is 12");
    }

    [Theory]
    [InlineData(null, SimulatorCompany.MoscowNumber)]
    [InlineData(true, SimulatorCompany.MoscowNumber)]
    [InlineData(false, Client)]
    public async Task StartEmployeeCall_CallerId_FollowsShowVirtualPhoneNumber(bool? show, string seen)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var parameters = Params("start.employee_call");
        if (show is { } value)
        {
            parameters["show_virtual_phone_number"] = value;
        }

        await sim.CallAsync("start.employee_call", parameters);
        await sim.Simulator.WhenIdleAsync();

        sim.Moscow.Calls.Single().Legs.Single(leg => leg.IsOperator).Calling.Should().Be(seen);
    }

    private static Task<SimulatorFixture> StrictAsync() => SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with
    {
        Blacklist = new HashSet<string>(StringComparer.Ordinal) { "79260000666" },
        TtsMaxLength = 10,
        ScenarioByNumber = new Dictionary<string, long>(StringComparer.Ordinal) { [SimulatorCompany.MoscowSecondNumber] = 0 },
    }));

    /// <summary>A valid request of the method with some members changed; "-" removes one.</summary>
    private static JsonObject Params(string method, string change = "{}")
    {
        var parameters = JsonNode.Parse(method switch
        {
            "start.scenario_call" => """{"first_call":"contact","scenario_id":101001}""",
            "start.vnumber_call" => """{"first_call":"contact"}""",
            "start.simple_call" => """{"first_call":"operator","operator":"79995556677"}""",
            "start.informer_call" => """{"contact_message":{"type":"tts","value":"Привет"}}""",
            _ => """{"first_call":"employee","employee":{"id":101001}}""",
        })!.AsObject();
        parameters["virtual_phone_number"] = SimulatorCompany.MoscowNumber;
        parameters["contact"] = Client;
        parameters["direction"] = "out";
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var content) && content == "-")
            {
                parameters.Remove(name);
            }
            else
            {
                parameters[name] = value?.DeepClone();
            }
        }

        return parameters;
    }
}
