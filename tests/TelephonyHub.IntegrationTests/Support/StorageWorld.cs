using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.Storage;

namespace TelephonyHub.IntegrationTests.Support;

/// <summary>One database and as many doors to it as a test wants replicas; no hub, nothing that works in the background.</summary>
public sealed class StorageWorld : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _open = [];
    private readonly string? _folder;

    private StorageWorld(HubSettings settings, string? folder) => (Settings, _folder) = (settings, folder);

    public HubSettings Settings { get; }

    /// <param name="provider">Which database.</param>
    /// <param name="empty">Without the hub's tables.</param>
    public static async Task<StorageWorld> CreateAsync(DatabaseProvider provider, bool empty = false)
    {
        var folder = provider == DatabaseProvider.Sqlite ? System.IO.Directory.CreateTempSubdirectory("hub-store-").FullName : null;
        return Of(provider, await TestDatabase.NewAsync(provider, folder, empty), folder);
    }

    /// <summary>Moscow writes, Surgut's plans are only shown.</summary>
    internal static StorageWorld Of(DatabaseProvider provider, string connection, string? folder = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = provider.ToString(),
            ["ConnectionStrings:Hub"] = connection,
            ["Creatio:BaseUrl"] = "http://crm.invalid",
            ["Creatio:Auth:UserName"] = "hub",
            ["Creatio:Auth:Password"] = "hub-password",
            ["Auth:Admin:UserName"] = "admin",
            ["Auth:Admin:Password"] = "admin-password",
            ["Cabinets:sgt:Mode"] = "Shadow",
        };
        foreach (var key in new[] { "msk", "sgt" })
        {
            settings[$"Cabinets:{key}:Name"] = key;
            settings[$"Cabinets:{key}:TimeZone"] = "Europe/Moscow";
            settings[$"Cabinets:{key}:WebhookToken"] = $"webhook-token-of-{key}";
            settings[$"Cabinets:{key}:AccessToken"] = $"access-token-of-{key}";
        }

        return new StorageWorld(HubSettingsLoader.Load(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()), folder);
    }

    /// <summary>The begin of an incoming call of Moscow, as the journal takes it.</summary>
    internal static JournalEntry Event(string key, long session, string? phone = null) => new()
    {
        Cabinet = "msk",
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        ContentKey = key,
        Method = "POST",
        Body = Encoding.UTF8.GetBytes(key),
        Mnemonic = "in_call_session",
        SessionId = session,
        Event = new CallEvent { Kind = CallEventKind.IncomingSession, At = new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.Zero), Direction = CallDirection.In, ClientPhone = phone },
    };

    /// <summary>A further door, migrated and ready. On SQLite the first door's process lock is not asked: here all doors are one process.</summary>
    public async Task<HubDatabase> OpenAsync()
    {
        var database = new HubDatabase(Settings);
        _open.Add(database);
        await using (var startup = Startup(database))
        {
            await startup.RunAsync();
        }

        return database;
    }

    /// <summary>What a starting process does with the database.</summary>
    public StartingProcess Startup(HubDatabase? database = null) => new(database ?? new HubDatabase(Settings));

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _open)
        {
            await database.DisposeAsync();
        }

        if (_folder is not null)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            System.IO.Directory.Delete(_folder, recursive: true);
        }
    }
}

/// <summary>A process that brings the schema up to date and, on SQLite, keeps the file's lock until it is disposed of.</summary>
public sealed class StartingProcess(HubDatabase database) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private DatabaseStartup? _startup;

    public HubDatabase Database => database;

    public HealthRegister Health { get; } = new();

    public async Task StartAsync()
    {
        _startup = new DatabaseStartup(database, Health, TimeProvider.System, NullLogger<DatabaseStartup>.Instance);
        await _startup.StartAsync(_stop.Token);
    }

    public async Task RunAsync()
    {
        await StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await database.WhenReadyAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_startup is { } startup)
        {
            await startup.StopAsync(CancellationToken.None);
            startup.Dispose();
        }

        _stop.Dispose();
    }
}
