using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Routing;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Routing;

public sealed class DecisionLogOnSqlite() : DecisionLogTests(DatabaseProvider.Sqlite);

public sealed class DecisionLogOnPostgres() : DecisionLogTests(DatabaseProvider.Postgres);

/// <summary>What was answered is stored afterwards, and what another replica stored counts here.</summary>
public abstract class DecisionLogTests(DatabaseProvider provider)
{
    private const string Caller = "79035550971";
    private const string Dialled = "74951230001";
    private static readonly CabinetKey Moscow = CabinetKey.Parse("msk");

    [SkippableFact]
    public async Task BadRowInABatch_IsCountedAsNotStored_AndItsNeighboursAreStored()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var database = await world.OpenAsync();
        using var log = new DecisionLog(database, new FoldSignal(), TimeProvider.System, NullLogger<DecisionLog>.Instance);
        log.Add(Answered(1, "{}"));
        log.Add(Answered(2, null!)); // no column of the table takes it
        log.Add(Answered(3, "{}"));

        await log.StartAsync(default);
        await HubWorld.EventuallyAsync(async () => log.NotStored == 1 && await StoredAsync(database) is [1, 3], "all but the bad one are stored");
        await log.StopAsync(default);
    }

    [SkippableFact]
    public async Task IdenticalCalls_AnsweredByAnotherReplica_CountWithThoseOfThisOne()
    {
        await using var world = await StorageWorld.CreateAsync(provider);
        var (database, now) = (await world.OpenAsync(), TimeProvider.System.GetUtcNow());
        await database.WriteAsync(
            async (context, ct) =>
            {
                context.Decisions.AddRange(Row(1, now.AddSeconds(-50)), Row(2, now.AddSeconds(-40)), Row(2, now.AddSeconds(-30)), Row(9, now.AddSeconds(-70)), Row(8, now, caller: "+79035550972"));
                await context.SaveChangesAsync(ct);
            },
            default);
        var flood = new CallFlood();
        flood.Add(Question(2), now);
        flood.Add(Question(3), now);

        // A loaded machine may be too slow for its patience: then nobody waits, and the next call asks again.
        await HubWorld.EventuallyAsync(
            async () =>
            {
                await new EarlierAnswers(database, new TriedPhones(), flood, world.Settings, TimeProvider.System, NullLogger<EarlierAnswers>.Instance).RecallAsync(Question(3), default);
                return flood.CountOf(Question(3), now) > 2;
            },
            "the other replica's calls are known");

        flood.CountOf(Question(3), now).Should().Be(3, "one of there, one of both, one of here; the one of a minute ago is forgotten");
    }

    private static async Task<List<long>> StoredAsync(HubDatabase database)
    {
        await using var context = database.CreateContext();
        return await context.Decisions.OrderBy(d => d.CallId).Select(d => d.CallId!.Value).ToListAsync();
    }

    private static RouteQuestion Question(long session) => new(Moscow, session, Caller, Dialled, null);

    private static AnsweredRoute Answered(long session, string answer)
    {
        var decision = new RouteDecision { Chain = [], LeftOut = [], Region = default, RegionReason = new Reason("", ""), Phones = [], ReturnedCode = 0 };
        return new AnsweredRoute(Question(session), decision, answer, TimeProvider.System.GetUtcNow(), TimeSpan.Zero);
    }

    private static DecisionRow Row(long session, DateTimeOffset at, string caller = "+" + Caller) =>
        new() { Id = Guid.CreateVersion7(), Cabinet = Moscow.Value, CallId = session, Caller = caller, Dialled = "+" + Dialled, DecidedAt = at, Answer = "{}", Explanation = "{}" };
}
