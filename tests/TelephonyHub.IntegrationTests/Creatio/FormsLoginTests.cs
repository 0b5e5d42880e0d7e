using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.IntegrationTests.Creatio;

public sealed class FormsLoginTests
{
    private static readonly Guid Id = new("5d2a6a6e-1111-4222-8333-444455556666");
    private static readonly JsonObject Values = new() { ["Id"] = Id.ToString(), ["Name"] = "John Best" };

    [Theory]
    [InlineData(CreatioFlavor.Framework, "/0/odata/Contact")]
    [InlineData(CreatioFlavor.Core, "/odata/Contact")]
    public async Task FirstRequest_EitherFlavour_LogsInAtTheSiteRootAndEchoesTheCookies(CreatioFlavor flavor, string path)
    {
        using var crm = new CreatioStub(flavor);
        crm.AcceptsLogin();
        crm.On("POST", path, _ => CreatioStub.Reply(201, "{}"));

        await crm.Client.CreateAsync("Contact", Values, CancellationToken.None);

        var login = crm.Requests[0];
        login.Path.Should().Be("/ServiceModel/AuthService.svc/Login");
        CreatioStub.Header(login, "ForceUseSession").Should().Be("true");
        JsonNode.Parse(login.Body!)!["UserPassword"]!.GetValue<string>().Should().Be("se\"cr\\et");
        var write = crm.Requests[1];
        write.Path.Should().Be(path);
        CreatioStub.Header(write, "Cookie").Should().Be("BPMLOADER=loader; .ASPXAUTH=session-1; UserName=72%7C117; BPMCSRF=csrf-1");
        CreatioStub.Header(write, "ForceUseSession").Should().Be("true");
        CreatioStub.Header(write, "Content-Type").Should().Be("application/json; charset=utf-8; IEEE754Compatible=true");
        crm.Client.AuthState.Status.Should().Be(CreatioAuthStatus.Ok);
    }

