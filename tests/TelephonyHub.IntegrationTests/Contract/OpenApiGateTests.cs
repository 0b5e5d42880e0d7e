using System.Text.Json.Nodes;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>
/// The document that clients are made of is checked in. What breaks them fails the build; what is added is taken over by one command:
/// <c>UPDATE_OPENAPI=1 dotnet test tests/TelephonyHub.IntegrationTests --filter FullyQualifiedName~OpenApiGate</c>.
/// </summary>
public sealed class OpenApiGateTests(ApiWorldOnSqlite shared) : IClassFixture<ApiWorldOnSqlite>
{
    private const string UpdateVariable = "UPDATE_OPENAPI";

    private static string CheckedIn => Path.Combine(Folder(), "Contract", "openapi.v1.json");

    [Fact]
    public async Task Document_TakesNothingAwayFromClients()
    {
        var breaks = OpenApiDocument.Breaks(JsonNode.Parse(await File.ReadAllTextAsync(CheckedIn))!, await CurrentAsync());

        breaks.Should().BeEmpty("clients were made of the document that is checked in; if it has to be, delete {0} and make it anew: that is a new version of the API", CheckedIn);
    }

    [Fact]
    public async Task Document_IsTheOneThatIsCheckedIn()
    {
        var current = OpenApiDocument.Normal(await CurrentAsync());
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1" && (!File.Exists(CheckedIn) || !OpenApiDocument.Breaks(JsonNode.Parse(await File.ReadAllTextAsync(CheckedIn))!, JsonNode.Parse(current)!).Any()))
        {
            await File.WriteAllTextAsync(CheckedIn, current);
        }

        var (theirs, ours) = ((await File.ReadAllTextAsync(CheckedIn)).Split('\n'), current.Split('\n'));
        var at = ours.Zip(theirs).TakeWhile(l => l.First == l.Second).Count();
        ours.Skip(at).Take(3).Should().Equal(
            theirs.Skip(at).Take(3),
            "they differ from line {0} on; what was added is taken over by: {1}=1 dotnet test tests/TelephonyHub.IntegrationTests --filter FullyQualifiedName~OpenApiGate",
            at + 1,
            UpdateVariable);
    }

    [Fact]
    public async Task EveryOperation_OfTheApi_TellsItsRolesAndItsRefusals()
    {
        var operations = Operations(await CurrentAsync()).Where(o => o.Path.StartsWith("/api/v1/", StringComparison.Ordinal)).ToList();

        operations.Should().NotBeEmpty();
        foreach (var (path, method, operation) in operations)
        {
            var at = $"{method} {path}";
            operation["summary"].Should().NotBeNull(at);
            operation["x-roles"]!.AsArray().Should().NotBeEmpty(at);
            operation["description"]!.GetValue<string>().Should().Contain("Roles: ", at);
            foreach (var status in new[] { "401", "403" }.Where(s => s == "401" || !path.StartsWith("/api/v1/me", StringComparison.Ordinal)))
            {
                operation["responses"]![status]!["content"]!["application/problem+json"].Should().NotBeNull($"{at} {status}");
            }
        }
    }

    [Fact]
    public async Task EveryOperation_HasANameOfItsOwn()
    {
        var names = Operations(await CurrentAsync()).Select(o => o.Operation["operationId"]!.GetValue<string>()).ToList();

        names.Should().OnlyHaveUniqueItems();
        names.Should().Contain(["getCalls", "getCallsByCabinetBySessionId", "postSyncReplay"]);
    }

    [Fact]
    public async Task Document_EveryRequestAndAnswer_HasAnExample()
    {
        var document = await CurrentAsync();
        var schemas = document["components"]!["schemas"]!.AsObject();
        var shown = Operations(document)
            .SelectMany(o => o.Operation["responses"]!.AsObject().Where(r => r.Key.StartsWith('2')).Select(r => r.Value).Append(o.Operation["requestBody"]))
            .SelectMany(OpenApiDocument.References)
            // A page is shown by the example of its rows.
            .SelectMany(name => name.EndsWith("ApiPage", StringComparison.Ordinal) ? OpenApiDocument.References(schemas[name]) : [name])
            .Distinct(StringComparer.Ordinal)
            .ToList();

        shown.Should().Contain(["CallItem", "CallDetail", "RuleItem", "ExplainRequest"]);
        shown.Where(name => schemas[name]!["enum"] is null && ExampleOf(schemas[name]!) is null).Should().BeEmpty("OpenApiExamples has one for each, by the name of its type");
    }

    [Fact]
    public async Task Document_EveryExample_FitsItsSchema()
    {
        var schemas = (await CurrentAsync())["components"]!["schemas"]!.AsObject();

        foreach (var (name, schema) in schemas.Where(s => ExampleOf(s.Value!) is not null))
        {
            var fields = schema!["properties"]!.AsObject().Select(p => p.Key);
            ExampleOf(schema)!.AsObject().Select(p => p.Key).Should().BeSubsetOf(fields, name);
            (schema["required"]?.AsArray() ?? []).Select(r => r!.GetValue<string>()).Should().BeSubsetOf(ExampleOf(schema)!.AsObject().Select(p => p.Key), name);
        }
    }

    [Theory]
    [InlineData("delete paths./api/v1/calls.get", "GET /api/v1/calls is gone.")]
    [InlineData("delete components.schemas.CallItem.properties.owner", "CallItem.owner is gone.")]
    [InlineData("type components.schemas.CallItem.properties.waitSeconds", "CallItem.waitSeconds was")]
    [InlineData("require components.schemas.ExplainRequest digit", "ExplainRequest.digit must be sent now.")]
    public async Task Gate_SeesWhatBreaksClients(string change, string fault)
    {
        var older = await CurrentAsync();
        var newer = older.DeepClone();
        var words = change.Split(' ');
        var steps = words[1].Split('.');
        var parent = steps[..^1].Aggregate(newer, (node, step) => node[step]!);
        switch (words[0])
        {
            case "delete":
                parent.AsObject().Remove(steps[^1]);
                break;
            case "type":
                parent[steps[^1]] = new JsonObject { ["type"] = "boolean" };
                break;
            default:
                parent[steps[^1]]!["required"] = new JsonArray(words[2]);
                break;
        }

        OpenApiDocument.Breaks(older, newer).Should().ContainSingle().Which.Should().StartWith(fault);
        OpenApiDocument.Breaks(older, older).Should().BeEmpty();
    }

    private async Task<JsonNode> CurrentAsync() => (await (await shared.WorldAsync()).Http.GetAnswerAsync("/swagger/v1/swagger.json")).Json;

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(m => (p.Key, m.Key.ToUpperInvariant(), m.Value!)));

    private static JsonNode? ExampleOf(JsonNode schema) => schema["example"] ?? schema["examples"]?[0];

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TelephonyHub.IntegrationTests.csproj")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The test project is in no folder above its output.");
        }

        return folder.FullName;
    }
}
