using Microsoft.Playwright;
using TelephonyHub.BrowserTests.Support;

namespace TelephonyHub.BrowserTests;

/// <summary>Somebody who has never seen the hub, with its first line before him: an address, a name and a password.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class NewcomerTests(ConsoleWorld world)
{
    [SkippableFact]
    public async Task FromTheFirstLine_WhyACallWentWhere_AndThatItIsInTheCrm_AreThreeClicksAway()
    {
        await using var page = await world.OpenAsync("/console", signedIn: false);

        await ConsoleWorld.SignInAsync(page.Page, "/console");                                                   // 1: the form's button
        await page.Page.Locator("nav").GetByText("Journal").ClickAsync();                                         // 2
        await page.Page.Locator($"tbody a[href$='{world.Answered.SessionId}']").ClickAsync();                     // 3

        await page.SeesAsync("Responsible for the client in the CRM");
        await page.SeesAsync("All is in the CRM");
    }

    [SkippableFact]
    public async Task ByKeyboardAlone_HeSignsInFindsACallReadsItAndSignsOut()
    {
        await using var page = await world.OpenAsync("/console", signedIn: false);
        var keys = page.Page.Keyboard;

        await Assertions.Expect(page.Page.Locator("input[name=userName]")).ToBeFocusedAsync();
        await keys.TypeAsync("admin");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("admin-password");
        await keys.PressAsync("Enter");
        await page.SeesAsync(page.Page.Locator("h1", new PageLocatorOptions { HasTextString = "Live" }));
        await page.LoadedAsync();
        await keys.PressAsync("/");
        await keys.TypeAsync(ConsoleWorld.KnownClient);
        await keys.PressAsync("Enter");
        await page.SeesAsync(page.Page.Locator("td [data-copy='+79165550101']"));
        await TabToAsync(page, $"tbody a[href$='{world.Answered.SessionId}']");
        await keys.PressAsync("Enter");
        await page.SeesAsync("Responsible for the client in the CRM");
        await TabToAsync(page, ".sign-out");
        await keys.PressAsync("Enter");

        await page.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/sign-in");
    }

    /// <summary>As somebody does who looks where the focus is.</summary>
    private static async Task TabToAsync(ConsolePage page, string selector)
    {
        for (var i = 0; i < 200; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        throw new InvalidOperationException($"Tab does not lead to {selector}.");
    }
}
