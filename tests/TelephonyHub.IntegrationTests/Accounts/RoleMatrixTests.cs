using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Rules;
using TelephonyHub.Staffing;

namespace TelephonyHub.IntegrationTests.Accounts;

public sealed class RoleMatrixOnSqlite(RoleWorldOnSqlite shared) : RoleMatrixTests(shared), IClassFixture<RoleWorldOnSqlite>;

public sealed class RoleMatrixOnPostgres(RoleWorldOnPostgres shared) : RoleMatrixTests(shared), IClassFixture<RoleWorldOnPostgres>;

/// <summary>Every route, every role, and a cabinet that is not one's own. The same on both databases.</summary>
public abstract class RoleMatrixTests(RoleWorld shared)
{
    [SkippableFact]
    public async Task EveryRoute_HasItsLineInTheMatrix_AndEveryLineItsRoute()
    {
        var world = await shared.WorldAsync();

        var endpoints = world.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().ToList();
        var mapped = endpoints.Where(e => !IsFile(e)).Select(NameOf).Distinct().ToList();

        mapped.Except(RoleMatrix.Rules.Select(r => r.Route)).Should().BeEmpty("a new route says in RoleMatrix.Rules who may call it, and what it does with a foreign cabinet");
        RoleMatrix.Rules.Select(r => r.Route).Except(mapped).Should().BeEmpty("a line without a route proves nothing");
    }

    [SkippableTheory]
    [InlineData("administrator")]
    [InlineData("auditor")]
    [InlineData("supervisor")]
    [InlineData("integration")]
    [InlineData("manager")]
    [InlineData("manager without contact")]
    [InlineData("nobody")]
    public async Task Role_IsLetInWhereTheMatrixSays_AndNowhereElse(string role)
    {
        var (world, things) = await shared.SeededAsync();
        foreach (var rule in RoleMatrix.Rules.Where(r => r.Policy is not (RoleMatrix.Anybody or RoleMatrix.Uis)))
        {
            var answer = await AskAsync(world, rule, role, things.In(PathOf(rule, "msk")), "msk");

            var because = $"{role} asks {rule.Route}: {answer.Text}";
            if (role == "nobody")
            {
                answer.Status.Should().Be(HttpStatusCode.Unauthorized, because);
            }
            else if (IsAllowed(rule, role))
            {
                answer.Status.Should().NotBe(HttpStatusCode.Unauthorized, because).And.NotBe(HttpStatusCode.Forbidden, because).And.NotBe(HttpStatusCode.InternalServerError, because);
            }
            else
            {
                answer.Status.Should().Be(HttpStatusCode.Forbidden, because);
                answer.ContentType.Should().Be("application/problem+json", because);
            }
        }
    }

    [SkippableTheory]
    [InlineData("supervisor")]
    [InlineData("integration")]
    public async Task CabinetThatIsNotOnesOwn_IsNotThere(string role)
    {
        var (world, things) = await shared.SeededAsync();
        foreach (var rule in RoleMatrix.Rules.Where(r => r.Foreign != Foreign.None && HubPolicies.Roles[r.Policy].Contains(role)))
        {
            switch (rule.Foreign)
            {
                case Foreign.NotFound:
                    var foreign = things.In(rule.ForeignPath ?? PathOf(rule, "spb"));
                    (await AskAsync(world, rule, role, foreign, "spb")).Status.Should().Be(HttpStatusCode.NotFound, $"{role} asks {rule.Route} for {foreign}");
                    (await AskAsync(world, rule, "administrator", foreign, "spb")).Status.Should().NotBe(HttpStatusCode.NotFound, $"{foreign} is there for who sees all: else the line above would prove nothing");
                    break;
                case Foreign.LeftOut when rule.Trace is { } trace:
                    (await TextAsync(world, rule, role)).Should().NotContain(things.In(trace), $"{role} asks {rule.Route}");
                    (await TextAsync(world, rule, "administrator")).Should().Contain(things.In(trace), $"{rule.Route} holds something of it for who sees all");
                    (await TextAsync(world, rule, role, "?cabinet=spb")).Should().NotContain(things.In(trace), rule.Route);
                    break;
                case Foreign.LeftOut:
                    var seen = await CabinetsInAsync(world, rule, role);
                    seen.Should().NotContain("spb", $"{role} asks {rule.Route}");
                    (await CabinetsInAsync(world, rule, "administrator")).Should().Contain("spb", $"{rule.Route} holds something of it for who sees all");
                    (await AskAsync(world, rule, role, PathOf(rule, "msk") + "?cabinet=spb", "spb")).Text.Should().NotContain("\"cabinet\":\"spb\"", rule.Route);
                    break;
                case Foreign.Refused:
                    (await AskAsync(world, rule, role, PathOf(rule, "spb"), "spb")).Status.Should().Be(HttpStatusCode.BadRequest, rule.Route);
                    (await AskAsync(world, rule, role, PathOf(rule, "msk"), "msk")).Status.Should().Be(HttpStatusCode.OK, rule.Route);
                    break;
                default:
                    throw new InvalidOperationException($"{rule.Route} lets {role} in, who does not see all cabinets.");
            }
        }
    }

