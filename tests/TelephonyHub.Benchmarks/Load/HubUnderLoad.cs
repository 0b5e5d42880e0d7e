using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Tests.Support;

namespace TelephonyHub.Benchmarks.Load;

/// <summary>The hub as an operator runs it: a process of its own on PostgreSQL, with settings from the environment.</summary>
internal sealed class HubUnderLoad : IAsyncDisposable
{
    public const string ApiKey = "benchmark-key";
    private readonly Process _process;
    private readonly string _folder;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubUnderLoad(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>Compiled ahead, as the image is (src/TelephonyHub/Dockerfile); once a run.</summary>
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public int ProcessId => _process.Id;

    /// <summary>From the start of the process until <c>/health/ready</c> says 200.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Resident memory, MiB.</summary>
    public double MemoryMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024d / 1024d;
        }
    }

    public static async Task<HubUnderLoad> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("hub-bench-").FullName;
        var start = new ProcessStartInfo(await Published.Value) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        foreach (var (key, value) in settings.Append(new("ASPNETCORE_URLS", "http://127.0.0.1:0")))
        {
            start.Environment[key] = value;
        }

        var hub = new HubUnderLoad(new Process { StartInfo = start }, folder);
        var clock = Stopwatch.StartNew();
        hub._process.OutputDataReceived += (_, line) => hub.Heard(line.Data);
        hub._process.ErrorDataReceived += (_, line) => System.Console.Error.WriteLine(line.Data);
        hub._process.Start();
        hub._process.BeginOutputReadLine();
        hub._process.BeginErrorReadLine();
        var address = await hub._listening.Task.WaitAsync(TimeSpan.FromMinutes(2));
        hub.Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 256 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        hub.Http.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        await UntilAsync(async () => (await hub.Http.GetAsync("/health/ready")).IsSuccessStatusCode, TimeSpan.FromMinutes(5), "the hub is ready");
        hub.ReadyAfter = clock.Elapsed;
        return hub;
    }

    /// <summary>What is needed to start, on the given database; both outside systems are those of the world, or nobody.</summary>
    public static Dictionary<string, string> Settings(string connectionString, OutsideWorld? world)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database__Provider"] = "Postgres",
            ["ConnectionStrings__Hub"] = connectionString,
            ["Creatio__BaseUrl"] = world?.Crm.BaseUrl.ToString() ?? "http://127.0.0.1:9",
            ["Creatio__Auth__UserName"] = world?.Crm.Options.UserName ?? "hub",
            ["Creatio__Auth__Password"] = world?.Crm.Options.Password ?? "password",
            ["Uis__CallApiUrl"] = world?.Uis.CallApiUrl.ToString() ?? "http://127.0.0.1:9/v4.0",
            ["Uis__DataApiUrl"] = world?.Uis.DataApiUrl.ToString() ?? "http://127.0.0.1:9/v2.0",
            ["Auth__Admin__UserName"] = "admin",
            ["Auth__Admin__Password"] = "Benchmark-Password-1",
            ["Auth__ApiKeys__0__Name"] = "benchmark",
            ["Auth__ApiKeys__0__Key"] = ApiKey,
            ["Auth__ApiKeys__0__Roles__0"] = "administrator",
            // As a company of this size would set it: the CRM answers several at once.
            ["Sync__Concurrency"] = "16",
            ["Routing__CommonNumbers__0"] = SimulatorCompany.CommonNumber,

            // One comparison in the middle of a measurement would be another load.
            ["Reconciliation__IntervalSeconds"] = "86400",
        };
        foreach (var (cabinet, digit) in SimulatorCompany.Cabinets().Select((c, i) => (c, i + 1)))
        {
            var key = $"Cabinets__{cabinet.Key}__";
            settings[key + "Name"] = cabinet.Name;
            settings[key + "TimeZone"] = cabinet.TimeZone;
            settings[key + "RegionDigit"] = digit.ToString(CultureInfo.InvariantCulture);
            settings[key + "WebhookToken"] = TokenOf(cabinet.Key);
            settings[key + "AccessToken"] = cabinet.AccessToken;
            settings[key + "GroupPhones__0"] = cabinet.Employees[1].PhoneNumbers[^1];
            settings[key + "DutyPhones__0"] = cabinet.Employees[3].PhoneNumbers[^1];
            foreach (var (number, n) in cabinet.VirtualNumbers.Select((number, n) => (number, n)))
            {
                settings[string.Create(CultureInfo.InvariantCulture, $"{key}Numbers__{n}")] = number;
            }
        }

        return settings;
    }

    public static string TokenOf(string cabinet) => $"webhook-token-of-{cabinet}";

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan patience, string what)
    {
        var clock = Stopwatch.StartNew();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            if (clock.Elapsed > patience)
            {
                throw new TimeoutException($"Waited in vain until {what}.");
            }

            await pace.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> PublishAsync()
    {
        // To measure a build that is there already, such as one with the framework in it.
        if (Environment.GetEnvironmentVariable("HUB_PUBLISHED") is { Length: > 0 } ready)
        {
            return Path.Combine(ready, "TelephonyHub");
        }

        var folder = Path.Combine(SourceTree.Root, "artifacts/benchmark-hub");
        await Processes.RunAsync("dotnet", [
            "publish", Path.Combine(SourceTree.Root, "src/TelephonyHub"), "-c", "Release", "--use-current-runtime", "--self-contained", "false",
            "-p:PublishReadyToRun=true", "-p:RunAnalyzers=false", "-v", "quiet", "-o", folder]);
        return Path.Combine(folder, "TelephonyHub");
    }

    private void Heard(string? line)
    {
        if (line?.Contains("Now listening on", StringComparison.Ordinal) == true && JsonNode.Parse(line)?["address"]?.GetValue<string>() is { } address)
        {
            _listening.TrySetResult(new Uri(address));
        }
    }
}

