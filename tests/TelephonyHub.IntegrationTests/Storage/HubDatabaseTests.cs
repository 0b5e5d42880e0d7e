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

    private static Task<int> AppendAsync(HubDbContext context, string lane, CancellationToken ct) =>
        context.Lanes.Where(l => l.Lane == lane).ExecuteUpdateAsync(s => s.SetProperty(l => l.Owner, l => l.Owner + "x"), ct);
}
