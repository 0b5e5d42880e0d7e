using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.MainJob;

public sealed class ProofFindingsOnSqlite() : ProofFindingsTests(DatabaseProvider.Sqlite);

public sealed class ProofFindingsOnPostgres() : ProofFindingsTests(DatabaseProvider.Postgres);

/// <summary>What the comparison finds, who is told of it, and what is put right (row I).</summary>
public abstract class ProofFindingsTests(DatabaseProvider provider)
{
    [SkippableTheory]
    [InlineData("None", 0)]
    [InlineData("Deleted", 1)]
    public async Task CallThatAPersonDeleted_IsListedAndToldOf_AndMadeAgainOnlyWhereTheSettingSaysSo(string repair, int calls)
    {
        await using var world = await StartAsync(o => o.Settings["Reconciliation:Repair"] = repair);
        var call = await AnsweredAsync(world);
        var record = world.Crm.Store.All("Call").Single();
        world.Crm.Store.Remove("Call", record.Id);

        var proof = await RunAsync(world);
        Figures(proof).Should().Be((1, 1, 1, 0));
        Reasons(proof, call).Should().Equal("missing: expected in the CRM, not there: deleted there");
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Call").Count == calls), "it is there again, or not");
        if (repair == "None")
        {
            await RunAsync(world);
            JsonNode? alert = null;
            await HubWorld.EventuallyAsync(
                async () => (alert = (await world.GetAsync("/api/v1/alerts?state=open"))["items"]!.AsArray().FirstOrDefault(a => a!["cause"]!.GetValue<string>().StartsWith("proof: msk", StringComparison.Ordinal))) is not null,
                "somebody is told");
            alert!["details"]!.AsArray().Single()!["sessionId"]!.GetValue<string>().Should().Be($"{call.SessionId}", "with the list");
            return;
        }

        await world.SettledAsync("msk", call.SessionId);
        world.Crm.Store.All("Call").Single().Id.Should().Be(record.Id, "the same call has the same id");
        world.Crm.Store.All("CallFile").Should().ContainSingle("its recording had gone with it");
        world.Crm.Store.All("Activity").Should().ContainSingle();
        Figures(await RunAsync(world)).Should().Be((1, 1, 1, 1));
    }

    [SkippableTheory]
    [InlineData("Deleted")]
    [InlineData("All")]
    public async Task CallThatAPersonChanged_IsListed_AndPutRightOnlyWhereTheSettingSaysSo(string repair)
    {
        await using var world = await StartAsync(o => o.Settings["Reconciliation:Repair"] = repair);
        var call = await AnsweredAsync(world);
        var record = world.Crm.Store.All("Call").Single();
        var another = world.Crm.Store.AddContact("Другой клиент", null, null, "+79035559999");
        world.Crm.Store.Update("Call", record.Id, ("ContactId", another));

        var proof = await RunAsync(world);
        Figures(proof).Should().Be((1, 1, 1, 1), "a Call that is there counts");
        Reasons(proof, call).Should().Equal("changed: changed in the CRM: ContactId");
        await world.SettledAsync("msk", call.SessionId);
        world.Crm.Store.All("Call").Single().Ref("ContactId").Should().Be(repair == "All" ? record.Ref("ContactId") : another);
    }

    [SkippableFact]
    public async Task AnsweredHereButLostThere_IsListed()
    {
        await using var world = await StartAsync();
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming() with { AnsweredBy = null, GivesUpAfter = TimeSpan.FromSeconds(10) });
        await world.PostEventAsync("msk", UisWire.Body("talk_started", call.SessionId, TimeProvider.System.GetUtcNow().AddMinutes(-4), Stranger, SimulatorCompany.MoscowNumber, ""","employee_id":101002"""));
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", call.SessionId))?["call"]!["state"]!.GetValue<string>() == "answered", "an answered call never becomes missed");

