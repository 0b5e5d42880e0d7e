using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class SyncContractOnSqlite() : SyncContractTests(DatabaseProvider.Sqlite);

public sealed class SyncContractOnPostgres() : SyncContractTests(DatabaseProvider.Postgres);

/// <summary>What did not reach the CRM is shown, sent again on request, and proved in the end (contract, section 3).</summary>
public abstract class SyncContractTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task DeadTasks_AreShown_CountedByADryRun_AndReplayedWhenTheFaultIsGone()
    {
        await using var world = await StartAsync();
        world.Crm.Faults.FailOperation("POST", "Opportunity", times: null, status: 400);
        var call = await CallAsync(world);
        var broken = await world.SettledAsync("msk", call.SessionId);
        var dead = broken["tasks"]!.AsArray().Count(t => t!["state"]!.GetValue<string>() == "dead");

        dead.Should().BePositive();
        var deal = (await world.GetAsync("/api/v1/sync/tasks?state=dead&cabinet=MSK"))["items"]!.AsArray().Single(t => t!["kind"]!.GetValue<string>() == "deal")!;
        deal.AsObject().Select(p => p.Key).Should().Contain(["id", "kind", "state", "attempts", "nextAttemptAt", "category", "error"]);
        deal["category"]!.GetValue<string>().Should().Be("Permanent");
        deal["error"]!.GetValue<string>().Should().NotBeEmpty();
        deal["sessionId"]!.GetValue<string>().Should().Be($"{call.SessionId}");
        (await world.GetAsync("/api/v1/sync/tasks?state=dead&cabinet=spb"))["items"]!.AsArray().Should().BeEmpty();

        (await ReplayAsync(world, $$"""{"filter":{"cabinet":"msk","sessionId":"{{call.SessionId}}","category":"Permanent","kind":"deal"},"dryRun":true}""")).Should().Be((1, 0));
        (await ReplayAsync(world, """{"filter":{"cabinet":"spb"},"dryRun":false}""")).Should().Be((0, 0));
        (await ReplayAsync(world, """{"dryRun":true}""")).Should().Be((dead, 0));
        (await world.CallAsync("msk", call.SessionId))!["tasks"]!.AsArray().Count(t => t!["state"]!.GetValue<string>() == "dead").Should().Be(dead, "a dry run only counts");

        world.Crm.Faults.Clear();
        (await ReplayAsync(world, """{"filter":{"cabinet":"MSK"},"dryRun":false}""")).Should().Be((dead, dead));
        await HubWorld.EventuallyAsync(
            async () => (await world.CallAsync("msk", call.SessionId))!["tasks"]!.AsArray().All(t => t!["state"]!.GetValue<string>() == "done"),
            "everything is written");
        world.Crm.Store.All("Opportunity").Should().ContainSingle();
        world.Crm.Store.All("Call").Should().ContainSingle();
        world.Crm.Store.All("Activity").Should().ContainSingle();
        world.Crm.Store.All("OpportunityFile").Should().ContainSingle();

        var audit = await world.InDatabaseAsync(c => c.Audit.Where(a => a.Action == "sync.replay").OrderBy(a => a.Id).ToListAsync());
        audit.Should().HaveCount(2, "what only counts is no entry").And.OnlyContain(a => a.Who == "tests");
        audit[1].Details.Should().Contain($"\"replayed\":{dead}");
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(200)]
    public async Task Tasks_ChangedInOneInstant_PagedByCursor_HaveNeitherGapsNorDoubles(int limit)
    {
        await using var world = await StartAsync();
        var at = TimeProvider.System.GetUtcNow().AddDays(-1);
        var rows = Enumerable.Range(0, 25).Select(i => new SyncTaskRow
        {
            Id = Guid.CreateVersion7(),
            Cabinet = "rzn",
            SessionId = i,
            Kind = "call",
            Purpose = "",
            Lane = $"rzn:{i}",
            Wanted = "{}",
            State = i % 5 == 0 ? "dead" : "done",
            NextAttemptAt = at,
            CreatedAt = at,
            UpdatedAt = at.AddSeconds(i / 10),
        }).ToList();
        await world.Services.GetRequiredService<HubDatabase>().WriteAsync(
            async (context, ct) =>
            {
                context.SyncTasks.AddRange(rows);
                await context.SaveChangesAsync(ct);
            },
            CancellationToken.None);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await world.GetAsync($"/api/v1/sync/tasks?cabinet=rzn&limit={limit}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            seen.AddRange(page["items"]!.AsArray().Select(i => i!["id"]!.GetValue<Guid>()));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        seen.Should().OnlyHaveUniqueItems().And.BeEquivalentTo(rows.Select(r => r.Id));
        (await world.GetAsync("/api/v1/sync/tasks?cabinet=rzn&state=dead&limit=200"))["items"]!.AsArray().Should().HaveCount(5);
    }

    [SkippableFact]
    public async Task ShadowCabinet_ShowsItsPlanAndWritesNothing()
    {
        await using var world = await StartAsync(o => o.Settings["Cabinets:msk:Mode"] = "Shadow");
        var call = await CallAsync(world);
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", call.SessionId))?["plan"] is not null, "the call is planned");

        var tasks = (await world.GetAsync($"/api/v1/sync/tasks?cabinet=msk&limit=200"))["items"]!.AsArray();

        tasks.Select(t => t!["kind"]!.GetValue<string>()).Should().Contain(["contact", "deal", "followUp", "call"]);
        tasks.Should().OnlyContain(t => t!["state"]!.GetValue<string>() == "pending" && t["attempts"]!.GetValue<int>() == 0);
        world.Crm.Store.All("Call").Should().BeEmpty();
        world.Crm.Popups.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Reconciliation_AfterACall_ProvesPbxJournalAndCrm()
    {
        await using var world = await StartAsync();
        var call = await CallAsync(world);
        await world.SettledAsync("msk", call.SessionId);

        var run = await world.Api.PostJsonAsync("/api/v1/reconciliation/run", "{}");
        var list = await world.GetAsync("/api/v1/reconciliation");

        ((int)run.Status).Should().Be(200, run.Text);
        list["nextCursor"].Should().BeNull();
        var items = list["items"]!.AsArray().Where(i => i!["cabinet"]!.GetValue<string>() == "msk").ToList();
        items.Should().NotBeEmpty();
        items[0]!.AsObject().Select(p => p.Key).Should().Contain(["cabinet", "date", "pbx", "journal", "crmExpected", "crm", "differences"]);
        int Sum(string field) => items.Sum(i => i![field]!.GetValue<int>());
        (Sum("pbx"), Sum("journal"), Sum("crmExpected"), Sum("crm")).Should().Be((1, 1, 1, 1));
        items.Sum(i => i!["differences"]!.AsArray().Count).Should().Be(0);
        var day = DateOnly.ParseExact(items[0]!["date"]!.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await world.GetAsync($"/api/v1/reconciliation?from={day.AddDays(1):yyyy-MM-dd}&to={day.AddDays(2):yyyy-MM-dd}"))["items"]!.AsArray()
            .Should().NotContain(i => i!["date"]!.GetValue<string>() == items[0]!["date"]!.GetValue<string>());
    }

    private static async Task<(int Matched, int Replayed)> ReplayAsync(HubWorld world, string body)
    {
        var answer = await world.Api.PostJsonAsync("/api/v1/sync/replay", body);
        ((int)answer.Status).Should().Be(200, answer.Text);
        answer.Json.AsObject().Select(p => p.Key).Should().Equal("matched", "replayed");
        return (answer.Json["matched"]!.GetValue<int>(), answer.Json["replayed"]!.GetValue<int>());
    }

    private Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s => Company.SeedUsers(s);
        configure?.Invoke(o);
    });

    private static Task<SimCall> CallAsync(HubWorld world) => world.Uis.Cabinets["msk"].IncomingAsync(new IncomingCall("79035550001", SimulatorCompany.MoscowNumber)
    {
        StartedAt = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 120),
        Ring = TimeSpan.FromSeconds(5),
        Talk = TimeSpan.FromSeconds(40),
        AnsweredBy = Answers.First,
    });
}
