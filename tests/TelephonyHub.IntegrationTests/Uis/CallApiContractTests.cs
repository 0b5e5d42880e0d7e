using System.Text.Json.Nodes;
using TelephonyHub.Uis;
using TelephonyHub.Uis.CallApi;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>Requests and answers of reference 1, verbatim.</summary>
public sealed class CallApiContractTests : IDisposable
{
    private const string Started = """{"jsonrpc":"2.0","id":"req1","result":{"data":{"call_session_id":237859081}}}""";
    private const string Done = """{"jsonrpc":"2.0","id":"req1","result":{"data":{"success":"true"}}}""";

    private readonly UisServer _uis = new();

    public void Dispose() => _uis.Dispose();

    [Fact]
    public async Task StartEmployeeCall_DocumentedSample_SameRequestAndSession()
    {
        _uis.AnswerExactly(
            """
            {"jsonrpc":"2.0","method":"start.employee_call","id":"req1","params":{
             "access_token":"permanent-key-1","first_call":"employee","switch_at_once":true,"early_switching":true,
             "show_virtual_phone_number":false,"virtual_phone_number":"74993720692",
             "external_id":"334otr01","direction":"out","contact":"79260000000",
             "employee":{"id":25,"phone_number":"79260000001"},
             "contact_message":{"type":"tts","value":"Привет"},
             "employee_message":{"type":"media","value":"2561"}}}
            """,
            Started);

        var session = await _uis.Client().Calls.StartEmployeeCallAsync(new StartEmployeeCall
        {
            FirstCall = UisFirstCall.Employee,
            SwitchAtOnce = true,
            EarlySwitching = true,
            ShowVirtualPhoneNumber = false,
            VirtualPhoneNumber = "74993720692",
            ExternalId = "334otr01",
            Direction = "out",
            Contact = "79260000000",
            EmployeeId = 25,
            EmployeePhoneNumber = "79260000001",
            ContactMessage = UisMessage.Speech("Привет"),
            EmployeeMessage = UisMessage.Media(2561),
        });

        session.Should().Be(237859081);
    }

    [Fact]
    public async Task StartEmployeeCall_Minimum_NothingUnsetIsSent()
    {
        _uis.Answer("start.employee_call", Started);

        await _uis.Client().Calls.StartEmployeeCallAsync(new StartEmployeeCall
        {
            FirstCall = UisFirstCall.Contact,
            VirtualPhoneNumber = "74993720692",
            Direction = "in",
            Contact = "79260000000",
            EmployeeId = 25,
            ShowVirtualPhoneNumber = false,
        });

        Same(_uis.Requests.Single()["params"], """
            {"access_token":"permanent-key-1","show_virtual_phone_number":false,"first_call":"contact","virtual_phone_number":"74993720692","direction":"in","contact":"79260000000","employee":{"id":25}}
            """);
    }

    [Fact]
    public async Task OtherStarts_DocumentedParameters_Sent()
    {
        foreach (var method in new[] { "start.simple_call", "start.scenario_call", "start.vnumber_call", "start.informer_call" })
        {
            _uis.Answer(method, Started);
        }

        var calls = _uis.Client().Calls;
        await calls.StartSimpleCallAsync(new StartSimpleCall
        {
            FirstCall = UisFirstCall.Employee,
            VirtualPhoneNumber = "7499",
            Direction = "out",
            Contact = "7926",
            Operator = "7916",
            OperatorConfirmation = "any",
            MediaFileId = 5,
            OperatorMessage = UisMessage.Speech("x"),
            ShowVirtualPhoneNumber = true,
        });
        await calls.StartScenarioCallAsync(new StartScenarioCall
        {
            FirstCall = UisFirstCall.Employee,
            VirtualPhoneNumber = "7499",
            Direction = "out",
            Contact = "7926",
            ScenarioId = 9,
            DtmfString = ".12.1..4",
        });
        await calls.StartVirtualNumberCallAsync(new StartVirtualNumberCall
        {
            FirstCall = UisFirstCall.Contact,
            VirtualPhoneNumber = "7499",
            Direction = "in",
            Contact = "7926",
            VirtualPhoneUsageRule = "random",
        });
        (await calls.StartInformerCallAsync(new StartInformerCall
        {
            VirtualPhoneNumber = "7499",
            Direction = "out",
            Contact = "7926",
            ContactMessage = UisMessage.Media(1),
            DialingTimeout = 120,
        })).Should().Be(237859081);

        string[] expected =
        [
            """{"access_token":"permanent-key-1","virtual_phone_number":"7499","contact":"7926","direction":"out","first_call":"operator","operator":"7916","operator_confirmation":"any","show_virtual_phone_number":true,"media_file_id":5,"operator_message":{"type":"tts","value":"x"}}""",
            """{"access_token":"permanent-key-1","virtual_phone_number":"7499","contact":"7926","direction":"out","dtmf_string":".12.1..4","first_call":"employee","scenario_id":9}""",
            """{"access_token":"permanent-key-1","virtual_phone_number":"7499","contact":"7926","direction":"in","virtual_phone_usage_rule":"random","first_call":"contact"}""",
            """{"access_token":"permanent-key-1","virtual_phone_number":"7499","contact":"7926","direction":"out","contact_message":{"type":"media","value":"1"},"dialing_timeout":120}""",
        ];
        foreach (var (request, json) in _uis.Requests.Zip(expected))
        {
            Same(request["params"], json);
        }
    }

