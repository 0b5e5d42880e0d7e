using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class EventFuzzOnSqlite(EventsWorldOnSqlite shared) : EventFuzzTests(shared), IClassFixture<EventsWorldOnSqlite>;

public sealed class EventFuzzOnPostgres(EventsWorldOnPostgres shared) : EventFuzzTests(shared), IClassFixture<EventsWorldOnPostgres>;

/// <summary>Whatever the body, always 200, and the bytes are on disk: in the journal or in quarantine.</summary>
public abstract class EventFuzzTests(EventsWorld shared)
{
    [SkippableTheory]
    [InlineData(20260110)]
    [InlineData(7)]
    public async Task AnyRequest_WithAValidToken_IsAnswered200AndKept(int seed)
    {
        var world = await shared.WorldAsync();
        var fuzz = new EventFuzz(seed);
        var requests = Enumerable.Range(0, 250).Select(fuzz.Next).ToList();
        var outcomes = new ConcurrentDictionary<int, string?>();

        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (r, ct) =>
        {
            var url = UisWire.EventsUrl("sgt", query: r.Query);
            var answer = r.Method == "GET" ? await world.Http.GetAnswerAsync(url.ToString()) : await world.PostAsync(url, r.Body, r.ContentType);
            ((int)answer.Status).Should().Be(200, "request {0} of seed {1} is {2} {3}", r.Number, seed, r.Method, answer.Text);
            outcomes[r.Number] = answer.Outcome;
        });

        outcomes.Values.Should().OnlyContain(o => o == "accepted" || o == "quarantined");
        outcomes.Values.Should().Contain("accepted").And.Contain("quarantined");
        var events = await world.InDatabaseAsync(c => c.Events.Where(e => e.Cabinet == "sgt").Select(e => new { e.Query, e.Body }).ToListAsync());
        var strange = await world.InDatabaseAsync(c => c.Quarantine.Where(q => q.Cabinet == "sgt").Select(q => new { q.Query, q.Body }).ToListAsync());
        foreach (var request in requests)
        {
            var marker = string.Create(CultureInfo.InvariantCulture, $"fuzz={seed}-{request.Number}");
            var table = outcomes[request.Number] == "accepted" ? events.ConvertAll(e => (e.Query, Body: e.Body!)) : strange.ConvertAll(q => (q.Query, q.Body));
            table.Should().Contain(row => row.Query!.Split('&', StringSplitOptions.None).Contains(marker) && row.Body.SequenceEqual(request.Body), "request {0} of seed {1} was acknowledged", request.Number, seed);
        }

        await ExpectTheFoldGoesOnAsync(world);
    }

    private static async Task ExpectTheFoldGoesOnAsync(HubWorld world)
    {
        var session = SharedWorld.NewSession();
        (await world.PostEventAsync("sgt", UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.SurgutNumber))).Outcome.Should().Be("accepted");
        await HubWorld.EventuallyAsync(async () => await world.CallAsync("sgt", session) is not null, "a normal call can be read");
        await HubWorld.EventuallyAsync(() => world.InDatabaseAsync(c => c.Sessions.AllAsync(s => s.FoldedVersion >= s.DirtyVersion)), "all sessions are folded");
        (await world.InDatabaseAsync(c => c.Sessions.Where(s => s.FoldError != null).Select(s => s.FoldError).ToListAsync())).Should().BeEmpty();
        var fuzzed = await world.InDatabaseAsync(c => c.Calls.Where(s => s.SessionId >= 800_000_000 && s.SessionId < 800_000_012).Select(s => s.SessionId).ToListAsync());
        fuzzed.Should().NotBeEmpty();
        foreach (var call in fuzzed)
        {
            (await world.Api.GetAnswerAsync($"/api/v1/calls/sgt/{call}")).Status.Should().Be(System.Net.HttpStatusCode.OK);
        }

        (await world.Api.GetAnswerAsync("/api/v1/calls?limit=200")).Status.Should().Be(System.Net.HttpStatusCode.OK);
        (await world.Api.GetAnswerAsync("/api/v1/quarantine?limit=200")).Status.Should().Be(System.Net.HttpStatusCode.OK);
    }
}
