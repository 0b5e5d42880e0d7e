using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Cabinets;
using TelephonyHub.IntegrationTests.Cabinets;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Uis;

namespace TelephonyHub.IntegrationTests.Control;

/// <summary>The smallest tariff that was seen has fifteen points a minute (reference 6.13): the hub lives with it, and people go first.</summary>
public sealed class SmallTariffControlTests
{
    [Fact]
    public async Task FifteenPointsAMinute_BackgroundTookItsPart_ATransferStillGoesThroughAndNothingFails()
    {
        await using var world = await ControlWorld.StartAsync(configure: o => o.Cabinets = all => [.. all.Select(Small)]);
        var live = await world.TalkingAsync();
        var moscow = world.Hub.Services.GetRequiredService<UisCabinets>().Client(CabinetKey.Parse("msk"));
        await NotAtTheEndOfAMinuteAsync();
        while (await MayPollAsync(moscow))
        {
            // Reports and polling take what they are given.
        }

        var answer = await world.ActAsync(live, "transfer", world.ToManager(ControlWorld.Anna));

        (answer.Status, live.State).Should().Be((HttpStatusCode.OK, "Transferring"), answer.Text);
        foreach (var cabinet in new[] { "msk", "spb", "rzn", "sgt" })
        {
            await world.Hub.ImportedAsync(cabinet);
            (await world.Hub.CabinetAsync(cabinet)).Text("health").Should().Be("ok");
        }

        world.Hub.Uis.ApiCalls.Should().OnlyContain(call => call.Error == null, "requests are held back before UIS would refuse them");
    }

    [Fact]
    public async Task PointsOfTheMinuteUsedUp_AStepIsRefusedAtOnceAndNotDoneLater()
    {
        await using var world = await ControlWorld.StartAsync(configure: o => o.Cabinets = all => [.. all.Select(Small)]);
        var live = await world.TalkingAsync();
        await NotAtTheEndOfAMinuteAsync();
        var moscow = world.Hub.Services.GetRequiredService<UisCabinets>().Client(CabinetKey.Parse("msk"));
        while (moscow.Limits.CallApi?.MinuteRemaining is not 0)
        {
            await moscow.Calls.ListTalkOptionsAsync(UisPriority.Interactive);
        }

        var answer = await world.ActAsync(live, "release");

        answer.Status.Should().Be(HttpStatusCode.TooManyRequests);
        int.Parse(answer.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture).Should().BeInRange(1, 60);
        (live.State, world.Asked().Contains("release.call")).Should().Be(("Talk", false));
    }

    private static SimCabinetOptions Small(SimCabinetOptions cabinet) =>
        cabinet with { CallMinutePoints = 15, CallDayPoints = 500, MinutePoints = 15, DayPoints = 3000 };

    /// <returns>False when background work is held back.</returns>
    private static async Task<bool> MayPollAsync(IUisCabinetClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await client.Calls.ListCallsAsync(cancellationToken: patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Task NotAtTheEndOfAMinuteAsync() =>
        HubWorld.EventuallyAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow().Second < 40), "the minute has time left");
}