    public static TheoryData<string, Func<IUisCallApi, Task>, string> Controls => new()
    {
        { "release.call", calls => calls.ReleaseAsync(7), "" },
        { "hold.call", calls => calls.HoldAsync(7, UisMessage.Media(3)), ""","contact_message":{"type":"media","value":"3"}""" },
        { "unhold.call", calls => calls.UnholdAsync(7), "" },
        { "make.call", calls => calls.MakeCallAsync(7, "101"), ""","to":"101" """ },
        { "make.call", calls => calls.MakeCallAsync(7, "101", UisMessage.Speech("Клиент")), ""","to":"101","to_message":{"type":"tts","value":"Клиент"}""" },
        { "transfer.talk", calls => calls.TransferAsync(7), "" },
        { "restore.talk", calls => calls.RestoreAsync(7), "" },
        { "disconnect.leg", calls => calls.DisconnectLegAsync(7, 8), ""","leg_id":8""" },
        { "record.call", calls => calls.RecordAsync(7, on: true), ""","action":"on" """ },
        { "record.call", calls => calls.RecordAsync(7, on: false), ""","action":"off" """ },
        { "add.coach", calls => calls.AddCoachAsync(7), "" },
        { "add.coach", calls => calls.AddCoachAsync(7, "79995556677"), ""","phone_number":"79995556677" """ },
        { "block.contact", calls => calls.BlockContactAsync(7), "" },
        { "tag.call", calls => calls.TagAsync(7, 9), ""","tag_id":9""" },
        { "send.dtmf", calls => calls.SendDtmfAsync(7, '#'), ""","dtmf_string":"#" """ },
        { "call.talk_option", calls => calls.CallTalkOptionAsync(7, "1"), ""","button":"1" """ },
    };

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task CallControl_SuccessAsText_Done(string method, Func<IUisCallApi, Task> act, string more)
    {
        _uis.Answer(method, Done);

        await act(_uis.Client().Calls);

        Same(_uis.Requests.Single()["params"], $$"""{"access_token":"permanent-key-1","call_session_id":7{{more}}}""");
    }