    [SkippableFact]
    public async Task Manager_SeesHisOwnCallsInAnyCabinet_AndNoOthers()
    {
        var (world, _) = await shared.SeededAsync();
        Task<Answer> AskAsManagerAsync(string path) => AskAsync(world, new RoleRule($"GET {path}", HubPolicies.ReadOwn), "manager", path, "msk");

        var calls = (await AskAsManagerAsync("/api/v1/calls")).Json["items"]!.AsArray().Select(c => $"{c!["cabinet"]}:{c["sessionId"]}");
        var missed = (await AskAsManagerAsync("/api/v1/missed")).Json["items"]!.AsArray();

        calls.Should().BeEquivalentTo($"msk:{RoleWorld.Session}", $"spb:{RoleWorld.SharedSession}");
        missed.Should().ContainSingle().Which!["taskState"]!.GetValue<string>().Should().Be("done", "his task is his to see");
        (await AskAsManagerAsync($"/api/v1/calls/spb/{RoleWorld.SharedSession}")).Status.Should().Be(HttpStatusCode.OK);
        (await AskAsManagerAsync($"/api/v1/calls/spb/{RoleWorld.Session}")).Status.Should().Be(HttpStatusCode.NotFound);
        (await AskAsManagerAsync("/r/code-of-shared")).Status.Should().Be(HttpStatusCode.BadGateway, "he may; the stand-in's host is not one of the media hosts");
        (await AskAsManagerAsync("/r/code-of-spb")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task Rules_OfTheConsole_AreThoseOfAnyCabinetAndOnesOwn()
    {
        var (world, things) = await shared.SeededAsync();
        var editor = world.Services.GetRequiredService<RuleEditor>();
        var moscow = HubAccess.Everything with { Roles = [HubRoles.Supervisor], Cabinets = ["msk"] };

        var seen = (await editor.ListAsync(moscow, CancellationToken.None)).Rules;

        seen.Select(r => r.Id).Should().Contain("in-answered-known").And.NotContain(things.RuleOfSpb);
        (await editor.ListAsync(HubAccess.Everything, CancellationToken.None)).Rules.Select(r => r.Id).Should().Contain(things.RuleOfSpb);
    }

    [SkippableFact]
    public async Task Absences_OfTheConsole_AreThoseOfManagersOfOnesOwnCabinets()
    {
        var (world, things) = await shared.SeededAsync();
        var editor = world.Services.GetRequiredService<StaffingEditor>();
        async Task<IReadOnlyList<string>> SeenAsync(HubAccess access) => [.. (await editor.ListAsync<Absence>(access, CancellationToken.None)).Select(a => a.Key)];

        (await SeenAsync(HubAccess.Everything with { Roles = [HubRoles.Supervisor], Cabinets = ["msk"] })).Should().Equal(things.ManagerOfMsk.ToString());
        (await SeenAsync(HubAccess.Everything)).Should().BeEquivalentTo(things.ManagerOfMsk.ToString(), things.ManagerOfSpb.ToString());
    }

    /// <summary>Of the console: its scripts and styles (of a project being developed also those made since it was built), and the framework's own connection, which pages open once they are let in.</summary>
    private static bool IsFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || endpoint.RoutePattern.RawText!.TrimStart('/') is var path && (path.StartsWith('_') || path == "{**path:file}");

    private static bool IsAllowed(RoleRule rule, string role) =>
        rule.Policy == RoleMatrix.SignedIn || (role != "manager without contact" && HubPolicies.Roles[rule.Policy].Contains(role));

    private static string NameOf(RouteEndpoint endpoint) =>
        $"{(endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods } ? string.Join(',', methods) : "*")} /{endpoint.RoutePattern.RawText!.Trim('/')}";

    private static string PathOf(RoleRule rule, string cabinet) => (rule.Path ?? rule.Route.Split(' ')[1])
        .Replace("{cabinet}", cabinet, StringComparison.Ordinal)
        .Replace("{key}", cabinet, StringComparison.Ordinal)
        .Replace("{sessionId}", RoleWorld.Session.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{legId}", "1", StringComparison.Ordinal)
        .Replace("{id}", "none", StringComparison.Ordinal);

    /// <summary>Every value of a field that names a cabinet, anywhere in the answer.</summary>
    private static async Task<IReadOnlyList<string>> CabinetsInAsync(HubWorld world, RoleRule rule, string role)
    {
        var answer = await AskAsync(world, rule, role, PathOf(rule, "msk"), "msk");
        answer.Status.Should().Be(HttpStatusCode.OK, $"{role} asks {rule.Route}: {answer.Text}");
        return [.. Named(answer.Json).Distinct()];

        static IEnumerable<string> Named(JsonNode? node) => node switch
        {
            JsonArray items => items.SelectMany(Named),
            JsonObject fields => fields.SelectMany(f => f.Key is "cabinet" or "key" or "homeCabinet" && f.Value is JsonValue value ? [value.ToString()] : Named(f.Value)),
            _ => [],
        };
    }

    /// <summary>A workbook's is that of all its parts.</summary>
    private static async Task<string> TextAsync(HubWorld world, RoleRule rule, string role, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(rule, "msk") + query) { Headers = { { "X-Api-Key", RoleWorld.Keys[role] } } };
        using var response = await world.Http.SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.OK, $"{role} asks {rule.Route}");
        if (!rule.Route.EndsWith(".xlsx", StringComparison.Ordinal))
        {
            return await response.Content.ReadAsStringAsync();
        }

        using var workbook = new ZipArchive(await response.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        foreach (var part in workbook.Entries)
        {
            using var reader = new StreamReader(part.Open());
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    private static async Task<Answer> AskAsync(HubWorld world, RoleRule rule, string role, string path, string cabinet)
    {
        using var request = new HttpRequestMessage(new HttpMethod(rule.Method.Split(',')[0]), path);
        if (role != "nobody")
        {
            request.Headers.Add("X-Api-Key", RoleWorld.Keys[role]);
        }

        if (rule.Body is { } body)
        {
            request.Content = new StringContent(body.Replace("{cabinet}", cabinet, StringComparison.Ordinal), Encoding.UTF8, rule.Route.EndsWith("/import", StringComparison.Ordinal) ? "text/csv" : "application/json");
        }

        return await world.Http.AnswerAsync(request);
    }
}
