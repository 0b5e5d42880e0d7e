using System.Net;
using System.Text.Json.Nodes;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>Who may read and who may act, what is anonymous, and that the document tells of every call. The database plays no part here.</summary>
public sealed class ApiAccessTests(ApiWorldOnSqlite shared) : IClassFixture<ApiWorldOnSqlite>
{
    private static readonly string[] Reads =
    [
        "/api/v1/calls", "/api/v1/calls/msk/1", "/api/v1/sync/tasks", "/api/v1/quarantine", "/api/v1/reconciliation", "/api/v1/cabinets", "/api/v1/managers", "/api/v1/live",
        "/api/v1/cabinets/msk", "/api/v1/cabinets/msk/numbers", "/api/v1/cabinets/msk/employees", "/api/v1/cabinets/msk/groups", "/api/v1/cabinets/msk/schedules", "/api/v1/cabinets/msk/statuses",
        "/api/v1/cabinets/msk/sip-lines", "/api/v1/cabinets/msk/scenarios", "/api/v1/managers/unmatched", "/api/v1/rules", "/api/v1/rules/in-answered-known", "/api/v1/rules/versions", "/api/v1/rules/versions/1", "/api/v1/missed",
    ];

    private static readonly string[] Actions = ["/api/v1/sync/replay", "/api/v1/quarantine/replay", "/api/v1/cabinets/msk/import", "/api/v1/rules", "/api/v1/rules/versions/1/restore"];

    [Fact]
    public async Task Api_WithoutKey_Is401AsProblemDetails()
    {
        var world = await shared.WorldAsync();
        foreach (var path in Reads)
        {
            ShouldBeProblem(await world.Http.GetAnswerAsync(path), HttpStatusCode.Unauthorized, path);
        }

        foreach (var path in Actions.Append("/api/v1/routing/explain"))
        {
            ShouldBeProblem(await world.Http.PostJsonAsync(path, """{"dryRun":true}"""), HttpStatusCode.Unauthorized, path);
        }
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("TEST-KEY-ADMINISTRATOR")]
    [InlineData("test-key-administrator,test-key-administrator")]
    public async Task Api_WithAWrongKey_Is401(string key)
    {
        var world = await shared.WorldAsync();

        ShouldBeProblem(await GetAsAsync(world, key, "/api/v1/calls"), HttpStatusCode.Unauthorized, key);
    }

    [Fact]
    public async Task Manager_MayNotReadTheWholeCompany_Is403()
    {
        var world = await shared.WorldAsync();
        foreach (var path in Reads)
        {
            ShouldBeProblem(await GetAsAsync(world, ApiWorld.ManagerKey, path), HttpStatusCode.Forbidden, path);
        }
    }

