using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Recordings;

namespace TelephonyHub.IntegrationTests.Recordings;

public sealed class RecordingLinkOnSqlite() : RecordingLinkTests(DatabaseProvider.Sqlite);

public sealed class RecordingLinkOnPostgres() : RecordingLinkTests(DatabaseProvider.Postgres);

/// <summary>Who hears a recording, who no longer does, and what is written down of it.</summary>
public abstract class RecordingLinkTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task Link_WhenRevoked_FallsSilentAndSpeaksAgainWhenRestored()
    {
        await using var world = await RecordingWorld.StartAsync(provider);
        var recording = await world.WaitAsync("archived");
        var link = $"/api/v1/recordings/{recording["code"]}";

        (await world.PostAsync($"{link}/revoke"))["state"]!.GetValue<string>().Should().Be("revoked");
        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await world.Hub.GetAsync("/api/v1/recordings?state=revoked"))["items"]!.AsArray().Should().ContainSingle();
        (await world.Hub.GetAsync("/api/v1/recordings?state=archived"))["items"]!.AsArray().Should().BeEmpty();

        (await world.PostAsync($"{link}/restore"))["state"]!.GetValue<string>().Should().Be("archived");
        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.OK);

        var revoked = (await world.AuditAsync("recording.revoke")).Should().ContainSingle().Subject;
        revoked.Who.Should().Be("tests");
        var change = JsonNode.Parse(revoked.Details!)!;
        change["before"]!["revokedAt"].Should().BeNull();
        var at = change["after"]!["revokedAt"]!.GetValue<DateTimeOffset>();
        var restored = JsonNode.Parse((await world.AuditAsync("recording.restore")).Should().ContainSingle().Which.Details!)!;
        restored["before"]!["revokedAt"]!.GetValue<DateTimeOffset>().Should().BeCloseTo(at, TimeSpan.FromMilliseconds(1), "databases keep microseconds");
        restored["after"]!["revokedAt"].Should().BeNull();
        (await world.Hub.Api.PostAsync("/api/v1/recordings/nosuchcode/revoke", null)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var integration = new HttpRequestMessage(HttpMethod.Post, $"{link}/revoke") { Headers = { { "X-Api-Key", HubWorld.IntegrationKey } } };
        (await world.Hub.Http.SendAsync(integration)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await world.Hub.Http.PostAsync($"{link}/revoke", null)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task Listening_IsWrittenDownOncePerPlaybackAndPerson_NotPerPiece()
    {
        await using var world = await RecordingWorld.StartAsync(provider);
        var recording = await world.WaitAsync("archived");
        (await world.PlayAsync(recording, method: HttpMethod.Head)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await world.AuditAsync(ListeningLog.Action)).Should().BeEmpty("a look at the headers is not a listening");

        foreach (var from in new[] { 0, 100, 200 })
        {
            (await world.PlayAsync(recording, new RangeHeaderValue(from, from + 99))).StatusCode.Should().Be(HttpStatusCode.PartialContent);
        }

        (await world.PlayAsync(recording, key: RecordingWorld.AuditorKey)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await world.PlayAsync(recording, key: HubWorld.IntegrationKey)).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        var heard = await world.AuditAsync(ListeningLog.Action);
        heard.Select(a => a.Who).Should().Equal("tests", "auditor");
        heard.Should().OnlyContain(a => a.Details!.Contains(recording["code"]!.GetValue<string>()) && a.Details!.Contains("msk"));
    }

    [SkippableFact]
    public async Task Listening_OfASecondOneOfTheSameName_IsWrittenDownToo()
    {
        await using var world = await RecordingWorld.StartAsync(provider);
        var recording = await world.WaitAsync("archived");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            // A name is free again once its key is revoked.
            var made = await world.PostAsync("/api/v1/api-keys", new { name = "quality control", roles = new[] { "auditor" } });
            (await world.PlayAsync(recording, key: made["secret"]!.GetValue<string>())).StatusCode.Should().Be(HttpStatusCode.OK);
            using var revoked = await world.Hub.Api.DeleteAsync($"/api/v1/api-keys/{made["key"]!["id"]!.GetValue<string>()}");
            revoked.EnsureSuccessStatusCode();
        }

        (await world.AuditAsync(ListeningLog.Action)).Select(a => a.Who).Should().Equal("quality control", "quality control");
    }

    [SkippableFact]
    public async Task Revoke_RepeatedWithTheSameKey_ActsOnce()
    {
        await using var world = await RecordingWorld.StartAsync(provider);
        var recording = await world.WaitAsync("archived");
        async Task<Answer> RevokeAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/recordings/{recording["code"]}/revoke") { Headers = { { "Idempotency-Key", "k1" } } };
            return await world.Hub.Api.AnswerAsync(request);
        }

        var first = await RevokeAsync();
        await world.PostAsync($"/api/v1/recordings/{recording["code"]}/restore");
        var again = await RevokeAsync();

        (again.Status, again.Text, again.Header("Idempotency-Replayed")).Should().Be((HttpStatusCode.OK, first.Text, "true"));
        (await world.PlayAsync(recording)).StatusCode.Should().Be(HttpStatusCode.OK, "a late repeat does not undo what came after it");
    }

    [SkippableFact]
    public async Task List_PagesFiltersAndNamesWhatIsWrong()
    {
        await using var world = await RecordingWorld.StartAsync(provider);
        var first = await world.WaitAsync("archived");
        var second = await world.Hub.Uis.Cabinets["spb"].IncomingAsync(
            new Simulator.Uis.IncomingCall("79035550002", Simulator.Uis.SimulatorCompany.PetersburgNumber) { StartedAt = world.Call.StartedAt, Ring = TimeSpan.FromSeconds(2), Talk = TimeSpan.FromSeconds(5), AnsweredBy = Simulator.Uis.Answers.First });
        await HubWorld.EventuallyAsync(async () => (await world.Hub.GetAsync("/api/v1/recordings?cabinet=SPB&state=archived"))["items"]!.AsArray().Count == 1, "the second is archived");

        var page = await world.Hub.GetAsync("/api/v1/recordings?limit=1");
        page["items"]!.AsArray().Should().ContainSingle().Which!["sessionId"]!.GetValue<string>().Should().Be($"{second.SessionId}");
        var next = await world.Hub.GetAsync($"/api/v1/recordings?limit=1&cursor={page["nextCursor"]}");
        next["items"]!.AsArray().Should().ContainSingle().Which!["code"]!.GetValue<string>().Should().Be(first["code"]!.GetValue<string>());
        next["nextCursor"].Should().BeNull();

        var at = Uri.EscapeDataString(first["createdAt"]!.GetValue<string>());
        (await world.Hub.GetAsync($"/api/v1/recordings?from={at}&session={world.Call.SessionId}"))["items"]!.AsArray().Should().ContainSingle("from is inclusive");
        (await world.Hub.GetAsync($"/api/v1/recordings?to={at}&session={world.Call.SessionId}"))["items"]!.AsArray().Should().BeEmpty("to is exclusive");
        (await world.Hub.GetAsync($"/api/v1/recordings/{first["code"]}"))["url"]!.GetValue<string>().Should().EndWith(RecordingWorld.LinkOf(first));

        using var wrong = await world.Hub.Api.GetAsync("/api/v1/recordings?session=x&state=lost&limit=0&cursor=%00");
        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await wrong.Content.ReadAsStringAsync()).Should().ContainAll("session", "state", "limit");
    }
}
