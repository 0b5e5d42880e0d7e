using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Directory;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class ApiListsOnSqlite(ApiWorldOnSqlite shared) : ApiListTests(shared), IClassFixture<ApiWorldOnSqlite>;

public sealed class ApiListsOnPostgres(ApiWorldOnPostgres shared) : ApiListTests(shared), IClassFixture<ApiWorldOnPostgres>;

/// <summary>Lists of the API: shape, filters, limits, cursors; bad input is a 400 that names the field (contract, section 3). The same on both databases.</summary>
public abstract class ApiListTests(ApiWorld shared)
{
    private static readonly string From = Uri.EscapeDataString("2026-01-10T12:00:00+03:00");
    private static readonly string To = Uri.EscapeDataString("2026-01-10T13:00:00+03:00");

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(200)]
    public async Task Calls_PagedByCursor_HaveNeitherGapsNorDoubles(int limit)
    {
        var calls = await shared.CallsAsync();
        var world = await shared.WorldAsync();
        var seen = new List<(string, long)>();
        string? cursor = null;
        do
        {
            var page = await world.GetAsync($"/api/v1/calls?from={From}&to={To}&limit={limit}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            page.AsObject().Select(p => p.Key).Should().Equal("items", "nextCursor");
            page["items"]!.AsArray().Count.Should().BeInRange(1, limit);
            seen.AddRange(Keys(page));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        seen.Should().BeEquivalentTo(calls.Select(c => (c.Cabinet, c.Session)));
        seen.Should().OnlyHaveUniqueItems();
        var order = calls.ToDictionary(c => (c.Cabinet, c.Session), c => c.At);
        seen.Select(k => order[k]).Should().BeInDescendingOrder("newest first");
    }

    [SkippableFact]
    public async Task Calls_FromIsInclusiveAndToExclusive()
    {
        var calls = await shared.CallsAsync();
        var world = await shared.WorldAsync();
        string At(int minute) => Uri.EscapeDataString(ApiWorld.Start.AddMinutes(minute).ToOffset(TimeSpan.FromHours(5)).ToString("o", CultureInfo.InvariantCulture));

        var page = await world.GetAsync($"/api/v1/calls?from={At(3)}&to={At(6)}");

        Keys(page).Should().BeEquivalentTo(calls.Where(c => c.At >= ApiWorld.Start.AddMinutes(3) && c.At < ApiWorld.Start.AddMinutes(6)).Select(c => (c.Cabinet, c.Session)));
        Keys(page).Should().HaveCount(3);
    }

    [SkippableTheory]
    [InlineData("79035550001")]
    [InlineData("+79035550001")]
    [InlineData("8 (903) 555-00-01")]
    [InlineData("+7 903 555 00 01")]
    [InlineData("8-903-555-00-01")]
    public async Task Calls_ByPhoneInAnyFormat_AreFound(string phone)
    {
        await shared.CallsAsync();
        var world = await shared.WorldAsync();

        Keys(await world.GetAsync($"/api/v1/calls?from={From}&to={To}&limit=200&phone={Uri.EscapeDataString(phone)}")).Should().HaveCount(25);
        Keys(await world.GetAsync($"/api/v1/calls?from={From}&to={To}&limit=200&phone={phone.Replace(' ', '+')}")).Should().HaveCount(25, "a blank may arrive as a plus and a plus as a blank");
    }

    [SkippableTheory]
    [InlineData("елена ветр")]
    [InlineData("ВЕТРОВА")]
    [InlineData("8 (903) 555-00-01")]
    public async Task Calls_BySearch_AreFoundByTheClientsNameWhateverItsCase(string search)
    {
        await shared.CallsAsync();
        var world = await shared.WorldAsync();
        world.Services.GetRequiredService<DirectoryService>().Clients.Put(new ClientCandidate
        {
            CommunicationId = new Guid("0199f3b2-6c1e-7b7e-9d5e-00000000cc01"),
            Number = PhoneNumber.TryParse(ApiWorld.Caller)!.Value,
            ContactId = new Guid("0199f3b2-6c1e-7b7e-9d5e-00000000cc02"),
            Name = "Ветрова Елена",
        });

        Keys(await world.GetAsync($"/api/v1/calls?from={From}&to={To}&limit=200&search={Uri.EscapeDataString(search)}")).Should().HaveCount(25);
        Keys(await world.GetAsync($"/api/v1/calls?from={From}&to={To}&limit=200&search={Uri.EscapeDataString("Ветрова Анна")}")).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Calls_BySearchForASessionId_AreThatCall()
    {
        var (cabinet, session, _) = (await shared.CallsAsync())[0];
        var world = await shared.WorldAsync();

        Keys(await world.GetAsync($"/api/v1/calls?search={session}")).Should().Equal((cabinet, session));
        Keys(await world.GetAsync($"/api/v1/calls?search={cabinet}:{session}")).Should().Equal((cabinet, session));
    }

    [SkippableFact]
    public async Task Calls_BySearchForASessionId_AreNotAlsoThoseWithAHiddenNumber()
    {
        var (cabinet, session, _) = (await shared.CallsAsync())[0];
        var world = await shared.WorldAsync();
        var hidden = SharedWorld.NewSession();
        await world.PostEventAsync(cabinet, UisWire.Body("in_call_session", hidden, ApiWorld.Start.AddDays(-1), "", SimulatorCompany.MoscowNumber));
        await HubWorld.EventuallyAsync(async () => await world.CallAsync(cabinet, hidden) is { } call && call["call"]!["clientPhone"] is null, "a call without a number can be read");

        Keys(await world.GetAsync($"/api/v1/calls?search={session}")).Should().Equal((cabinet, session));
        Keys(await world.GetAsync($"/api/v1/calls?search={cabinet}:{session}")).Should().Equal((cabinet, session));
        Keys(await world.GetAsync("/api/v1/calls?search=12345")).Should().BeEmpty("digits that are neither a session nor a phone number are nobody's");
        Keys(await world.GetAsync($"/api/v1/calls?search={hidden}")).Should().Equal((cabinet, hidden));
    }

    [SkippableFact]
    public async Task Calls_ByPhoneOfNobody_AreNone()
    {
        await shared.CallsAsync();
        var world = await shared.WorldAsync();

        var page = await world.GetAsync($"/api/v1/calls?from={From}&to={To}&phone=79035559999");

        page["items"]!.AsArray().Should().BeEmpty();
        page["nextCursor"].Should().BeNull();
    }

    [SkippableFact]
    public async Task Calls_ByCabinetAndState_AreOnlyThose()
    {
        var calls = await shared.CallsAsync();
        var world = await shared.WorldAsync();

        Keys(await world.GetAsync($"/api/v1/calls?from={From}&to={To}&cabinet=SGT")).Should().BeEquivalentTo(calls.Where(c => c.Cabinet == "sgt").Select(c => (c.Cabinet, c.Session)));
        var missed = await world.GetAsync($"/api/v1/calls?from={From}&to={To}&state=missed&limit=200");
        var ringing = await world.GetAsync($"/api/v1/calls?from={From}&to={To}&state=ringing&limit=200");
        missed["items"]!.AsArray().Should().NotBeEmpty().And.OnlyContain(i => i!["state"]!.GetValue<string>() == "missed");
        (Keys(missed).Count + Keys(ringing).Count).Should().Be(25);
        Keys(await world.GetAsync($"/api/v1/calls?from={From}&to={To}&cabinet=nowhere")).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Call_InTheList_HasEveryFieldOfTheContract()
    {
        await shared.CallsAsync();
        var world = await shared.WorldAsync();

        var item = (await world.GetAsync($"/api/v1/calls?from={From}&to={To}&limit=1"))["items"]![0]!.AsObject();

        item.Select(p => p.Key).Should().Contain(
        [
            "cabinet", "sessionId", "conversationId", "direction", "state", "clientPhone", "dialledNumber", "region", "startedAt", "endedAt", "waitSeconds", "talkSeconds", "totalSeconds", "owner", "crm",
        ]);
        item["crm"]!.AsObject().Select(p => p.Key).Should().Equal("callId", "contactId", "dealId", "activityId");
        item["sessionId"]!.GetValueKind().Should().Be(System.Text.Json.JsonValueKind.String);
        item["clientPhone"]!.GetValue<string>().Should().Be("+" + ApiWorld.Caller);
        item["startedAt"]!.GetValue<string>().Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$", "times are ISO 8601 with offset");
    }

    [SkippableFact]
    public async Task Cabinets_Paged_HaveNeitherGapsNorDoubles()
    {
        var world = await shared.WorldAsync();

        var first = await world.GetAsync("/api/v1/cabinets?limit=3");
        var second = await world.GetAsync($"/api/v1/cabinets?limit=3&cursor={Uri.EscapeDataString(first["nextCursor"]!.GetValue<string>())}");

        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(c => c!["key"]!.GetValue<string>()).Should().Equal("msk", "rzn", "sgt", "spb");
        second["nextCursor"].Should().BeNull();
    }

    [SkippableTheory]
    [InlineData("/api/v1/calls", "limit=0", "limit")]
    [InlineData("/api/v1/calls", "limit=201", "limit")]
    [InlineData("/api/v1/calls", "limit=-1", "limit")]
    [InlineData("/api/v1/calls", "limit=ten", "limit")]
    [InlineData("/api/v1/calls", "limit=1e2", "limit")]
    [InlineData("/api/v1/calls", "limit=99999999999", "limit")]
    [InlineData("/api/v1/calls", "from=yesterday", "from")]
    [InlineData("/api/v1/calls", "to=2026-13-01", "to")]
    [InlineData("/api/v1/calls", "state=lost", "state")]
    [InlineData("/api/v1/calls", "cursor=@@", "cursor")]
    [InlineData("/api/v1/calls", "cursor=YQ==", "cursor")]
    [InlineData("/api/v1/calls", "cursor=YXxifGM=", "cursor")]
    [InlineData("/api/v1/sync/tasks", "limit=0", "limit")]
    [InlineData("/api/v1/sync/tasks", "limit=201", "limit")]
    [InlineData("/api/v1/sync/tasks", "state=broken", "state")]
    [InlineData("/api/v1/sync/tasks", "cursor=MXxh", "cursor")]
    [InlineData("/api/v1/quarantine", "limit=201", "limit")]
    [InlineData("/api/v1/quarantine", "cursor=YQ==", "cursor")]
    [InlineData("/api/v1/reconciliation", "from=never", "from")]
    [InlineData("/api/v1/reconciliation", "to=2026-99-99", "to")]
    [InlineData("/api/v1/reconciliation", "limit=201", "limit")]
    [InlineData("/api/v1/cabinets", "limit=0", "limit")]
    [InlineData("/api/v1/cabinets", "cursor=YWJj", "cursor")]
    public async Task List_WithAWrongParameter_Is400ThatNamesIt(string path, string query, string field)
    {
        var world = await shared.WorldAsync();

        var answer = await world.Api.GetAnswerAsync($"{path}?{query}");

        ((int)answer.Status).Should().Be(400);
        answer.ContentType.Should().Be("application/problem+json");
        answer.Json["errors"]!.AsObject().Select(e => e.Key).Should().Equal(field);
    }

    [SkippableFact]
    public async Task List_WithGarbageInAnyField_IsNeverA500()
    {
        await shared.CallsAsync();
        var world = await shared.WorldAsync();
        string[] odd = ["%00", "a%00b", "%ff%fe", "%f0%9f", new string('x', 5000), "'--", "%25_", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "-9223372036854775808", "..%2f", "{}"];
        string[] cursors = ["1|\0|2", "1|\ud83d|2", "-9223372036854775808||9223372036854775807", "9223372036854775807|a|-1", "1|00000000-0000-0000-0000-000000000000", "-5", "|", "||"];
        foreach (var path in new[] { "/api/v1/calls", "/api/v1/sync/tasks", "/api/v1/quarantine", "/api/v1/reconciliation" })
        {
            foreach (var field in new[] { "cabinet", "from", "to", "phone", "state", "limit", "cursor" })
            {
                foreach (var value in odd.Concat(cursors.Select(c => Convert.ToBase64String(Encoding.UTF8.GetBytes(c)))))
                {
                    var answer = await world.Api.GetAnswerAsync($"{path}?{field}={value}");
                    ((int)answer.Status).Should().BeOneOf([200, 400], "{0} of {1} is {2}", field, path, value);
                }
            }
        }

        foreach (var path in new[] { "/api/v1/calls/%ff/1", "/api/v1/calls/msk/%ff", "/api/v1/calls/msk/99999999999999999999", "/api/v1/calls/msk/-1", "/api/v1/calls/msk/x", "/api/v1/quarantine/x%20", "/api/v1/quarantine/99999999999999999999", "/r/%f0%9f", "/r/x" })
        {
            ((int)(await world.Api.GetAnswerAsync(path)).Status).Should().Be(404, path);
        }
    }

    [SkippableTheory]
    [InlineData("/api/v1/sync/replay")]
    [InlineData("/api/v1/quarantine/replay")]
    public async Task Replay_WithGarbageInAnyField_IsNeverA500(string path)
    {
        var world = await shared.WorldAsync();
        foreach (var body in new[]
        {
            "", "null", "[]", "{", """{"filter":[]}""", """{"dryRun":"x"}""", """{"filter":{"cabinet":"a\u0000b","kind":"\u0000","category":"\ud800","ids":["\u0000"]},"dryRun":true}""",
            """{"filter":{"cabinet":"a\u0000b"},"dryRun":false}""", """{"filter":{"sessionId":"99999999999999999999","ids":["99999999999999999999",null]},"dryRun":false}""", """{"filter":{"state":"\u0000"},"dryRun":true}""",
        })
        {
            var answer = await world.Api.PostJsonAsync(path, body);
            ((int)answer.Status).Should().BeOneOf([200, 400], body);
            answer.ContentType.Should().BeOneOf("application/json", "application/problem+json");
        }

        ((int)(await world.Api.PostJsonAsync("/api/v1/sync/replay", """{"filter":{"state":"done"},"dryRun":true}""")).Status).Should().Be(400, "what is done needs no replay");
    }

    [SkippableFact]
    public async Task Live_ShowsCallsThatGoOn_AndNotThoseOfYesteryear()
    {
        await shared.CallsAsync();
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();
        await world.PostEventAsync("msk", UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), ApiWorld.Caller, "74951230001"));
        await HubWorld.EventuallyAsync(async () => await world.CallAsync("msk", session) is not null, "the call can be read");

        var live = await world.GetAsync("/api/v1/live");

        Keys(live).Should().Contain(("msk", session));
        live["items"]!.AsArray().Should().OnlyContain(i => i!["endedAt"] == null && DateTimeOffset.Parse(i["startedAt"]!.GetValue<string>(), CultureInfo.InvariantCulture) > TimeProvider.System.GetUtcNow().AddHours(-5));
        live["nextCursor"].Should().BeNull();
    }

    private static List<(string, long)> Keys(JsonNode page) =>
        [.. page["items"]!.AsArray().Select(i => (i!["cabinet"]!.GetValue<string>(), long.Parse(i["sessionId"]!.GetValue<string>(), CultureInfo.InvariantCulture)))];
}
