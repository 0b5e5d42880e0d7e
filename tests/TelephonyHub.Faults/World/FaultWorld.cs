using Npgsql;
using TelephonyHub.Hosting;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Faults;

/// <param name="Name">As on the command line.</param>
public sealed record WorldKind(string Name, DatabaseProvider Database, int Hubs)
{
    public static WorldKind Of(string name) => name switch
    {
        "sqlite" => new WorldKind(name, DatabaseProvider.Sqlite, 1),
        "pg1" => new WorldKind(name, DatabaseProvider.Postgres, 1),
        _ => new WorldKind(name, DatabaseProvider.Postgres, 3),
    };
}

/// <summary>
/// Real processes: hubs behind a balancer and PostgreSQL on a disk of its own (or SQLite on one). The stand-ins listen in this process, which may therefore look
/// at the truth: what happened on the phone, and what stands in the CRM.
/// </summary>
public sealed class FaultWorld : IAsyncDisposable
{
    /// <summary>Points enough for a comparison every few seconds; the fault that uses them up uses these up.</summary>
    private const int MinutePoints = 300;

    private readonly SmallDisk _disk;
    private Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    private FaultWorld(WorldKind kind, SmallDisk disk, UisSimulator uis, CreatioSimulator crm, Balancer balancer, int seed)
    {
        (Kind, _disk, Uis, Crm, Balancer, Seed) = (kind, disk, uis, crm, balancer, seed);
        Hubs = new HubFleet(balancer, kind.Hubs, LogFolder);
        Users = Company.SeedUsers(crm.Store);
        Api = new HttpClient { BaseAddress = balancer.Address, Timeout = TimeSpan.FromMinutes(3) };
        Api.DefaultRequestHeaders.Add("X-Api-Key", StandInSettings.ApiKey);
    }

    public WorldKind Kind { get; }

    public UisSimulator Uis { get; }

    public CreatioSimulator Crm { get; }

    public Balancer Balancer { get; }

    public HubFleet Hubs { get; }

    public PostgresCluster? Postgres { get; private set; }

    /// <summary>CRM users by e-mail.</summary>
    public IReadOnlyDictionary<string, SimUser> Users { get; }

    public HttpClient Api { get; }

    public int Seed { get; }

    public bool DiskCanBeFilled => _disk.CanBeFilled;

    /// <summary>Where the hubs' logs are kept.</summary>
    public string LogFolder { get; } = System.IO.Directory.CreateTempSubdirectory("hub-faults-").FullName;

    /// <summary>Of the hubs, as an operator would set them; a fault may want others, see <see cref="RestartHubsAsync"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    public string ConnectionString => _environment["ConnectionStrings__Hub"];

    public static async Task<FaultWorld> StartAsync(WorldKind kind, int seed, int megabytes)
    {
        var cabinets = SimulatorCompany.Cabinets().Select(c => c with { MinutePoints = MinutePoints, DayPoints = 1_000_000 }).ToList();
        var uis = new UisSimulator(SimulatorCompany.Options() with { FirstSessionId = 600_000_000, Cabinets = cabinets, NotificationTimeout = TimeSpan.FromSeconds(30) }, TimeProvider.System);
        await uis.StartAsync();
        foreach (var cabinet in uis.Cabinets.Values)
        {
            cabinet.Options.Templates = NotificationTemplates.Recommended;
        }

        var crm = new CreatioSimulator(new CreatioSimulatorOptions(), TimeProvider.System);
        await crm.StartAsync(CancellationToken.None);
        var world = new FaultWorld(kind, SmallDisk.Create(megabytes), uis, crm, await Balancer.StartAsync(), seed);
        try
        {
            await world.StartDatabaseAndHubsAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public void FillDisk() => _disk.Fill();

    public async Task FreeDiskAsync()
    {
        _disk.Free();
        if (Postgres is { } postgres)
        {
            await postgres.ReviveAsync();
        }
    }

    public Task StartHubAsync(int index) => Hubs.StartAsync(index, _environment);

    public Task StartHubsAsync() => Hubs.StartAllAsync(_environment);

    public async Task RestartHubsAsync(IReadOnlyDictionary<string, string> settings)
    {
        await Task.WhenAll(Enumerable.Range(0, Hubs.Size).Select(Hubs.TerminateAsync));
        await Hubs.StartAllAsync(_environment.Concat(settings).GroupBy(s => s.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal));
    }

    /// <summary>Runs SQL on the hub's database, past the hub.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Hubs.DisposeAsync();
        await Balancer.DisposeAsync();
        await Uis.DisposeAsync();
        await Crm.DisposeAsync();
        if (Postgres is { } postgres)
        {
            await postgres.DisposeAsync();
        }

        _disk.Dispose();
    }

    private async Task StartDatabaseAndHubsAsync()
    {
        var settings = StandInSettings.Of(Uis, Crm);
        settings["Database:Provider"] = Kind.Database.ToString();
        settings["ConnectionStrings:Hub"] = await DatabaseAsync();
        settings["Hub:PublicUrl"] = Balancer.Address.ToString();
        settings["Hub:ConsoleLog"] = "true";
        settings["Sync:LeaseSeconds"] = "6";
        settings["Sync:SettleSeconds"] = "1";
        settings["Directory:RefreshSeconds"] = "5";

        // The runner compares when it has to; by itself the hub does so rarely.
        settings["Reconciliation:IntervalSeconds"] = "3600";
        _environment = StandInSettings.AsEnvironment(settings);
        StandInSettings.Connect(Uis, Balancer.Address);
        await StartHubsAsync();
    }

    private async Task<string> DatabaseAsync()
    {
        if (Kind.Database == DatabaseProvider.Sqlite)
        {
            return $"Data Source={Path.Combine(_disk.Folder, "hub.db")}";
        }

        var binaries = PostgresCluster.FindBinaries() ?? throw new InvalidOperationException("PostgreSQL is not installed: initdb and pg_ctl are not found.");
        Postgres = await PostgresCluster.StartAsync(binaries, _disk.Folder);
        return await PostgresCluster.NewDatabaseAsync(Postgres.ConnectionString, poolSize: 30) + ";Timeout=15";
    }
}
