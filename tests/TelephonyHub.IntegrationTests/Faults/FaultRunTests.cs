namespace TelephonyHub.IntegrationTests.Faults;

/// <summary>A hub on SQLite: what is about the process and its file.</summary>
public sealed class FaultsOnSqlite(FaultsOnSqlite.World world) : FaultRunTests(world), IClassFixture<FaultsOnSqlite.World>
{
    public static TheoryData<Fault> Faults => Of("sqlite");

    [SkippableTheory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public Task AfterTheFault_NothingIsLostDoubledOrWrong(Fault fault) => ExpectNothingWrongAsync(fault);

    public sealed class World() : FaultsWorld("sqlite");
}

/// <summary>Three hubs on one PostgreSQL.</summary>
public sealed class FaultsOnThreeHubs(FaultsOnThreeHubs.World world) : FaultRunTests(world), IClassFixture<FaultsOnThreeHubs.World>
{
    public static TheoryData<Fault> Faults => Of("pg3");

    [SkippableTheory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public Task AfterTheFault_NothingIsLostDoubledOrWrong(Fault fault) => ExpectNothingWrongAsync(fault);

    public sealed class World() : FaultsWorld("pg3");
}

/// <summary>
/// The short form of tests/TelephonyHub.Faults: real processes, a mixed load, one fault at a time, and everything counted from what the telephone really did. The long
/// form is run by hand; its table is docs/faults.md.
/// </summary>
public abstract class FaultRunTests(FaultsWorld shared)
{
    private const int Calls = 30;

    protected static TheoryData<Fault> Of(string world) => [.. FaultCatalogue.All.Where(f => f.PlaysIn(WorldKind.Of(world), longForm: false))];

    protected async Task ExpectNothingWrongAsync(Fault fault)
    {
        var (world, run) = await shared.StartedAsync();
        Skip.If(fault.NeedsSmallDisk && !world.DiskCanBeFilled, "Only root may mount the small disk.");

        var result = await run.PlayAsync(fault, Calls);

        result.Count.Faults.Should().BeEmpty($"{FaultTable.Row(result)}; logs in {world.LogFolder}");
        result.Passed.Should().BeTrue();
        result.Calls.Should().BeGreaterThanOrEqualTo(Calls);
        if (fault.LosesNoWebhook)
        {
            result.NotAccepted.Should().Be(0, "some replica always takes the event");
        }
    }
}

/// <summary>The processes, for all faults of a class.</summary>
public abstract class FaultsWorld(string kind) : IAsyncLifetime
{
    private readonly Lazy<Task<FaultWorld>> _world = new(() => FaultWorld.StartAsync(WorldKind.Of(kind), new FaultOptions().Seed, megabytes: 400));
    private FaultRun? _run;

    public async Task<(FaultWorld World, FaultRun Run)> StartedAsync()
    {
        var binaries = PostgresCluster.FindBinaries() is not null || kind == "sqlite";
        Skip.If(!binaries && Environment.GetEnvironmentVariable("CI") is null or "", "PostgreSQL is not installed.");
        var world = await _world.Value;
        return (world, _run ??= new FaultRun(world, longForm: false));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_world is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _world.Value).DisposeAsync();
        }
    }
}
