using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage;

namespace TelephonyHub.IntegrationTests.Storage;

public sealed class JournalOnSqlite() : JournalStoreTests(DatabaseProvider.Sqlite);

public sealed class JournalOnPostgres() : JournalStoreTests(DatabaseProvider.Postgres);

/// <summary>What the journal promises, whatever the database: once each, neighbours unharmed, no deadlock that anybody sees.</summary>
public abstract class JournalStoreTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task Append_SameEventsByTwoWritersInOppositeOrders_EndOnceEach()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var (one, other) = (new JournalStore(await world.OpenAsync()), new JournalStore(await world.OpenAsync()));
        for (var round = 0; round < 10; round++)
        {
            // Five events of each session: the rows that mark sessions dirty are fought for, too.
            var events = Enumerable.Range(0, 100).Select(i => StorageWorld.Event($"{round}-{i}", session: (round * 1000) + (i / 5))).ToList();
            var reversed = Enumerable.Reverse(events).ToList();
            await Task.WhenAll(
                Task.Run(async () =>
                {
                    foreach (var part in events.Chunk(25))
                    {
                        await one.AppendAsync(part, CancellationToken.None);
                    }
                }),
                Task.Run(async () =>
                {
                    foreach (var part in reversed.Chunk(25))
                    {
                        await other.AppendAsync(part, CancellationToken.None);
                    }
                }));
        }

        await using var look = (await world.OpenAsync()).CreateContext();
        (await look.Events.CountAsync()).Should().Be(1000);
        (await look.Sessions.CountAsync()).Should().Be(200);
        (await look.Sessions.AllAsync(s => s.DirtyVersion >= 1 && s.FoldedVersion == 0)).Should().BeTrue();
    }

    [SkippableFact]
    public async Task Append_KnownEventsAgain_MarksNoSessionDirty()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var store = new JournalStore(database);
        await store.AppendAsync([StorageWorld.Event("a", 1), StorageWorld.Event("a", 1), StorageWorld.Event("b", 2)], CancellationToken.None);

        await store.AppendAsync([StorageWorld.Event("b", 2), StorageWorld.Event("a", 1)], CancellationToken.None);

        await using var look = database.CreateContext();
        (await look.Events.CountAsync()).Should().Be(2);
        (await look.Sessions.Select(s => s.DirtyVersion).ToListAsync()).Should().Equal(1, 1);
    }

    [SkippableFact]
    public async Task Append_SameContentInTwoCabinets_IsTwoEvents()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();

        await new JournalStore(database).AppendAsync([StorageWorld.Event("a", 1), StorageWorld.Event("a", 1) with { Cabinet = "sgt" }], CancellationToken.None);

        await using var look = database.CreateContext();
        (await look.Events.CountAsync()).Should().Be(2);
        (await look.Sessions.CountAsync()).Should().Be(2, "UIS numbers sessions per account");
    }

    [SkippableFact]
    public async Task Writer_OneBadRowInABatch_FailsNoneOfItsNeighbours()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        using var writer = new JournalWriter(database, new JournalStore(database), new FoldSignal(), NullLogger<JournalWriter>.Instance);
        var bad = StorageWorld.Event("bad", 7) with { Mnemonic = null, Body = [0, 1, 2] };

        // All wait before the writer runs: they are one batch.
        var waiting = Enumerable.Range(0, 20).Select(i => writer.AppendAsync(i == 10 ? bad : StorageWorld.Event($"good-{i}", i), CancellationToken.None)).ToList();
        await writer.StartAsync(CancellationToken.None);
        var outcomes = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(60));
        await writer.StopAsync(CancellationToken.None);

        outcomes.Where((_, i) => i != 10).Should().OnlyContain(o => o == AppendOutcome.Stored);
        outcomes[10].Should().Be(AppendOutcome.Quarantined, "nothing authenticated is dropped");
        await using var look = database.CreateContext();
        (await look.Events.CountAsync()).Should().Be(19);
        (await look.Quarantine.SingleAsync()).Body.Should().Equal(0, 1, 2);
    }

    [SkippableFact]
    public async Task Writer_AfterItsEnd_RefusesInsteadOfLosing()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        using var writer = new JournalWriter(database, new JournalStore(database), new FoldSignal(), NullLogger<JournalWriter>.Instance);
        var before = writer.AppendAsync(StorageWorld.Event("before", 1), CancellationToken.None);
        await writer.StartAsync(CancellationToken.None);
        await writer.StopAsync(CancellationToken.None);

        (await before).Should().Be(AppendOutcome.Stored, "what was taken is written on the way down");
        (await writer.AppendAsync(StorageWorld.Event("after", 2), CancellationToken.None)).Should().Be(AppendOutcome.Refused);
    }

    [SkippableFact]
    public async Task Writer_ManyLargeBodiesAtOnce_RefusesRatherThanTakeAllMemory()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        using var writer = new JournalWriter(database, new JournalStore(database), new FoldSignal(), NullLogger<JournalWriter>.Instance);
        JournalEntry Large(int n) => StorageWorld.Event($"large-{n}", 1) with { Body = new byte[1024 * 1024] };
        var fit = (int)(JournalWriter.MaxWaitingBytes / (1024 * 1024));

        // Nothing is written yet: they wait.
        var waiting = Enumerable.Range(0, fit).Select(n => writer.AppendAsync(Large(n), default)).ToList();
        (await writer.AppendAsync(Large(fit), default)).Should().Be(AppendOutcome.Refused, "the sender keeps it");
        await writer.StartAsync(default);

        (await Task.WhenAll(waiting)).Should().OnlyContain(o => o == AppendOutcome.Stored);
        (await writer.AppendAsync(Large(fit), default)).Should().Be(AppendOutcome.Stored, "there is room again");
        await writer.StopAsync(default);
    }

    [SkippableFact]
    public async Task Writer_BeforeTheDatabaseIsReady_Refuses()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        await using var database = new HubDatabase(world.Settings);
        using var writer = new JournalWriter(database, new JournalStore(database), new FoldSignal(), NullLogger<JournalWriter>.Instance);
        await writer.StartAsync(CancellationToken.None);

        (await writer.AppendAsync(StorageWorld.Event("early", 1), CancellationToken.None)).Should().Be(AppendOutcome.Refused);
        await writer.StopAsync(CancellationToken.None);
    }
}
