using System.Net;
using Microsoft.Playwright;
using TelephonyHub.BrowserTests.Support;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.BrowserTests;

/// <summary>Two replicas behind one address, and no proxy that remembers who spoke with which.</summary>
public sealed class ReplicaTests
{
    [SkippableFact]
    public async Task Console_WhoseReplicaStops_GoesOnAtTheOther()
    {
        Skip.If(Chromium.IsMissing, "No Chromium on this machine: apt-get install chromium, or name it in HUB_TEST_CHROMIUM.");
        var (playwright, browser) = await Chromium.StartAsync();
        using var _1 = playwright;
        await using var _2 = browser;
        await using var world = await HubWorld.StartAsync(DatabaseProvider.Postgres, o => o.Seed = s => Company.SeedUsers(s));
        await using var second = await world.StartReplicaAsync();
        await using var door = new TcpForwarder(new IPEndPoint(IPAddress.Loopback, world.Address.Port));
        door.Open();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = FormattableString.Invariant($"http://127.0.0.1:{door.Port}"), Locale = "en-GB" });
        context.SetDefaultTimeout(60_000);
        await using var page = new ConsolePage(context, await context.NewPageAsync());
        var asked = new List<string>();
        page.Page.Request += (_, request) => asked.Add(request.Url);
        await page.Page.GotoAsync("/console/proof");
        await ConsoleWorld.SignInAsync(page.Page, "/console/proof");
        await page.LoadedAsync();
        var loadedAt = await page.Page.EvaluateAsync<double>("performance.timeOrigin");

        await door.CloseAsync();
        await world.StopHubAsync();
        door.Target = new IPEndPoint(IPAddress.Loopback, second.Http.BaseAddress!.Port);
        door.Open();

        // His circuit is gone with its replica: the page is loaded again by itself, without a new sign-in, and answers.
        await page.Page.WaitForFunctionAsync("at => performance.timeOrigin !== at && document.querySelector('h1') && !document.querySelector('.skeleton')", loadedAt);
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("8 916 555 01 99");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.SeesAsync("No call fits the filters");
        new Uri(page.Page.Url).AbsolutePath.Should().Be("/console/journal");
        asked.Should().NotContain(u => u.Contains("negotiate", StringComparison.Ordinal), "the answer would have to come from the replica that the socket leads to");
    }
}
