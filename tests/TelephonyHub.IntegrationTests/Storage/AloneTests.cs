using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage;

namespace TelephonyHub.IntegrationTests.Storage;

public sealed class AloneOnSqlite() : AloneTests(DatabaseProvider.Sqlite);

public sealed class AloneOnPostgres() : AloneTests(DatabaseProvider.Postgres)
{
    [SkippableFact]
    public async Task Job_WhoseReplicaLosesItsConnection_IsCancelled_AndAnotherTakesOver()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Postgres);
        var (first, second) = (await world.OpenAsync(), await world.OpenAsync());
        using var ours = new Alone(first);
        using var theirs = new Alone(second);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = ours.TryAsync(
            "job",
            TimeSpan.Zero,
            async ct =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            },
            default);
        await begun.Task.WaitAsync(Patience);

        await using (var context = second.CreateContext())
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(
                context.Database, $"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        }

        var cancelled = () => job.WaitAsync(Patience);
        await cancelled.Should().ThrowAsync<OperationCanceledException>("another replica may be at it already");
        (await theirs.TryAsync("job", Patience, _ => Task.CompletedTask, default)).Should().BeTrue();
    }
}

/// <summary>Jobs that one replica does at a time.</summary>
public abstract class AloneTests(DatabaseProvider provider)
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task Job_ThatTookAMoment_LeavesItsLockToTheNextAtOnce()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        using var alone = new Alone(await world.OpenAsync());

        for (var time = 0; time < 300; time++)
        {
            (await alone.TryAsync("job", TimeSpan.Zero, async ct => await Task.Delay(TimeSpan.FromMilliseconds(time % 6), TimeProvider.System, ct), default)).Should().BeTrue("nobody else is at it (time {0})", time);
        }
    }

    [SkippableFact]
    public async Task Job_UnderWay_IsLeftToWhoIsAtIt_OtherJobsAreNot()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        using var alone = new Alone(database);
        var ran = new List<string>();

        var outer = await alone.TryAsync(
            "job",
            TimeSpan.Zero,
            async ct =>
            {
                (await alone.TryAsync("job", TimeSpan.Zero, Note("again"), ct)).Should().BeFalse();
                (await alone.TryAsync("another", TimeSpan.Zero, Note("another"), ct)).Should().BeTrue();
            },
            default);

        outer.Should().BeTrue();
        ran.Should().Equal("another");
        (await alone.TryAsync("job", TimeSpan.Zero, Note("after"), default)).Should().BeTrue("the first is done");

        Func<CancellationToken, Task> Note(string what) => _ =>
        {
            ran.Add(what);
            return Task.CompletedTask;
        };
    }
}
