using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Accounts;

public sealed class ApiKeysOnSqlite(AccountWorldOnSqlite shared) : ApiKeyTests(shared), IClassFixture<AccountWorldOnSqlite>;

public sealed class ApiKeysOnPostgres(AccountWorldOnPostgres shared) : ApiKeyTests(shared), IClassFixture<AccountWorldOnPostgres>;

/// <summary>Keys that administrators give out: shown once, scoped, revocable. The same on both databases.</summary>
public abstract class ApiKeyTests(AccountWorld shared)
{
    [SkippableFact]
    public async Task NewKey_IsShownOnce_KeptAsAHash_AndOpensWhatItWasGivenFor()
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("reports");

        var made = await CreateAsync(world, name, "integration", "msk");
        var secret = made["secret"]!.GetValue<string>();
        var me = (await AsAsync(world, secret, HttpMethod.Get, "/api/v1/me")).Json;

        me["name"]!.GetValue<string>().Should().Be(name);
        me["kind"]!.GetValue<string>().Should().Be("key");
        me["cabinets"]!.AsArray().Select(c => c!.GetValue<string>()).Should().Equal("msk");
        (await AsAsync(world, secret, HttpMethod.Get, "/api/v1/calls")).Status.Should().Be(HttpStatusCode.OK);
        (await AsAsync(world, secret, HttpMethod.Get, "/api/v1/users")).Status.Should().Be(HttpStatusCode.Forbidden);
        var list = await world.Api.GetStringAsync("/api/v1/api-keys");
        list.Should().Contain(name).And.NotContain(secret[8..]);
        var rows = await world.InDatabaseAsync(c => c.ApiKeys.AsNoTracking().Where(k => k.Name == name).ToListAsync());
        rows.Single().Hash.Should().NotContain(secret).And.HaveLength(64);
        rows.Single().LastUsedAt.Should().NotBeNull();
        (await world.InDatabaseAsync(c => c.Audit.AsNoTracking().Where(a => a.Action == "apiKey.create").ToListAsync())).Should().NotContain(a => a.Details!.Contains(secret));
    }

    [SkippableFact]
    public async Task RevokedKey_OpensNothingAnyMore_AndTheAuditTellsBeforeAndAfter()
    {
        var world = await shared.WorldAsync();
        var made = await CreateAsync(world, AccountWorld.NewName("leaked"), "integration");
        var secret = made["secret"]!.GetValue<string>();
        (await AsAsync(world, secret, HttpMethod.Get, "/api/v1/calls")).Status.Should().Be(HttpStatusCode.OK);

        var revoked = await AsAsync(world, HubWorld.ApiKey, HttpMethod.Delete, $"/api/v1/api-keys/{made["key"]!["id"]}");

        revoked.Status.Should().Be(HttpStatusCode.NoContent);
        (await AsAsync(world, secret, HttpMethod.Get, "/api/v1/calls")).Status.Should().Be(HttpStatusCode.Unauthorized);
        var entry = (await world.GetAsync("/api/v1/audit?action=apiKey.revoke&limit=1"))["items"]![0]!;
        entry["who"]!.GetValue<string>().Should().Be("tests");
        entry["details"]!["before"]!["revokedAt"].Should().BeNull();
        entry["details"]!["after"]!["revokedAt"].Should().NotBeNull();
        entry["details"]!["after"]!["revokedBy"]!.GetValue<string>().Should().Be("tests");
    }

    [SkippableFact]
    public async Task NameInUse_IsRefused_SoThatARepeatedRequestMakesNoSecondKey()
    {
        var world = await shared.WorldAsync();
        var name = AccountWorld.NewName("twice");
        await CreateAsync(world, name, "integration");

        var again = await world.Api.PostJsonAsync("/api/v1/api-keys", $$"""{"name":"{{name}}","roles":["integration"]}""");

        again.Status.Should().Be(HttpStatusCode.Conflict);
        (await world.InDatabaseAsync(c => c.ApiKeys.CountAsync(k => k.Name == name))).Should().Be(1);
    }

    [SkippableTheory]
    [InlineData("""{"roles":["integration"]}""", "name")]
    [InlineData("""{"name":"x\u0000y","roles":["integration"]}""", "name")]
    [InlineData("""{"name":"good","roles":[]}""", "roles")]
    [InlineData("""{"name":"good","roles":["king"]}""", "roles")]
    [InlineData("""{"name":"good","roles":["integration"],"cabinets":["nowhere"]}""", "cabinets")]
    [InlineData("""{"name":"good","roles":["supervisor"]}""", "cabinets")]
    [InlineData("""{"name":"good","roles":["manager"]}""", "contactId")]
    [InlineData("""{"name":"good","roles":["integration"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    public async Task WrongKey_Is400WithFieldAndReason(string body, string field)
    {
        var world = await shared.WorldAsync();

        var answer = await world.Api.PostJsonAsync("/api/v1/api-keys", body);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ContentType.Should().Be("application/problem+json");
        answer.Json["errors"]![field].Should().NotBeNull();
    }

    [SkippableFact]
    public async Task KeyThatHasRunOut_OpensNothing()
    {
        var world = await shared.WorldAsync();
        var made = await CreateAsync(world, AccountWorld.NewName("short"), "integration");
        await world.InDatabaseAsync(c => c.ApiKeys.Where(k => k.Id == Guid.Parse(made["key"]!["id"]!.GetValue<string>())).ExecuteUpdateAsync(s => s.SetProperty(k => k.ExpiresAt, TimeProvider.System.GetUtcNow().AddMinutes(-1))));

        (await AsAsync(world, made["secret"]!.GetValue<string>(), HttpMethod.Get, "/api/v1/me")).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    private static async Task<JsonNode> CreateAsync(HubWorld world, string name, string role, string? cabinets = null)
    {
        using var response = await world.Api.PostAsJsonAsync("/api/v1/api-keys", new { name, roles = new[] { role }, cabinets = cabinets?.Split(',') });
        response.StatusCode.Should().Be(HttpStatusCode.Created);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<Answer> AsAsync(HubWorld world, string key, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-Api-Key", key } } };
        return await world.Http.AnswerAsync(request);
    }
}
