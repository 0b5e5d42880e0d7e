using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Calls.Conversations;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Storage;

public sealed class SessionFolderOnSqlite() : SessionFolderTests(DatabaseProvider.Sqlite);

public sealed class SessionFolderOnPostgres() : SessionFolderTests(DatabaseProvider.Postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>At a hundred calls a second webhooks were refused, because each batch waited a second for the rows that the folder held.</summary>
    [SkippableFact]
    public async Task Append_WhileTheSessionIsFolded_IsNotHeldUp()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Postgres);
        var (database, intake) = (await world.OpenAsync(), new JournalStore(await world.OpenAsync()));
        await intake.AppendAsync([StorageWorld.Event("a", 1)], CancellationToken.None);
        var (begun, stored) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var folder = Folder(world, database, new Planning(async _ =>
        {
            begun.TrySetResult();
            await stored.Task;
        }));
        await folder.StartAsync(CancellationToken.None);
        await begun.Task.WaitAsync(Patience);

        await intake.AppendAsync([StorageWorld.Event("b", 1)], CancellationToken.None).WaitAsync(Patience);

        stored.SetResult();
        await FoldedAsync(database, 1);
        await folder.StopAsync(CancellationToken.None);
        await using var look = database.CreateContext();
        (await look.Sessions.SingleAsync()).Should().Match<SessionRow>(s => s.DirtyVersion == 2 && s.FoldedVersion == 2, "what came meanwhile is folded, too");
    }

    [SkippableFact]
    public async Task Fold_AnotherReplicaHoldsABatch_TakesTheRestAndNoneTwice()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Postgres);
        var (one, other) = (await world.OpenAsync(), await world.OpenAsync());
        await new JournalStore(one).AppendAsync([.. Enumerable.Range(1, 60).Select(n => StorageWorld.Event($"e{n}", n))], CancellationToken.None);
        var (folded, begun, go) = (new ConcurrentBag<long>(), new TaskCompletionSource(), new TaskCompletionSource());
        using var slow = Folder(world, one, new Planning(async calls =>
        {
            calls.ToList().ForEach(c => folded.Add(c.Key.Id));
            begun.TrySetResult();
            await go.Task;
        }));
        using var quick = Folder(world, other, new Planning(calls =>
        {
            calls.ToList().ForEach(c => folded.Add(c.Key.Id));
            return Task.CompletedTask;
        }));
        await slow.StartAsync(CancellationToken.None);
        await begun.Task.WaitAsync(Patience);

        await quick.StartAsync(CancellationToken.None);
        await FoldedAsync(other, 10, all: false);
        go.SetResult();
        await FoldedAsync(one, 60);
        await slow.StopAsync(CancellationToken.None);
        await quick.StopAsync(CancellationToken.None);

        folded.Should().HaveCount(60).And.OnlyHaveUniqueItems();
    }
}

/// <summary>Journal → calls, whatever the database and however many fold.</summary>
public abstract class SessionFolderTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task Fold_ManySessionsAtOnce_EachBecomesItsOwnCall()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();

        // Two accounts number their sessions alike.
        await new JournalStore(database).AppendAsync(
            [.. Enumerable.Range(1, 70).SelectMany(n => new[] { StorageWorld.Event($"m{n}", n, $"+7916000{n:0000}"), StorageWorld.Event($"s{n}", n, $"+7922000{n:0000}") with { Cabinet = "sgt" } })], CancellationToken.None);
        using var folder = Folder(world, database, new Planning(_ => Task.CompletedTask));

        await folder.StartAsync(CancellationToken.None);
        await FoldedAsync(database, 140);
        await folder.StopAsync(CancellationToken.None);

        await using var look = database.CreateContext();
        (await look.Calls.CountAsync()).Should().Be(140);
        (await look.Calls.AsNoTracking().ToListAsync()).Should().OnlyContain(c => c.ClientPhone == (c.Cabinet == "msk" ? "+7916000" : "+7922000") + c.SessionId.ToString("0000", null));
    }

    [SkippableFact]
    public async Task Marks_OfFoldAndOfOthers_AreBothWritten()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var due = new DateTimeOffset(2026, 1, 10, 9, 0, 2, TimeSpan.Zero);
        await new JournalStore(database).AppendAsync([StorageWorld.Event("a", 1), StorageWorld.Event("b", 2), StorageWorld.Event("c", 3)], CancellationToken.None);

        await database.WriteAsync(
            (context, _) =>
            {
                context.Marks.FoldAgain("msk", 1);
                context.Marks.Folded("msk", 1, 1, due, planned: false, error: null);
                context.Marks.Folded("msk", 2, 1, null, planned: true, error: "it\0 failed");
                context.Marks.FoldAgain("msk", 3);
                context.Marks.FoldAgain("msk", 3);
                context.Marks.FoldAgain("msk", 404);
                return Task.CompletedTask;
            },
            CancellationToken.None);

        await using var look = database.CreateContext();
        var rows = await look.Sessions.AsNoTracking().OrderBy(s => s.SessionId).ToListAsync();
        rows.Select(s => (s.DirtyVersion, s.FoldedVersion, s.PlanDueAt, s.Planned, s.FoldError)).Should().Equal(
            (2, 1, due, false, null),
            (1, 1, (DateTimeOffset?)null, true, "it failed"),
            (2, 0, (DateTimeOffset?)null, false, (string?)null));
    }

    internal static SessionFolder Folder(StorageWorld world, HubDatabase database, ICallPlanning planning)
    {
        var joiner = new ConversationJoiner(world.Settings, new RegionResolver(world.Settings), TimeProvider.System);
        return new SessionFolder(
            database, new FoldBatch(world.Settings, planning, joiner, TimeProvider.System), new FoldSignal(), new SyncSignal(), joiner, [], TimeProvider.System, NullLogger<SessionFolder>.Instance);
    }

    internal static Task FoldedAsync(HubDatabase database, int atLeast, bool all = true) => HubWorld.EventuallyAsync(
        async () =>
        {
            await using var look = database.CreateContext();
            return await look.Calls.CountAsync() >= atLeast && (!all || !await look.Sessions.AnyAsync(s => s.DirtyVersion > s.FoldedVersion));
        },
        $"{atLeast} are folded");

    /// <summary>Nothing is planned; while a batch is folded, something may be done.</summary>
    internal sealed class Planning(Func<IReadOnlyList<Call>, Task> during) : ICallPlanning
    {
        public async Task<IReadOnlyList<CallContext>> ContextsAsync(HubDbContext context, IReadOnlyList<Call> calls, CancellationToken ct)
        {
            await during(calls);
            return [.. calls.Select(c => new CallContext(null, Internal: false, CallPlace.Alone(c)))];
        }

        public CallContext At(CallContext found, Call call, CallPlace place) => found with { Place = place };

        public Task PlanAsync(HubDbContext context, IReadOnlyList<(Call Call, CallContext Context, CallRow Row)> calls, CancellationToken ct) => Task.CompletedTask;
    }
}
