using System.Net;
using Npgsql;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>An unreachable database is not a wrong setting: the hub starts, routes from the configuration, refuses events, and mends itself.</summary>
public sealed class EventsWithoutDatabaseTests
{
    [SkippableFact]
    public async Task DatabaseAwayAtStart_RoutesAndRefusesEvents_ThenMendsItself()
    {
        var real = new NpgsqlConnectionStringBuilder(await PostgresServer.NewDatabaseAsync());
        await using var door = new TcpForwarder(new IPEndPoint(IPAddress.Loopback, real.Port));
        await using var world = await StartBehindAsync(door, real);
        var session = SharedWorld.NewSession();
        var body = UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.MoscowNumber);

        var refused = await world.PostEventAsync("msk", body);
        var health = await world.Http.GetAnswerAsync("/health/ready");
        var alive = await world.Http.GetAnswerAsync("/health/live");
        var route = await world.Http.GetAnswerAsync($"/uis/msk/route?token={HubWorld.TokenOf("msk")}&call_session_id={session}&numa=79035550001&numb={SimulatorCompany.MoscowNumber}");
        var read = await world.Api.GetAnswerAsync("/api/v1/calls");

        ShouldBeRefusedForNow(refused);
        health.Status.Should().Be(HttpStatusCode.OK);
        health.Json["status"]!.GetValue<string>().Should().Be("degraded");
        health.Json["causes"]!["database"].Should().NotBeNull();
        alive.Status.Should().Be(HttpStatusCode.OK);
        route.Status.Should().Be(HttpStatusCode.OK);
        route.Json["phones"]!.AsArray().Select(p => p!.GetValue<string>()).Should().Equal("79161000002", "79161000003", "79161000004");
        read.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        read.ContentType.Should().Be("application/problem+json");

        door.Open();
        await HubWorld.EventuallyAsync(async () => (await world.PostEventAsync("msk", body)).Outcome == "accepted", "events are taken again");
        await HubWorld.EventuallyAsync(async () => (await world.CallAsync("msk", session))?["decision"] is not null, "the call is there, with the decision that waited");
        await HubWorld.EventuallyAsync(async () => (await world.Http.GetAnswerAsync("/health/ready")).Json["status"]!.GetValue<string>() == "ready", "health is mended");
    }

    [SkippableFact]
    public async Task DatabaseGoesAwayLater_RefusesEventsAndRoutes_ThenMendsItself()
    {
        var real = new NpgsqlConnectionStringBuilder(await PostgresServer.NewDatabaseAsync());
        await using var door = new TcpForwarder(new IPEndPoint(IPAddress.Loopback, real.Port));
        door.Open();
        await using var world = await StartBehindAsync(door, real);
        var (first, second) = (SharedWorld.NewSession(), SharedWorld.NewSession());
        var now = TimeProvider.System.GetUtcNow();
        await HubWorld.EventuallyAsync(
            async () => (await world.PostEventAsync("msk", UisWire.Body("in_call_session", first, now, "79035550001", SimulatorCompany.MoscowNumber))).Outcome == "accepted",
            "the first event is taken");

        await door.CloseAsync();
        var body = UisWire.Body("in_call_session", second, now, "79035550002", SimulatorCompany.MoscowNumber);
        ShouldBeRefusedForNow(await world.PostEventAsync("msk", body));
        ShouldBeRefusedForNow(await world.PostEventAsync("msk", "garbage"));
        (await world.Http.GetAnswerAsync($"/uis/msk/route?token={HubWorld.TokenOf("msk")}&numa=79035550001")).Status.Should().Be(HttpStatusCode.OK);
        (await world.Http.GetAnswerAsync("/health/ready")).Status.Should().Be(HttpStatusCode.OK);

        door.Open();
        await HubWorld.EventuallyAsync(async () => (await world.PostEventAsync("msk", body)).Outcome == "accepted", "events are taken again");
        await HubWorld.EventuallyAsync(async () => await world.CallAsync("msk", second) is not null, "and folded");
        (await world.EventRowsAsync("msk", first)).Should().Be(1);
        (await world.EventRowsAsync("msk", second)).Should().Be(1);
    }

    private static Task<HubWorld> StartBehindAsync(TcpForwarder door, NpgsqlConnectionStringBuilder real)
    {
        var through = new NpgsqlConnectionStringBuilder(real.ToString()) { Host = "127.0.0.1", Port = door.Port, Timeout = 5 };
        return HubWorld.StartAsync(DatabaseProvider.Postgres, o => (o.Settings["ConnectionStrings:Hub"], o.WaitForDatabase) = (through.ToString(), false));
    }

    private static void ShouldBeRefusedForNow(Answer answer)
    {
        answer.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().NotBeNull();
        answer.ContentType.Should().Be("application/problem+json");
    }
}
