using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Routing;
using TelephonyHub.Storage;

namespace TelephonyHub.IntegrationTests.Storage;

/// <summary>What works in the background neither takes the hub down with it nor loses what it was given.</summary>
public sealed class BackgroundTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task DecisionLog_StoppedWithDecisionsWaiting_StoresThemFirst()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Sqlite);
        var ready = await world.OpenAsync();
        await using var database = new HubDatabase(world.Settings);
        using var log = new DecisionLog(database, new FoldSignal(), TimeProvider.System, NullLogger<DecisionLog>.Instance);
        await log.StartAsync(default);
        var decision = new RouteDecision { Chain = [], LeftOut = [], Region = default, RegionReason = new Reason("", ""), Phones = [], ReturnedCode = 0 };
        log.Add(new AnsweredRoute(new RouteQuestion(CabinetKey.Parse("msk"), 1, "79035550001", null, null), decision, "{}", TimeProvider.System.GetUtcNow(), TimeSpan.Zero));

        var stopping = log.StopAsync(default);
        database.MarkReady();
        await stopping.WaitAsync(Patience);

        await using var look = ready.CreateContext();
        (await look.Decisions.CountAsync()).Should().Be(1, "it was answered, so it must be explainable");
    }

    [Fact]
    public async Task Start_SnapshotThatCannotBeRead_HubRunsWithoutIt()
    {
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Sqlite);
        await world.Services.GetRequiredService<HubDatabase>().WriteAsync(
            (context, ct) => context.Snapshots.Where(s => s.Name == "users").ExecuteUpdateAsync(s => s.SetProperty(x => x.Data, "{ not JSON"), ct), default);
        await world.StopHubAsync();

        await world.StartHubAsync();

        world.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.Should().BeFalse();
        world.Services.GetRequiredService<DirectoryService>().Managers.Should().NotBeNull();
    }

    [Fact]
    public async Task Claim_ReadsOnlyWhatIsDirtyOrDue_HoweverManySessionsThereAre()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Sqlite);
        await using var context = (await world.OpenAsync()).CreateContext();
        await context.Database.OpenConnectionAsync();
        foreach (var (which, index) in new[] { (SessionFolder.ClaimDirty, "ix_sessions_dirty"), (SessionFolder.ClaimDue, "plan_due_at") })
        {
            await using var command = HubDatabase.Command(context, $"EXPLAIN QUERY PLAN {SessionFolder.ClaimColumns} WHERE {which}").With("@now", 5L);
            await using var reader = await command.ExecuteReaderAsync();
            (await reader.ReadAsync()).Should().BeTrue();
            reader.GetString(3).Should().Contain(index);
        }
    }
}
