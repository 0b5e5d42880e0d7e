using TelephonyHub.Hosting;

namespace TelephonyHub.IntegrationTests.Support;

/// <summary>
/// One world for all tests of a class, started by the first that asks: where PostgreSQL is missing, each test is skipped with the reason, which a
/// fixture that fails at construction could not do.
/// </summary>
public abstract class SharedWorld : IAsyncLifetime
{
    private static long _session = 900_000_000;
    private readonly Lazy<Task<HubWorld>> _world;

    protected SharedWorld(DatabaseProvider provider)
    {
        Provider = provider;
        _world = new Lazy<Task<HubWorld>>(() => HubWorld.StartAsync(provider, Configure));
    }

    public DatabaseProvider Provider { get; }

    /// <summary>A call session id that no other test of the run uses.</summary>
    public static long NewSession() => Interlocked.Increment(ref _session);

    public Task<HubWorld> WorldAsync() => _world.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_world is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _world.Value).DisposeAsync();
        }
    }

    protected virtual void Configure(WorldOptions options)
    {
    }
}