        Reasons(await RunAsync(world), call).Should().Contain("contradiction: answered in the journal, lost in the PBX's report");
    }

    [SkippableFact]
    public async Task Proof_AsCsv_IsTheSameRows()
    {
        await using var world = await StartAsync();
        await AnsweredAsync(world);
        await RunAsync(world);

        var csv = await world.Api.GetAnswerAsync("/api/v1/reconciliation.csv?cabinet=msk");
        csv.ContentType.Should().Be("text/csv");
        var lines = csv.Text.Trim('\uFEFF', '\r', '\n').Split("\r\n");
        lines[0].Should().Be("cabinet,date,pbx,journal,crmExpected,crm,equal,comparedAt,differences");
        lines.Skip(1).Should().ContainSingle(l => l.Contains(",1,1,1,1,yes,", StringComparison.Ordinal));
        (await world.Api.GetAnswerAsync("/api/v1/reconciliation?format=csv&cabinet=msk")).Text.Should().Be(csv.Text);
        (await world.Api.GetAnswerAsync("/api/v1/reconciliation.csv?from=yesterday")).Status.Should().Be(System.Net.HttpStatusCode.BadRequest);
    }

    [SkippableFact]
    public async Task Backfill_OfDaysThatTheHubMissed_GoesOnAfterARestart_AndRebuildsThem()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Notifications.LoseShare = 1;

        // Last week nobody asked this hub who gets the calls: such a question is of now, and whoever is named first gets his card.
        foreach (var cabinet in world.Uis.Cabinets.Values)
        {
            cabinet.Options.RouteUrl = null;
        }

        var days = new[] { 3, 5 };
        foreach (var day in days)
        {
            await world.Uis.Cabinets["msk"].IncomingAsync(Incoming() with { StartedAt = Past(day) });
            await world.Uis.Cabinets["spb"].IncomingAsync(new IncomingCall(Stranger, SimulatorCompany.PetersburgNumber) { StartedAt = Past(day), AnsweredBy = Answers.First });
        }

        await RunAsync(world);
        (await world.GetAsync("/api/v1/calls"))["items"]!.AsArray().Should().BeEmpty("they are older than the look-back");

        // The report of the days is refused for a while: nothing is skipped, and the restart goes on where it was.
        world.Uis.Faults.Api.InternalError = true;
        var asked = await world.Api.PostJsonAsync("/api/v1/reconciliation/backfill", $$"""{"from":"{{Past(6):yyyy-MM-dd}}","to":"{{Past(1):yyyy-MM-dd}}"}""");
        ((int)asked.Status).Should().Be(202, asked.Text);
        var path = $"/api/v1/reconciliation/backfill/{asked.Json["id"]}";
        await HubWorld.EventuallyAsync(async () => (await world.GetAsync(path))["error"] is not null, "it says why it does not get on");
        (await world.GetAsync(path))["done"]!.GetValue<int>().Should().Be(0);
        await world.StopHubAsync();
        world.Uis.Faults.Api.InternalError = false;
        await world.StartHubAsync();
        await HubWorld.EventuallyAsync(async () => (await world.GetAsync(path))["state"]!.GetValue<string>() == "done", "all days are compared");

        var item = await world.GetAsync(path);
        (item["done"]!.GetValue<int>(), item["total"]!.GetValue<int>(), item["error"]).Should().Be((5, 5, null));
        await HubWorld.EventuallyAsync(async () => (await world.GetAsync("/api/v1/calls"))["items"]!.AsArray().Count(c => c!["state"]!.GetValue<string>() == "answered") == 4, "the calls are there");
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Call").Count == 4), "and in the CRM");
        world.Crm.Popups.Should().BeEmpty("nobody is shown a card of last week");
        (await world.InDatabaseAsync(c => c.Audit.CountAsync(a => a.Action == "reconciliation.backfill"))).Should().Be(1);
    }

    [SkippableFact]
    public async Task Backfill_ThatDoesNotGetOn_HoldsUpNoOther()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Cabinet("spb").TokenRevoked = true;
        var stuck = await AskAsync("spb");
        await HubWorld.EventuallyAsync(async () => (await world.GetAsync(stuck))["error"] is not null, "it says why it does not get on");

        var other = await AskAsync("msk");
        await HubWorld.EventuallyAsync(async () => (await world.GetAsync(other))["state"]!.GetValue<string>() == "done", "the other cabinet's days are compared");
        (await world.GetAsync(stuck))["done"]!.GetValue<int>().Should().Be(0);

        async Task<string> AskAsync(string cabinet)
        {
            var asked = await world.Api.PostJsonAsync("/api/v1/reconciliation/backfill", $$"""{"cabinet":"{{cabinet}}","from":"{{Past(4):yyyy-MM-dd}}","to":"{{Past(2):yyyy-MM-dd}}"}""");
            ((int)asked.Status).Should().Be(202, asked.Text);
            return $"/api/v1/reconciliation/backfill/{asked.Json["id"]}";
        }
    }

    [SkippableFact]
    public async Task Backfill_OfAllCabinets_OneOfWhichRefusesItsKey_IsDoneForTheOthers_AndForThatOneLater()
    {
        await using var world = await StartAsync();
        world.Uis.Faults.Cabinet("spb").TokenRevoked = true;
        var asked = await world.Api.PostJsonAsync("/api/v1/reconciliation/backfill", $$"""{"from":"{{Past(5):yyyy-MM-dd}}","to":"{{Past(2):yyyy-MM-dd}}"}""");
        ((int)asked.Status).Should().Be(202, asked.Text);
        var path = $"/api/v1/reconciliation/backfill/{asked.Json["id"]}";

        await HubWorld.EventuallyAsync(async () => (await world.GetAsync(path))["state"]!.GetValue<string>() == "done", "the others' days are compared");
        (await world.GetAsync(path))["error"].Should().BeNull();
        var apart = (await world.InDatabaseAsync(c => c.Backfills.Where(b => b.Cabinet != null).ToListAsync())).Should().ContainSingle("it waits once, not once for each day").Subject;
        (apart.Cabinet, apart.State, apart.Done, apart.Total, apart.AskedBy).Should().Be(("spb", "running", 0, 3, "tests"));
        apart.Error.Should().Contain("spb");

        world.Uis.Faults.Cabinet("spb").TokenRevoked = false;
        (await world.Api.PostAsync("/api/v1/cabinets/spb/import", null)).Dispose();
        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.Backfills.AllAsync(b => b.State == "done" && b.Error == null)), "given back, its days are compared, too");
    }

    [SkippableFact]
    public async Task CallThatGoesOnUnknownHere_IsListed()
    {
        await using var world = await StartAsync();
        (world.Uis.Cabinets["msk"].Options.EventsUrl, world.Uis.Cabinets["msk"].Options.RouteUrl) = (null, null);
        var live = await world.Uis.Cabinets["msk"].BeginIncomingAsync(Incoming());
        await live.RingAsync();

        Reasons(await RunAsync(world), live.Call).Should().Equal("contradiction: going on in the PBX's report, unknown to the journal");
    }

    [SkippableFact]
    public async Task DealAndTaskThatAPersonDeleted_AreListed()
    {
        await using var world = await StartAsync();
        var call = await AnsweredAsync(world);
        world.Crm.Store.All("OpportunityFile").ToList().ForEach(f => world.Crm.Store.Remove("OpportunityFile", f.Id));
        world.Crm.Store.Remove("Opportunity", world.Crm.Store.All("Opportunity").Single().Id);
        world.Crm.Store.Remove("Activity", world.Crm.Store.All("Activity").Single().Id);

        var proof = await RunAsync(world);
        Figures(proof).Should().Be((1, 1, 1, 1), "the Call itself is there");
        Reasons(proof, call).Should().Contain("changed: deleted in the CRM: Opportunity, Activity");
        world.Crm.Store.All("Opportunity").Should().BeEmpty("it is his word");
    }

    [SkippableFact]
    public async Task DayBeforeTheLookBack_IsComparedAgain_UntilItAgrees()
    {
        await using var world = await StartAsync(o =>
        {
            // A comparison each second would use up an ordinary minute of points.
            o.Settings["Reconciliation:IntervalSeconds"] = "1";
            o.Cabinets = all => [.. all.Select(c => c with { MinutePoints = 10_000, DayPoints = 100_000 })];
        });
        world.Uis.Faults.Notifications.LoseShare = 1;
        world.Uis.Cabinets["msk"].Options.RouteUrl = null;
        await world.Uis.Cabinets["msk"].IncomingAsync(Incoming() with { StartedAt = Past(4) });

        // The day is compared before its call can be in the CRM.
        world.Crm.Faults.FailOperation("POST", "Call", times: null);
        var asked = await world.Api.PostJsonAsync("/api/v1/reconciliation/backfill", $$"""{"from":"{{Past(5):yyyy-MM-dd}}","to":"{{Past(2):yyyy-MM-dd}}"}""");
        ((int)asked.Status).Should().Be(202, asked.Text);
        await HubWorld.EventuallyAsync(async () => (await OfThatDayAsync()) is (1, 1, 1, 0), "the call is in the journal and not in the CRM");
        world.Crm.Faults.Clear();

        await HubWorld.EventuallyAsync(async () => (await OfThatDayAsync()) is (1, 1, 1, 1), "the day agrees, and says so");

        async Task<(int, int, int, int)> OfThatDayAsync() => Figures([
            .. (await world.GetAsync($"/api/v1/reconciliation?cabinet=msk&from={Past(5):yyyy-MM-dd}&to={Past(2):yyyy-MM-dd}"))["items"]!.AsArray().Select(i => i!)]);
    }

    [SkippableTheory]
    [InlineData("""{"from":"2026-01-02","to":"2026-01-02"}""", "to")]
    [InlineData("""{"from":"friday","to":"2026-01-02"}""", "from")]
    [InlineData("""{"cabinet":"paris","from":"2026-01-01","to":"2026-01-02"}""", "cabinet")]
    [InlineData("""{"from":"2024-01-01","to":"2026-01-02"}""", "to")]
    public async Task Backfill_OfNoPeriod_IsRefusedByField(string body, string field)
    {
        await using var world = await StartAsync();
        var answer = await world.Api.PostJsonAsync("/api/v1/reconciliation/backfill", body);
        ((int)answer.Status).Should().Be(400);
        answer.Json["errors"]!.AsObject().Select(e => e.Key).Should().Contain(field);
    }

    private const string Stranger = "79035550001";

    private static DateTimeOffset Past(int days) => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(-days).ToUnixTimeSeconds());

    private static IncomingCall Incoming() => new(Stranger, SimulatorCompany.MoscowNumber) { StartedAt = TimeProvider.System.GetUtcNow().AddMinutes(-5), AnsweredBy = Answers.First };

    private static async Task<SimCall> AnsweredAsync(HubWorld world)
    {
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming());
        await world.SettledAsync("msk", call.SessionId);
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("CallFile").Count == 1), "the recording is linked");
        return call;
    }

    private static async Task<List<JsonNode>> RunAsync(HubWorld world) =>
        [.. (await world.CompareAsync()).Select(i => i!).Where(i => i["cabinet"]!.GetValue<string>() == "msk")];

    private static (int, int, int, int) Figures(List<JsonNode> days)
    {
        int Sum(string name) => days.Sum(d => d[name]!.GetValue<int>());
        return (Sum("pbx"), Sum("journal"), Sum("crmExpected"), Sum("crm"));
    }

    private static IEnumerable<string> Reasons(List<JsonNode> days, SimCall call) =>
        days.SelectMany(d => d["differences"]!.AsArray()).Where(d => d!["sessionId"]?.GetValue<string>() == $"{call.SessionId}").Select(d => $"{d!["kind"]}: {d["reason"]}");

    private Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s => Company.SeedUsers(s);
        configure?.Invoke(o);
    });
}
