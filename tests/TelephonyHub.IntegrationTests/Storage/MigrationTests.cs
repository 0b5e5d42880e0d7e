using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Storage;

public sealed class MigrationsOnSqlite() : MigrationTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task Start_AfterAProcessThatDiedWhileMigrating_ClearsItsMark()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Sqlite, empty: true);
        await using (var connection = new SqliteConnection(world.Settings.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-10 09:00:00');
                """;
            await command.ExecuteNonQueryAsync();
        }

        var database = await world.OpenAsync();

        database.IsReady.Should().BeTrue();
    }

    [Fact]
    public async Task Start_WhileAnotherProcessHasTheFile_IsNotReady_UntilThatOneIsGone()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Sqlite, empty: true);
        await using var second = world.Startup();
        await using (var first = world.Startup())
        {
            await first.RunAsync();
            await second.StartAsync();
            await HubWorld.EventuallyAsync(() => Task.FromResult(second.Health.Causes.ContainsKey("database")), "the second process says what ails it");
            second.Database.IsReady.Should().BeFalse();
        }

        await HubWorld.EventuallyAsync(() => Task.FromResult(second.Database.IsReady), "the second takes over");
        second.Health.Causes.Should().BeEmpty();
    }

    [Fact]
    public async Task Hub_OnTheFileOfARunningHub_TakesNoEvents()
    {
        await using var first = await HubWorld.StartAsync(DatabaseProvider.Sqlite);
        var connection = first.Services.GetRequiredService<HubSettings>().ConnectionString;
        await using var second = await HubWorld.StartAsync(DatabaseProvider.Sqlite, o => (o.Settings["ConnectionStrings:Hub"], o.WaitForDatabase) = (connection, false));

        var answer = await second.PostEventAsync("msk", UisWire.Body("in_call_session", SharedWorld.NewSession(), TimeProvider.System.GetUtcNow(), "79035550001", "74951230001"));
        var health = await second.Http.GetAnswerAsync("/health/ready");

        ((int)answer.Status).Should().Be(503);
        health.Json["status"]!.GetValue<string>().Should().Be("degraded");
        health.Json["causes"]!["database"].Should().NotBeNull();
        (await first.PostEventAsync("msk", "{}")).Outcome.Should().Be("quarantined", "the first goes on");
    }
}

public sealed class MigrationsOnPostgres() : MigrationTests(DatabaseProvider.Postgres)
{
    [SkippableFact]
    public async Task Start_OfSeveralReplicasAtOnce_MigratesOnce()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Postgres, empty: true);
        var replicas = Enumerable.Range(0, 4).Select(_ => world.Startup()).ToList();

        await Task.WhenAll(replicas.Select(r => r.RunAsync()));

        replicas.Should().OnlyContain(r => r.Database.IsReady && r.Health.Causes.Count == 0);
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
            await replica.Database.DisposeAsync();
        }
    }
}

/// <summary>From nothing to the schema of today, and again without effect.</summary>
public abstract class MigrationTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task Start_OnAnEmptyDatabase_MakesTheSchemaOfTheModel()
    {
        await using var world = await StorageWorld.CreateAsync(provider, empty: true);

        await using var context = (await world.OpenAsync()).CreateContext();

        (await context.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
        context.Database.HasPendingModelChanges().Should().BeFalse("a change of the model needs its migration");
        (await context.Events.CountAsync()).Should().Be(0);
    }

    [SkippableFact]
    public async Task Start_Again_ChangesNothing()
    {
        await using var world = await StorageWorld.CreateAsync(provider, empty: true);
        var first = await world.OpenAsync();
        await first.WriteAsync(
            async (context, ct) =>
            {
                context.Audit.Add(new AuditRow { At = TimeProvider.System.GetUtcNow(), Who = "test", Action = "before the upgrade" });
                await context.SaveChangesAsync(ct);
            },
            CancellationToken.None);

        var second = await world.OpenAsync();

        await using var look = second.CreateContext();
        (await look.Audit.SingleAsync()).Action.Should().Be("before the upgrade");
        (await look.Database.GetAppliedMigrationsAsync()).Should().OnlyHaveUniqueItems();
    }

    [SkippableFact]
    public async Task Instant_WrittenAndRead_IsTheSameToTheMicrosecond()
    {
        await using var world = await StorageWorld.CreateAsync(provider, empty: true);
        var database = await world.OpenAsync();
        var at = new DateTimeOffset(2026, 1, 10, 12, 0, 0, TimeSpan.FromHours(3)).AddTicks(1_234_560);
        await database.WriteAsync(
            async (context, ct) =>
            {
                context.Snapshots.Add(new SnapshotRow { Name = "x", Data = "{}", TakenAt = at.ToUniversalTime() });
                await context.SaveChangesAsync(ct);
            },
            CancellationToken.None);

        await using var look = database.CreateContext();

        (await look.Snapshots.SingleAsync()).TakenAt.Should().Be(at);
        (await look.Snapshots.CountAsync(s => s.TakenAt >= at.ToUniversalTime())).Should().Be(1);
        (await look.Snapshots.CountAsync(s => s.TakenAt > at.ToUniversalTime())).Should().Be(0);
    }
}
