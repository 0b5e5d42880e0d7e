using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Control;

/// <summary>A call in the hands of a test on the one side, and of the hub's API on the other.</summary>
internal sealed class ControlWorld : IAsyncDisposable
{
    public const string Client = "79035550001";
    public const string Anna = "anna.ivanova@krepezh.example";
    public const string Boris = "boris.petrov@krepezh.example";
    public const string Nina = "nina.pavlova@krepezh.example";

    private ControlWorld(HubWorld hub, Dictionary<string, SimUser> users) => (Hub, Users) = (hub, users);

    public HubWorld Hub { get; }

    public Dictionary<string, SimUser> Users { get; }

    public static async Task<ControlWorld> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, Action<WorldOptions>? configure = null)
    {
        Dictionary<string, SimUser> users = [];
        var hub = await HubWorld.StartAsync(provider, o =>
        {
            o.Seed = s => users = Company.SeedUsers(s);
            configure?.Invoke(o);
        });

        // The third party lifts when the test says so.
        foreach (var cabinet in hub.Uis.Cabinets.Values)
        {
            cabinet.ApiCalls = cabinet.ApiCalls with { ThirdPartyAnswers = null };
        }

        return new ControlWorld(hub, users);
    }

    /// <summary>A client who rings at Moscow's group.</summary>
    public async Task<LiveCall> RingingAsync(string client = Client)
    {
        var live = await Hub.Uis.Cabinets["msk"].BeginIncomingAsync(new IncomingCall(client, SimulatorCompany.MoscowNumber) { StartedAt = TimeProvider.System.GetUtcNow() });
        await live.RingAsync("79161000002");
        return live;
    }

    /// <summary>A client who talks with Boris of Moscow.</summary>
    public async Task<LiveCall> TalkingAsync(string client = Client)
    {
        var live = await RingingAsync(client);
        await live.AnswerAsync("79161000002");
        await HubWorld.EventuallyAsync(async () => (await Hub.CallAsync("msk", live.SessionId))?["call"]!["state"]!.GetValue<string>() == "talking", "the hub knows of the talk");
        return live;
    }

    public Task<Answer> ActAsync(LiveCall live, string action, string body = "", string? idempotencyKey = null) => ActAsync(live.Cabinet, live.SessionId, action, body, idempotencyKey);

    public async Task<Answer> ActAsync(string cabinet, long session, string action, string body = "", string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/calls/{cabinet}/{session}/{action}");
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await Hub.Api.AnswerAsync(request);
    }

    public string ToManager(string email, string mode = "blind") => new JsonObject { ["manager"] = Users[email].ContactId.ToString(), ["mode"] = mode }.ToJsonString();

    /// <summary>Requests that UIS got from this cabinet's client, in order; reads of the background left out.</summary>
    public IReadOnlyList<string> Asked(string cabinet = "msk") =>
        [.. Hub.Uis.ApiCalls.Where(c => c.Cabinet == cabinet && c.Method is not "list.calls" && !c.Method.StartsWith("get.", StringComparison.Ordinal)).Select(c => c.Method)];

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