/// <summary>Both stand-ins, in the driver's process.</summary>
internal sealed class OutsideWorld : IAsyncDisposable
{
    private OutsideWorld(UisSimulator uis, CreatioSimulator crm) => (Uis, Crm) = (uis, crm);

    public UisSimulator Uis { get; }

    public CreatioSimulator Crm { get; }

    public static async Task<OutsideWorld> StartAsync()
    {
        // Points would be gone at this rate; the limits are tested elsewhere.
        var cabinets = SimulatorCompany.Cabinets().Select(c => c with { MinutePoints = 1_000_000, DayPoints = 10_000_000, CallMinutePoints = 1_000_000, CallDayPoints = 10_000_000 });
        var uis = new UisSimulator(SimulatorCompany.Options() with { Cabinets = [.. cabinets], RecordDelay = TimeSpan.Zero, FirstSessionId = 500_000_000 }, TimeProvider.System);
        await uis.StartAsync();
        var crm = new CreatioSimulator(new CreatioSimulatorOptions(), TimeProvider.System);
        await crm.StartAsync(CancellationToken.None);
        foreach (var person in uis.Cabinets.Values.SelectMany(c => c.Employees).DistinctBy(e => e.Email, StringComparer.Ordinal))
        {
            crm.Store.AddUser(person.FullName, person.Email!, person.Email);
        }

        return new OutsideWorld(uis, crm);
    }

    /// <summary>Notifications and routing questions go to these hubs, a cabinet's to one of them.</summary>
    public void PointAt(IReadOnlyList<HubUnderLoad> hubs)
    {
        foreach (var ((key, cabinet), n) in Uis.Cabinets.Select((c, n) => (c, n)))
        {
            var hub = hubs[n % hubs.Count];
            cabinet.Options.Templates = NotificationTemplates.Recommended;
            cabinet.Options.EventsUrl = new Uri(hub.Http.BaseAddress!, $"/uis/{key}/events?token={HubUnderLoad.TokenOf(key)}");
            cabinet.Options.RouteUrl = new Uri(hub.Http.BaseAddress!, $"/uis/{key}/route?token={HubUnderLoad.TokenOf(key)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Uis.DisposeAsync();
        await Crm.DisposeAsync();
    }
}
