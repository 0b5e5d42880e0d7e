using System.Net;
using Microsoft.Extensions.Logging;
using TelephonyHub.Uis;
using TelephonyHub.Uis.CallApi;
using TelephonyHub.Uis.JsonRpc;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>Errors of reference 1.5, 1.8 and 2.1: category by mnemonic; what is repeated and what is not.</summary>
public sealed class UisErrorTests : IDisposable
{
    private readonly UisServer _uis = new();

    public void Dispose() => _uis.Dispose();

    public static TheoryData<string, int, UisFailure> Mnemonics => new()
    {
        { "parse_error", -32700, UisFailure.Permanent },
        { "invalid_request", -32600, UisFailure.Permanent },
        { "method_not_found", -32601, UisFailure.Permanent },
        { "batch_opreations_not_supported", -32099, UisFailure.Permanent },
        { "notifications_not_supported", -32099, UisFailure.Permanent },
        { "required_parameter_missed", -32602, UisFailure.Permanent },
        { "invalid_parameter_value", -32602, UisFailure.Permanent },
        { "data_type_error", -32602, UisFailure.Permanent },
        { "unexpected_parameters", -32602, UisFailure.Permanent },
        { "invalid_parameters_combination", -32602, UisFailure.Permanent },
        { "call_session_not_found", -32602, UisFailure.NotFound },
        { "access_token_invalid", -32001, UisFailure.Authentication },
        { "access_token_expired", -32001, UisFailure.Authentication },
        { "access_token_blocked", -32001, UisFailure.Authentication },
        { "auth_error", -32001, UisFailure.Authentication },
        { "ip_not_whitelisted", -32003, UisFailure.AccessDenied },
        { "forbidden", -32003, UisFailure.AccessDenied },
        { "component_disabled", -32008, UisFailure.AccessDenied },
        { "account_inactive", -32009, UisFailure.AccessDenied },
        { "limit_exceeded", -32029, UisFailure.Limit },
        { "internal_error", -32603, UisFailure.Transient },
        { "tts_text_exceeded", -32602, UisFailure.Permanent },
        { "media_file_not_found", -32602, UisFailure.NotFound },
        { "virtual_phone_number_not_found", -32007, UisFailure.NotFound },
        { "employee_not_found", -32602, UisFailure.NotFound },
        { "no_active_phone_number", -32602, UisFailure.NotFound },
        { "scenario_not_found", -32602, UisFailure.NotFound },
        { "scenario_not_found", -32007, UisFailure.NotFound },
        { "own_virtual_phone_number_not_allowed", -32602, UisFailure.Permanent },
        { "contact_in_blacklist", -32002, UisFailure.Permanent },
        { "contact_in_blacklist", -32602, UisFailure.Permanent },
        { "character_encoding_not_allowed", -32602, UisFailure.Permanent },
        { "invalid_state", -32004, UisFailure.Conflict },
        { "leg_not_found", -32602, UisFailure.NotFound },
        { "record_already_started", -32602, UisFailure.Conflict },
        { "record_already_stopped", -32602, UisFailure.Conflict },
        { "coach_not_found", -32602, UisFailure.NotFound },
        { "duplicate_contact", -32602, UisFailure.Conflict },
        { "tag_not_found", -32602, UisFailure.NotFound },
        { "duplicate_tag", -32602, UisFailure.Conflict },
        { "talk_option_not_found", -32602, UisFailure.NotFound },
        { "method_component_disabled", -32008, UisFailure.AccessDenied },
        { "parameter_component_disabled", -32008, UisFailure.AccessDenied },
        { "error", -32602, UisFailure.Permanent },
        { "sort_prohibited", -32602, UisFailure.Permanent },
        { "filter_prohibited", -32602, UisFailure.Permanent },
        { "date_interval_limit_reached", -32602, UisFailure.Permanent },
        { "entity_not_found", -32602, UisFailure.NotFound },
        { "dependency_error", -32602, UisFailure.Conflict },
        { "forbidden", -32602, UisFailure.AccessDenied },
        { "duplicate_entity", -32602, UisFailure.Conflict },
        { "campaign_is_inactive", -32602, UisFailure.Conflict },
        { "invalid_date_time", -32602, UisFailure.Permanent },
        { "data_limit_exceeded", -32602, UisFailure.Permanent },
        { "tariff_restrictions", -32602, UisFailure.AccessDenied },
        { "already_in_use", -32602, UisFailure.Conflict },
        { "a_mnemonic_of_next_year", -32603, UisFailure.Unknown },
    };

