using System.Net;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

/// <summary>Each refusal of sections 1.5 and 2.1 that can be provoked, with its code.</summary>
public sealed class ApiStrictnessTests
{
    private const string Client = "79261112233";

    [Theory]
    [InlineData("{", "parse_error", -32700)]
    [InlineData("[]", "batch_opreations_not_supported", -32099)]
    [InlineData("1", "invalid_request", -32600)]
    [InlineData("""{"jsonrpc":"2.0","method":"list.calls","params":{}}""", "notifications_not_supported", -32099)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"list.calls","params":{}}""", "invalid_request", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"list.calls","params":{}}""", "invalid_request", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"list.calls"}""", "invalid_request", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5,"params":{}}""", "invalid_request", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"no.such","params":{}}""", "method_not_found", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"list.calls","params":{}}""", "required_parameter_missed", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"list.calls","params":{"access_token":5}}""", "data_type_error", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"list.calls","params":{"access_token":"no"}}""", "access_token_invalid", -32001)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"list.calls","params":{"access_token":"no","x":1}}""", "access_token_invalid", -32001)]
    public async Task Envelope_Wrong_IsRefusedBeforeAnythingElse(string body, string mnemonic, int code)
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var answer = await sim.RawAsync(sim.Simulator.CallApiUrl, body);

        answer.Mnemonic().Should().Be(mnemonic);
        ((int?)answer["error"]!["code"]).Should().Be(code);
        ((string?)answer["jsonrpc"]).Should().Be("2.0");
        answer.ContainsKey("id").Should().BeTrue();
        answer["error"]!["data"]!["metadata"].Should().BeNull("limits do not come with these");
    }

    [Theory]
    [InlineData("""{"extra":1}""", "unexpected_parameters", "extra")]
    [InlineData("""{"extra":1,"contact":5}""", "unexpected_parameters", "extra")]
    [InlineData("""{"employee":{"id":101001,"name":"x"}}""", "unexpected_parameters", "employee.name")]
    [InlineData("""{"contact":"-"}""", "required_parameter_missed", "contact")]
    [InlineData("""{"employee":{}}""", "required_parameter_missed", "employee.id")]
    [InlineData("""{"employee":{"id":"101001"}}""", "data_type_error", "employee.id")]
    [InlineData("""{"contact":79261112233}""", "data_type_error", "contact")]
    [InlineData("""{"external_id":null}""", "data_type_error", "external_id")]
    [InlineData("""{"contact":"+79261112233"}""", "invalid_parameter_value", "contact")]
    [InlineData("""{"contact":"89261112233"}""", "invalid_parameter_value", "contact")]
    [InlineData("""{"contact":"9261112233"}""", "invalid_parameter_value", "contact")]
    [InlineData("""{"first_call":"operator"}""", "invalid_parameter_value", "first_call")]
    [InlineData("""{"dtmf_string":"12a"}""", "invalid_parameter_value", "dtmf_string")]
    [InlineData("""{"early_switching":true}""", "invalid_parameters_combination", "early_switching")]
    [InlineData("""{"virtual_phone_number":"74990000000"}""", "virtual_phone_number_not_found", "virtual_phone_number")]
    [InlineData("""{"employee":{"id":1}}""", "employee_not_found", "employee.id")]
    [InlineData("""{"employee":{"id":101001,"phone_number":"0101002"}}""", "no_active_phone_number", null)]
    [InlineData("""{"contact":"74951230002"}""", "own_virtual_phone_number_not_allowed", "contact")]
    [InlineData("""{"contact":"79260000666"}""", "contact_in_blacklist", "contact")]
    public async Task StartEmployeeCall_Wrong_NamesFieldAndMnemonic(string change, string mnemonic, string? field)
    {
        await using var sim = await SimulatorFixture.StartAsync(
            SimulatorFixture.WithMoscow(moscow => moscow with { Blacklist = new HashSet<string>(StringComparer.Ordinal) { "79260000666" } }));

        var answer = await sim.CallAsync("start.employee_call", Start(change));

        answer.Mnemonic().Should().Be(mnemonic);
        ((string?)answer["error"]!["data"]!["field"]).Should().Be(field);
        answer["error"]!["data"]!["metadata"]!["limits"]!["minute_remaining"]!.GetValue<int>().Should().Be(150, "refusals cost nothing");
        sim.Moscow.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task Error_Value_IsWhatTheCallerSent()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var answer = await sim.CallAsync("start.employee_call", Start("""{"contact":"+79261112233"}"""));

        answer["error"]!.ToJsonString().Should().StartWith(
            """{"code":-32602,"message":"Invalid parameter value","data":{"mnemonic":"invalid_parameter_value","field":"contact","value":"\u002B79261112233","metadata":{"limits":{"day_limit":750""");
    }

    [Theory]
    [InlineData("access_token_invalid", -32001, false)]
    [InlineData("access_token_expired", -32001, false)]
    [InlineData("access_token_blocked", -32001, false)]
    [InlineData("ip_not_whitelisted", -32003, false)]
    [InlineData("account_inactive", -32009, true)]
    [InlineData("forbidden", -32003, true)]
    [InlineData("internal_error", -32603, true)]
    public async Task Access_SwitchedOff_IsRefused(string mnemonic, int code, bool withLimits)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var faults = sim.Simulator.Faults.Cabinet("msk");
        faults.TokenRevoked = mnemonic == "access_token_invalid";
        faults.TokenExpired = mnemonic == "access_token_expired";
        faults.TokenBlocked = mnemonic == "access_token_blocked";
        faults.IpNotWhitelisted = mnemonic == "ip_not_whitelisted";
        faults.AccountInactive = mnemonic == "account_inactive";
        faults.Forbidden = mnemonic == "forbidden";
        sim.Simulator.Faults.Api.InternalError = mnemonic == "internal_error";

        var answer = await sim.DataAsync("get.account");

        (answer.Mnemonic(), (int?)answer["error"]!["code"]).Should().Be((mnemonic, code));
        (answer["error"]!["data"]!["metadata"] is not null).Should().Be(withLimits);
        sim.Simulator.Faults.Api.InternalError = false;
        (await sim.DataAsync("get.account", token: "sim-token-spb")).Data().Should().NotBeNull("the other cabinets go on");
    }

    [Fact]
    public async Task Access_EmptyAllowList_RefusesWithTheAddress()
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with { AllowedIps = [] }));

        var answer = await sim.CallAsync("list.calls");

        ((string?)answer["error"]!["message"]).Should().Be("Your IP 127.0.0.1 is not whitelisted");
    }

    [Fact]
    public async Task Component_NotBought_IsDisabledBeforeParametersAreLookedAt()
    {
        await using var sim = await SimulatorFixture.StartAsync(
            SimulatorFixture.WithMoscow(moscow => moscow with { Components = new HashSet<string>(StringComparer.Ordinal) { "callapi" } }));

        (await sim.CallAsync("list.calls", new JsonObject { ["x"] = 1 })).Mnemonic().Should().Be("component_disabled");
        (await sim.DataAsync("get.sip_lines", new JsonObject { ["x"] = 1 })).Mnemonic().Should().Be("method_component_disabled");
        (await sim.CallAsync("start.informer_call")).Mnemonic().Should().Be("component_disabled");
    }

    [Fact]
    public async Task Limits_MinuteUsedUp_IsRefusedUntilTheMinuteEnds()
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with { MinutePoints = 2, DayPoints = 3 }));

        var first = await sim.DataAsync("get.account");
        first["result"]!["meta_data"]!["limits"]!.ToJsonString().Should().Be(
            """{"day_limit":3,"day_remaining":2,"day_reset":42270,"minute_limit":2,"minute_remaining":1,"minute_reset":30}""");
        await sim.DataAsync("get.account");
        var third = await sim.DataAsync("get.account");
        third.Mnemonic().Should().Be("limit_exceeded");
        ((string?)third["error"]!["message"]).Should().Be("Limit per minute has been exceeded. Value of current limit per minute is 2");
        ((string?)third["error"]!["data"]!["params"]!["limit_type"]).Should().Be("minute");

        sim.Time.Advance(TimeSpan.FromSeconds(30));
        (await sim.DataAsync("get.account")).Mnemonic().Should().BeNull();
        (await sim.DataAsync("get.account"))["error"]!["data"]!["params"]!["limit_type"]!.GetValue<string>().Should().Be("day");
        sim.Time.Advance(TimeSpan.FromHours(12));
        (await sim.DataAsync("get.account")).Mnemonic().Should().BeNull();
    }

    [Fact]
    public async Task Login_Token_LivesOneHour()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var login = new JsonObject { ["login"] = "api-msk", ["password"] = "sim-password-msk" };

        var data = (await sim.DataAsync("login.user", login, token: null)).Data();
        var token = (string)data["access_token"]!;

        ((long?)data["app_id"]).Should().Be(10_100);
        ((long?)data["expire_at"]).Should().Be(SimulatorFixture.Start.AddHours(1).ToUnixTimeSeconds());
        (await sim.CallAsync("list.calls", token: token)).Mnemonic().Should().BeNull();
        sim.Time.Advance(TimeSpan.FromHours(1));
        (await sim.CallAsync("list.calls", token: token)).Mnemonic().Should().Be("access_token_invalid");
    }

    [Fact]
    public async Task Login_WrongPassword_IsAuthError()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var answer = await sim.CallAsync("login.user", new JsonObject { ["login"] = "api-msk", ["password"] = "no" }, token: null);

        answer.Mnemonic().Should().Be("auth_error");
    }

    [Fact]
    public async Task Logout_Token_IsGone()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var token = (string)(await sim.CallAsync(
            "login.user", new JsonObject { ["login"] = "api-spb", ["password"] = "sim-password-spb" }, token: null)).Data()["access_token"]!;

        (await sim.CallAsync("logout.user", token: token)).Data()["success"]!.GetValue<bool>().Should().BeTrue("a boolean here");
        (await sim.CallAsync("list.calls", token: token)).Mnemonic().Should().Be("access_token_invalid");
    }

    [Fact]
    public async Task Journal_Calls_HoldNoToken()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        await sim.DataAsync("get.tags", new JsonObject { ["limit"] = 5 });
        await sim.DataAsync("get.tags", token: "wrong");

        sim.Simulator.ApiCalls.Select(call => (call.Api, call.Cabinet, call.Method, call.Params.ToJsonString(), call.Error)).Should().Equal(
            ("data", "msk", "get.tags", """{"limit":5}""", null), ("data", null, "get.tags", "{}", "access_token_invalid"));
    }

    [Fact]
    public async Task Transport_WithoutContentLength_Is411()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, sim.Simulator.CallApiUrl) { Content = new StringContent("{}") };
        request.Headers.TransferEncodingChunked = true;

        using var response = await sim.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.LengthRequired);
    }

    [Fact]
    public async Task Fault_BadGatewayOnce_ThenWorks()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.Api.BadGateway = true;
        sim.Simulator.Faults.Api.Times = 1;

        using var response = await sim.Http.PostAsync(sim.Simulator.DataApiUrl, new StringContent("{}"));

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        (await sim.DataAsync("get.account")).Mnemonic().Should().BeNull();
    }

    [Fact]
    public async Task Fault_LoseAnswer_DoesTheWorkAndBreaksTheConnection()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.Api.LoseAnswer = true;
        sim.Simulator.Faults.Api.Only = method => method == "start.employee_call";

        var call = () => sim.CallAsync("start.employee_call", Start("""{"external_id":"e1"}"""));

        await call.Should().ThrowAsync<HttpRequestException>();
        sim.Moscow.Calls.Should().ContainSingle().Which.ExternalId.Should().Be("e1");
    }

    [Fact]
    public async Task Fault_Hang_LastsUntilTheClientGivesUp()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.Api.Hang = true;
        using var patience = new CancellationTokenSource();

        var waiting = sim.Http.PostAsync(sim.Simulator.DataApiUrl, new StringContent("{}"), patience.Token);
        await patience.CancelAsync();

        await waiting.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        sim.Simulator.ApiCalls.Should().BeEmpty();
    }

    /// <summary>A valid request with some members changed; "-" removes one.</summary>
    internal static JsonObject Start(string change)
    {
        var parameters = new JsonObject
        {
            ["first_call"] = "employee",
            ["virtual_phone_number"] = SimulatorCompany.MoscowNumber,
            ["contact"] = Client,
            ["direction"] = "out",
            ["employee"] = new JsonObject { ["id"] = 101_001 },
        };
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
