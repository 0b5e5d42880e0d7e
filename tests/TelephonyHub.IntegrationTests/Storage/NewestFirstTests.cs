using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage;
using TelephonyHub.Sync;

namespace TelephonyHub.IntegrationTests.Storage;

/// <summary>
/// Lists that grow with the calls are read along an index. PostgreSQL sorts a small table rather than look into an index, so only SQLite can be asked; it is also
/// the one that sorted all calls (0.4 s of a hundred thousand) where the index had another order than the list.
/// </summary>
public sealed class NewestFirstTests
{
    [Fact]
    public Task Calls_NewestFirst_AreReadAlongTheirIndex() => IsReadAlongItsIndexAsync(c => CallQueries.NewestFirst(c.Calls).Take(51));

    [Fact]
    public Task MissedCalls_NewestFirst_AreReadAlongTheirIndex() => IsReadAlongItsIndexAsync(c => MissedCallQueries.NewestFirst(c.MissedCalls).Take(51));

    private static async Task IsReadAlongItsIndexAsync<T>(Func<HubDbContext, IQueryable<T>> list)
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Sqlite);
        await using var context = (await world.OpenAsync()).CreateContext();
        var sql = list(context).ToQueryString();
        await using var command = HubDatabase.Command(context, "EXPLAIN QUERY PLAN " + sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..]).With("@p", 51);
        await command.Connection!.OpenAsync();

        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(3));
        }

        plan.Should().ContainSingle("nothing is left to sort").Which.Should().Contain("USING INDEX");
    }
}