    [Theory]
    [MemberData(nameof(Mnemonics))]
    public async Task Error_EveryMnemonicWhateverTheStatus_Category(string mnemonic, int code, UisFailure expected)
    {
        _uis.Answer(
            "start.vnumber_call", UisServer.Fail(mnemonic, code, "The contact 79161234567", ",\"field\":\"contact\",\"value\":\"79161234567\""),
            code % 2 == 0 ? 200 : 400);

        var fault = (await Start(_uis.Client()).Should().ThrowAsync<UisApiException>()).Which;

        fault.Should().BeEquivalentTo(new { Failure = expected, Mnemonic = mnemonic, Code = code, Field = "contact", Method = "start.vnumber_call" });
        fault.Message.Should().NotContain("7916");
        fault.VendorMessage.Should().Be("The contact 79161234567");
        _uis.Requests.Should().ContainSingle("start.* goes out once");
    }

    [Fact]
    public void Table_EveryMnemonicOfTheTable_IsTested() =>
        UisErrors.Table.Keys.Should().BeSubsetOf(Mnemonics.Select(row => (string)row[0]));

    [Theory]
    [InlineData(500, UisFailure.Transient, UisFailure.Unknown)]
    [InlineData(503, UisFailure.Transient, UisFailure.Unknown)]
    [InlineData(401, UisFailure.Authentication, UisFailure.Authentication)]
    [InlineData(403, UisFailure.AccessDenied, UisFailure.AccessDenied)]
    [InlineData(404, UisFailure.Permanent, UisFailure.Permanent)]
    [InlineData(429, UisFailure.Limit, UisFailure.Limit)]
    [InlineData(200, UisFailure.Transient, UisFailure.Unknown)]
    public async Task Answer_NoJsonRpc_JudgedByStatus(int status, UisFailure reading, UisFailure starting)
    {
        _uis.Answer("start.vnumber_call", "<html>", status);
        _uis.Answer("get.account", "<html>", status);
        var client = _uis.Client();

        (await Start(client).Should().ThrowAsync<UisApiException>()).Which.Failure.Should().Be(starting);
        var read = () => client.Data.GetAccountAsync();
        (await read.Should().ThrowAsync<UisApiException>()).Which.Failure.Should().Be(reading);
    }

    [Fact(Timeout = 20_000)] // a wait that nobody ends is a failure, not a hang
    public async Task Get_TransientOnce_RepeatedAfterAPause()
    {
        var time = new ClockWithSignals();
        _uis.AnswerInTurn("get.account", UisServer.Fail("internal_error", -32603), UisServer.Ok("""[{"app_id":1}]"""));

        var account = _uis.Client(time).Data.GetAccountAsync();
        await time.WaitingAsync(TimeSpan.FromMilliseconds(500));
        time.Advance(TimeSpan.FromMilliseconds(500));

        (await account).AppId.Should().Be(1);
        _uis.Requests.Should().HaveCount(2);
    }

    [Fact(Timeout = 20_000)]
    public async Task Get_TransientTwice_Fails()
    {
        var time = new ClockWithSignals();
        _uis.Answer("list.calls", UisServer.Fail("internal_error", -32603));

        var calls = _uis.Client(time).Calls.ListCallsAsync();
        await time.WaitingAsync(TimeSpan.FromMilliseconds(500));
        time.Advance(TimeSpan.FromMilliseconds(500));

        var read = () => calls;
        (await read.Should().ThrowAsync<UisApiException>()).Which.Failure.Should().Be(UisFailure.Transient);
        _uis.Requests.Should().HaveCount(2);
    }

