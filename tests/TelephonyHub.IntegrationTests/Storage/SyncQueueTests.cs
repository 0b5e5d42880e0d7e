using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Alerts;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Sync;

namespace TelephonyHub.IntegrationTests.Storage;

public sealed class SyncQueueOnSqlite() : SyncQueueTests(DatabaseProvider.Sqlite)
{
    /// <summary>PostgreSQL's optimiser goes by statistics, which a table of this size does not have.</summary>
    [Fact]
    public async Task Claim_AndNextDue_ReadOnlyWhatIsOpen_HoweverMuchIsDone()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Sqlite);
        var database = await world.OpenAsync();
        await using var context = database.CreateContext();

        var plans = new List<string>();
        foreach (var query in new[] { SyncQueue.Due(context, "msk", Time.GetUtcNow()).Take(16), SyncQueue.Waiting(context, "msk", Time.GetUtcNow()) })
        {
            plans.Add(await PlanOfAsync(query));
        }

        plans.Should().OnlyContain(p => p.StartsWith("SEARCH s USING INDEX ix_sync_tasks_due", StringComparison.Ordinal) || p.StartsWith("SEARCH s USING INDEX ix_sync_tasks_state", StringComparison.Ordinal), "both hold the open ones only, or together");
    }
}

public sealed class SyncQueueOnPostgres() : SyncQueueTests(DatabaseProvider.Postgres);

