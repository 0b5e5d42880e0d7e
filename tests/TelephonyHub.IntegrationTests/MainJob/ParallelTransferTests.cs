using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class ParallelTransfersOnSqlite() : ParallelTransferTests(DatabaseProvider.Sqlite);

public sealed class ParallelTransfersOnPostgres() : ParallelTransferTests(DatabaseProvider.Postgres);

/// <summary>
/// Ten calls at once, each transferred into one of two other cabinets at a moment of its own, their steps interleaved and their notifications doubled,
/// delayed or shuffled by chance: over journal, fold, plan and CRM no two clients are ever mixed, and no pair is split that shows the client, or that has no other
/// transfer to the same number near it.
/// </summary>
public abstract class ParallelTransferTests(DatabaseProvider provider)
{
    private const int Clients = 10;

    /// <summary>Longer than <c>Sync:JoinSeconds</c> (15) and what clocks may differ (2).</summary>
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(18);
    private static readonly string[] Numbers = [SimulatorCompany.SurgutNumber, SimulatorCompany.PetersburgNumber];

    private static readonly Dictionary<string, string> Phones = new(StringComparer.Ordinal)
    {
        [SimulatorCompany.SurgutNumber] = "79221000001",
        [SimulatorCompany.PetersburgNumber] = "79211000002",
    };

    private sealed record Transferred(string Client, SimCall First, SimCall Second);

