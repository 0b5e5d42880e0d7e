using System.Net;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class SignInTests
{
    [Theory]
    [InlineData(CrmFlavor.Framework)]
    [InlineData(CrmFlavor.Core)]
    public async Task Login_AtSiteRoot_GivesCookiesThatOpenOData(CrmFlavor flavor)
    {
        await using var site = await CrmSite.SignedInAsync(options => options.Flavor = flavor);

        site.Cookies.Keys.Should().BeEquivalentTo("BPMLOADER", ".ASPXAUTH", "BPMCSRF", "UserName");
        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.OK);
        site.Simulator.Requests.Select(request => request.Kind).Should().Equal(CrmRequestKind.Login, CrmRequestKind.ODataRead);
    }

    [Fact]
    public async Task Login_BelowApplicationOfFramework_Is401()
    {
        await using var site = await CrmSite.StartedAsync();

        using var response = await site.SendAsync(HttpMethod.Post, "/ServiceModel/AuthService.svc/Login", "{}");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Login_MisspelledMethod_Is403()
    {
        await using var site = await CrmSite.StartedAsync();

        using var response = await site.SendAsync(HttpMethod.Post, site.Simulator.BaseUrl + "ServiceModel/AuthService.svc/Logn", "{}");

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Login_WrongPassword_Is200WithCode1AndCounts()
    {
        await using var site = await CrmSite.StartedAsync();

        using var answer = await site.LoginAsync("wrong");

        answer.RootElement.GetProperty("Code").GetInt32().Should().Be(1);
        answer.RootElement.GetProperty("Message").GetString().Should().NotBeEmpty();
        site.Cookies.Should().BeEmpty();
        site.Store.Get("SysAdminUnit", site.Store.ApiUser.UserId).Int("LoginAttemptCount").Should().Be(1);
    }

    [Fact]
    public async Task Login_UnknownUser_IsCode1()
    {
        await using var site = await CrmSite.StartedAsync();

        using var answer = await site.LoginAsync(user: "nobody");

        answer.RootElement.GetProperty("Code").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Login_TooManyAttempts_LocksUntilTheLockRunsOut()
    {
        await using var site = await CrmSite.StartedAsync(options => options.LockAfterAttempts = 2);
        await site.LoginAsync("wrong");
        await site.LoginAsync("wrong");

        using var locked = await site.LoginAsync();
        site.Clock.Advance(site.Simulator.Options.LockDuration);
        using var free = await site.LoginAsync();

        locked.RootElement.GetProperty("Code").GetInt32().Should().Be(1);
        free.RootElement.GetProperty("Code").GetInt32().Should().Be(0);
    }

    [Theory]
    [InlineData("/odata/Contact")]
    [InlineData("/rest/FileService/Download/CallFile/0c000000-0000-4000-8000-000000000001")]
    public async Task Framework_WithoutSession_RedirectsToLoginPage(string path)
    {
        await using var site = await CrmSite.StartedAsync();

        using var response = await site.SendAsync(HttpMethod.Get, path);
        using var page = await site.SendAsync(HttpMethod.Get, new Uri(site.Simulator.BaseUrl, response.Headers.Location!).ToString());

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().Should().StartWith("/Login/NuiLogin.aspx?ReturnUrl=");
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).Should().Contain("\"bootstrap.login\"");
    }

    [Fact]
    public async Task SvcEndpoint_WithoutSession_Is401Json()
    {
        await using var site = await CrmSite.StartedAsync();

        using var response = await site.SendAsync(HttpMethod.Post, "/ServiceModel/ProcessEngineService.svc/RunProcess", "{}");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await response.JsonAsync()).RootElement.GetProperty("ExceptionType").GetString()
            .Should().Be("System.Security.Authentication.AuthenticationException");
    }

    [Theory]
    [InlineData(ExpiredSessionAnswer.Redirect, 302)]
    [InlineData(ExpiredSessionAnswer.LoginPage, 200)]
    [InlineData(ExpiredSessionAnswer.Unauthorized, 401)]
    public async Task ExpiredSession_AnswersAsSwitched(ExpiredSessionAnswer answer, int status)
    {
        await using var site = await CrmSite.SignedInAsync(options => options.ExpiredSession = answer);

        site.Simulator.Faults.ExpireSessions();
        using var response = await site.GetAsync("Contact?$top=1");

        ((int)response.StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task DefaultHttpClient_KeepsTheCookies_AndSeesHtmlWhenTheSessionIsGone()
    {
        await using var site = await CrmSite.StartedAsync();
        using var http = new HttpClient { BaseAddress = site.Simulator.BaseUrl };
        using var login = await http.PostAsync(
            "ServiceModel/AuthService.svc/Login",
            new StringContent($$"""{"UserName":"{{site.Simulator.Options.UserName}}","UserPassword":"{{site.Simulator.Options.Password}}"}"""));

        var before = await http.GetStringAsync("0/odata/Contact/$count");
        site.Simulator.Faults.ExpireSessions();
        var after = await http.GetStringAsync("0/odata/Contact/$count");

        before.Should().Be("1");
        after.Should().Contain("bootstrap.login");
    }

    [Fact]
    public async Task Core_ExpiredSession_Is401()
    {
        await using var site = await CrmSite.SignedInAsync(options => options.Flavor = CrmFlavor.Core);

        site.Simulator.Faults.ExpireSessions();

        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_IdleTimeSlides_AndEnds()
    {
        await using var site = await CrmSite.SignedInAsync(options => options.SessionTimeout = TimeSpan.FromMinutes(10));

        site.Clock.Advance(TimeSpan.FromMinutes(8));
        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.OK);
        site.Clock.Advance(TimeSpan.FromMinutes(8));
        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.OK);
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("BPMCSRF")]
    [InlineData("CRT_CSRF")]
    public async Task Csrf_WithHeader_WritesPass(string name)
    {
        await using var site = await CrmSite.SignedInAsync(options => options.CsrfName = name);

        using var response = await site.PostAsync("Contact", new { Name = "John Best" });

        response.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("POST", "Contact")]
    [InlineData("PATCH", "Contact(0c000000-0000-4000-8000-0000000000a1)")]
    [InlineData("DELETE", "Contact(0c000000-0000-4000-8000-0000000000a1)")]
    [InlineData("POST", "$batch")]
    public async Task Csrf_MissingOrWrong_Is403(string method, string path)
    {
        await using var site = await CrmSite.SignedInAsync();
        site.SendCsrf = false;

        using var missing = await site.SendAsync(new HttpMethod(method), "/odata/" + path, "{}");
        using var wrong = await site.SendAsync(new HttpMethod(method), "/odata/" + path, "{}", request => request.Headers.Add("BPMCSRF", "other"));

        missing.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        wrong.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Csrf_ReadsNeedNone()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.SendCsrf = false;

        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Token_RightSecret_OpensODataWithoutCookiesAndCsrf()
    {
        await using var site = await CrmSite.StartedAsync(options => options.TokenLifetime = TimeSpan.FromMinutes(5));

        using var answer = await site.RequestTokenAsync();

        var json = (await answer.JsonAsync()).RootElement;
        json.GetProperty("expires_in").GetInt32().Should().Be(300);
        json.GetProperty("token_type").GetString().Should().Be("Bearer");
        (await site.PostAsync("Contact", new { Name = "John Best" })).StatusCode.Should().Be(HttpStatusCode.Created);
        site.Simulator.Requests[^1].Bearer.Should().BeTrue();
        site.Simulator.TokenUrl.Port.Should().NotBe(site.Simulator.BaseUrl.Port);
    }

    [Fact]
    public async Task Token_WrongSecret_Is400InvalidClient()
    {
        await using var site = await CrmSite.StartedAsync();

        using var answer = await site.RequestTokenAsync("wrong");

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.JsonAsync()).RootElement.GetProperty("error").GetString().Should().Be("invalid_client");
    }

    [Fact]
    public async Task Token_AfterItsLifetime_Is401()
    {
        await using var site = await CrmSite.StartedAsync();
        await site.RequestTokenAsync();

        site.Clock.Advance(TimeSpan.FromHours(1));

        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ExpireTokens_Issued_Is401()
    {
        await using var site = await CrmSite.StartedAsync();
        await site.RequestTokenAsync();

        site.Simulator.Faults.ExpireTokens();

        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/odata/Contact")]
    [InlineData("/DataService/json/SyncReply/SelectQuery")]
    [InlineData("/rest/UsrTelephonyHubService/Notify")]
    [InlineData("/ServiceModel/UserInfoService.svc/GetCurrentUserInfo")]
    public async Task ProtectedPath_WrongToken_Is401(string path)
    {
        await using var site = await CrmSite.StartedAsync();
        site.Token = "wrong";

        using var response = await site.SendAsync(HttpMethod.Post, path, "{}");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(CrmFlavor.Framework, "odata/Contact")]
    [InlineData(CrmFlavor.Core, "0/odata/Contact")]
    public async Task WrongPrefixForTheHosting_Is404Html(CrmFlavor flavor, string path)
    {
        await using var site = await CrmSite.SignedInAsync(options => options.Flavor = flavor);

        using var response = await site.SendAsync(HttpMethod.Get, site.Simulator.BaseUrl + path);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
    }

    [Fact]
    public async Task HealthCheck_Anonymous_Is200()
    {
        await using var site = await CrmSite.StartedAsync();

        (await site.SendAsync(HttpMethod.Get, "/api/HealthCheck/Ping")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await site.SendAsync(HttpMethod.Get, "/ping")).StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
