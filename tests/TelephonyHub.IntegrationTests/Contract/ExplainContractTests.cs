using System.Text.Json.Nodes;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary><c>POST /api/v1/routing/explain</c>: the routing function without effect, with a reason for everyone in and left out.</summary>
public sealed class ExplainContractTests(RouteWorldOnSqlite shared) : IClassFixture<RouteWorldOnSqlite>
{
    [Fact]
    public async Task Explain_KnownClientWithBusyManager_ShowsAnswerRegionChainAndWhoIsLeftOut()
    {
        var world = await shared.WorldAsync();

        var answer = await ExplainAsync(world, $$"""{"cabinet":"MSK","caller":"+7 (903) 555-00-02","dialled":"{{SimulatorCompany.MoscowNumber}}","digit":null,"at":"2026-01-10T12:00:00+03:00","busy":["+{{RouteWorld.NinasMobile}}"]}""");

        answer["answer"]!["phones"]!.AsArray().Select(p => p!.GetValue<string>()).Should().Equal([.. RouteWorld.MoscowGroup, RouteWorld.MoscowDuty]);
        answer["region"]!.GetValue<string>().Should().Be("msk");
        answer["chain"]!.AsArray().Select(c => c!["kind"]!.GetValue<string>()).Should().Equal("group", "group", "duty");
        var left = answer["leftOut"]!.AsArray().Should().ContainSingle().Subject!;
        left["phone"]!.GetValue<string>().Should().Be(RouteWorld.NinasMobile);
        left["name"]!.GetValue<string>().Should().Be("Павлова Нина");
        left["reason"]!["ru"]!.GetValue<string>().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Explain_Twice_HasNoEffect()
    {
        var world = await shared.WorldAsync();
        var body = $$"""{"cabinet":"msk","caller":"{{RouteWorld.Stranger}}","dialled":"{{SimulatorCompany.CommonNumber}}","digit":"4"}""";

        var (first, second) = (await ExplainAsync(world, body), await ExplainAsync(world, body));

        first["region"]!.GetValue<string>().Should().Be("sgt");
        second.ToJsonString().Should().Be(first.ToJsonString());
    }

    [Fact]
    public async Task Explain_NobodyLeft_AnswersTheReturnCode()
    {
        var world = await shared.WorldAsync();

        var answer = await ExplainAsync(world, $$"""{"cabinet":"rzn","dialled":"{{SimulatorCompany.RyazanNumber}}","busy":[]}""");

        answer["answer"]!.ToJsonString().Should().Be("""{"returned_code":0}""");
        answer["chain"]!.AsArray().Should().BeEmpty();
        answer["leftOut"]!.AsArray().Should().NotBeEmpty("a hidden number has no responsible manager, and that is said");
    }

    [Theory]
    [InlineData("{}", "cabinet")]
    [InlineData("""{"cabinet":"nowhere"}""", "cabinet")]
    [InlineData("""{"cabinet":"msk","at":"yesterday"}""", "at")]
    public async Task Explain_WrongField_Is400ThatNamesIt(string body, string field)
    {
        var world = await shared.WorldAsync();

        var answer = await world.Api.PostJsonAsync("/api/v1/routing/explain", body);

        ((int)answer.Status).Should().Be(400);
        answer.ContentType.Should().Be("application/problem+json");
        answer.Json["errors"]![field].Should().NotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("""{"cabinet":5}""")]
    [InlineData("""{"cabinet":"msk","busy":[null,"",{}]}""")]
    [InlineData("""{"cabinet":"msk","busy":"x"}""")]
    public async Task Explain_BodyOfAnotherShape_Is400AsProblemDetails(string body)
    {
        var world = await shared.WorldAsync();

        var answer = await world.Api.PostJsonAsync("/api/v1/routing/explain", body);

        ((int)answer.Status).Should().Be(400);
        answer.ContentType.Should().Be("application/problem+json");
    }

    [Fact]
    public async Task Explain_OddValues_AreAnswered()
    {
        var world = await shared.WorldAsync();
        var odd = new JsonObject { ["cabinet"] = "msk", ["caller"] = "\0\u202E", ["dialled"] = new string('9', 5000), ["digit"] = "99999", ["busy"] = new JsonArray("", null, "x\0") };

        (await ExplainAsync(world, odd.ToJsonString()))["answer"]!["phones"]!.AsArray().Should().NotBeEmpty();
    }

    private static async Task<JsonNode> ExplainAsync(HubWorld world, string body)
    {
        var answer = await world.Api.PostJsonAsync("/api/v1/routing/explain", body);
        ((int)answer.Status).Should().Be(200, answer.Text);
        return answer.Json;
    }
}
