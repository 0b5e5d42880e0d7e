using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

/// <summary>A started stand-in with a clock that stands still, a hub double, and a JSON-RPC client that knows nothing.</summary>
internal sealed class SimulatorFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 15, 30, 250, TimeSpan.Zero);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private SimulatorFixture(UisSimulator simulator, HubDouble hub, FakeTimeProvider time)
    {
        Simulator = simulator;
        Hub = hub;
        Time = time;
    }

    public UisSimulator Simulator { get; }

    public HubDouble Hub { get; }

    public FakeTimeProvider Time { get; }

    public HttpClient Http => _http;

    public SimCabinet Moscow => Simulator.Cabinets["msk"];

    public static async Task<SimulatorFixture> StartAsync(
        Func<UisSimulatorOptions, UisSimulatorOptions>? change = null, NotificationTemplates? templates = null)
    {
        var hub = await HubDouble.StartAsync();
        var options = SimulatorCompany.Options() with { FirstSessionId = 1_000_000_001 };
        options = change?.Invoke(options) ?? options;
        foreach (var cabinet in options.Cabinets)
        {
            cabinet.EventsUrl = hub.EventsUrl;
            cabinet.RouteUrl = hub.RouteUrl;
            cabinet.Templates = templates ?? NotificationTemplates.Recommended;
        }

        var time = new FakeTimeProvider(Start);
        var simulator = new UisSimulator(options, time);
        await simulator.StartAsync();
        return new SimulatorFixture(simulator, hub, time);
    }

    /// <summary>Changes Moscow's options.</summary>
    public static Func<UisSimulatorOptions, UisSimulatorOptions> WithMoscow(Func<SimCabinetOptions, SimCabinetOptions> change) =>
        options => options with { Cabinets = [.. options.Cabinets.Select(cabinet => cabinet.Key == "msk" ? change(cabinet) : cabinet)] };

    public Task<JsonObject> CallAsync(string method, JsonObject? parameters = null, string? token = "sim-token-msk") =>
        SendAsync(Simulator.CallApiUrl, method, parameters, token);

    public Task<JsonObject> DataAsync(string method, JsonObject? parameters = null, string? token = "sim-token-msk") =>
        SendAsync(Simulator.DataApiUrl, method, parameters, token);

    /// <summary>Posts a text as it is.</summary>
    public async Task<JsonObject> RawAsync(Uri url, string body)
    {
        using var response = await _http.PostAsync(url, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        response.StatusCode.Should().Be(System.Net.HttpStatusCode.OK, "JSON-RPC errors come with 200");
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        await Hub.DisposeAsync();
        _http.Dispose();
    }

    private Task<JsonObject> SendAsync(Uri url, string method, JsonObject? parameters, string? token)
    {
        var all = parameters ?? [];
        if (token is not null)
        {
            all["access_token"] = token;
        }

        return RawAsync(url, new JsonObject { ["jsonrpc"] = "2.0", ["id"] = "r1", ["method"] = method, ["params"] = all }.ToJsonString());
    }
}

internal static class Rpc
{
    public static string? Mnemonic(this JsonObject answer) => (string?)answer["error"]?["data"]?["mnemonic"];

    public static JsonNode Data(this JsonObject answer)
    {
        answer["error"].Should().BeNull();
        return answer["result"]!["data"]!;
    }
}
