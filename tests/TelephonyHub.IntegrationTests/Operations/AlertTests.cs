using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace TelephonyHub.IntegrationTests.Operations;

public sealed class AlertsOnSqlite() : AlertTests(DatabaseProvider.Sqlite);

public sealed class AlertsOnPostgres() : AlertTests(DatabaseProvider.Postgres);

/// <summary>What a person should know of has one row a cause, is told to the webhook, and ends by itself (row O).</summary>
public abstract class AlertTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task Cause_ThatLasts_IsOneAlert_IsAcknowledged_AndEndsWithItsCause()
    {
        await using var world = await HubWorld.StartAsync(provider);
        var health = world.Services.GetRequiredService<HealthRegister>();
        health.Ail("test", "Somebody pulled the plug.");

        var alert = await OpenAsync(world, "health: test");
        alert["words"]!.GetValue<string>().Should().Be("Somebody pulled the plug.");
        alert["count"]!.GetValue<int>().Should().Be(1);
        var acknowledged = await world.Api.PostJsonAsync($"/api/v1/alerts/{alert["id"]}/acknowledge", "{}");
        acknowledged.Json["acknowledgedBy"]!.GetValue<string>().Should().Be("tests");
        (await world.InDatabaseAsync(c => Task.FromResult(c.Audit.Count(a => a.Action == "alert.acknowledge")))).Should().Be(1);

        // Counted after all have been looked for, which is a moment after this one stood there.
        await HubWorld.EventuallyAsync(async () => (await world.Http.GetAnswerAsync("/metrics")).Text.Contains("hub_alerts_open", StringComparison.Ordinal), "open alerts are counted");

        health.Mend("test");
        await HubWorld.EventuallyAsync(async () => (await AlertsAsync(world, "resolved")).Any(a => Cause(a) == "health: test"), "the alert is over");
        (await AlertsAsync(world, "open")).Should().NotContain(a => Cause(a) == "health: test");

        health.Ail("test", "Again.");
        var again = await OpenAsync(world, "health: test");
        again["id"]!.GetValue<string>().Should().Be(alert["id"]!.GetValue<string>());
        again["count"]!.GetValue<int>().Should().Be(2, "it came a second time");
        again["acknowledgedBy"].Should().BeNull("that was another time");
    }

    [SkippableFact]
    public async Task Webhook_ThatFailsAtFirst_IsToldOfTheBeginningAndOfTheEnd()
    {
        using var receiver = WireMockServer.Start();
        receiver.Given(Request.Create().UsingPost()).InScenario("told").WillSetStateTo("up").RespondWith(Response.Create().WithStatusCode(500));
        receiver.Given(Request.Create().UsingPost()).InScenario("told").WhenStateIs("up").RespondWith(Response.Create().WithStatusCode(200));
        await using var world = await HubWorld.StartAsync(provider, o => o.Settings["Alerts:WebhookUrl"] = $"{receiver.Url}/alerts");
        var health = world.Services.GetRequiredService<HealthRegister>();
        health.Ail("test", "Somebody pulled the plug.");

        await HubWorld.EventuallyAsync(() => Task.FromResult(Told(receiver, "health: test") is ["open", "open", ..]), "the receiver was told again after it had failed");
        health.Mend("test");
        await HubWorld.EventuallyAsync(() => Task.FromResult(Told(receiver, "health: test") is ["open", "open", .., "resolved"]), "the receiver was told that it is over");
    }

    [SkippableFact]
    public async Task DeadLetters_OfOneCause_AreOneGroupAndOneAlert_AndAreReplayedByIt()
    {
        await using var world = await HubWorld.StartAsync(provider, o => o.Seed = s => Company.SeedUsers(s));
        world.Crm.Faults.FailOperation("POST", "Opportunity", times: null, status: 400);
        var calls = new List<SimCall>();
        for (var n = 0; n < 3; n++)
        {
            calls.Add(await world.Uis.Cabinets["msk"].IncomingAsync(new IncomingCall($"7903555000{n}", SimulatorCompany.MoscowNumber)
            {
                StartedAt = TimeProvider.System.GetUtcNow().AddMinutes(-5),
                AnsweredBy = Answers.First,
            }));
        }

        foreach (var call in calls)
        {
            await world.SettledAsync("msk", call.SessionId);
        }

        var group = (await world.GetAsync("/api/v1/sync/dead-letters"))["items"]!.AsArray().Single(g => g!["kind"]!.GetValue<string>() == "deal")!;
        group["count"]!.GetValue<int>().Should().Be(3, "they differ in nothing but their ids");
        group["category"]!.GetValue<string>().Should().Be("Permanent");
        (await world.GetAsync("/api/v1/sync/dead-letters?cabinet=spb"))["items"]!.AsArray().Should().BeEmpty();
        var fingerprint = group["fingerprint"]!.GetValue<string>();
        await HubWorld.EventuallyAsync(
            async () => (await OpenAsync(world, $"dead letters: deal Permanent {fingerprint}"))["count"]!.GetValue<int>() == 3, "the alert counts them all");
        await HubWorld.EventuallyAsync(
            async () => (await world.Http.GetAnswerAsync("/metrics")).Text.Split('\n').Any(l => l.StartsWith("hub_queue_depth", StringComparison.Ordinal) && l.Contains("cabinet=\"msk\"", StringComparison.Ordinal) && l.Contains("state=\"dead\"", StringComparison.Ordinal)),
            "the queue is measured");

        (await ReplayAsync(world, fingerprint, dryRun: true)).Should().Be((3, 0));
        (await ReplayAsync(world, "nothing", dryRun: true)).Should().Be((0, 0));
        world.Crm.Faults.Clear();
        (await ReplayAsync(world, fingerprint, dryRun: false)).Should().Be((3, 3));
        await HubWorld.EventuallyAsync(() => Task.FromResult(world.Crm.Store.All("Opportunity").Count == 3), "the deals are there");
        (await world.Api.PostJsonAsync("/api/v1/sync/replay", "{}")).Status.Should().Be(System.Net.HttpStatusCode.OK, "what waited for them is sent, too");
        await HubWorld.EventuallyAsync(async () => (await world.GetAsync("/api/v1/sync/dead-letters"))["items"]!.AsArray().Count == 0, "nothing is dead any more");
        await HubWorld.EventuallyAsync(async () => (await AlertsAsync(world, "resolved")).Any(a => Cause(a).StartsWith("dead letters: deal", StringComparison.Ordinal)), "the alert is over");
    }

    [SkippableFact]
    public async Task Quarantine_IsGroupedByReason_AndReplayedByIt()
    {
        await using var world = await HubWorld.StartAsync(provider);
        for (var n = 0; n < 4; n++)
        {
            (await world.PostEventAsync("msk", $$"""{"notification_mnemonic":"talk_started","n":{{n}}}""")).Outcome.Should().Be("quarantined");
        }

        (await world.PostEventAsync("spb", "no JSON at all")).Outcome.Should().Be("quarantined");

        var groups = (await world.GetAsync("/api/v1/quarantine/groups"))["items"]!.AsArray();
        groups.Select(g => g!["count"]!.GetValue<int>()).Should().Equal([4, 1], "the most frequent first");
        var fingerprint = groups[0]!["fingerprint"]!.GetValue<string>();
        var dry = await world.Api.PostJsonAsync("/api/v1/quarantine/replay", $$$"""{"filter":{"fingerprint":"{{{fingerprint}}}"},"dryRun":true}""");
        dry.Json["matched"]!.GetValue<int>().Should().Be(4);
        await HubWorld.EventuallyAsync(async () => (await OpenAsync(world, $"quarantine: {fingerprint}"))["count"]!.GetValue<int>() == 4, "the alert counts them all");
    }

    private static async Task<(int Matched, int Replayed)> ReplayAsync(HubWorld world, string fingerprint, bool dryRun)
    {
        var answer = await world.Api.PostJsonAsync("/api/v1/sync/replay", $$$"""{"filter":{"fingerprint":"{{{fingerprint}}}"},"dryRun":{{{(dryRun ? "true" : "false")}}}}""");
        return (answer.Json["matched"]!.GetValue<int>(), answer.Json["replayed"]!.GetValue<int>());
    }

    private static async Task<JsonNode> OpenAsync(HubWorld world, string cause)
    {
        JsonNode? alert = null;
        await HubWorld.EventuallyAsync(async () => (alert = (await AlertsAsync(world, "open")).FirstOrDefault(a => Cause(a) == cause)) is not null, $"there is an alert '{cause}'");
        return alert!;
    }

    private static async Task<List<JsonNode>> AlertsAsync(HubWorld world, string state) =>
        [.. (await world.GetAsync($"/api/v1/alerts?state={state}&limit=200"))["items"]!.AsArray().Select(a => a!)];

    private static string Cause(JsonNode alert) => alert["cause"]!.GetValue<string>();

    private static List<string> Told(WireMockServer receiver, string cause) =>
        [.. receiver.LogEntries.Select(e => JsonNode.Parse(e.RequestMessage!.Body!)!).Where(a => Cause(a) == cause).Select(a => a["state"]!.GetValue<string>())];
}
