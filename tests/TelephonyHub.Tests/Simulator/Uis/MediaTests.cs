using System.Net;
using System.Net.Http.Headers;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

public sealed class MediaTests
{
    [Fact]
    public async Task Talk_KnownFile_IsMp3()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        using var response = await sim.Http.GetAsync(await RecordAsync(sim));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("audio/mpeg");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        bytes.Take(2).Should().Equal((byte)0xFF, (byte)0xFB);
        (bytes.Length % 144).Should().Be(0, "whole frames");
    }

    [Fact]
    public async Task Talk_Wav_HasAHeaderThatFits()
    {
        await using var sim = await SimulatorFixture.StartAsync(options => options with { RecordFormat = SimAudioFormat.Wav });

        var bytes = await sim.Http.GetByteArrayAsync(await RecordAsync(sim));

        System.Text.Encoding.ASCII.GetString(bytes, 0, 4).Should().Be("RIFF");
        BitConverter.ToInt32(bytes, 4).Should().Be(bytes.Length - 8);
    }

    [Theory]
    [InlineData("bytes=0-9", HttpStatusCode.PartialContent, 10)]
    [InlineData("bytes=-5", HttpStatusCode.PartialContent, 5)]
    [InlineData("bytes=99999999-", HttpStatusCode.RequestedRangeNotSatisfiable, 0)]
    public async Task Talk_Range_IsObeyed(string range, HttpStatusCode status, int length)
    {
        await using var sim = await SimulatorFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, await RecordAsync(sim));
        request.Headers.Range = RangeHeaderValue.Parse(range);

        using var response = await sim.Http.SendAsync(request);

        response.StatusCode.Should().Be(status);
        (await response.Content.ReadAsByteArrayAsync()).Should().HaveCount(length);
    }

    [Fact]
    public async Task Talk_UnknownNotReadyOrRedirected_AnswersSo()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var link = await RecordAsync(sim);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        (await http.GetAsync(new Uri(sim.Simulator.MediaUrl, "system/media/talk/1/00000000000000000000000000000000/"))).StatusCode
            .Should().Be(HttpStatusCode.NotFound);
        sim.Simulator.Faults.Media.NotReadyUntil = SimulatorFixture.Start.AddSeconds(10);
        (await http.GetAsync(link)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        sim.Time.Advance(TimeSpan.FromSeconds(10));
        (await http.GetAsync(link)).StatusCode.Should().Be(HttpStatusCode.OK);
        sim.Simulator.Faults.Media.RedirectTo = new Uri("http://192.0.2.1/x");
        (await http.GetAsync(link)).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task VoiceMail_Link_ServesOnlyUnderItsOwnPath()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var call = await sim.Moscow.IncomingAsync(new IncomingCall("79261112233", SimulatorCompany.MoscowNumber) { VoiceMail = true });

        (await sim.Http.GetAsync(call.FileLinks[0])).StatusCode.Should().Be(HttpStatusCode.OK);
        (await sim.Http.GetAsync(new Uri(call.FileLinks[0].AbsoluteUri.Replace("voice_mail", "talk", StringComparison.Ordinal)))).StatusCode
            .Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task<Uri> RecordAsync(SimulatorFixture sim)
    {
        sim.Hub.Route = _ => (200, """{"phones":["0101001"]}""");
        return (await sim.Moscow.IncomingAsync(new IncomingCall("79261112233", SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First })).FileLinks[0];
    }
}