    [Fact]
    public async Task CallControl_SuccessAsBoolean_Done()
    {
        _uis.Answer("release.call", Done.Replace("\"true\"", "true"));
        await _uis.Client().Calls.ReleaseAsync(7);
        _uis.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Metadata_DocumentedSampleWithTheVendorsTypo_Read()
    {
        _uis.Answer("release.call", """
            {"jsonrpc":"2.0","id":"req1","result":{"data":{"success":"true"},"metadata":{
             "api_version":{"current_version_depricated":true,"current_version":"v3.0","latest_version":"v4.0"},
             "limits":{"day_limit":750,"day_remaining":741,"day_reset":31492,"minute_limit":150,"minute_remaining":149,"minute_reset":52}}}}
            """);
        var client = _uis.Client();

        await client.Calls.ReleaseAsync(7);

        client.Limits.CallApi.Should().BeEquivalentTo(new { DayLimit = 750, DayRemaining = 741, MinuteLimit = 150, MinuteRemaining = 149 });
        client.Limits.Points.Should().Equal(new UisPoints("call", "minute", 149, 150), new UisPoints("call", "day", 741, 750));
    }

    [Fact]
    public async Task Error_DocumentedSample_Read()
    {
        _uis.Answer("start.employee_call", """
            {"jsonrpc":"2.0","id":"req1",
             "error":{"code":-32602,"message":"Invalid parameter value",
              "data":{"mnemonic":"invalid_parameter_value","field":"employee.phone_number","value":"+79260000001",
                      "params":{"limit_type":"minute"},"extended_helper":"https://…","metadata":{}}}}
            """);

        var start = () => _uis.Client().Calls.StartEmployeeCallAsync(new StartEmployeeCall
        {
            FirstCall = UisFirstCall.Employee,
            VirtualPhoneNumber = "74993720692",
            Direction = "out",
            Contact = "79260000000",
            EmployeeId = 25,
            EmployeePhoneNumber = "+79260000001",
            ShowVirtualPhoneNumber = false,
        });

        var fault = (await start.Should().ThrowAsync<UisApiException>()).Which;
        fault.Should().BeEquivalentTo(new { Failure = UisFailure.Permanent, Mnemonic = "invalid_parameter_value", Code = -32602, Field = "employee.phone_number" });
        fault.ToString().Should().NotContain("79260000001");
    }

    [Fact]
    public async Task ListCalls_DocumentedSample_Read()
    {
        _uis.Answer("list.calls", """
            {"jsonrpc":"2.0","id":"req1","result":{"data":[{"call_session_id":206597836,"direction":"in",
             "start_time":"2016-10-19T12:26:48.418","virtual_phone_number":"74951045771","contact_phone_number":"74959268686",
             "external_id":null,"tags":[{"tag_id":456,"tag_name":"Целевой"}],
             "legs":[{"leg_id":287866245,"calling_phone_number":"74951045771","called_phone_number":"74959268686...9.2.3.3",
                      "is_operator":false,"employee_id":null,"employee_full_name":null,"record_call_enabled":true,"state":"Разговор"},
                     {"leg_id":287866221,"calling_phone_number":"74959268686","called_phone_number":"79262444393",
                      "is_operator":true,"employee_id":2345,"employee_full_name":"Тест","record_call_enabled":true,"state":"Разговор"}]}]}}
            """);

        var call = (await _uis.Client().Calls.ListCallsAsync("in", "74951045771")).Should().ContainSingle().Subject;

        call.CallSessionId.Should().Be(206597836);
        call.StartTime.Should().Be(new DateTime(2016, 10, 19, 12, 26, 48, 418)).And.BeIn(DateTimeKind.Unspecified);
        call.ExternalId.Should().BeNull();
        call.Tags.Should().Equal(new UisTag(456, "Целевой"));
        call.Legs.Select(leg => leg.State).Should().Equal(UisLegState.Talk, UisLegState.Talk);
        UisPhones.WithoutTail(call.Legs[0].CalledPhoneNumber).Should().Be("74959268686");
        call.Legs[1].EmployeeId.Should().Be(2345);
        Same(_uis.Requests.Single()["params"], """{"access_token":"permanent-key-1","direction":"in","virtual_phone_number":"74951045771"}""");
    }

    [Theory]
    [InlineData("2016-10-19T12:26:48Z", DateTimeKind.Utc)]
    [InlineData("2016-10-19 12:26:48", DateTimeKind.Unspecified)]
    [InlineData("2016-10-19T12:26:48.000", DateTimeKind.Unspecified)]
    public async Task ListCalls_ThreeTimeForms_AllRead(string time, DateTimeKind kind)
    {
        _uis.Answer("list.calls", UisServer.Ok($$"""[{"call_session_id":"1","start_time":"{{time}}","legs":null,"tags":[]}]"""));

        var call = (await _uis.Client().Calls.ListCallsAsync()).Single();

        call.StartTime.Should().Be(new DateTime(2016, 10, 19, 12, 26, 48)).And.BeIn(kind);
    }

    [Theory]
    [InlineData("Дозвон", UisLegState.Dialing)]
    [InlineData("Разговор", UisLegState.Talk)]
    [InlineData("На очереди", UisLegState.Queued)]
    [InlineData("Разъединено", UisLegState.Disconnected)]
    [InlineData("Разговор операторов", UisLegState.OperatorTalk)]
    [InlineData("На удержании", UisLegState.OnHold)]
    [InlineData("Перевод вызова", UisLegState.Transfer)]
    [InlineData("Отправка dtmf", UisLegState.SendingDtmf)]
    [InlineData("Получение факса", UisLegState.ReceivingFax)]
    [InlineData("Факс получен", UisLegState.FaxReceived)]
    [InlineData("Отправка факса", UisLegState.SendingFax)]
    [InlineData("Факс отправлен", UisLegState.FaxSent)]
    [InlineData("Состояние будущего года", UisLegState.Unknown)]
    public async Task ListCalls_RussianStates_AllRead(string text, UisLegState state)
    {
        _uis.Answer("list.calls", UisServer.Ok($$"""[{"call_session_id":1,"legs":[{"leg_id":2,"state":"{{text}}"}]}]"""));

        var leg = (await _uis.Client().Calls.ListCallsAsync()).Single().Legs.Single();

        (leg.State, leg.StateText).Should().Be((state, text));
    }

    [Fact]
    public async Task ListTalkOptions_Items_Read()
    {
        _uis.Answer("list.talk_options", UisServer.Ok(
            """[{"button":"1","mnemonic":"tag_call","name":"Тег","button_value":{"id":5,"value":"VIP"}},{"button":"2","mnemonic":"transfer_call","name":"Перевод"}]"""));

        (await _uis.Client().Calls.ListTalkOptionsAsync()).Should().Equal(
            new UisTalkOption("1", "tag_call", "Тег", 5, "VIP"), new UisTalkOption("2", "transfer_call", "Перевод", null, null));
    }

    [Fact]
    public async Task Request_Envelope_LengthKnownAndNoChunks()
    {
        _uis.Answer("release.call", Done);

        await _uis.Client().Calls.ReleaseAsync(7);

        var request = _uis.Requests.Single();
        request.Select(member => member.Key).Should().Equal("jsonrpc", "id", "method", "params");
        ((string?)request["jsonrpc"]).Should().Be("2.0");
        _uis.Headers.Single().Should().ContainKey("Content-Length").And.NotContainKey("Transfer-Encoding");
        _uis.Headers.Single()["Content-Type"].Should().BeEquivalentTo("application/json; charset=UTF-8");
    }

    internal static void Same(JsonNode? actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).Should().BeTrue("{0} should be {1}", actual?.ToJsonString(), expected);
}
