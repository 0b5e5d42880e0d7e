using System.Globalization;
using System.Net.NetworkInformation;
using TelephonyHub.Hosting;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Demo;

/// <summary>Both stand-ins and the hub in this process, on free ports of this machine, with data in a fresh folder.</summary>
public sealed class DemoWorld : IAsyncDisposable
{
    public const string AdminName = "admin";
    public const string AdminPassword = "demo-password";
    public const string ApiKey = "demo-api-key";

    /// <summary>A simulated second lasts 25 ms: long enough for a card to come before the answer, short enough to watch.</summary>
    private const double TimeScale = 40;
    private const int WantedPort = 5080;

    private readonly WebApplication _hub;

    private DemoWorld(WebApplication hub, UisSimulator uis, CreatioSimulator crm, DemoCompany company, string folder)
    {
        (_hub, Uis, Crm, Company, Folder) = (hub, uis, crm, company, folder);
        Address = hub.Urls.First();
        Api = new HubApi(new Uri(Address), ApiKey);
    }

    public UisSimulator Uis { get; }

    public CreatioSimulator Crm { get; }

    public DemoCompany Company { get; }

    public HubApi Api { get; }

    /// <summary>Of the hub.</summary>
    public string Address { get; }

    public string Folder { get; }

    public static async Task<DemoWorld> StartAsync(CancellationToken ct)
    {
        var cabinets = SimulatorCompany.Cabinets();
        var uis = new UisSimulator(new UisSimulatorOptions { Cabinets = cabinets, TimeScale = TimeScale, RecordFormat = SimAudioFormat.Wav }, TimeProvider.System);
        var crm = new CreatioSimulator(new CreatioSimulatorOptions(), TimeProvider.System);
        await uis.StartAsync(ct);
        await crm.StartAsync(ct);
        var company = DemoCompany.Seed(crm.Store, cabinets);
        var folder = System.IO.Directory.CreateTempSubdirectory("telephonyhub-demo-").FullName;
        var hub = HubApplication.Build([], builder =>
        {
            builder.WebHost.UseUrls(IsFree(WantedPort) ? $"http://localhost:{WantedPort}" : "http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(Settings(uis, crm, cabinets, folder));
        });
        await hub.StartAsync(ct);
        var world = new DemoWorld(hub, uis, crm, company, folder);
        Connect(cabinets, hub.Urls.First());
        return world;
    }

    public string NameOf(string cabinet) => Uis.Cabinets[cabinet].Options.Name;

    /// <summary>Where the person works, else where the call was.</summary>
    public TimeZoneInfo ZoneOf(string cabinet, string employee) => TimeZoneInfo.FindSystemTimeZoneById(
        (Uis.Cabinets.Values.FirstOrDefault(c => c.Employees.Any(e => e.FullName == employee)) ?? Uis.Cabinets[cabinet]).Options.TimeZone);

    /// <summary>Waits until the hub has read users, employees and numbers; then the first call finds its manager.</summary>
    public async Task WhenReadyAsync(CancellationToken ct)
    {
        await Api.WhenAsync("health/ready", answer => answer["status"]?.GetValue<string>() == "ready", ct);
        var expected = Company.Users.Count;
        await Api.WhenAsync("api/v1/managers", answer => answer["items"]!.AsArray().Count(m => m!["contactId"] is not null) >= expected, ct);
    }

    public async ValueTask DisposeAsync()
    {
        // The hub first: it would log faults of the outside world that is being taken away.
        await _hub.StopAsync();
        await _hub.DisposeAsync();
        await Uis.DisposeAsync();
        await Crm.DisposeAsync();
        Api.Dispose();
    }

    /// <summary>Each cabinet is set up in another way that the field knows, to show that the hub understands all of them.</summary>
    private static void Connect(IReadOnlyList<SimCabinetOptions> cabinets, string hub)
    {
        foreach (var cabinet in cabinets)
        {
            cabinet.EventsUrl = new Uri($"{hub}/uis/{cabinet.Key}/events?token={TokenOf(cabinet)}");
            cabinet.RouteUrl = new Uri($"{hub}/uis/{cabinet.Key}/route?token={TokenOf(cabinet)}");
            cabinet.AppendEventToUrl = true;
            cabinet.Templates = cabinet.Key switch
            {
                "spb" => NotificationTemplates.Default,
                "rzn" => NotificationTemplates.Flat,
                _ => NotificationTemplates.Recommended,
            };
        }
    }

    private static Dictionary<string, string?> Settings(UisSimulator uis, CreatioSimulator crm, IReadOnlyList<SimCabinetOptions> cabinets, string folder)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Hub"] = $"Data Source={Path.Combine(folder, "hub.db")}",
            ["Hub:ConsoleLog"] = "false",
            ["Hub:LogFile"] = Path.Combine(folder, "hub.log"),
            ["Uis:CallApiUrl"] = uis.CallApiUrl.ToString(),
            ["Uis:DataApiUrl"] = uis.DataApiUrl.ToString(),
            ["Creatio:BaseUrl"] = crm.BaseUrl.ToString(),
            ["Creatio:Auth:UserName"] = crm.Options.UserName,
            ["Creatio:Auth:Password"] = crm.Options.Password,
            ["Routing:CommonNumbers:0"] = SimulatorCompany.CommonNumber,

            // The usual two seconds, divided like all time here.
            ["Sync:SettleSeconds"] = "0.5",
            ["Auth:Admin:UserName"] = AdminName,
            ["Auth:Admin:Password"] = AdminPassword,
            ["Auth:ApiKeys:0:Name"] = "demo",
            ["Auth:ApiKeys:0:Key"] = ApiKey,
            ["Auth:ApiKeys:0:Roles:0"] = "administrator",
        };
        foreach (var (cabinet, digit) in cabinets.Select((c, i) => (c, i + 1)))
        {
            AddCabinet(settings, cabinet, digit.ToString(CultureInfo.InvariantCulture));
        }

        return settings;
    }

    private static void AddCabinet(Dictionary<string, string?> settings, SimCabinetOptions cabinet, string digit)
    {
        var at = $"Cabinets:{cabinet.Key}";
        settings[$"{at}:Name"] = cabinet.Name;
        settings[$"{at}:TimeZone"] = cabinet.TimeZone;
        settings[$"{at}:RegionDigit"] = digit;
        settings[$"{at}:WebhookToken"] = TokenOf(cabinet);
        settings[$"{at}:AccessToken"] = cabinet.AccessToken;
        settings[$"{at}:DutyPhones:0"] = DemoCompany.DutyPhone(cabinet.Key);
        foreach (var (number, i) in cabinet.VirtualNumbers.Where(n => n != SimulatorCompany.CommonNumber).Select((n, i) => (n, i)))
        {
            settings[$"{at}:Numbers:{i}"] = number;
        }

        // The group's mobiles, not its SIP lines: another cabinet can dial those, too.
        var group = cabinet.Groups[0].EmployeeIds.Select(id => cabinet.Employees.First(e => e.Id == id).PhoneNumbers[^1]);
        foreach (var (phone, i) in group.Select((p, i) => (p, i)))
        {
            settings[$"{at}:GroupPhones:{i}"] = phone;
        }
    }

    private static string TokenOf(SimCabinetOptions cabinet) => $"demo-webhook-{cabinet.Key}";

    private static bool IsFree(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(listener => listener.Port != port);
}
