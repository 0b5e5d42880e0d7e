using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Storage;

/// <summary>Writers that get into each other's way: nobody sees it, nothing is lost.</summary>
public sealed class HubDatabaseTests
{
    /// <summary>EF Core wraps a deadlock of a bulk update differently from one of SaveChanges; both were to be repeated, and one was not.</summary>
    [SkippableFact]
    public async Task Write_BulkUpdatesInOppositeOrder_TheOneThatIsRolledBackIsRepeated()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Postgres);
        var database = await world.OpenAsync();
        await database.WriteAsync(
            async (context, ct) =>
            {
                context.Lanes.AddRange(new LaneRow { Lane = "a", Owner = "" }, new LaneRow { Lane = "b", Owner = "" });
                await context.SaveChangesAsync(ct);
            },
            CancellationToken.None);
        using var both = new Barrier(2);
        var attempts = 0;

        await Task.WhenAll(UpdateAsync("a", "b"), UpdateAsync("b", "a"));

        attempts.Should().Be(3, "two began, and one of them began again");
        await using var read = database.CreateContext();
        (await read.Lanes.Select(l => l.Owner.Length).ToListAsync()).Should().Equal(2, 2);

        Task UpdateAsync(string first, string second) => Task.Run(() =>
        {
            var met = false;
            return database.WriteAsync(
                async (context, ct) =>
                {
                    Interlocked.Increment(ref attempts);
                    await AppendAsync(context, first, ct);
                    if (!met)
                    {
                        met = true;
                        both.SignalAndWait(ct);
                    }

                    await AppendAsync(context, second, ct);
                },
                CancellationToken.None);
        });
    }

    /// <summary>Intake is one statement without a transaction of its own: it loses races like any other.</summary>
    [SkippableFact]
    public async Task Execute_StatementLosesARace_IsRepeated()
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Postgres);
        var database = await world.OpenAsync();
        await using (var context = database.CreateContext())
        {
            await context.Database.ExecuteSqlRawAsync(
                """
                CREATE SEQUENCE attempts;
                CREATE FUNCTION lose_the_first() RETURNS void LANGUAGE plpgsql AS
                $$ BEGIN IF nextval('attempts') = 1 THEN RAISE EXCEPTION 'lost' USING ERRCODE = '40P01'; END IF; END $$;
                """);
        }

        await database.ExecuteAsync("SELECT lose_the_first()", _ => { }, CancellationToken.None);

        await using var read = database.CreateContext();
        (await read.Database.SqlQuery<long>($"""SELECT last_value AS "Value" FROM attempts""").SingleAsync()).Should().Be(2);
    }

    /// <summary>Contexts are used again: what one transaction meant to mark, and did not, must not be marked by the next.</summary>
    [SkippableTheory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Write_AfterATransactionThatWasUndone_MarksNothingOfIt(DatabaseProvider provider)
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        await database.WriteAsync(
            async (context, ct) =>
            {
                context.Sessions.Add(new SessionRow { Cabinet = "msk", SessionId = 1, DirtyVersion = 1 });
                await context.SaveChangesAsync(ct);
            },
            CancellationToken.None);

        HubDbContext? used = null;
        var undone = () => database.WriteAsync(
            (context, _) =>
            {
                used = context;
                context.Marks.FoldAgain("msk", 1);
                throw new InvalidOperationException("on the way");
            },
            CancellationToken.None);
        await undone.Should().ThrowAsync<InvalidOperationException>();
        await database.WriteAsync(
            (context, _) =>
            {
                context.Should().BeSameAs(used, "else this test shows nothing");
                return Task.CompletedTask;
            },
            CancellationToken.None);

        await using var read = database.CreateContext();
        (await read.Sessions.Select(s => s.DirtyVersion).SingleAsync()).Should().Be(1);
    }

    private static Task<int> AppendAsync(HubDbContext context, string lane, CancellationToken ct) =>
        context.Lanes.Where(l => l.Lane == lane).ExecuteUpdateAsync(s => s.SetProperty(l => l.Owner, l => l.Owner + "x"), ct);
}
