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
