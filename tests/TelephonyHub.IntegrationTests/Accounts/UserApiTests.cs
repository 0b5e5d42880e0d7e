using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Accounts;

public sealed class UserApiOnSqlite(AccountWorldOnSqlite shared) : UserApiTests(shared), IClassFixture<AccountWorldOnSqlite>;

public sealed class UserApiOnPostgres(AccountWorldOnPostgres shared) : UserApiTests(shared), IClassFixture<AccountWorldOnPostgres>;

/// <summary>Users by the API: edits go with an ETag, everything is audited with before and after. The same on both databases.</summary>
public abstract class UserApiTests(AccountWorld shared)
{
    [SkippableFact]
    public async Task NewUser_WithoutAPassword_GetsOneThatIsShownOnce()
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("ольга");

        var made = await world.Api.PostJsonAsync("/api/v1/users", $$"""{"userName":"{{name}}","fullName":"Петрова Ольга","roles":["supervisor"],"cabinets":["spb"]}""");

        made.Status.Should().Be(HttpStatusCode.Created);
        var password = made.Json["password"]!.GetValue<string>();
        using var olga = new Person(world);
        (await olga.SignInAsync(name.ToUpperInvariant(), password)).Status.Should().Be(HttpStatusCode.Redirect, "case of the name does not matter");
        (await world.Api.GetStringAsync("/api/v1/users")).Should().NotContain(password);
        (await world.InDatabaseAsync(c => c.Audit.AsNoTracking().Where(a => a.Action == "user.create").ToListAsync())).Should().NotContain(a => a.Details!.Contains(password) || a.Details.Contains("asswordHash"));
        (await world.Api.PostJsonAsync("/api/v1/users", $$"""{"userName":"{{name.ToUpperInvariant()}}","roles":["auditor"]}""")).Status.Should().Be(HttpStatusCode.Conflict);
    }

    [SkippableTheory]
    [InlineData("""{"roles":["auditor"]}""", "userName")]
    [InlineData("""{"userName":"a b","roles":["auditor"]}""", "userName")]
    [InlineData("""{"userName":"good","roles":["integration"]}""", "roles")]
    [InlineData("""{"userName":"good"}""", "roles")]
    [InlineData("""{"userName":"good","roles":["supervisor"]}""", "cabinets")]
    [InlineData("""{"userName":"good","roles":["supervisor"],"cabinets":["nowhere"]}""", "cabinets")]
    [InlineData("""{"userName":"good","roles":["manager"]}""", "contactId")]
    [InlineData("""{"userName":"good","roles":["auditor"],"password":"short"}""", "password")]
    public async Task WrongUser_Is400WithFieldAndReason(string body, string field)
    {
        var world = await shared.WorldAsync();

        var answer = await world.Api.PostJsonAsync("/api/v1/users", body);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Json["errors"]![field].Should().NotBeNull();
    }

    [SkippableFact]
    public async Task Edit_GoesWithWhatWasRead_AndCountsForTheOpenSession()
    {
        var world = await shared.WorldAsync();
        var (person, user) = await Person.NewAsync(world, AccountWorld.NewName("moves"), "supervisor", "msk");
        using var _ = person;
        var path = $"/api/v1/users/{user["id"]}";
        var etag = (await world.Api.GetAnswerAsync(path)).Headers.ETag!.ToString();

        var blind = await PutAsync(world, path, null, """{"roles":["supervisor"],"cabinets":["spb"]}""");
        var first = await PutAsync(world, path, etag, """{"roles":["supervisor"],"cabinets":["spb","rzn"]}""");
        var second = await PutAsync(world, path, etag, """{"roles":["auditor"]}""");

        blind.Status.Should().Be(HttpStatusCode.PreconditionRequired);
        first.Status.Should().Be(HttpStatusCode.OK);
        first.Headers.ETag!.ToString().Should().NotBe(etag);
        second.Status.Should().Be(HttpStatusCode.PreconditionFailed);
        (await person.GetAsync("/api/v1/me")).Json["cabinets"]!.AsArray().Select(c => c!.GetValue<string>()).Should().Equal("rzn", "spb");
        var entry = (await world.GetAsync("/api/v1/audit?action=user.update&limit=1"))["items"]![0]!["details"]!;
        entry["before"]!["cabinets"]!.AsArray().Select(c => c!.GetValue<string>()).Should().Equal("msk");
        entry["after"]!["cabinets"]!.AsArray().Select(c => c!.GetValue<string>()).Should().Equal("spb", "rzn");
    }

    [SkippableFact]
    public async Task AdministratorOfTheSettings_IsListed_AndChangedOnlyThere()
    {
        var world = await shared.WorldAsync();
        using var admin = await Person.AdministratorAsync(world);
        JsonNode? user = null;
        await HubWorld.EventuallyAsync(async () => (user = (await world.GetAsync("/api/v1/users"))["items"]!.AsArray().SingleOrDefault(u => u!["fromSettings"]!.GetValue<bool>())) is not null, "he is a user of the database");
        var path = $"/api/v1/users/{user!["id"]}";

        user["userName"]!.GetValue<string>().Should().Be("admin");
        (await PutAsync(world, path, "*", """{"roles":["auditor"]}""")).Status.Should().Be(HttpStatusCode.Conflict);
        (await world.Api.PostJsonAsync($"{path}/lock", "{}")).Status.Should().Be(HttpStatusCode.Conflict);
        (await world.Api.PostJsonAsync($"{path}/password", "{}")).Status.Should().Be(HttpStatusCode.Conflict);
        (await admin.GetAsync("/api/v1/users")).Status.Should().Be(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task Audit_IsReadPageByPage_AndFilteredByWhatAndWhen()
    {
        var world = await shared.WorldAsync();
        await Person.CreateAsync(world, AccountWorld.NewName("audited"), "auditor");
        await Person.CreateAsync(world, AccountWorld.NewName("audited"), "auditor");

        var page = await world.GetAsync("/api/v1/audit?action=user.create&who=tests&limit=1");
        var next = await world.GetAsync($"/api/v1/audit?action=user.create&who=tests&limit=1&cursor={Uri.EscapeDataString(page["nextCursor"]!.GetValue<string>())}");

        page["items"]!.AsArray().Should().ContainSingle();
        next["items"]![0]!["id"]!.GetValue<string>().Should().NotBe(page["items"]![0]!["id"]!.GetValue<string>());
        (await world.GetAsync("/api/v1/audit?action=user&from=2020-01-01T00:00:00Z&limit=200"))["items"]!.AsArray().Select(e => e!["action"]!.GetValue<string>())
            .Should().Contain("user.create").And.OnlyContain(a => a.StartsWith("user.", StringComparison.Ordinal));
        (await world.GetAsync("/api/v1/audit?action=user.create&who=test"))["items"]!.AsArray().Should().BeEmpty("a name is meant as a whole");
        (await world.GetAsync("/api/v1/audit?from=2100-01-01T00:00:00Z"))["items"]!.AsArray().Should().BeEmpty();
        (await world.GetAsync("/api/v1/audit?to=2020-01-01T00:00:00Z"))["items"]!.AsArray().Should().BeEmpty();
        (await world.Api.GetAnswerAsync("/api/v1/audit?cursor=x&limit=0")).Json["errors"]!.AsObject().Select(e => e.Key).Should().BeEquivalentTo("cursor", "limit");
    }

    private static async Task<Answer> PutAsync(HubWorld world, string path, string? etag, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        return await world.Api.AnswerAsync(request);
    }
}
