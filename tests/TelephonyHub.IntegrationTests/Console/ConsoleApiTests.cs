using System.Net;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Console;

public sealed class ConsoleApiOnSqlite() : ConsoleApiTests(DatabaseProvider.Sqlite);

public sealed class ConsoleApiOnPostgres() : ConsoleApiTests(DatabaseProvider.Postgres);

/// <summary>What the console shows, the API answers, too (row N).</summary>
public abstract class ConsoleApiTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task CallOfToday_ItsWordsItsDayAndItsDirection_AreAnswered()
    {
        await using var world = await StartAsync();
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(new IncomingCall("79035550001", SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });
        await world.SettledAsync("msk", call.SessionId);

        var path = $"/api/v1/calls/msk/{call.SessionId}/events";
        var events = (await world.GetAsync(path))["items"]!.AsArray();
        events.Should().HaveCountGreaterThan(3);
        events.Select(e => e!["source"]!.GetValue<string>()).Should().OnlyContain(s => s == "webhook");
        events.Select(e => e!["body"]!.GetValue<string>()).Should().OnlyContain(b => b.Contains($"{call.SessionId}", StringComparison.Ordinal), "each in its own words");
        events.ToJsonString().Should().NotContain(HubWorld.TokenOf("msk"));
        var first = await world.GetAsync($"{path}?limit=2");
        (await world.GetAsync($"{path}?cursor={first["nextCursor"]}"))["items"]!.AsArray().Select(e => e!["id"]!.GetValue<long>())
            .Should().Equal(events.Skip(2).Select(e => e!["id"]!.GetValue<long>()), "the next page goes on where the first ended");
        (await world.Api.GetAnswerAsync("/api/v1/calls/msk/1/events")).Status.Should().Be(HttpStatusCode.NotFound);
        (await world.Api.GetAnswerAsync("/api/v1/calls/msk/first/events")).Status.Should().Be(HttpStatusCode.NotFound);

        var days = (await world.GetAsync("/api/v1/statistics?days=3&cabinet=msk"))["items"]!.AsArray();
        days.Should().HaveCount(3);
        days.Sum(d => d!["answered"]!.GetValue<int>()).Should().Be(1);
        (await world.GetAsync("/api/v1/statistics?cabinet=spb"))["items"]!.AsArray().Sum(d => d!["calls"]!.GetValue<int>()).Should().Be(0);
        var wrong = await world.Api.GetAnswerAsync("/api/v1/statistics?days=0");
        (wrong.Status, wrong.Json["errors"]!["days"]![0]!.GetValue<string>()).Should().Be((HttpStatusCode.BadRequest, "must be a whole number from 1 to 366."));

        (await world.GetAsync("/api/v1/calls?direction=in"))["items"]!.AsArray().Should().ContainSingle();
        (await world.GetAsync("/api/v1/calls?direction=out"))["items"]!.AsArray().Should().BeEmpty();
        (await world.Api.GetAnswerAsync("/api/v1/calls?direction=up")).Status.Should().Be(HttpStatusCode.BadRequest);

        var file = await world.Api.GetAnswerAsync("/api/v1/calls/export?direction=in&language=ru");
        (file.Status, file.ContentType).Should().Be((HttpStatusCode.OK, "text/csv"));
        file.Text.TrimEnd().Split("\r\n").Should().HaveCount(2).And.Subject.Last().Should().Contain($";{call.SessionId};").And.Contain("отвечен");
        (await world.Api.GetAnswerAsync("/api/v1/calls/export?direction=out")).Text.TrimEnd().Should().NotContain("\r\n", "a head alone");
        (await world.Api.GetAnswerAsync("/api/v1/calls/export?format=xlsx")).Text.Should().StartWith("PK");
        (await world.Api.GetAnswerAsync("/api/v1/calls/export?format=pdf")).Json["errors"]!["format"]![0]!.GetValue<string>().Should().Be("must be one of csv, xlsx.");

        var connection = await world.GetAsync("/api/v1/cabinets/msk/connection");
        connection["routeUrl"]!.GetValue<string>().Should().EndWith($"/uis/msk/route?token={Uri.EscapeDataString(HubWorld.TokenOf("msk"))}");
        var hooks = connection["events"]!.AsArray();
        hooks.Should().HaveCount(UisTemplates.Kinds.Count).And.OnlyContain(h => h!["template"]!.GetValue<string>().Contains("call_session_id"));
        hooks.Where(h => h!["firstArrivedAt"] is not null).Should().HaveCount(connection["arrived"]!.GetValue<int>());
        hooks.Single(h => h!["kind"]!.GetValue<string>() == "in_call_session")!["firstArrivedAt"].Should().NotBeNull();
        hooks.Single(h => h!["kind"]!.GetValue<string>() == "unset_mark")!["firstArrivedAt"].Should().BeNull("nobody took a tag away");
        (await world.Api.GetAnswerAsync("/api/v1/cabinets/nowhere/connection")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task Settings_AreShown_AndNoSecretIs()
    {
        await using var world = await StartAsync();

        var answer = await world.Api.GetAnswerAsync("/api/v1/settings");
        JsonNode Named(string name) => answer.Json["items"]!.AsArray().Single(i => i!["name"]!.GetValue<string>() == name)!;
        Named("Cabinets__msk__TimeZone")["value"]!.GetValue<string>().Should().Be("Europe/Moscow");
        (Named("Cabinets__msk__AccessToken")["value"]!.GetValue<string>(), Named("Cabinets__msk__AccessToken")["secret"]!.GetValue<bool>()).Should().Be(("***", true));
        foreach (var secret in new[] { HubWorld.ApiKey, HubWorld.TokenOf("msk"), world.Uis.Cabinets["msk"].Options.AccessToken!, world.Crm.Options.Password })
        {
            answer.Text.Should().NotContain(secret);
        }
    }

    [SkippableFact]
    public async Task TestCard_OfAManager_IsShownAndTakenAway()
    {
        Dictionary<string, SimUser> users = [];
        await using var world = await StartAsync(o => o.Seed = s => users = Company.SeedUsers(s));
        var nina = users["nina.pavlova@krepezh.example"];
        await HubWorld.EventuallyAsync(
            async () => (await world.GetAsync("/api/v1/managers"))["items"]!.AsArray().Any(m => m!["contactId"]?.GetValue<Guid>() == nina.ContactId && m["userId"] is not null), "she is known");
        var path = $"/api/v1/managers/{nina.ContactId}/test-cards";

        var shown = await world.Api.PostJsonAsync(path, "{}");
        ((int)shown.Status).Should().Be(200, shown.Text);
        shown.Json["delivered"]!.GetValue<int>().Should().BePositive();
        var card = shown.Json["cardId"]!.GetValue<string>();
        (await world.Api.DeleteAsync(new Uri($"{path}/{card}", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await world.Api.DeleteAsync(new Uri($"{path}/msk:500000001", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.NotFound, "that would be a client's, who is on the line");
        (await world.GetAsync("/api/v1/audit?action=card.testEnd"))["items"]!.AsArray().Should().ContainSingle().Which!["details"]!["cardId"]!.GetValue<string>().Should().Be(card);

        var events = world.Crm.Popups.Where(p => p.UserId == nina.UserId && p.Source == PopupSource.Notify).Select(p => JsonNode.Parse(p.Payload)!).Where(p => p["callId"]?.GetValue<string>() == card);
        events.Select(p => p["event"]!.GetValue<string>()).Should().Equal("ringing", "ended");
        (await world.Api.PostJsonAsync($"/api/v1/managers/{Guid.Empty}/test-cards", "{}")).Status.Should().Be(HttpStatusCode.NotFound);
        world.Crm.Faults.Add(new CrmFault.Error(), times: null, r => r.Kind == CrmRequestKind.Notify);
        (await world.Api.PostJsonAsync(path, "{}")).Status.Should().Be(HttpStatusCode.BadGateway);
    }

    private Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s => Company.SeedUsers(s);
        configure?.Invoke(o);
    });
}