    [Theory]
    [InlineData("BPMCSRF")]
    [InlineData("CRT_CSRF")]
    public async Task Request_CsrfCookieOfEitherName_IsEchoedAsHeaderOnReadsAndWrites(string name)
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin(name);
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, """{"value":[]}"""));
        crm.On("POST", "/0/odata/Contact", _ => CreatioStub.Reply(201, "{}"));

        await crm.Client.QueryAsync(new ODataQuery("Contact"), CancellationToken.None);
        await crm.Client.CreateAsync("Contact", Values, CancellationToken.None);

        crm.Requests.Skip(1).Select(request => CreatioStub.Header(request, name)).Should().Equal("csrf-1", "csrf-1");
        crm.Requests.Skip(1).Should().OnlyContain(request => CreatioStub.Header(request, name == "BPMCSRF" ? "CRT_CSRF" : "BPMCSRF") == null);
    }

    [Fact]
    public async Task Login_BothCsrfCookies_PrefersTheNewerName()
    {
        using var crm = new CreatioStub();
        crm.On("POST", "/ServiceModel/AuthService.svc/Login", _ => CreatioStub.Reply(200, """{"Code":0}""", cookies: ["BPMCSRF=old", "CRT_CSRF=new", "BPMSESSIONID=bpm"]));
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, """{"value":[]}"""));

        await crm.Client.QueryAsync(new ODataQuery("Contact"), CancellationToken.None);

        var read = crm.Requests[^1];
        CreatioStub.Header(read, "CRT_CSRF").Should().Be("new");
        CreatioStub.Header(read, "BPMCSRF").Should().BeNull();
        CreatioStub.Header(read, "Cookie").Should().Contain("BPMSESSIONID=bpm");
    }

    [Fact]
    public async Task Login_CsrfOnlyOnTheNextGetOfTheRoot_IsFetchedThere()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin(csrf: null);
        crm.On("GET", "/", _ => CreatioStub.Reply(302, cookies: ["BPMCSRF=late; path=/"], headers: ("Location", "/0/Shell")));
        crm.On("POST", "/0/odata/Contact", _ => CreatioStub.Reply(201, "{}"));

        await crm.Client.CreateAsync("Contact", Values, CancellationToken.None);

        CreatioStub.Header(crm.Requests[1], "Cookie").Should().Contain(".ASPXAUTH=session-1");
        CreatioStub.Header(crm.Requests[^1], "BPMCSRF").Should().Be("late");
    }

    [Fact]
    public async Task Login_SiteWithoutCsrfCheck_IsAcceptedWithoutTheHeader()
    {
        using var crm = new CreatioStub();
        crm.AcceptsLogin(csrf: null);
        crm.On("POST", "/0/odata/Contact", _ => CreatioStub.Reply(201, "{}"));

        await crm.Client.CreateAsync("Contact", Values, CancellationToken.None);

        CreatioStub.Header(crm.Requests[^1], "BPMCSRF").Should().BeNull();
    }

    [Fact]
    public async Task Login_CodeIsNotZero_IsAuthenticationAndTellsTheReason()
    {
        using var crm = new CreatioStub();
        crm.RefusesLogin();

        var failure = await Failure(crm);

        failure.Failure.Should().Be(CreatioFailure.Authentication);
        failure.Message.Should().Contain("incorrect user name or password");
        crm.Client.AuthState.Should().Match<CreatioAuthState>(state => state.Status == CreatioAuthStatus.Refused && state.Reason.Contains("incorrect user name or password"));
        crm.Logins.Should().Be(1, "one question is one login");
    }

    [Fact]
    public async Task Login_PasswordExpired_IsSaid()
    {
        using var crm = new CreatioStub();
        crm.On("POST", "/ServiceModel/AuthService.svc/Login", _ => CreatioStub.Reply(200, """{"Code":1,"Message":"Expired","PasswordChangeUrl":"/0/change"}"""));

        (await Failure(crm)).Message.Should().Contain("password has expired");
    }

    [Theory]
    [InlineData(503, "<html></html>", "text/html", CreatioFailure.Transient)]
    [InlineData(200, "<html>maintenance</html>", "text/html", CreatioFailure.Transient)]
    [InlineData(404, "<html></html>", "text/html", CreatioFailure.Permanent)]
    public async Task Login_ServerDoesNotAnswerTheQuestion_IsNoRefusal(int status, string body, string type, CreatioFailure expected)
    {
        using var crm = new CreatioStub();
        crm.On("POST", "/ServiceModel/AuthService.svc/Login", _ => CreatioStub.Reply(status, body, type));

        (await Failure(crm)).Failure.Should().Be(expected);
        crm.Client.AuthState.Status.Should().Be(CreatioAuthStatus.Unknown);
    }

    [Fact]
    public async Task LockGuard_TwoRefusals_StopsForHoursAndSaysWhatToDo()
    {
        using var crm = new CreatioStub();
        crm.RefusesLogin();
        await Failure(crm);
        await Failure(crm);

        crm.Time.Advance(TimeSpan.FromHours(6) - TimeSpan.FromMinutes(1));
        var held = await Failure(crm);

        crm.Logins.Should().Be(2, "Creatio locks a user after a few more");
        held.Should().Match<CreatioException>(failure => failure.Failure == CreatioFailure.Authentication && failure.RetryAfter == null);
        crm.Client.AuthState.NoLoginBefore.Should().Be(new DateTimeOffset(2026, 1, 10, 15, 0, 0, TimeSpan.Zero));
        crm.Client.AuthState.Reason.Should().Contain("2026-01-10 15:00 UTC").And.Contain("ask for a login");
    }

    [Fact]
    public async Task LockGuard_AfterSixHours_TriesOnceAndStopsAgain()
    {
        using var crm = new CreatioStub();
        crm.RefusesLogin();
        await Failure(crm);
        await Failure(crm);

        crm.Time.Advance(TimeSpan.FromHours(6));
        await Failure(crm);
        await Failure(crm);

        crm.Logins.Should().Be(3);
    }

    [Fact]
    public async Task LoginAgain_PasswordMendedInCreatio_IsInAtOnce()
    {
        using var crm = new CreatioStub();
        crm.RefusesLogin();
        await Failure(crm);
        await Failure(crm);
        crm.AcceptsLogin();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, """{"value":[]}"""));

        (await crm.Client.LoginAgainAsync(CancellationToken.None)).Should().Be(new CreatioAuthState(CreatioAuthStatus.Ok, string.Empty));

        await crm.Client.QueryAsync(new ODataQuery("Contact"), CancellationToken.None);
        crm.Logins.Should().Be(3);
    }

    [Fact]
    public async Task LoginAgain_StillRefused_OneLoginAndItStopsAgain()
    {
        using var crm = new CreatioStub();
        crm.RefusesLogin();
        await Failure(crm);
        await Failure(crm);

        (await crm.Client.LoginAgainAsync(CancellationToken.None)).Should().Match<CreatioAuthState>(s => s.Status == CreatioAuthStatus.Refused && s.NoLoginBefore != null);
        await Failure(crm);

        crm.Logins.Should().Be(3);
    }

    [Fact]
    public async Task LoginAgain_NothingIsHeldBack_AsksNobody()
    {
        using var crm = new CreatioStub();
        crm.RefusesLogin();
        await Failure(crm);

        await crm.Client.LoginAgainAsync(CancellationToken.None);

        crm.Logins.Should().Be(1);
    }

    [Fact]
    public async Task LockGuard_LoginAcceptedBetweenTwoRefusals_CountsAnew()
    {
        using var crm = new CreatioStub();
        crm.RefusesLogin();
        await Failure(crm);
        crm.AcceptsLogin();
        crm.OnSession("GET", "/0/odata/Contact", CreatioStub.Refused401, _ => CreatioStub.Reply(200, """{"value":[]}"""));
        await crm.Client.QueryAsync(new ODataQuery("Contact"), CancellationToken.None);
        crm.EndedUpTo = int.MaxValue;
        crm.RefusesLogin();

        await Failure(crm);

        crm.Client.AuthState.NoLoginBefore.Should().BeNull("it is the first refusal in a row");
    }

    [Fact]
    public async Task LockGuard_ManyAtOnceWithAWrongPassword_MakesAtMostTwoLogins()
    {
        using var crm = new CreatioStub();
        crm.RefusesLogin();

        var failures = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Failure(crm)));

        failures.Should().OnlyContain(failure => failure.Failure == CreatioFailure.Authentication);
        crm.Logins.Should().BeInRange(1, 2);
    }

    [Fact]
    public async Task Log_AllThatWentWrong_HoldsNeitherCredentialsNorNumbersNorBodies()
    {
        using var crm = new CreatioStub();
        crm.RefusesLogin();
        await Failure(crm);
        crm.AcceptsLogin();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(400, """{"error":{"code":"","message":"bad filter startswith(SearchNumber,'7654321999')"}}"""));

        var act = () => crm.Client.QueryAsync(new ODataQuery("Contact").Where(ODataFilter.StartsWith("SearchNumber", "7654321999")), CancellationToken.None);

        var failure = (await act.Should().ThrowAsync<CreatioException>()).Which;
        failure.ToString().Should().NotContain("7654321999");
        crm.Log.Lines.Should().Contain(line => line.Contains("GET Contact failed: status 400, category Permanent"));
        string.Join('\n', crm.Log.Lines).Should().NotContain("7654321999").And.NotContain("se\"cr").And.NotContain("bad filter").And.NotContain("TelephonyHub\"");
    }

    private static async Task<CreatioException> Failure(CreatioStub crm)
    {
        var act = () => crm.Client.QueryAsync(new ODataQuery("Contact"), CancellationToken.None);
        return (await act.Should().ThrowAsync<CreatioException>()).Which;
    }
}
