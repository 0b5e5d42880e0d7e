using TelephonyHub.Uis;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>Login and renewal (reference 1.2).</summary>
public sealed class UisTokenTests : IDisposable
{
    private readonly UisServer _uis = new();
    private readonly ClockWithSignals _time = new();

    public void Dispose() => _uis.Dispose();

    [Theory]
    [InlineData("expire_at")]
    [InlineData("expire")]
    public async Task Login_BothSpellingsOfExpiry_RenewedAMinuteEarly(string expiry)
    {
        var end = _time.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        _uis.AnswerInTurn(
            "login.user",
            UisServer.Ok($$"""{"access_token":"first","{{expiry}}":{{end}},"app_id":5}"""),
            UisServer.Ok($$"""{"access_token":"second","{{expiry}}":"{{end + 3600}}"}"""));
        _uis.Answer("get.account", UisServer.Ok("""[{"app_id":1}]"""));
        var client = Client();

        await client.Data.GetAccountAsync();
        _time.Advance(TimeSpan.FromMinutes(58));
        await client.Data.GetAccountAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await client.Data.GetAccountAsync();

        _uis.Requests.Select(request => ((string)request["method"]!, (string?)request["params"]!["access_token"])).Should().Equal(
            ("login.user", null), ("get.account", "first"), ("get.account", "first"), ("login.user", null), ("get.account", "second"));
        CallApiContractTests.Same(_uis.Requests[0]["params"], """{"login":"hub","password":"pw"}""");
    }

    [Fact]
    public async Task Login_DocumentedSample_TokenIsUsed()
    {
        _uis.Answer("login.user", """{"jsonrpc":"2.0","id":"req1","result":{"data":{"access_token":"2fRN4g…","expire_at":1475853742}}}""");
        _uis.Answer("list.calls", UisServer.Ok("[]"));

        await Client().Calls.ListCallsAsync();

        ((string?)_uis.Requests[1]["params"]!["access_token"]).Should().Be("2fRN4g…");
    }

    [Fact(Timeout = 20_000)] // a wait that nobody ends is a failure, not a hang
    public async Task Login_ManyRequestsAtOnce_OneLogin()
    {
        _uis.Answer("login.user", UisServer.Ok($$"""{"access_token":"t","expire_at":{{_time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}}}"""));
        _uis.Answer("get.account", UisServer.Ok("""[{"app_id":1}]"""));
        var client = Client();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.Data.GetAccountAsync()));

        _uis.Requests.Count(request => (string)request["method"]! == "login.user").Should().Be(1);
    }

    [Fact(Timeout = 20_000)]
    public async Task Request_TokenInvalidInLoginMode_LoginAndOnceMoreEvenForStart()
    {
        _uis.Answer("login.user", UisServer.Ok($$"""{"access_token":"t","expire_at":{{_time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}}}"""));
        _uis.AnswerInTurn(
            "start.vnumber_call", UisServer.Fail("access_token_invalid", -32001), UisServer.Ok("""{"call_session_id":5}"""));

        await UisErrorTests.Start(Client())();

        _uis.Requests.Select(request => (string)request["method"]!).Should().Equal(
            "login.user", "start.vnumber_call", "login.user", "start.vnumber_call");
    }

    [Fact(Timeout = 20_000)]
    public async Task Request_TokenInvalidTwice_Authentication()
    {
        _uis.Answer("login.user", UisServer.Ok($$"""{"access_token":"t","expire_at":{{_time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}}}"""));
        _uis.Answer("get.account", UisServer.Fail("access_token_invalid", -32001));

        var read = () => Client().Data.GetAccountAsync();

        (await read.Should().ThrowAsync<UisApiException>()).Which.Failure.Should().Be(UisFailure.Authentication);
        _uis.Requests.Count(request => (string)request["method"]! == "get.account").Should().Be(2);
    }

    [Fact(Timeout = 20_000)]
    public async Task Request_PermanentKeyInvalid_NoLogin()
    {
        _uis.Answer("get.account", UisServer.Fail("access_token_invalid", -32001));

        var read = () => _uis.Client(_time).Data.GetAccountAsync();

        await read.Should().ThrowAsync<UisApiException>();
        _uis.Requests.Should().ContainSingle();
    }

    [Fact]
    public void Client_WithoutCredentials_Refused()
    {
        var create = () => _uis.Client(change: options => options with { AccessToken = "", Login = "x" });

        create.Should().Throw<ArgumentException>().WithMessage("*msk*");
    }

    private UisCabinetClient Client() => _uis.Client(_time, change: options => options with { AccessToken = null, Login = "hub", Password = "pw" });
}
