using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;

namespace TelephonyHub.IntegrationTests.Support;

/// <summary>Both stand-ins and a hub on a real database, wired as in production: UIS posts to the hub's address, the hub calls theirs.</summary>
public sealed class HubWorld : IAsyncDisposable
{
    public const string ApiKey = StandInSettings.ApiKey;
    public const string IntegrationKey = StandInSettings.IntegrationKey;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string?> _settings;
    private readonly string? _folder;
    private readonly bool _waitForDatabase;
    private WebApplication? _hub;

    private HubWorld(UisSimulator uis, CreatioSimulator crm, Dictionary<string, string?> settings, string? folder, bool waitForDatabase) =>
        (Uis, Crm, _settings, _folder, _waitForDatabase) = (uis, crm, settings, folder, waitForDatabase);

    public UisSimulator Uis { get; }

    public CreatioSimulator Crm { get; }

    public HttpClient Http { get; private set; } = null!;

    public HttpClient Api { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _hub!.Services;

    public static async Task<HubWorld> StartAsync(DatabaseProvider provider, Action<WorldOptions>? configure = null)
    {
        var options = new WorldOptions();
        configure?.Invoke(options);
        var cabinets = options.Cabinets?.Invoke(SimulatorCompany.Cabinets()) ?? SimulatorCompany.Cabinets();
        var uis = new UisSimulator(SimulatorCompany.Options() with { FirstSessionId = 500_000_000, Cabinets = cabinets, InteractiveTimeout = Patience }, TimeProvider.System);
        await uis.StartAsync();
        var crm = new CreatioSimulator(options.Creatio, TimeProvider.System);
        await crm.StartAsync(CancellationToken.None);
        options.Seed?.Invoke(crm.Store);
        options.Before?.Invoke(crm);

        var folder = provider == DatabaseProvider.Sqlite ? System.IO.Directory.CreateTempSubdirectory("hub-test-").FullName : null;
        var connection = await TestDatabase.NewAsync(provider, folder);
        var world = new HubWorld(uis, crm, Settings(uis, crm, provider, connection, options), folder, options.WaitForDatabase);
        foreach (var cabinet in uis.Cabinets.Values)
        {
            cabinet.Options.Templates = options.Templates;
            cabinet.Options.AppendEventToUrl = options.AppendEventToUrl;
        }

        await world.StartHubAsync();
        return world;
    }

    /// <summary>Starts the hub on the same database and ports of the stand-ins, as after a crash or an upgrade.</summary>
    public async Task StartHubAsync(bool waitUntilReady = true)
    {
        _hub = HubApplication.Build([], builder =>
        {
            builder.Configuration.Sources.Clear();
            builder.Configuration.AddInMemoryCollection(_settings);
        });
        _hub.Urls.Add("http://127.0.0.1:0");
        await _hub.StartAsync();
        Address = new Uri(_hub.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        Api = new HttpClient { BaseAddress = Address };
        Api.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        StandInSettings.Connect(Uis, Address);

        if (!waitUntilReady)
        {
            return;
        }

        // Ready does not wait for the database: an unreachable one only degrades.
        await EventuallyAsync(
            async () => (await Http.GetAsync("/health/ready")).IsSuccessStatusCode && (!_waitForDatabase || _hub.Services.GetRequiredService<HubDatabase>().IsReady),
            "the hub is ready");
    }

    /// <summary>A further hub on the same PostgreSQL and the same stand-ins, as behind a load balancer.</summary>
    public async Task<HubReplica> StartReplicaAsync()
    {
        var hub = HubApplication.Build([], builder =>
        {
            builder.Configuration.Sources.Clear();
            builder.Configuration.AddInMemoryCollection(_settings);
        });
        hub.Urls.Add("http://127.0.0.1:0");
        await hub.StartAsync();
        var replica = new HubReplica(hub);
        await EventuallyAsync(async () => (await replica.Http.GetAsync("/health/ready")).IsSuccessStatusCode && hub.Services.GetRequiredService<HubDatabase>().IsReady, "the replica is ready");
        return replica;
    }

    public async Task StopHubAsync()
    {
        if (_hub is { } hub)
        {
            _hub = null;
            await hub.StopAsync();
            await hub.DisposeAsync();
        }
    }

    /// <summary>A setting of the next start.</summary>
    public void Change(string key, string value) => _settings[key] = value;

    public static string TokenOf(string cabinet) => StandInSettings.TokenOf(cabinet);

    public async Task<JsonNode> GetAsync(string path) => (await Api.GetFromJsonAsync<JsonNode>(path))!;

    public Task<JsonNode?> CallAsync(string cabinet, long sessionId) => CallAsync(Api, cabinet, sessionId);

    /// <summary>The call as it stands once nothing is left to do for it.</summary>
    public Task<JsonNode> SettledAsync(string cabinet, long sessionId) => SettledAsync(Api, cabinet, sessionId);

    /// <summary>Compares PBX, journal and CRM right now.</summary>
    /// <returns>The proof: a row for each cabinet and day.</returns>
    public async Task<JsonArray> CompareAsync()
    {
        using var answer = await Api.PostAsync("/api/v1/reconciliation/run", null);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!["items"]!.AsArray();
    }

    public static async Task<JsonNode?> CallAsync(HttpClient api, string cabinet, long sessionId)
    {
        using var response = await api.GetAsync($"/api/v1/calls/{cabinet}/{sessionId}");
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonNode>() : null;
    }

    public static async Task<JsonNode> SettledAsync(HttpClient api, string cabinet, long sessionId)
    {
        JsonNode? call = null;
        await EventuallyAsync(
            async () =>
            {
                call = await CallAsync(api, cabinet, sessionId);
                var tasks = call?["tasks"]!.AsArray() ?? [];

                // A plan of one question only goes on when the report has answered.
                return call is not null && call["plan"] is not null && !(tasks.Count == 1 && tasks[0]!["kind"]!.GetValue<string>() == "talker") && call["tasks"]!.AsArray().All(t => t!["state"]!.GetValue<string>() is "done" or "dead");
            },
            $"call {cabinet}:{sessionId} is settled",
            () => call?["tasks"]?.ToJsonString() + call?["foldError"]);

        // Once more: the call was read a moment before its tasks.
        return (await CallAsync(api, cabinet, sessionId))!;
    }

    /// <summary>Asks again until it holds; the hub works in the background, and its reads are the signal.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what, Func<string?>? details = null)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain until {what}. {details?.Invoke()}");
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopHubAsync();
        await Uis.DisposeAsync();
        await Crm.DisposeAsync();
        if (_folder is not null)
        {
            // A page that was just left may still be reading: whoever closes the database last takes its log away, and until then the folder changes.
            await EventuallyAsync(() => Task.FromResult(IsDeleted(_folder)), $"{_folder} is left alone");
        }
    }

    private static bool IsDeleted(string folder)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        try
        {
            System.IO.Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return !System.IO.Directory.Exists(folder);
        }
    }

