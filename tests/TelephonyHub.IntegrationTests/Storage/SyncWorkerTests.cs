using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Directory;
using TelephonyHub.Directory.Replica;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Sync;

namespace TelephonyHub.IntegrationTests.Storage;

public sealed class SyncWorkerOnSqlite() : SyncWorkerTests(DatabaseProvider.Sqlite);

public sealed class SyncWorkerOnPostgres() : SyncWorkerTests(DatabaseProvider.Postgres);

/// <summary>A worker whose lease is gone must not go on writing: on one lane two at once would both find no open deal.</summary>
public abstract class SyncWorkerTests(DatabaseProvider provider)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.Zero));

    [SkippableFact]
    public async Task Write_LaneIsAnothersMeanwhile_IsGivenUp()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var crm = new HangingCrm();
        await database.WriteAsync(
            async (context, ct) =>
            {
                context.SyncTasks.Add(Due());
                await context.SaveChangesAsync(ct);
            },
            default);
        var queue = new SyncQueue(database, new CabinetState(world.Settings), world.Settings, _time);
        var outcomes = new TaskOutcomes(database, new RetryPolicy(world.Settings), _time);
        using var columns = new CrmColumns(crm, world.Settings, new HealthRegister(), _time, NullLogger<CrmColumns>.Instance);
        var directory = new DirectoryService(crm, world.Settings, _time);
        using var choices = new ClientChoices(directory, new ReplicaStore(database, new SnapshotStore(database, _time)));
        var resolver = new ClientResolver(crm, directory, choices, columns, world.Settings);
        var (parts, answers) = (new CallParts(columns, world.Settings), new CallAnswers(crm, resolver, world.Settings));
        var closer = new DealCloser(database, crm, columns, world.Settings);
        var writer = new CallWriter(
            database, crm, resolver, null!, null!, new CallBackTasks(crm, null!, _time), closer, outcomes, columns, parts, answers, world.Settings, NullLogger<CallWriter>.Instance);
        using var worker = new SyncWorker(database, queue, writer, new SyncSignal(), world.Settings, _time, NullLogger<SyncWorker>.Instance);
        await worker.StartAsync(default);
        await crm.Asked.WaitAsync(Patience);

        await database.WriteAsync((context, ct) => context.Lanes.ExecuteUpdateAsync(s => s.SetProperty(l => l.Owner, "another"), ct), default);
        _time.Advance(Lease / 3);

        await crm.GivenUp.WaitAsync(Patience);
        await worker.StopAsync(default);
        await using var look = database.CreateContext();
        (await look.Lanes.SingleAsync()).Owner.Should().Be("another", "only the holder gives a lane back");
    }

    [SkippableFact]
    public async Task Store_ByAWorkerWhoLostItsLease_LeavesTheCallsReferencesAlone()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var (contact, callId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var late = Due();
        (late.State, late.LeaseOwner) = ("running", "late");
        await database.WriteAsync(
            async (context, ct) =>
            {
                context.SyncTasks.Add(late);
                context.SyncTasks.Add(ContactTask("pending", null));
                context.Lanes.Add(new LaneRow { Lane = late.Lane, Owner = "late", Until = _time.GetUtcNow() });
                context.Calls.Add(new CallRow { Cabinet = "msk", SessionId = 1, ConversationId = "msk:1", Direction = "in", State = "missed", Data = "{}" });
                await context.SaveChangesAsync(ct);
            },
            default);
        TaskBoard board;
        await using (var context = database.CreateContext())
        {
            board = new TaskBoard(await SyncTaskStore.OfSessionAsync(context, new SessionKey(CabinetKey.Parse("msk"), 1), default), "late");
        }

        board.Tasks.Single(t => t.Kind == SyncKinds.Call).Fail(new SyncFailure(FailureCategory.Transient, "late"));

        // Meanwhile another one has found the contact and written the call.
        await database.WriteAsync(
            async (context, ct) =>
            {
                await context.Lanes.ExecuteUpdateAsync(s => s.SetProperty(l => l.Owner, "another"), ct);
                await context.SyncTasks.Where(t => t.Kind == SyncKinds.Contact).ExecuteUpdateAsync(s => s.SetProperty(t => t.State, "done").SetProperty(t => t.CrmId, contact).SetProperty(t => t.Written, "{}"), ct);
                await context.SyncTasks.Where(t => t.Kind == SyncKinds.Call).ExecuteUpdateAsync(s => s.SetProperty(t => t.State, "done").SetProperty(t => t.LeaseOwner, (string?)null).SetProperty(t => t.CrmId, callId).SetProperty(t => t.Written, "{}"), ct);
                await context.Calls.ExecuteUpdateAsync(s => s.SetProperty(c => c.ContactId, contact).SetProperty(c => c.CrmCallId, callId), ct);
            },
            default);
        await new TaskOutcomes(database, new RetryPolicy(world.Settings), _time).StoreAsync(new SyncWork(new SessionKey(CabinetKey.Parse("msk"), 1), late.Lane, "late", [late]), board, default);

        await using var look = database.CreateContext();
        var call = await look.Calls.SingleAsync();
        (call.ContactId, call.CrmCallId).Should().Be((contact, callId));
        (await look.SyncTasks.Select(t => t.State).Distinct().SingleAsync()).Should().Be("done");
    }

    [SkippableFact]
    public async Task Store_TaskOfASeriesCountsAnotherAttempt_CallsThatDoNotReferToItYetArePlannedAgain()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var task = Guid.CreateVersion7();
        var row = CallBackTask(task);
        await database.WriteAsync(
            async (context, ct) =>
            {
                context.SyncTasks.Add(row);
                foreach (var (id, refersTo) in new (long, Guid?)[] { (1, task), (2, task), (3, null) })
                {
                    context.Sessions.Add(new SessionRow { Cabinet = "msk", SessionId = id });
                    context.Calls.Add(new CallRow { Cabinet = "msk", SessionId = id, ConversationId = $"msk:{id}", MissedSeries = "msk:1", ActivityId = refersTo, Direction = "in", State = "missed", Data = "{}" });
                }

                await context.SaveChangesAsync(ct);
            },
            default);
        TaskBoard board;
        await using (var context = database.CreateContext())
        {
            board = new TaskBoard(await SyncTaskStore.OfSessionAsync(context, new SessionKey(CabinetKey.Parse("msk"), 1), default), "worker");
        }

        board.Tasks.Single().Finish(task, []);
        await new TaskOutcomes(database, new RetryPolicy(world.Settings), _time).StoreAsync(new SyncWork(new SessionKey(CabinetKey.Parse("msk"), 1), row.Lane, "worker", [row]), board, default);

        await using var look = database.CreateContext();
        (await look.Sessions.Where(s => s.DirtyVersion > s.FoldedVersion).Select(s => s.SessionId).ToListAsync()).Should().Equal([3L], "it was planned in the moment in which the task was written, and did not see it");
    }

    private SyncTaskRow CallBackTask(Guid written)
    {
        var row = Due();
        (row.Kind, row.Rank, row.State, row.LeaseOwner, row.CrmId, row.Written) = (SyncKinds.CallBack, SyncKinds.RankOf(SyncKinds.CallBack), "running", "worker", written, "{}");
        row.Wanted = new WantedActivity(Open: true, "c", null, _time.GetUtcNow(), _time.GetUtcNow(), Calls: 3).ToJson();
        return row;
    }

    private SyncTaskRow ContactTask(string state, Guid? crmId)
    {
        var row = Due();
        (row.Kind, row.Rank, row.State, row.CrmId) = (SyncKinds.Contact, SyncKinds.RankOf(SyncKinds.Contact), state, crmId);
        row.Wanted = new WantedContact(MayCreate: true, "+79035550001", "c", null).ToJson();
        return row;
    }

    private SyncTaskRow Due() => new()
    {
        Id = Guid.CreateVersion7(),
        Cabinet = "msk",
        SessionId = 1,
        Kind = SyncKinds.Call,
        Purpose = "",
        Rank = SyncKinds.RankOf(SyncKinds.Call),
        Lane = "msk:1",
        Wanted = new WantedCall
        {
            IntegrationId = "msk:1",
            Incoming = true,
            NoAnswer = true,
            CallerId = "",
            CalledId = "",
            Start = _time.GetUtcNow(),
            End = _time.GetUtcNow(),
            Caption = "c",
        }.ToJson(),
        State = "pending",
        NextAttemptAt = _time.GetUtcNow(),
        Version = 1,
        CreatedAt = _time.GetUtcNow(),
        UpdatedAt = _time.GetUtcNow(),
    };

    /// <summary>Takes a batch and never answers it.</summary>
    private sealed class HangingCrm : ICreatioClient
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public Task GivenUp => _givenUp.Task;

        public CreatioAuthState AuthState => throw new NotSupportedException();

        public Task<CreatioAuthState> LoginAgainAsync(CancellationToken ct) => throw new NotSupportedException();

        public Uri Root => throw new NotSupportedException();

        public async Task<BatchAnswer> BatchAsync(IReadOnlyList<BatchPart> parts, CancellationToken ct)
        {
            _asked.TrySetResult();
            await using var registration = ct.Register(() => _givenUp.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            throw new NotSupportedException();
        }

        public Task<IReadOnlyList<CreatioRow>> QueryAsync(ODataQuery query, CancellationToken ct) => throw new NotSupportedException();

        public IAsyncEnumerable<CreatioRow> QueryAllAsync(ODataQuery query, CancellationToken ct) => throw new NotSupportedException();

        public Task<long> CountAsync(ODataQuery query, CancellationToken ct) => throw new NotSupportedException();

        public Task<CreatioRow?> FindAsync(string entity, Guid id, IReadOnlyList<string> select, CancellationToken ct) => throw new NotSupportedException();

        public Task CreateAsync(string entity, JsonObject values, CancellationToken ct) => throw new NotSupportedException();

        public Task UpdateAsync(string entity, Guid id, JsonObject values, CancellationToken ct) => throw new NotSupportedException();

        public Task<NotifyAnswer> NotifyAsync(IReadOnlyList<Guid> userIds, string payload, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlySet<string>?> GetColumnsAsync(string entity, CancellationToken ct) => Task.FromResult<IReadOnlySet<string>?>(null);

        public Task<Guid?> GetOwnContactIdAsync(CancellationToken ct) => throw new NotSupportedException();

        public Uri RecordLink(string schemaName, Guid id) => throw new NotSupportedException();

        public Uri NewContactLink(string phone) => throw new NotSupportedException();
    }
}
