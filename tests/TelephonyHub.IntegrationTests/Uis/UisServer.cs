using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Uis;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>UIS on WireMock: answers by method of the body, verbatim; requests can be read back.</summary>
public sealed class UisServer : IDisposable
{
    public const string Token = "permanent-key-1";

    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly HttpClient _http = new();
    private readonly List<UisCabinetClient> _clients = [];

    public IReadOnlyList<JsonObject> Requests =>
        [.. _server.LogEntries.OrderBy(entry => entry.RequestMessage!.DateTime).Select(entry => JsonNode.Parse(entry.RequestMessage!.Body!)!.AsObject())];

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Headers =>
        [.. _server.LogEntries.Select(entry => entry.RequestMessage!.Headers!.ToDictionary(
            header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase))];

    public static string Ok(string data, string metadata = "") =>
        "{\"jsonrpc\":\"2.0\",\"id\":\"req1\",\"result\":{\"data\":" + data + (metadata.Length > 0 ? ",\"metadata\":" + metadata : "") + "}}";

    public static string Limits(int minute, int reset, int day = 700, int minuteLimit = 60) =>
        $"{{\"limits\":{{\"day_limit\":750,\"day_remaining\":{day},\"day_reset\":31492,\"minute_limit\":{minuteLimit},\"minute_remaining\":{minute},\"minute_reset\":{reset}}}}}";

    public static string Fail(string mnemonic, int code = -32602, string message = "text", string data = "") =>
        $"{{\"jsonrpc\":\"2.0\",\"id\":\"req1\",\"error\":{{\"code\":{code},\"message\":\"{message}\",\"data\":{{\"mnemonic\":\"{mnemonic}\"{data}}}}}}}";

    public void Answer(string method, string body, int status = 200) => _server
        .Given(Request.Create().UsingPost().WithBody(text => IsMethod(text, method, null)))
        .RespondWith(Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body));

    /// <summary>The n-th request of the method gets the n-th answer; the last one stays.</summary>
    public void AnswerInTurn(string method, params string[] bodies)
    {
        var scenario = method + Guid.CreateVersion7();
        for (var turn = 0; turn < bodies.Length; turn++)
        {
            var given = _server.Given(Request.Create().UsingPost().WithBody(text => IsMethod(text, method, null))).InScenario(scenario);
            var state = turn == 0 ? given : given.WhenStateIs($"{turn}");
            (turn == bodies.Length - 1 ? state : state.WillSetStateTo($"{turn + 1}"))
                .RespondWith(Response.Create().WithStatusCode(200).WithBody(bodies[turn]));
        }
    }

    /// <summary>Answers only the request whose parameters are exactly these (order of members aside).</summary>
    public void AnswerExactly(string request, string body)
    {
        var expected = JsonNode.Parse(request)!;
        _server
            .Given(Request.Create().UsingPost().WithBody(text =>
                IsMethod(text, (string)expected["method"]!, null) && JsonNode.DeepEquals(JsonNode.Parse(text!)!["params"], expected["params"])))
            .RespondWith(Response.Create().WithStatusCode(200).WithBody(body));
    }

    public UisCabinetClient Client(
        TimeProvider? time = null, ILogger<UisCabinetClient>? logger = null, Func<UisCabinetOptions, UisCabinetOptions>? change = null)
    {
        var options = new UisCabinetOptions
        {
            Cabinet = "msk",
            CallApiUrl = new Uri(_server.Url! + "/v4.0"),
            DataApiUrl = new Uri(_server.Url! + "/v2.0"),
            AccessToken = Token,
        };
        var client = new UisCabinetClient(
            _http, change?.Invoke(options) ?? options, time ?? TimeProvider.System, logger ?? NullLogger<UisCabinetClient>.Instance);
        _clients.Add(client);
        return client;
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _http.Dispose();
        _server.Dispose();
    }

    private static bool IsMethod(string? text, string method, string? token) =>
        text is not null && JsonNode.Parse(text) is { } body && (string?)body["method"] == method
        && (token is null || (string?)body["params"]?["access_token"] == token);
}
