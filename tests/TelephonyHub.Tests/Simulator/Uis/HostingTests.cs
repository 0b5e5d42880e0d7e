using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Simulator.Hosting;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

public sealed class HostingTests
{
    [Fact]
    public async Task Control_PlaceCall_PlaysItAndShowsWhatWasSent()
    {
        await using var hub = await HubDouble.StartAsync();
        hub.Route = _ => (200, """{"phones":["0102002"]}""");
        await using var simulator = new UisSimulator(Options(("Cabinets:spb:EventsUrl", hub.EventsUrl), ("Cabinets:spb:RouteUrl", hub.RouteUrl)), Clock());
        await simulator.StartAsync();
        using var http = new HttpClient { BaseAddress = simulator.MediaUrl };

        using var placed = await http.PostAsJsonAsync("control/calls", new { cabinet = "spb", from = "79261112233", to = SimulatorCompany.PetersburgNumber });
        var call = (await placed.Content.ReadFromJsonAsync<JsonObject>())!;

        ((bool?)call["lost"], (long?)call["talkedEmployeeId"]).Should().Be((false, 102_002));
        hub.Events.Should().HaveCount(11).And.OnlyContain(received => received.Query.ContainsKey("event"));
        (await http.GetFromJsonAsync<JsonArray>("control/notifications"))!.Should().HaveCount(11);
        (await http.GetStringAsync("control/notifications")).Should().NotContain("secret", "the URL with the hub's token is not shown");
        (await http.GetFromJsonAsync<JsonArray>("control/cabinets"))!.Should().HaveCount(4);
    }

    [Fact]
    public async Task Control_OpenCall_IsTransferredIntoAnotherCabinetAndHungUp()
    {
        await using var hub = await HubDouble.StartAsync();
        hub.Route = request => (200, request.Query["numb"] == SimulatorCompany.RyazanNumber ? """{"phones":["0103001"]}""" : """{"phones":["0102002"]}""");
        await using var simulator = new UisSimulator(Options(
            ("Cabinets:spb:RouteUrl", hub.RouteUrl), ("Cabinets:rzn:RouteUrl", hub.RouteUrl),
            ("Cabinets:spb:UseNumbAsNuma", true), ("Cabinets:rzn:ClockSkewSeconds", 45)), Clock());
        await simulator.StartAsync();
        using var http = new HttpClient { BaseAddress = simulator.MediaUrl };

        using var placed = await http.PostAsJsonAsync(
            "control/calls", new { cabinet = "spb", from = "79261112233", to = SimulatorCompany.PetersburgNumber, holdOpen = true, wait = false });
        placed.StatusCode.Should().Be(HttpStatusCode.Accepted);
        while (simulator.Cabinets["spb"].LiveCalls.FirstOrDefault() is not { State: "Talk" })
        {
            await Task.Yield();
        }

        var session = simulator.Cabinets["spb"].LiveCalls.Single().SessionId;
        using var transferred = await http.PostAsJsonAsync($"control/calls/{session}/transfer", new { to = SimulatorCompany.RyazanNumber });
        transferred.StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetFromJsonAsync<JsonArray>("control/calls/live"))!.Select(live => ((string?)live!["state"], (string?)live["call"]!["cabinet"]))
            .Should().BeEquivalentTo([("Talk", "spb"), ("Talk", "rzn")]);
        using var ended = await http.PostAsync($"control/calls/{session}/hangup", content: null);
        var call = (await ended.Content.ReadFromJsonAsync<JsonObject>())!;

        ((bool?)call["transferred"], (long?)call["onward"]![0]!["talkedEmployeeId"]).Should().Be((true, 103_001));
        ((string?)call["onward"]![0]!["contactPhone"]).Should().Be(SimulatorCompany.PetersburgNumber, "the cabinet shows its own number");
        hub.Questions.Last().Query["start_time"].Should().Be(
            (SimulatorFixture.Start.ToUnixTimeSeconds() + 6 + 45).ToString(System.Globalization.CultureInfo.InvariantCulture), "six seconds of ringing and a clock that is ahead");
        using var gone = await http.PostAsync($"control/calls/{session}/hangup", content: null);
        gone.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Control_WrongCall_IsRefused()
    {
        await using var simulator = new UisSimulator(Options(), Clock());
        await simulator.StartAsync();
        using var http = new HttpClient { BaseAddress = simulator.MediaUrl };

        using var cabinet = await http.PostAsJsonAsync("control/calls", new { cabinet = "no", to = "1" });
        using var number = await http.PostAsJsonAsync("control/calls", new { cabinet = "msk", to = "1" });

        (cabinet.StatusCode, number.StatusCode).Should().Be((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest));
    }

    [Fact]
    public void Options_UnknownTemplates_StopsTheStart()
    {
        var read = () => Options(("Templates", "Fancy"));

        read.Should().Throw<InvalidOperationException>().WithMessage("*Default, Flat, Recommended*");
    }

    private static UisSimulatorOptions Options(params (string Key, object Value)[] settings) =>
        SimulatorHosting.Options(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value.ToString()))
                .Append(KeyValuePair.Create("Port", (string?)"0"))
                .Append(KeyValuePair.Create("TimeScale", (string?)"0")))
            .Build());

    private static FakeTimeProvider Clock() => new(SimulatorFixture.Start);
}