/// <summary>Leases and lanes over several replicas, each with its own door to one database (contract, section 2).</summary>
public abstract class SyncQueueTests(DatabaseProvider provider)
{
    private const string Client = "+79035550001";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.Zero));

    [SkippableFact]
    public async Task Claim_TwoCallsOfOneClientByTwoReplicas_OneAtATime()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var (one, other) = (Queue(world, database), Queue(world, await world.OpenAsync()));
        await AddAsync(database, Due(1, Client), Due(2, Client));

        var first = (await one.ClaimAsync(10, default)).Should().ContainSingle().Subject;
        (await other.ClaimAsync(10, default)).Should().BeEmpty("the lane is taken");
        await FinishAsync(database, first);
        await one.ReleaseAsync(first, unfinished: false, default);
        var second = (await other.ClaimAsync(10, default)).Should().ContainSingle().Subject;

        new[] { first.Session.Id, second.Session.Id }.Should().BeEquivalentTo([1L, 2L]);
    }

    [SkippableFact]
    public async Task Measure_TaskThatFailsAgainAndAgain_WaitsSinceItFailedFirst()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var (database, now) = (await world.OpenAsync(), Time.GetUtcNow());
        var failing = Due(1, Client);
        (failing.State, failing.FailingSince, failing.NextAttemptAt) = ("retry", now - TimeSpan.FromHours(2), now + TimeSpan.FromMinutes(5));
        await AddAsync(database, failing);

        var state = await new QueueWatch(database, journal: null!, metrics: null!, Time, NullLogger<QueueWatch>.Instance).MeasureAsync(default);

        state.OldestSeconds.Should().ContainKey("msk").WhoseValue.Should().BeApproximately(7200, 1);
    }

    [SkippableFact]
    public async Task Claim_ManyReplicasAtOnce_NoWorkTwiceAndNoLaneTwice()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        await AddAsync(database, [.. Enumerable.Range(0, 60).Select(i => Due(i, $"+7903555{i / 3:D4}"))]);
        var replicas = new List<SyncQueue>();
        for (var i = 0; i < 4; i++)
        {
            replicas.Add(Queue(world, await world.OpenAsync()));
        }

        var claimed = (await Task.WhenAll(replicas.Select(r => Task.Run(() => r.ClaimAsync(10, default))))).SelectMany(w => w).ToList();

        claimed.Should().NotBeEmpty();
        claimed.Select(w => w.Lane).Should().OnlyHaveUniqueItems();
        claimed.SelectMany(w => w.Tasks.Select(t => t.Id)).Should().OnlyHaveUniqueItems();
    }

    [SkippableFact]
    public async Task Claim_LeaseOfADeadReplicaRunsOut_AnotherTakesOver_AndTheDeadOnesWordDoesNotCount()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var (dead, alive) = (Queue(world, database), Queue(world, await world.OpenAsync()));
        await AddAsync(database, Due(1, Client));
        var lost = (await dead.ClaimAsync(1, default)).Single();

        Time.Advance(Lease - TimeSpan.FromSeconds(1));
        (await alive.ClaimAsync(1, default)).Should().BeEmpty("the lease still runs");
        Time.Advance(TimeSpan.FromSeconds(2));
        var taken = (await alive.ClaimAsync(1, default)).Should().ContainSingle().Subject;
        taken.Tasks.Single().Attempts.Should().Be(2);

        await Outcomes(world, database).StoreAsync(lost, Board(lost, t => t.Fail(new SyncFailure(FailureCategory.Permanent, "late"))), default);
        await dead.ReleaseAsync(lost, unfinished: false, default);
        (await ReadAsync(database, 1)).Should().Match<SyncTaskRow>(t => t.State == "running" && t.LeaseOwner == taken.Owner);
        (await dead.ClaimAsync(1, default)).Should().BeEmpty("the lane is the other's now");
    }

    [SkippableFact]
    public async Task Extend_KeepsTheLease()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var (one, other) = (Queue(world, database), Queue(world, await world.OpenAsync()));
        await AddAsync(database, Due(1, Client));
        var work = (await one.ClaimAsync(1, default)).Single();

        Time.Advance(Lease * 0.7);
        await one.ExtendAsync(work, default);
        Time.Advance(Lease * 0.7);

        (await other.ClaimAsync(1, default)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Claim_TakesAllDueTasksOfACallInTheirOrder_AndNoneThatIsNotDue()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var queue = Queue(world, database);
        await AddAsync(database, Due(1, Client, SyncKinds.Call), Due(1, Client, SyncKinds.Contact), Due(1, Client, SyncKinds.Deal), Due(2, "+79035550002", SyncKinds.Call, inSeconds: 30));

        (await queue.ClaimAsync(10, default)).Should().ContainSingle().Which.Tasks.Select(t => t.Kind).Should().Equal(SyncKinds.Contact, SyncKinds.Deal, SyncKinds.Call);

        (await queue.NextDueAsync(default)).Should().Be(Time.GetUtcNow().AddSeconds(30));
        Time.Advance(TimeSpan.FromSeconds(30));
        (await queue.ClaimAsync(10, default)).Should().ContainSingle().Which.Session.Id.Should().Be(2);
    }

    [SkippableFact]
    public async Task Claim_OneClientWithManyCallsWhoseLaneIsTaken_DoesNotHoldUpTheOthers()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var (one, other) = (Queue(world, database), Queue(world, await world.OpenAsync()));
        await AddAsync(database, [.. Enumerable.Range(1, 40).Select(i => Due(i, Client))]);
        (await one.ClaimAsync(1, default)).Should().ContainSingle();
        Time.Advance(TimeSpan.FromSeconds(1));
        await AddAsync(database, Due(100, "+79035550002"));

        (await other.ClaimAsync(1, default)).Should().ContainSingle().Which.Session.Id.Should().Be(100);
        (await other.NextDueAsync(default)).Should().BeNull("what waits for a taken lane is not due: looking again at once would find the same");
    }

    [SkippableFact]
    public async Task Claim_OneCabinetHasThousandsToCatchUpOn_AnothersFreshCallDoesNotWait()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var settings = world.Settings with { Cabinets = world.Settings.Cabinets.ToFrozenDictionary(c => c.Key, c => c.Value with { Mode = CabinetMode.On }) };
        var queue = new SyncQueue(database, new CabinetState(settings), settings, Time);
        await AddAsync(database, [.. Enumerable.Range(0, 3000).Select(i => Due(i, $"+7903{i:D7}", inSeconds: -600))]);
        await AddAsync(database, Due(1, "+79221000000", cabinet: "sgt"));

        var claimed = await queue.ClaimAsync(4, default);

        claimed.Should().HaveCount(4).And.ContainSingle(w => w.Session.Cabinet.Value == "sgt", "each city has its turn");
    }

    [SkippableFact]
    public async Task Claim_CabinetInShadowOrStopped_IsPassedOver()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var state = new CabinetState(world.Settings);
        var queue = new SyncQueue(database, state, world.Settings, Time);
        await AddAsync(database, Due(1, Client, cabinet: "sgt"), Due(2, "+79035550002"));

        (await queue.ClaimAsync(10, default)).Should().ContainSingle().Which.Session.Cabinet.Value.Should().Be("msk", "Surgut is in shadow");
        (await queue.NextDueAsync(default)).Should().BeNull("what is never claimed is never due");

        await AddAsync(database, Due(3, "+79035550003"));
        state.Update(CabinetKey.Parse("msk"), s => s with { SyncStopped = true });
        (await queue.ClaimAsync(10, default)).Should().BeEmpty("the account behind the key changed");
    }

    [SkippableFact]
    public async Task Store_CrmAwayOverTheWeekend_IsTriedOnAndSaidAloud_AndOnlyThenDead()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var (queue, began) = (Queue(world, database), Time.GetUtcNow());
        await AddAsync(database, Due(1, Client));

        while (Time.GetUtcNow() - began < TimeSpan.FromHours(71))
        {
            await FailAsync(FailureCategory.Transient);
            (await ReadAsync(database, 1)).Should().Match<SyncTaskRow>(t => t.State == "retry" && t.FailingSince == began);
            Time.Advance(TimeSpan.FromHours(2));
        }

        await using (var look = database.CreateContext())
        {
            (await new FailingTasks(world.Settings, Time).LookAsync(look, default)).Should().ContainSingle().Which.Should().Match<Alert>(a => a.Count == 1 && a.Words.Contains("since 2026-01-10 09:00") && a.Words.Contains("72 h"));
        }

        await FailAsync(FailureCategory.Authentication);
        (await ReadAsync(database, 1)).State.Should().Be("dead", "72 hours are over");

        await PlanAsync(database, "Another name");
        await FailAsync(FailureCategory.Transient);
        (await ReadAsync(database, 1)).Should().Match<SyncTaskRow>(t => t.State == "retry" && t.FailingSince == Time.GetUtcNow(), "a new plan begins anew");

        async Task FailAsync(FailureCategory category)
        {
            var work = (await queue.ClaimAsync(1, default)).Single();
            await Outcomes(world, database).StoreAsync(work, Board(work, t => t.Fail(new SyncFailure(category, "away"))), default);
            await queue.ReleaseAsync(work, unfinished: false, default);
        }
    }

    [SkippableFact]
    public async Task Store_TaskThatAPlanChangedMeanwhile_StaysPending()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var queue = Queue(world, database);
        await AddAsync(database, Due(1, Client));
        var work = (await queue.ClaimAsync(1, default)).Single();

        await PlanAsync(database, "Another name");
        (await ReadAsync(database, 1)).State.Should().Be("running", "a plan takes nothing out of a worker's hands");
        var id = Guid.CreateVersion7();
        await Outcomes(world, database).StoreAsync(work, Board(work, t => t.Finish(id, new JsonObject { ["Name"] = "n" })), default);
        await queue.ReleaseAsync(work, unfinished: false, default);

        (await ReadAsync(database, 1)).Should().Match<SyncTaskRow>(t => t.State == "pending" && t.CrmId == id && t.Wanted.Contains("Another name"));
        (await queue.ClaimAsync(1, default)).Should().ContainSingle("the newer plan is written, too").Which.Tasks.Single().Version.Should().Be(2);
    }

    [SkippableFact]
    public async Task Store_TaskWhoseNumberAPlanCorrectedMeanwhile_ForgetsWhomItFound()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var queue = Queue(world, database);
        await AddAsync(database, Due(1, Client));
        var work = (await queue.ClaimAsync(1, default)).Single();

        await PlanAsync(database, Client, new PlannedTask(SyncKinds.Contact, "", new WantedContact(MayCreate: true, "+79035550009", "n", null)));
        await Outcomes(world, database).StoreAsync(work, Board(work, t => t.Finish(Guid.CreateVersion7(), new JsonObject { ["Name"] = "n" })), default);

        (await ReadAsync(database, 1)).Should().Match<SyncTaskRow>(t => t.State == "pending" && t.CrmId == null && t.Written == null, "it is the other number's client");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Plan_OfATaskThatWasInHandWhenTheProcessDied_ItMayStillStandInTheCrm(bool stopped)
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var queue = Queue(world, database);
        await AddAsync(database, Due(1, Client));
        SyncTaskStore.MayBeWritten(await ReadAsync(database, 1)).Should().BeFalse("nobody has had it");
        var work = (await queue.ClaimAsync(1, default)).Single();
        if (stopped)
        {
            await queue.ReleaseAsync(work, unfinished: true, default);
        }

        await PlanAsync(database, "Another name");

        (await ReadAsync(database, 1)).Should().Match<SyncTaskRow>(t => t.Attempts == 0 && t.Category == null && SyncTaskStore.MayBeWritten(t), "else it is dropped, and its record stays open in the CRM for ever");
    }

    [SkippableFact]
    public async Task Plan_ThatChangesNothing_LeavesADoneTaskDone()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var queue = Queue(world, database);
        await AddAsync(database, Due(1, Client));
        await FinishAsync(database, (await queue.ClaimAsync(1, default)).Single());

        await PlanAsync(database, "n");

        (await ReadAsync(database, 1)).State.Should().Be("done");
    }

    [SkippableFact]
    public async Task Plan_NumberBecomesKnownLater_AlsoUnchangedTasksMoveToItsLane()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var unchanged = new PlannedTask(SyncKinds.CallBack, "", new WantedActivity(Open: true, "Перезвонить", null, Time.GetUtcNow(), Time.GetUtcNow()));

        await PlanAsync(database, null, unchanged);
        await PlanAsync(database, Client, unchanged);

        (await ReadAsync(database, 1)).Lane.Should().Be(Client, "whoever reaches the client looks for his call-backs there");
    }

    [SkippableFact]
    public async Task Plan_DropsATaskThatAWorkerHasJustWritten_ItIsKept()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        await AddAsync(database, Due(1, Client));
        await using var look = database.CreateContext();
        var before = await SyncTaskStore.OfSessionAsync(look, new SessionKey(CabinetKey.Parse("msk"), 1), default);
        var work = (await Queue(world, database).ClaimAsync(1, default)).Single();
        await Outcomes(world, database).StoreAsync(work, Board(work, t => t.Finish(Guid.CreateVersion7(), new JsonObject { ["Name"] = "n" })), default);

        await database.WriteAsync((context, ct) => SyncTaskStore.ApplyAsync(context, CallOf(Client), [], before, heldBy: null, Time.GetUtcNow(), ct), default);

        (await ReadAsync(database, 1)).State.Should().Be("done", "its record stands in the CRM");
    }

    [SkippableFact]
    public async Task Extend_LaneTakenByAnother_SaysSo()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var (one, other) = (Queue(world, database), Queue(world, await world.OpenAsync()));
        await AddAsync(database, Due(1, Client));
        var work = (await one.ClaimAsync(1, default)).Single();
        (await one.ExtendAsync(work, default)).Should().BeTrue();

        Time.Advance(Lease + TimeSpan.FromSeconds(1));
        (await other.ClaimAsync(1, default)).Should().ContainSingle();

        (await one.ExtendAsync(work, default)).Should().BeFalse();
    }

    private Call CallOf(string? phone) => CallFold.From(
        new SessionKey(CabinetKey.Parse("msk"), 1),
        [new CallEvent { Kind = CallEventKind.IncomingSession, At = Time.GetUtcNow(), ClientPhone = phone, Direction = CallDirection.In }]);

    private Task PlanAsync(HubDatabase database, string? phone, PlannedTask planned) => database.WriteAsync(
        async (context, ct) =>
        {
            var call = CallOf(phone);
            await SyncTaskStore.ApplyAsync(context, call, [planned], await SyncTaskStore.OfSessionAsync(context, call.Key, ct), heldBy: null, Time.GetUtcNow(), ct);
            await context.SaveChangesAsync(ct);
        },
        CancellationToken.None);

    protected SyncQueue Queue(StorageWorld world, HubDatabase database) => new(database, new CabinetState(world.Settings), world.Settings, Time);

    private TaskOutcomes Outcomes(StorageWorld world, HubDatabase database) => new(database, new RetryPolicy(world.Settings), Time);

    private static TaskBoard Board(SyncWork work, Action<BoardTask> did)
    {
        var board = new TaskBoard(work.Tasks, work.Owner);
        foreach (var task in board.Open.ToList())
        {
            did(task);
        }

        return board;
    }

    /// <summary>As the folder plans a call anew while its tasks run.</summary>
    private Task PlanAsync(HubDatabase database, string name) => database.WriteAsync(
        async (context, ct) =>
        {
            var session = new SessionKey(CabinetKey.Parse("msk"), 1);
            var call = CallFold.From(session, [new CallEvent { Kind = CallEventKind.IncomingSession, At = Time.GetUtcNow(), ClientPhone = Client, Direction = CallDirection.In }]);
            var planned = new PlannedTask(SyncKinds.Contact, "", new WantedContact(MayCreate: true, Client, name, null));
            await SyncTaskStore.ApplyAsync(context, call, [planned], await SyncTaskStore.OfSessionAsync(context, session, ct), heldBy: null, Time.GetUtcNow(), ct);
            await context.SaveChangesAsync(ct);
        },
        CancellationToken.None);

    private static Task FinishAsync(HubDatabase database, SyncWork work) => database.WriteAsync(
        (context, ct) => context.SyncTasks.Where(t => t.LeaseOwner == work.Owner).ExecuteUpdateAsync(s => s.SetProperty(t => t.State, "done").SetProperty(t => t.LeaseOwner, (string?)null), ct),
        CancellationToken.None);

    protected static async Task<string> PlanOfAsync(IQueryable<SyncTaskRow> query)
    {
        await using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await command.Connection!.OpenAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(3));
        }

        await command.Connection.CloseAsync();
        return string.Join("; ", plan);
    }

    private static async Task<SyncTaskRow> ReadAsync(HubDatabase database, long session)
    {
        await using var look = database.CreateContext();
        return await look.SyncTasks.AsNoTracking().SingleAsync(t => t.SessionId == session);
    }

    private static Task AddAsync(HubDatabase database, params SyncTaskRow[] tasks) => database.WriteAsync(
        async (context, ct) =>
        {
            context.SyncTasks.AddRange(tasks);
            await context.SaveChangesAsync(ct);
        },
        CancellationToken.None);

    private SyncTaskRow Due(long session, string lane, string kind = SyncKinds.Contact, string cabinet = "msk", int inSeconds = 0) => new()
    {
        Id = Guid.CreateVersion7(),
        Cabinet = cabinet,
        SessionId = session,
        Kind = kind,
        Purpose = "",
        Rank = SyncKinds.RankOf(kind),
        Lane = lane,
        Wanted = new WantedContact(MayCreate: true, lane, "n", null).ToJson(),
        State = "pending",
        NextAttemptAt = Time.GetUtcNow().AddSeconds(inSeconds),
        Version = 1,
        CreatedAt = Time.GetUtcNow(),
        UpdatedAt = Time.GetUtcNow(),
    };
}
