using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Sync.Cards;

namespace TelephonyHub.IntegrationTests.Storage;

public sealed class CardBookOnSqlite() : CardBookTests(DatabaseProvider.Sqlite);

public sealed class CardBookOnPostgres() : CardBookTests(DatabaseProvider.Postgres);

/// <summary>The table of cards. The same on both databases.</summary>
public abstract class CardBookTests(DatabaseProvider provider)
{
    private static readonly Guid Anna = Guid.Parse("3c1d2e10-7b7e-4d5e-9d6a-0199f3b26c1e");

    [SkippableFact]
    public async Task Outcomes_OneIsRefusedByTheDatabase_ItsNeighboursAreStored()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        var book = new CardBook(database, TimeProvider.System, NullLogger<CardBook>.Instance);
        var now = TimeProvider.System.GetUtcNow();
        if (provider == DatabaseProvider.Sqlite)
        {
            // PostgreSQL refuses a NUL by itself.
            await database.WriteAsync(
                (context, ct) => context.Database.ExecuteSqlRawAsync("CREATE TRIGGER refused BEFORE UPDATE ON cards WHEN new.session_id = 2 BEGIN SELECT RAISE(ABORT, 'refused'); END", ct), CancellationToken.None);
        }

        foreach (var (session, outcome) in new[] { (1L, "card"), (2L, "PostgreSQL takes no \0."), (3L, "card") })
        {
            var job = new CardJob(new SessionKey(CabinetKey.Parse("msk"), session), new Manager { Name = "Анна", ContactId = Anna }, CardEvent.Ringing, null, null, null, null, now);
            (await book.ReserveAsync(job, CancellationToken.None)).Should().BeTrue();
            book.StoreSoon(new CardOutcome(job, outcome, now, 12));
        }

        await book.WriteOutcomesAsync(CancellationToken.None);

        await using var look = database.CreateContext();
        (await look.Cards.OrderBy(c => c.SessionId).Select(c => c.Outcome).ToListAsync()).Should().Equal("card", null, "card");
    }

    [SkippableFact]
    public async Task Reserve_TheSameCardTwice_IsRefusedTheSecondTime_AndAnEndWithoutACard()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var book = new CardBook(await world.OpenAsync(), TimeProvider.System, NullLogger<CardBook>.Instance);
        CardJob Of(long session, CardEvent what) =>
            new(new SessionKey(CabinetKey.Parse("msk"), session), new Manager { Name = "Анна", ContactId = Anna }, what, null, null, null, null, TimeProvider.System.GetUtcNow());

        (await book.ReserveAsync(Of(1, CardEvent.Ringing), CancellationToken.None)).Should().BeTrue();
        (await book.ReserveAsync(Of(1, CardEvent.Ringing), CancellationToken.None)).Should().BeFalse();
        (await book.ReserveAsync(Of(1, CardEvent.Ended), CancellationToken.None)).Should().BeTrue();
        (await book.ReserveAsync(Of(2, CardEvent.Ended), CancellationToken.None)).Should().BeFalse("she never had a card of it");
    }
}
