using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage;

namespace TelephonyHub.IntegrationTests.Storage;

/// <summary>What one replica stores wakes the others at once, also after their connection broke.</summary>
public sealed class ReplicaListenerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task Append_ByAnotherReplica_WakesTheFolder_AlsoAfterTheConnectionWasKilled()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Postgres);
        var (ours, theirs) = (await world.OpenAsync(), await world.OpenAsync());
        var (fold, sync) = (new FoldSignal(), new SyncSignal());
        using var listener = new ReplicaListener(ours, fold, sync, new StaffingSignal(), TimeProvider.System, NullLogger<ReplicaListener>.Instance);
        await listener.StartAsync(default);
        (await fold.WaitAsync(Patience, default)).Should().BeTrue("whoever begins to listen looks once");
        (await sync.WaitAsync(Patience, default)).Should().BeTrue();

        await new JournalStore(theirs).AppendAsync([Event("one")], default);
        (await fold.WaitAsync(Patience, default)).Should().BeTrue("the other one said so");
        (await sync.WaitAsync(TimeSpan.Zero, default)).Should().BeFalse("that is another matter");

        await KillListenersAsync(theirs);
        (await fold.WaitAsync(Patience, default)).Should().BeTrue("it listens again, and looks for what it may have missed");
        (await sync.WaitAsync(Patience, default)).Should().BeTrue();
        await new JournalStore(theirs).AppendAsync([Event("two")], default);
        (await fold.WaitAsync(Patience, default)).Should().BeTrue("and hears again");
        await listener.StopAsync(default);
    }

    [SkippableFact]
    public async Task Append_ThatIsUndone_WakesNobody()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Postgres);
        var database = await world.OpenAsync();
        var fold = new FoldSignal();
        using var listener = new ReplicaListener(database, fold, new SyncSignal(), new StaffingSignal(), TimeProvider.System, NullLogger<ReplicaListener>.Instance);
        await listener.StartAsync(default);
        await fold.WaitAsync(Patience, default);

        var undone = () => database.WriteAsync(
            async (context, ct) =>
            {
                await database.TellReplicasAsync(context, WakeUp.Fold, ct);
                throw new InvalidOperationException("undone");
            },
            default);
        await undone.Should().ThrowAsync<InvalidOperationException>();
        await database.WriteAsync((context, ct) => database.TellReplicasAsync(context, WakeUp.Sync, ct), default);

        (await fold.WaitAsync(TimeSpan.Zero, default)).Should().BeFalse();
        await listener.StopAsync(default);
    }

    private static async Task KillListenersAsync(HubDatabase database)
    {
        await using var context = database.CreateContext();
        await context.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
    }

    private static JournalEntry Event(string key) => new()
    {
        Cabinet = "msk",
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        ContentKey = string.Create(CultureInfo.InvariantCulture, $"listener-{key}"),
        Method = "POST",
        Body = [1],
        Mnemonic = "in_call_session",
        SessionId = 1,
        Event = new CallEvent { Kind = CallEventKind.IncomingSession, At = new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.Zero) },
    };
}
