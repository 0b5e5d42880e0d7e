using System.Net;
using System.Text;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>Who may speak, and in which order he is refused (contract, section 1). The database plays no part here.</summary>
public sealed class EventRefusalTests(EventsWorldOnSqlite shared) : IClassFixture<EventsWorldOnSqlite>
{
    private const int MiB = 1024 * 1024;
    private static readonly byte[] TooLarge = new byte[MiB + 1];

    [Theory]
    [InlineData("nowhere", "any", 404)]
    [InlineData("m$k", "any", 404)]
    [InlineData(EventsWorld.ClosedCabinet, "wrong", 403)]
    [InlineData(EventsWorld.ClosedCabinet, "webhook-token-of-spb", 403)]
    [InlineData("msk", "wrong", 401)]
    [InlineData("msk", "webhook-token-of-sgt", 401)]
    [InlineData("msk", "", 401)]
    [InlineData("msk", "webhook-token-of-msk", 413)]
    public async Task Post_BodyTooLargeAndMore_IsRefusedForTheFirstReasonOfTheOrder(string cabinet, string token, int expected)
    {
        var world = await shared.WorldAsync();

        var answer = await world.PostAsync(UisWire.EventsUrl(cabinet, token), TooLarge);

        ((int)answer.Status).Should().Be(expected);
        answer.ContentType.Should().Be("application/problem+json");
        answer.Json["status"]!.GetValue<int>().Should().Be(expected);
    }

    [Fact]
    public async Task Post_WithoutTokenParameter_Is401()
    {
        var world = await shared.WorldAsync();

        var answer = await world.PostAsync(new Uri("/uis/msk/events", UriKind.Relative), "{}"u8.ToArray());

        answer.Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyOfExactlyOneMiB_IsTaken_OneByteMoreIsNot(bool chunked)
    {
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();
        var body = new byte[MiB];
        Array.Fill(body, (byte)' ');
        var json = Encoding.UTF8.GetBytes(UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.MoscowNumber));
        json.CopyTo(body, MiB - json.Length);

        var whole = await world.PostAsync(UisWire.EventsUrl("msk"), body, chunked: chunked);
        var more = await world.PostAsync(UisWire.EventsUrl("msk"), [(byte)' ', .. body], chunked: chunked);

        whole.Outcome.Should().Be("accepted");
        more.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await world.EventRowsAsync("msk", session)).Should().Be(1);
    }

    [Theory]
    [InlineData(3, true, "webhook-token-of-msk", 413)]
    [InlineData(20, true, "webhook-token-of-msk", 413)]
    [InlineData(20, false, "webhook-token-of-msk", 413)]
    [InlineData(20, false, "wrong", 401)]
    public async Task Post_BodyFarOverTheLimit_IsStillAnswered(int megabytes, bool chunked, string token, int expected)
    {
        var world = await shared.WorldAsync();

        ((int)(await world.PostAsync(UisWire.EventsUrl("msk", token), new byte[megabytes * MiB], chunked: chunked)).Status).Should().Be(expected);
    }

    [Theory]
    [InlineData("webhook-token-of-rzn")]
    [InlineData(EventsWorld.NewToken)]
    public async Task Post_DuringRotation_AnyOfTheTokensIsValid(string token)
    {
        var world = await shared.WorldAsync();
        var body = Encoding.UTF8.GetBytes(UisWire.Body("in_call_session", SharedWorld.NewSession(), TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.RyazanNumber));

        (await world.PostAsync(UisWire.EventsUrl(EventsWorld.RotatingCabinet, token), body)).Outcome.Should().Be("accepted");
        (await world.PostAsync(UisWire.EventsUrl(EventsWorld.RotatingCabinet, token + "x"), body)).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(false, "10.9.8.7", 403)]
    [InlineData(true, "10.9.8.7", 200)]
    [InlineData(true, "10.9.9.7", 403)]
    [InlineData(true, "10.9.8.7, 203.0.113.5", 403)]
    public async Task Post_WithForwardedFor_IsBelievedOnlyFromATrustedProxy(bool trusted, string forwarded, int expected)
    {
        await using var own = trusted
            ? await HubWorld.StartAsync(DatabaseProvider.Sqlite, o => (o.Settings["Cabinets:spb:AllowedSources:0"], o.Settings["Hosting:TrustedProxies:0"]) = ("10.9.8.0/24", "127.0.0.1"))
            : null;
        var world = own ?? await shared.WorldAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, UisWire.EventsUrl(EventsWorld.ClosedCabinet)) { Content = new StringContent("{}") };
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwarded);

        ((int)(await world.Http.AnswerAsync(request)).Status).Should().Be(expected);
    }

    [Fact]
    public async Task Post_CabinetInAnyCase_IsTheSameCabinet()
    {
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();
        var body = UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), "79035550001", SimulatorCompany.MoscowNumber);

        (await world.PostEventAsync("MsK", body)).Outcome.Should().Be("accepted");
        (await world.PostEventAsync("msk", body)).Outcome.Should().Be("accepted");

        (await world.EventRowsAsync("msk", session)).Should().Be(1);
        await HubWorld.EventuallyAsync(async () => await world.CallAsync("MSK", session) is not null, "the call can be read by any spelling");
    }

    [Fact]
    public async Task Get_LongQuery_IsTaken()
    {
        // A GET template with comments, tags and UTM fields easily passes the 8 KB that web servers allow a request line by default.
        var world = await shared.WorldAsync();
        var session = SharedWorld.NewSession();
        var query = $"&notification_mnemonic=in_call_session&call_session_id={session}&notification_time=2026-01-10%2012:00:00&contact_phone_number=79035550001"
            + $"&virtual_phone_number={SimulatorCompany.MoscowNumber}&utm_content={new string('x', 20_000)}";

        var answer = await world.Http.GetAnswerAsync(UisWire.EventsUrl("msk", query: query).ToString());

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Outcome.Should().Be("accepted");
    }
}