    internal static Dictionary<string, string?> Settings(UisSimulator uis, CreatioSimulator crm, DatabaseProvider provider, string connection, WorldOptions options)
    {
        var settings = StandInSettings.Of(uis, crm);
        settings["Database:Provider"] = provider.ToString();
        settings["ConnectionStrings:Hub"] = connection;
        settings["Creatio:Auth:Mode"] = options.OAuth ? "OAuth" : "Forms";

        // A test that is about the comparison asks for it; another, on a slow machine, would be surprised by it.
        settings["Reconciliation:FirstAfterSeconds"] = "3600";
        foreach (var (key, value) in options.Settings)
        {
            if (value is null)
            {
                settings.Remove(key);
            }
            else
            {
                settings[key] = value;
            }
        }

        return settings;
    }
}

/// <summary>Another process of the same hub, as far as it can be one within the tests' own.</summary>
public sealed class HubReplica(WebApplication hub) : IAsyncDisposable
{
    public HttpClient Http { get; } = new() { BaseAddress = new Uri(hub.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await hub.StopAsync();
        await hub.DisposeAsync();
    }
}

/// <summary>What a test changes of the usual world.</summary>
public sealed class WorldOptions
{
    public CreatioSimulatorOptions Creatio { get; } = new();

    public bool OAuth { get; set; }

    public NotificationTemplates Templates { get; set; } = NotificationTemplates.Recommended;

    public bool AppendEventToUrl { get; set; }

    public Action<CreatioStore>? Seed { get; set; }

    /// <summary>What ails the CRM before the hub asks it for the first time.</summary>
    public Action<CreatioSimulator>? Before { get; set; }

    /// <summary>The cabinets of UIS, made of the company's; each is configured by its settings alone.</summary>
    public Func<IReadOnlyList<SimCabinetOptions>, IReadOnlyList<SimCabinetOptions>>? Cabinets { get; set; }

    /// <summary>False where the database is away on purpose.</summary>
    public bool WaitForDatabase { get; set; } = true;

    /// <summary>Null takes a usual setting away.</summary>
    public Dictionary<string, string?> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);
}
