using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Operations;

/// <summary>The figures of a hub are its own (row O): several may live in one process, as in the demo and in these tests.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Figures_OfOneHub_HoldNothingOfAnotherAndOutliveIt()
    {
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Sqlite);
        await using (var other = await HubWorld.StartAsync(DatabaseProvider.Sqlite))
        {
            await other.PostEventAsync("spb", """{"notification_mnemonic":"talk_started"}""");
            (await FiguresAsync(other)).Should().Contain("hub_events_total{", "it counts what it was sent");
            other.Services.GetRequiredService<HealthRegister>().Ail("test", "Somebody pulled the plug.");
            await HubWorld.EventuallyAsync(async () => (await FiguresAsync(other)).Contains("hub_alerts_open{", StringComparison.Ordinal), "open alerts of the other are counted");
            (await FiguresAsync(world)).Should().NotContain("hub_events_total{", "nobody sent it anything").And.NotContain("hub_alerts_open{");
        }

        // The library ends a stream of figures with the meter that began it.
        await FiguresAsync(world);
        world.Services.GetRequiredService<HealthRegister>().Ail("test", "Again.");
        await HubWorld.EventuallyAsync(async () => (await FiguresAsync(world)).Contains("hub_alerts_open{", StringComparison.Ordinal), "its own are counted after the other has gone");
    }

    private static async Task<string> FiguresAsync(HubWorld world) => (await world.Http.GetAnswerAsync("/metrics")).Text;
}
