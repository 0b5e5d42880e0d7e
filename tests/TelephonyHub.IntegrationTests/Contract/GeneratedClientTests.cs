using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag.CodeGeneration.CSharp;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>A client that a stranger would generate from the document compiles, and reads the journal page by page.</summary>
public sealed class GeneratedClientTests(ApiWorldOnSqlite shared) : IClassFixture<ApiWorldOnSqlite>
{
    /// <summary>What a stranger would write with it.</summary>
    private const string Program = """
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Threading.Tasks;

        namespace Stranger;

        public static class Program
        {
            public static async Task<List<string>> SessionsAsync(HttpClient http, string baseUrl)
            {
                var hub = new HubClient(baseUrl, http);
                var seen = new List<string>();
                string cursor = null;
                do
                {
                    var page = await hub.GetCallsAsync(cabinet: "msk", limit: 10, cursor: cursor);
                    foreach (var call in page.Items)
                    {
                        seen.Add(call.Cabinet + ":" + call.SessionId + ":" + call.StartedAt.UtcDateTime.ToString("O"));
                    }

                    cursor = page.NextCursor;
                }
                while (cursor != null);

                return seen;
            }

            public static async Task<string> RefusalAsync(HttpClient http, string baseUrl)
            {
                try
                {
                    await new HubClient(baseUrl, http).GetCallsByCabinetBySessionIdAsync("msk", "1");
                    return null;
                }
                catch (ApiException<ProblemDetails> e)
                {
                    return e.StatusCode + " " + e.Result.Title;
                }
            }
        }
        """;

    [Fact]
    public async Task Client_MadeOfTheDocument_ReadsTheJournalPageByPage()
    {
        var world = await shared.WorldAsync();
        var calls = await shared.CallsAsync();
        var program = await CompiledAsync(await world.Http.GetStringAsync("/swagger/v1/swagger.json"));

        var seen = await Run<List<string>>(program, "SessionsAsync", world);
        var refusal = await Run<string>(program, "RefusalAsync", world);

        seen.Should().BeEquivalentTo(calls.Where(c => c.Cabinet == "msk").Select(c => $"msk:{c.Session}:{c.At.UtcDateTime:O}"));
        refusal.Should().Be("404 No such call.", "faults come as ProblemDetails, typed");
    }

    private static Task<T> Run<T>(Type program, string method, HubWorld world) => (Task<T>)program.GetMethod(method)!.Invoke(null, [world.Api, world.Address.ToString()])!;

    private static async Task<Type> CompiledAsync(string json)
    {
        var document = await NSwag.OpenApiDocument.FromJsonAsync(json);
        var source = new CSharpClientGenerator(document, new CSharpClientGeneratorSettings
        {
            ClassName = "HubClient",
            GenerateOptionalParameters = true,
            CSharpGeneratorSettings = { Namespace = "Stranger", JsonLibrary = CSharpJsonLibrary.SystemTextJson },
        }).GenerateFile();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create("Stranger", [CSharpSyntaxTree.ParseText(source), CSharpSyntaxTree.ParseText(Program)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var built = compilation.Emit(image);
        built.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()).Should().BeEmpty();
        image.Position = 0;
        return new AssemblyLoadContext("Stranger", isCollectible: true).LoadFromStream(image).GetType("Stranger.Program")!;
    }
}