    [Theory]
    [InlineData(ApiWorld.AuditorKey)]
    [InlineData(HubWorld.IntegrationKey)]
    public async Task Reader_MayReadButNotAct(string key)
    {
        var world = await shared.WorldAsync();
        foreach (var path in Reads.Where(p => !p.EndsWith("/1", StringComparison.Ordinal)))
        {
            (await GetAsAsync(world, key, path)).Status.Should().Be(HttpStatusCode.OK, path);
        }

        foreach (var path in Actions)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "X-Api-Key", key } }, Content = new StringContent("""{"dryRun":true}""", System.Text.Encoding.UTF8, "application/json") };
            ShouldBeProblem(await world.Http.AnswerAsync(request), HttpStatusCode.Forbidden, path);
        }
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/swagger/index.html")]
    [InlineData("/swagger/v1/swagger.json")]
    public async Task ForEverybody_NoKeyIsNeeded(string path)
    {
        var world = await shared.WorldAsync();

        (await world.Http.GetAnswerAsync(path)).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Swagger_AtItsShortAddress_LeadsToThePage()
    {
        var world = await shared.WorldAsync();
        using var browser = new HttpClient { BaseAddress = world.Address };

        var page = await browser.GetAnswerAsync("/swagger");

        page.Status.Should().Be(HttpStatusCode.OK);
        page.Text.Should().Contain("swagger-ui");
    }

    [Fact]
    public async Task Document_TellsOfEveryCallOfTheContract()
    {
        var world = await shared.WorldAsync();

        var document = (await world.Http.GetAnswerAsync("/swagger/v1/swagger.json")).Json;

        var paths = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(m => $"{m.Key.ToUpperInvariant()} {p.Key}")).ToList();
        paths.Should().Contain(
        [
            "GET /uis/{cabinet}/events", "POST /uis/{cabinet}/events", "GET /uis/{cabinet}/route", "POST /uis/{cabinet}/route", "GET /health/live", "GET /health/ready",
            "GET /api/v1/calls", "GET /api/v1/calls/{cabinet}/{sessionId}", "GET /api/v1/sync/tasks", "POST /api/v1/sync/replay", "GET /api/v1/quarantine", "POST /api/v1/quarantine/replay",
            "POST /api/v1/routing/explain", "GET /api/v1/reconciliation", "GET /api/v1/cabinets", "GET /api/v1/managers", "GET /api/v1/live", "GET /r/{code}",
            "GET /api/v1/rules", "POST /api/v1/rules", "PUT /api/v1/rules/{id}", "DELETE /api/v1/rules/{id}", "GET /api/v1/missed",
        ]);
        var names = document["paths"]!["/api/v1/calls"]!["get"]!["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>());
        names.Should().Contain(["cabinet", "from", "to", "phone", "state", "cursor", "limit"]);
    }

    [Fact]
    public async Task Metrics_HoldNeitherNumbersNorTokens()
    {
        var world = await shared.WorldAsync();
        await shared.CallsAsync();

        var text = (await world.Http.GetAnswerAsync("/metrics")).Text;

        text.Should().NotContain(ApiWorld.Caller).And.NotContain("webhook-token").And.Contain("msk", "the events are counted by cabinet");
    }

    [Fact]
    public async Task UnknownPath_Is404AsProblemDetails()
    {
        var world = await shared.WorldAsync();

        ShouldBeProblem(await world.Api.GetAnswerAsync("/api/v1/nothing"), HttpStatusCode.NotFound, "unknown path");
        ShouldBeProblem(await world.Api.GetAnswerAsync("/api/v1/calls/msk/1"), HttpStatusCode.NotFound, "unknown call");
        ShouldBeProblem(await world.Api.GetAnswerAsync("/api/v1/calls/nowhere/1"), HttpStatusCode.NotFound, "unknown cabinet");
    }

    [Fact]
    public async Task CabinetsAndManagers_HaveTheirShapeAndNoSecrets()
    {
        var world = await shared.WorldAsync();
        JsonNode cabinets = new JsonObject();
        await HubWorld.EventuallyAsync(async () => (cabinets = await world.GetAsync("/api/v1/cabinets"))["items"]!.AsArray().All(c => c!["health"]!.GetValue<string>() == "ok"), "all cabinets are imported");
        var managers = await world.GetAsync("/api/v1/managers");

        cabinets["items"]!.AsArray().Select(c => c!["key"]!.GetValue<string>()).Should().BeEquivalentTo("msk", "rzn", "sgt", "spb");
        var moscow = cabinets["items"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == "msk")!;
        moscow["numbers"]!.AsArray().Select(n => n!.GetValue<string>()).Should().Contain("+74951230001");
        moscow["mode"]!.GetValue<string>().Should().Be("shadow");
        moscow["limits"].Should().NotBeNull();
        cabinets.ToJsonString().Should().NotContain("token");
        var anna = managers["items"]!.AsArray().Single(m => m!["name"]!.GetValue<string>().StartsWith("Иванова Анна", StringComparison.Ordinal))!;
        anna["employees"]!.AsArray().Select(e => e!["cabinet"]!.GetValue<string>()).Should().BeEquivalentTo("msk", "spb");
    }

    private static async Task<Answer> GetAsAsync(HubWorld world, string key, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Api-Key", key);
        return await world.Http.AnswerAsync(request);
    }

    private static void ShouldBeProblem(Answer answer, HttpStatusCode status, string because)
    {
        answer.Status.Should().Be(status, because);
        answer.ContentType.Should().Be("application/problem+json", because);
        answer.Json["status"]!.GetValue<int>().Should().Be((int)status, because);
        answer.Json["title"]!.GetValue<string>().Should().NotBeNullOrEmpty(because);
    }
}
