using System.Net;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Accounts;

public sealed class SignInOnSqlite(AccountWorldOnSqlite shared) : SignInTests(shared), IClassFixture<AccountWorldOnSqlite>;

public sealed class SignInOnPostgres(AccountWorldOnPostgres shared) : SignInTests(shared), IClassFixture<AccountWorldOnPostgres>;

/// <summary>Who is let in by name and password, for how long, and where he is led. The same on both databases.</summary>
public abstract class SignInTests(AccountWorld shared)
{
    [SkippableFact]
    public async Task Administrator_OfTheSettings_SignsInAndSeesAll()
    {
        var world = await shared.WorldAsync();
        using var admin = await Person.AdministratorAsync(world);

        var me = (await admin.GetAsync("/api/v1/me")).Json;

        me["name"]!.GetValue<string>().Should().Be("admin");
        me["roles"]!.AsArray().Select(r => r!.GetValue<string>()).Should().Equal("administrator");
        me["cabinets"].Should().BeNull("all are seen");
        (await admin.GetAsync("/api/v1/calls")).Status.Should().Be(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [InlineData("admin", "wrong")]
    [InlineData("nobody", "admin-password")]
    [InlineData("Никто <b>", "пароль")]
    [InlineData("", "")]
    public async Task WrongNameOrPassword_IsRefusedWithTheFormAgain(string name, string password)
    {
        var world = await shared.WorldAsync();
        using var person = new Person(world);

        var answer = await person.SignInAsync(name, password);

        answer.Status.Should().Be(HttpStatusCode.Unauthorized);
        answer.Text.Should().Contain("role=\"alert\"").And.Contain("name=\"password\"");
        (await person.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task FormThatCannotBeRead_Is400()
    {
        var world = await shared.WorldAsync();
        using var person = new Person(world);

        (await person.SignInAsync("nobody\0", "\0")).Status.Should().Be(HttpStatusCode.BadRequest);
        (await world.Http.PostJsonAsync("/sign-in", "{}")).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [SkippableFact]
    public async Task FormWithoutItsToken_IsRefused_EvenWithTheRightPassword()
    {
        var world = await shared.WorldAsync();
        using var person = new Person(world);

        var answer = await person.SendAsync("/sign-in", new(StringComparer.Ordinal) { ["userName"] = "admin", ["password"] = "admin-password" });

        answer.Status.Should().Be(HttpStatusCode.Unauthorized);
        (await person.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [SkippableTheory]
    [InlineData("/r/abc", "/r/abc")]
    [InlineData("/console/calls?state=missed", "/console/calls?state=missed")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("", "/")]
    public async Task AfterTheSignIn_LeadsOnlyToTheHubsOwnPages(string returnUrl, string expected)
    {
        var world = await shared.WorldAsync();
        using var person = new Person(world);

        var answer = await person.SignInAsync("admin", "admin-password", returnUrl);

        answer.Status.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.Should().Be(expected);
    }

    [SkippableTheory]
    [InlineData("ru", "dark", "Войти")]
    [InlineData("en", "light", "Sign in")]
    public async Task Page_IsInTheLanguageAndThemeThatWereChosen(string language, string theme, string words)
    {
        var world = await shared.WorldAsync();
        using var person = new Person(world);
        person.Cookies.Add(world.Address, new Cookie("hub-language", language));
        person.Cookies.Add(world.Address, new Cookie("hub-theme", theme));

        var page = (await person.GetAsync("/sign-in")).Text;

        page.Should().Contain($"lang=\"{language}\"").And.Contain(words).And.NotContain("prefers-color-scheme");
        page.Contains("color-scheme: dark", StringComparison.Ordinal).Should().Be(theme == "dark");
    }

    [SkippableFact]
    public async Task Page_WhereNothingWasChosen_FollowsTheBrowser()
    {
        var world = await shared.WorldAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "Accept-Language", "ru-RU,ru;q=0.9,en;q=0.8" } } };

        var page = (await world.Http.AnswerAsync(request)).Text;

        page.Should().Contain("Войти").And.Contain("@media (prefers-color-scheme: dark)");
    }

    [SkippableTheory]
    [InlineData("/console/journal?q=1&cabinet=msk")]
    [InlineData("")]
    public async Task LanguageLink_LeadsBackToTheForm_WhichStillKnowsWhereToGo(string returnUrl)
    {
        var world = await shared.WorldAsync();
        using var person = new Person(world);
        var here = returnUrl.Length == 0 ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
        var link = $"/console/language/ru?returnUrl={Uri.EscapeDataString(here)}";
        (await person.GetAsync(here)).Text.Should().Contain($"href=\"{link}\"").And.Contain("Sign in");

        var back = await person.GetAsync(link);

        back.Status.Should().Be(HttpStatusCode.Redirect);
        back.Headers.Location!.OriginalString.Should().Be(here);
        (await person.GetAsync(here)).Text.Should().Contain("Войти").And.Contain($"name=\"returnUrl\" value=\"{WebUtility.HtmlEncode(returnUrl)}\"");
    }

    [SkippableTheory]
    [InlineData("/console/missed?state=all", "/console/missed?state=all")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/console\r\n", "/")]
    [InlineData("", "/")]
    public async Task LanguageLink_LeadsOnlyToTheHubsOwnPages(string returnUrl, string expected)
    {
        var world = await shared.WorldAsync();

        var answer = await world.Http.GetAnswerAsync($"/console/language/en?returnUrl={Uri.EscapeDataString(returnUrl)}");

        answer.Status.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.Should().Be(expected);
    }

    [SkippableFact]
    public async Task SessionCookie_IsKeptFromScriptsAndForeignPages()
    {
        var world = await shared.WorldAsync();
        using var person = new Person(world);

        var answer = await person.SignInAsync("admin", "admin-password");

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("telephonyhub=", StringComparison.Ordinal));
        cookie.Should().Contain("httponly").And.Contain("samesite=lax");
    }

    [SkippableFact]
    public async Task FiveWrongPasswords_LockOut_AlsoTheRightOne_UntilAnAdministratorUnlocks()
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("guessed");
        var user = await Person.CreateAsync(world, name, "auditor");
        using var person = new Person(world);
        for (var i = 0; i < 5; i++)
        {
            (await person.SignInAsync(name, "wrong")).Status.Should().Be(HttpStatusCode.Unauthorized);
        }

        var locked = await person.SignInAsync(name, Person.Password);
        var unlock = await world.Api.PostJsonAsync($"/api/v1/users/{user["id"]}/unlock", "{}");
        var open = await person.SignInAsync(name, Person.Password);

        locked.Status.Should().Be(HttpStatusCode.Unauthorized);
        locked.Text.Should().Contain("five minutes");
        unlock.Status.Should().Be(HttpStatusCode.OK);
        open.Status.Should().Be(HttpStatusCode.Redirect);
        var actions = (await world.GetAsync($"/api/v1/audit?who={name}"))["items"]!.AsArray().Select(a => a!["action"]!.GetValue<string>());
        actions.Should().Equal("sign-in", "sign-in.lockedOut", "sign-in.failed", "sign-in.failed", "sign-in.failed", "sign-in.failed");
    }

    [SkippableTheory]
    [InlineData("lock")]
    [InlineData("password")]
    [InlineData("delete")]
    public async Task Session_OfWhoIsLockedOrDeletedOrGetsAnotherPassword_Ends(string how)
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("leaves");
        var (person, user) = await Person.NewAsync(world, name, "auditor");
        using var _ = person;
        (await person.GetAsync("/api/v1/calls")).Status.Should().Be(HttpStatusCode.OK);

        if (how == "delete")
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/users/{user["id"]}") { Headers = { { "If-Match", "*" } } };
            (await world.Api.AnswerAsync(request)).Status.Should().Be(HttpStatusCode.NoContent);
        }
        else
        {
            (await world.Api.PostJsonAsync($"/api/v1/users/{user["id"]}/{how}", "{}")).Status.Should().Be(HttpStatusCode.OK);
        }

        (await person.GetAsync("/api/v1/calls")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await person.SignInAsync(name, Person.Password)).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task OwnPassword_IsChangedWithTheOldOne_AndOtherSessionsEnd()
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("careful");
        var (person, _) = await Person.NewAsync(world, name, "auditor");
        using var here = person;
        using var elsewhere = new Person(world);
        await elsewhere.SignInAsync(name, Person.Password);

        var wrong = await here.Browser.PostJsonAsync("/api/v1/me/password", """{"current":"wrong","next":"another password of his"}""");
        var done = await here.Browser.PostJsonAsync("/api/v1/me/password", $$"""{"current":"{{Person.Password}}","next":"another password of his"}""");

        wrong.Status.Should().Be(HttpStatusCode.BadRequest);
        wrong.Json["errors"]!["current"].Should().NotBeNull();
        done.Status.Should().Be(HttpStatusCode.NoContent);
        (await here.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.OK, "this one goes on");
        (await elsewhere.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await elsewhere.SignInAsync(name, "another password of his")).Status.Should().Be(HttpStatusCode.Redirect);
    }

    [SkippableFact]
    public async Task PagesOfOtherSites_CannotActWithASession()
    {
        var world = await shared.WorldAsync();
        using var admin = await Person.AdministratorAsync(world);
        async Task<Answer> FromAsync(string site)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sync/replay") { Headers = { { "Sec-Fetch-Site", site } }, Content = new StringContent("""{"dryRun":true}""", System.Text.Encoding.UTF8, "application/json") };
            return await admin.Browser.AnswerAsync(request);
        }

        (await FromAsync("cross-site")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await FromAsync("same-site")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await FromAsync("same-origin")).Status.Should().Be(HttpStatusCode.OK);
    }

    [SkippableTheory]
    [InlineData("/sign-in")]
    [InlineData("/swagger/index.html")]
    [InlineData("/api/v1/me")]
    public async Task EveryAnswer_TellsBrowsersWhatToRefuse(string path)
    {
        var world = await shared.WorldAsync();

        var headers = (await world.Http.GetAnswerAsync(path)).Headers;

        headers.GetValues("Content-Security-Policy").Single().Should().Contain("script-src 'self'").And.Contain("frame-ancestors 'none'").And.Contain("object-src 'none'");
        headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        headers.GetValues("X-Frame-Options").Should().Equal("DENY");
        headers.Contains("Server").Should().BeFalse();
    }

    [SkippableFact]
    public async Task SwaggerPage_HasNoScriptThatThePolicyWouldRefuse()
    {
        var world = await shared.WorldAsync();

        var page = (await world.Http.GetAnswerAsync("/swagger/index.html")).Text;

        page.Should().Contain("<script src=").And.NotMatchRegex("<script(?![^>]*src=)[^>]*>[^<]").And.NotContain(" onload=");
    }
}
