using System.Net;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Accounts;

public sealed class OwnPasswordOnSqlite(AccountWorldOnSqlite shared) : OwnPasswordTests(shared), IClassFixture<AccountWorldOnSqlite>;

public sealed class OwnPasswordOnPostgres(AccountWorldOnPostgres shared) : OwnPasswordTests(shared), IClassFixture<AccountWorldOnPostgres>
{
    private readonly AccountWorld _shared = shared;

    /// <summary>Another replica remembers for ten seconds who he was: its memory is older than his new session.</summary>
    [SkippableFact]
    public async Task SessionThatGoesOn_GoesOnAtAnotherReplica_AtOnce()
    {
        var world = await _shared.WorldAsync();
        await using var second = await world.StartReplicaAsync();
        var (person, _) = await Person.NewAsync(world, AccountWorld.NewName("wanders"), "auditor");
        using var _1 = person;
        var elsewhere = new Uri(second.Http.BaseAddress!, "/api/v1/me").ToString();
        (await person.GetAsync(elsewhere)).Status.Should().Be(HttpStatusCode.OK);

        var changed = await person.Browser.PostJsonAsync("/api/v1/me/password", $$"""{"current":"{{Person.Password}}","next":"another password of his"}""");

        changed.Status.Should().Be(HttpStatusCode.NoContent, changed.Text);
        (await person.GetAsync(elsewhere)).Status.Should().Be(HttpStatusCode.OK);
    }
}

/// <summary>A person changes his own password on the page of the console, with the rules and the audit of the API. The same on both databases.</summary>
public abstract class OwnPasswordTests(AccountWorld shared)
{
    private const string Page = "/console/password";
    private const string Api = "/api/v1/me/password";
    private const string Next = "another password of his";

    [SkippableFact]
    public async Task Password_ChangedOnThePage_IsTheOneThatCounts_AndOtherSessionsEnd()
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("renews");
        var (person, _) = await Person.NewAsync(world, name, "auditor");
        using var here = person;
        using var elsewhere = new Person(world);
        await elsewhere.SignInAsync(name, Person.Password);

        var done = await here.FillInAsync(Page, FormOf(Person.Password, Next));