    [Fact(Timeout = 20_000)]
    public async Task Start_TimeOut_UnknownAndNotRepeated()
    {
        var time = new ClockWithSignals();
        using var handler = new Silence();
        using var http = new HttpClient(handler);
        using var client = Client(http, time);

        var start = Start(client)();
        await handler.Sent;
        time.Advance(TimeSpan.FromSeconds(10));

        var fault = (await FluentActions.Awaiting(() => start).Should().ThrowAsync<UisApiException>()).Which;
        fault.Failure.Should().Be(UisFailure.Unknown);
        fault.Mnemonic.Should().Be("timeout");
        handler.Count.Should().Be(1);
    }

    [Fact(Timeout = 20_000)]
    public async Task Start_CallerCancels_CancellationNotAFault()
    {
        using var handler = new Silence();
        using var http = new HttpClient(handler);
        using var client = Client(http, new ClockWithSignals());
        using var stop = new CancellationTokenSource();

        var read = client.Data.GetAccountAsync(cancellationToken: stop.Token);
        await handler.Sent;
        await stop.CancelAsync();

        await FluentActions.Awaiting(() => read).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, UisFailure.Transient)]
    [InlineData(HttpRequestError.NameResolutionError, UisFailure.Transient)]
    [InlineData(HttpRequestError.ResponseEnded, UisFailure.Unknown)]
    public async Task Start_ConnectionLost_UnknownOnlyIfItMayHaveArrived(HttpRequestError error, UisFailure expected)
    {
        using var handler = new Broken(error);
        using var http = new HttpClient(handler);
        using var client = Client(http, TimeProvider.System);

        (await Start(client).Should().ThrowAsync<UisApiException>()).Which.Failure.Should().Be(expected);
        handler.Count.Should().Be(1);
    }

    [Fact(Timeout = 20_000)]
    public async Task Log_SuccessAndFailure_NeitherKeyNorNumbers()
    {
        var log = new ListLogger();
        _uis.Answer("start.vnumber_call", UisServer.Fail("contact_in_blacklist", -32602, "The contact 79260000000", ",\"value\":\"79260000000\""));
        _uis.Answer("get.account", UisServer.Ok("""[{"app_id":1,"name":"Ромашка"}]"""));
        var client = _uis.Client(logger: log);

        await Start(client).Should().ThrowAsync<UisApiException>();
        await client.Data.GetAccountAsync();

        log.Lines.Should().HaveCount(2);
        log.Lines.Should().OnlyContain(line => line.Contains("msk") && !line.Contains(UisServer.Token) && !line.Contains("7926") && !line.Contains("Ромашка"));
        new UisCabinetOptions
        {
            Cabinet = "msk",
            CallApiUrl = new Uri("http://x"),
            DataApiUrl = new Uri("http://x"),
            AccessToken = UisServer.Token,
            Password = "pw",
        }.ToString().Should().Be("UisCabinetOptions { Cabinet = msk }");
    }

    internal static Func<Task> Start(IUisCabinetClient client) => () => client.Calls.StartVirtualNumberCallAsync(new StartVirtualNumberCall
    {
        FirstCall = UisFirstCall.Contact,
        VirtualPhoneNumber = "74993720692",
        Direction = "out",
        Contact = "79260000000",
    });

    private static UisCabinetClient Client(HttpClient http, TimeProvider time) => new(
        http,
        new UisCabinetOptions { Cabinet = "msk", CallApiUrl = new Uri("http://uis.test/v4.0"), DataApiUrl = new Uri("http://uis.test/v2.0"), AccessToken = "k" },
        time,
        new ListLogger());

    private sealed class Silence : HttpMessageHandler
    {
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Sent => _sent.Task;

        public int Count { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            _sent.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }

    private sealed class Broken(HttpRequestError error) : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            throw new HttpRequestException(error, "broken");
        }
    }

    private sealed class ListLogger : ILogger<UisCabinetClient>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
