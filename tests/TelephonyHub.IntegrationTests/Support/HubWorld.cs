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
    public const string ApiKey = "test-key-administrator";
    public const string IntegrationKey = "test-key-integration";
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
        var uis = new UisSimulator(SimulatorCompany.Options() with { FirstSessionId = 500_000_000, Cabinets = cabinets }, TimeProvider.System);
        await uis.StartAsync();
        var crm = new CreatioSimulator(options.Creatio, TimeProvider.System);
        await crm.StartAsync(CancellationToken.None);
        options.Seed?.Invoke(crm.Store);

        var folder = provider == DatabaseProvider.Sqlite ? System.IO.Directory.CreateTempSubdirectory("hub-test-").FullName : null;
        var connection = provider == DatabaseProvider.Postgres ? await PostgresServer.NewDatabaseAsync() : $"Data Source={Path.Combine(folder!, "hub.db")}";
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
        foreach (var (key, cabinet) in Uis.Cabinets)
        {
            cabinet.Options.EventsUrl = new Uri(Address, $"/uis/{key}/events?token={TokenOf(key)}");
            cabinet.Options.RouteUrl = new Uri(Address, $"/uis/{key}/route?token={TokenOf(key)}");
        }

        if (!waitUntilReady)
        {
            return;
        }

        // Ready does not wait for the database: an unreachable one only degrades.
        await EventuallyAsync(
            async () => (await Http.GetAsync("/health/ready")).IsSuccessStatusCode && (!_waitForDatabase || _hub.Services.GetRequiredService<HubDatabase>().IsReady),
            "the hub is ready");
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

    public static string TokenOf(string cabinet) => $"webhook-token-of-{cabinet}";

    public async Task<JsonNode> GetAsync(string path) => (await Api.GetFromJsonAsync<JsonNode>(path))!;

    public Task<JsonNode?> CallAsync(string cabinet, long sessionId) => CallAsync(Api, cabinet, sessionId);

    /// <summary>The call as it stands once nothing is left to do for it.</summary>
    public Task<JsonNode> SettledAsync(string cabinet, long sessionId) => SettledAsync(Api, cabinet, sessionId);

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
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
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
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            System.IO.Directory.Delete(_folder, recursive: true);
        }
    }

    internal static Dictionary<string, string?> Settings(UisSimulator uis, CreatioSimulator crm, DatabaseProvider provider, string connection, WorldOptions options)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Database:Provider"] = provider.ToString(),
            ["ConnectionStrings:Hub"] = connection,
            ["Hub:ConsoleLog"] = "false",
            ["Uis:CallApiUrl"] = uis.CallApiUrl.ToString(),
            ["Uis:DataApiUrl"] = uis.DataApiUrl.ToString(),
            ["Creatio:BaseUrl"] = crm.BaseUrl.ToString(),
            ["Creatio:Flavor"] = options.Creatio.Flavor.ToString(),
            ["Creatio:Auth:Mode"] = options.OAuth ? "OAuth" : "Forms",
            ["Creatio:Auth:UserName"] = options.Creatio.UserName,
            ["Creatio:Auth:Password"] = options.Creatio.Password,
            ["Creatio:Auth:ClientId"] = options.Creatio.ClientId,
            ["Creatio:Auth:ClientSecret"] = options.Creatio.ClientSecret,
            ["Creatio:Auth:TokenUrl"] = crm.TokenUrl.ToString(),
            ["Routing:CommonNumbers:0"] = SimulatorCompany.CommonNumber,
            ["Sync:SettleSeconds"] = "0.3",
            ["Directory:RefreshSeconds"] = "1",
            ["Auth:Admin:UserName"] = "admin",
            ["Auth:Admin:Password"] = "admin-password",
            ["Auth:ApiKeys:0:Name"] = "tests",
            ["Auth:ApiKeys:0:Key"] = ApiKey,
            ["Auth:ApiKeys:0:Roles:0"] = "administrator",
            ["Auth:ApiKeys:1:Name"] = "integration",
            ["Auth:ApiKeys:1:Key"] = IntegrationKey,
            ["Auth:ApiKeys:1:Roles:0"] = "integration",
        };
        var digit = 1;
        foreach (var (key, cabinet) in uis.Cabinets)
        {
            settings[$"Cabinets:{key}:Name"] = cabinet.Options.Name;
            settings[$"Cabinets:{key}:TimeZone"] = cabinet.Options.TimeZone;
            settings[$"Cabinets:{key}:RegionDigit"] = $"{digit++}";
            settings[$"Cabinets:{key}:WebhookToken"] = TokenOf(key);
            settings[$"Cabinets:{key}:AccessToken"] = cabinet.Options.AccessToken;
            foreach (var (number, i) in cabinet.Options.VirtualNumbers.Select((n, i) => (n, i)))
            {
                settings[$"Cabinets:{key}:Numbers:{i}"] = number;
            }

            settings[$"Cabinets:{key}:GroupPhones:0"] = cabinet.Options.Employees[1].PhoneNumbers[^1];
            settings[$"Cabinets:{key}:GroupPhones:1"] = cabinet.Options.Employees[2].PhoneNumbers[^1];
            settings[$"Cabinets:{key}:DutyPhones:0"] = cabinet.Options.Employees[3].PhoneNumbers[^1];
        }

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

/// <summary>What a test changes of the usual world.</summary>
public sealed class WorldOptions
{
    public CreatioSimulatorOptions Creatio { get; } = new();

    public bool OAuth { get; set; }

    public NotificationTemplates Templates { get; set; } = NotificationTemplates.Recommended;

    public bool AppendEventToUrl { get; set; }

    public Action<CreatioStore>? Seed { get; set; }

    /// <summary>The cabinets of UIS, made of the company's; each is configured by its settings alone.</summary>
    public Func<IReadOnlyList<SimCabinetOptions>, IReadOnlyList<SimCabinetOptions>>? Cabinets { get; set; }

    /// <summary>False where the database is away on purpose.</summary>
    public bool WaitForDatabase { get; set; } = true;

    /// <summary>Null takes a usual setting away.</summary>
    public Dictionary<string, string?> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);
}