        done.Status.Should().Be(HttpStatusCode.Redirect, done.Text);
        (await here.GetAsync(done.Headers.Location!.OriginalString)).Text.Should().Contain("The password is changed").And.Contain("href=\"/console\"");
        (await here.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.OK, "this one goes on");
        (await elsewhere.GetAsync("/api/v1/me")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await ActionsAsync(world, name)).Should().Equal("user.password", "sign-in", "sign-in", "sign-in");
        (await elsewhere.SignInAsync(name, Person.Password)).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await elsewhere.SignInAsync(name, Next)).Status.Should().Be(HttpStatusCode.Redirect);
    }

    [SkippableTheory]
    [InlineData("en", "is wrong.")]
    [InlineData("ru", "указан неверно.")]
    public async Task WrongCurrentPassword_IsSaidOnTheForm_AndAuditedAsByTheApi(string language, string words)
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("forgets");
        var (person, _) = await Person.NewAsync(world, name, "auditor");
        using var _1 = person;
        person.Cookies.Add(world.Address, new Cookie("hub-language", language));

        var onThePage = await person.FillInAsync(Page, FormOf("wrong", Next));
        var byTheApi = await person.Browser.PostJsonAsync(Api, $$"""{"current":"wrong","next":"{{Next}}"}""");

        onThePage.Status.Should().Be(HttpStatusCode.BadRequest);
        onThePage.Text.Should().Contain(words).And.Contain("name=\"current\"");
        byTheApi.Json["errors"]!["current"]![0]!.GetValue<string>().Should().Be("is wrong.");
        (await ActionsAsync(world, name)).Should().Equal("sign-in.failed", "sign-in.failed", "sign-in");
        (await person.SignInAsync(name, Person.Password)).Status.Should().Be(HttpStatusCode.Redirect, "it is still his");
    }

    [SkippableFact]
    public async Task TooManyWrongPasswords_AreSaid_AlsoToWhoKnowsTheRightOne()
    {
        var world = await shared.WorldAsync();
        var (person, _) = await Person.NewAsync(world, AccountWorld.NewName("guesses"), "auditor");
        using var _1 = person;
        for (var i = 0; i < 5; i++)
        {
            (await person.FillInAsync(Page, FormOf("wrong", Next))).Status.Should().Be(HttpStatusCode.BadRequest);
        }

        var onThePage = await person.FillInAsync(Page, FormOf(Person.Password, Next));
        var byTheApi = await person.Browser.PostJsonAsync(Api, $$"""{"current":"{{Person.Password}}","next":"{{Next}}"}""");

        onThePage.Status.Should().Be(HttpStatusCode.BadRequest);
        onThePage.Text.Should().Contain("too many wrong passwords");
        byTheApi.Json["errors"]!["current"]![0]!.GetValue<string>().Should().Contain("too many wrong passwords");
    }

    [SkippableTheory]
    [InlineData("en", "short", "short", "must have 12 to 200 characters.")]
    [InlineData("ru", "short", "short", "должно быть от 12 до 200 знаков.")]
    [InlineData("en", Next, "another password", "does not match the new password.")]
    [InlineData("ru", Next, "", "не совпадает с новым паролем.")]
    public async Task NewPassword_ThatWillNotDo_IsSaidOnTheForm_AndTheOldOneIsNotTried(string language, string next, string again, string words)
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("hurries");
        var (person, _) = await Person.NewAsync(world, name, "auditor");
        using var _1 = person;
        person.Cookies.Add(world.Address, new Cookie("hub-language", language));

        var answer = await person.FillInAsync(Page, FormOf(Person.Password, next, again));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Text.Should().Contain(words).And.Contain("role=\"alert\"");
        (await ActionsAsync(world, name)).Should().Equal("sign-in");
    }

    [SkippableFact]
    public async Task FormWithoutItsToken_ChangesNothing()
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("lured");
        var (person, _) = await Person.NewAsync(world, name, "auditor");
        using var _1 = person;

        var answer = await person.SendAsync(Page, FormOf(Person.Password, Next));
        var noForm = await person.Browser.PostJsonAsync(Page, "{}");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Text.Should().Contain("open too long");
        noForm.Status.Should().Be(HttpStatusCode.BadRequest);
        (await ActionsAsync(world, name)).Should().Equal("sign-in");
    }

    [SkippableFact]
    public async Task AdministratorOfTheSettings_IsToldWhereHisPasswordIs()
    {
        var world = await shared.WorldAsync();
        using var admin = await Person.AdministratorAsync(world);

        var page = await admin.GetAsync(Page);
        var byTheApi = await admin.Browser.PostJsonAsync(Api, $$"""{"current":"admin-password","next":"{{Next}}"}""");

        page.Status.Should().Be(HttpStatusCode.OK);
        page.Text.Should().Contain("Auth:Admin").And.NotContain("name=\"current\"");
        byTheApi.Status.Should().Be(HttpStatusCode.Conflict);
    }

    [SkippableTheory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task WhoIsNotSignedInAnyMore_IsLedThroughTheSignInBackToThePage(string method)
    {
        var world = await shared.WorldAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), Page) { Headers = { { "Accept", "text/html" } } };
        request.Content = method == "POST" ? new FormUrlEncodedContent(FormOf(Person.Password, Next)) : null;

        var answer = await world.Http.AnswerAsync(request);

        answer.Status.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.Should().Be("/sign-in?returnUrl=%2Fconsole%2Fpassword");
    }

    private static Dictionary<string, string> FormOf(string current, string next, string? again = null) =>
        new(StringComparer.Ordinal) { ["current"] = current, ["next"] = next, ["again"] = again ?? next };

    /// <summary>Newest first.</summary>
    private static async Task<IEnumerable<string>> ActionsAsync(HubWorld world, string who) =>
        (await world.GetAsync($"/api/v1/audit?who={who}"))["items"]!.AsArray().Select(a => a!["action"]!.GetValue<string>());
}
