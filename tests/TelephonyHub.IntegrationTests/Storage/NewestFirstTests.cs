using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Storage;

namespace TelephonyHub.IntegrationTests.Storage;

/// <summary>
/// Lists that grow with the calls are read along an index. PostgreSQL sorts a small table rather than look into an index, so only SQLite can be asked; it is also
/// the one that sorted all calls (0.4 s of a hundred thousand) where the index had another order than the list.
/// </summary>
public sealed class NewestFirstTests
{
    [Theory]
    [InlineData("calls", "started_at DESC, cabinet, session_id")]
    [InlineData("missed_calls", "first_missed_at DESC, cabinet, session_id")]
    public async Task List_NewestFirst_IsReadAlongItsIndex(string table, string order)
    {
        await using var world = await StorageWorld.CreateAsync(DatabaseProvider.Sqlite);
        await using var context = (await world.OpenAsync()).CreateContext();
        await using var command = HubDatabase.Command(context, $"EXPLAIN QUERY PLAN SELECT * FROM {table} ORDER BY {order} LIMIT 51");
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