    [SkippableTheory]
    [InlineData(1, false, NotificationOrder.AsHappened)]
    [InlineData(2, false, NotificationOrder.Shuffled)]
    [InlineData(3, true, NotificationOrder.AsHappened)]
    [InlineData(4, true, NotificationOrder.Shuffled)]
    public async Task TenParallelCallsWithTransfers_InAnyInterleaving_JoinNoStrangersAndSplitNoPair(int seed, bool showsCabinetsNumber, NotificationOrder order)
    {
        await using var world = await HubWorld.StartAsync(provider, o => o.Seed = s => Company.SeedUsers(s));
        world.Uis.Cabinets["msk"].Options.UseNumbAsNuma = showsCabinetsNumber;
        var faults = world.Uis.Faults.Notifications;
        (faults.Seed, faults.Order, faults.Duplicates, faults.DuplicateShare, faults.DelayJitter) = (seed, order, 1, 0.3, TimeSpan.FromMilliseconds(40));

        // Where only the cabinet's number is shown, some of them come alone: those must be joined.
        var calls = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => PlayAsync(world, seed, i, within: showsCabinetsNumber ? 300 : 30)));
        var alone = calls.Where(c => !calls.Any(o => o != c && o.Second.VirtualNumber == c.Second.VirtualNumber && (o.Second.StartedAt - c.Second.StartedAt).Duration() <= Near)).ToList();
        (showsCabinetsNumber && alone.Count == 0).Should().BeFalse("else nothing would be proved (seed {0})", seed);

        var seconds = new List<JsonNode>();
        foreach (var call in calls)
        {
            await world.SettledAsync("msk", call.First.SessionId);
            seconds.Add(await PlacedAsync(world, call, mustJoin: !showsCabinetsNumber || alone.Contains(call)));
        }

        foreach (var (call, second) in calls.Zip(seconds))
        {
            var parent = second["call"]!["parentSession"]?.GetValue<string>();
            parent.Should().BeOneOf([$"msk:{call.First.SessionId}", null], "no stranger's call is joined (seed {0})", seed);
            if (!showsCabinetsNumber || alone.Contains(call))
            {
                parent.Should().NotBeNull("the second session shows the client, or no other transfer can have made it (seed {0})", seed);
            }

            second["call"]!["conversationId"]!.GetValue<string>().Should().Be(parent ?? $"{call.Second.Cabinet}:{call.Second.SessionId}");
        }

        var joined = calls.Zip(seconds).Where(p => p.Second["call"]!["parentSession"] is not null).Select(p => p.First).ToList();
        await HubWorld.EventuallyAsync(
            () => Task.FromResult(
                world.Crm.Store.All("Opportunity").Count() == Clients
                && WhoseAre(OpenTasks(world)).SequenceEqual(WhoseAre(world.Crm.Store.All("Opportunity")))
                && joined.TrueForAll(c => CallsOf(world, c).Count(r => r.Text("GloballyUniqueCallLinkageId") == $"msk:{c.First.SessionId}") == 2)),
            "one deal and one task a client, and one chain of Calls for each pair",
            () => $"{world.Crm.Store.All("Opportunity").Count()} deals, {OpenTasks(world).Count()} open tasks of {world.Crm.Store.All("Activity").Count()}");
        foreach (var call in calls)
        {
            ExpectOneOfEach(world, call);
        }
    }

    /// <summary>One client's call, from the ring in Moscow to the end of the talk in the other cabinet; others run between any two steps.</summary>
    private static async Task<Transferred> PlayAsync(HubWorld world, int seed, int number, int within)
    {
        var chance = new Random((seed * 1000) + number);
        var (client, to) = ($"7903555{seed:D2}{number:D2}", Numbers[chance.Next(Numbers.Length)]);

        // Older than the time for which the hub's own clock counts: the moments on the wire are what tells the transfers apart.
        var live = await world.Uis.Cabinets["msk"].BeginIncomingAsync(new IncomingCall(client, SimulatorCompany.MoscowNumber)
        {
            StartedAt = TimeProvider.System.GetUtcNow().AddSeconds(-600 + chance.Next(within)),
        });
        await StepAsync(chance, () => live.RingAsync("79161000002"));
        await live.AdvanceAsync(TimeSpan.FromSeconds(chance.Next(1, 10)));
        await StepAsync(chance, () => live.AnswerAsync("79161000002"));
        await live.AdvanceAsync(TimeSpan.FromSeconds(chance.Next(5, 30)));
        await StepAsync(chance, () => live.HoldAsync());
        await StepAsync(chance, () => live.MakeCallAsync(to));
        var onward = live.Onward!;
        await StepAsync(chance, () => onward.RingAsync(Phones[to]));
        await live.AdvanceAsync(TimeSpan.FromSeconds(chance.Next(1, 8)));
        await StepAsync(chance, () => onward.AnswerAsync(Phones[to]));
        await StepAsync(chance, () => live.TransferAsync());
        await live.AdvanceAsync(TimeSpan.FromSeconds(chance.Next(10, 60)));
        return new Transferred(client, await live.HangUpAsync(), onward.Call);
    }

    private static async Task StepAsync(Random chance, Func<Task> step)
    {
        for (var turns = chance.Next(5); turns > 0; turns--)
        {
            await Task.Yield();
        }

        await step();
    }

    /// <summary>The second session once it is over and either joined or said to be possibly the same conversation.</summary>
    private static async Task<JsonNode> PlacedAsync(HubWorld world, Transferred call, bool mustJoin)
    {
        JsonNode? read = null;
        await HubWorld.EventuallyAsync(
            async () =>
            {
                read = await world.CallAsync(call.Second.Cabinet, call.Second.SessionId);

                // "Possibly" is also what it is called until the leg that dialled it is known, whose events may come last.
                return read?["call"]!["endedAt"] is not null && (read["call"]!["parentSession"] is not null || (!mustJoin && read["call"]!["possiblySameAs"] is not null));
            },
            "the second session has its place",
            () => read?.ToJsonString());
        return read!;
    }

    /// <summary>Where the second session's events came first, its own plan's task was cancelled once it was joined.</summary>
    private static IEnumerable<CrmRow> OpenTasks(HubWorld world) => world.Crm.Store.All("Activity").Where(a => a.Ref("StatusId") == CreatioIds.ActivityStatus.NotStarted);

    private static IEnumerable<Guid?> WhoseAre(IEnumerable<CrmRow> records) => records.Select(r => r.Ref("ContactId")).Order();

    private static void ExpectOneOfEach(HubWorld world, Transferred call)
    {
        var store = world.Crm.Store;
        var contact = store.All("ContactCommunication").Should().ContainSingle(c => c.Text("Number") == "+" + call.Client).Subject.Ref("ContactId");
        store.All("Opportunity").Should().ContainSingle(o => o.Ref("ContactId") == contact);
        OpenTasks(world).Should().ContainSingle(a => a.Ref("ContactId") == contact);
        CallsOf(world, call).Should().NotBeEmpty().And.OnlyContain(record => record.Ref("ContactId") == contact, "its Calls are the client's own");
    }

    private static IEnumerable<CrmRow> CallsOf(HubWorld world, Transferred call) =>
        world.Crm.Store.All("Call").Where(c => c.Text("IntegrationId") == $"msk:{call.First.SessionId}" || c.Text("IntegrationId") == $"{call.Second.Cabinet}:{call.Second.SessionId}");
}
