using System.Globalization;
using System.IO.Compression;
using Microsoft.Playwright;
using TelephonyHub.BrowserTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.BrowserTests;

/// <summary>What a head of sales does: follows calls, finds one, reads why, listens.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class CallStoryTests(ConsoleWorld world)
{
    [SkippableFact]
    public async Task Page_OpenedWithoutASession_LeadsThroughTheSignInBackToIt()
    {
        await using var page = await world.OpenAsync("/console/missed?state=all", signedIn: false);

        new Uri(page.Page.Url).AbsolutePath.Should().Be("/sign-in");
        await ConsoleWorld.SignInAsync(page.Page, "/console/missed");

        await page.SeesAsync(page.Page.Locator("h1", new PageLocatorOptions { HasTextString = "Missed calls" }));
        page.Page.Url.Should().EndWith("?state=all");
    }

    [SkippableFact]
    public async Task Root_LeadsToTheConsole()
    {
        await using var page = await world.OpenAsync("/");

        new Uri(page.Page.Url).AbsolutePath.Should().Be("/console");
        await page.SeesAsync("Calls and managers of this moment");
    }

    [SkippableFact]
    public async Task LiveCall_IsFollowedFromTheRingToTheEnd_WithoutReload()
    {
        await using var page = await world.OpenAsync("/console/live");
        var number = page.Page.Locator("[data-copy='+79035557701']");
        var call = await world.RingingAsync("79035557701");

        await page.SeesAsync(number);
        var entry = page.Page.Locator(".live-call", new PageLocatorOptions { Has = number });
        await page.SeesAsync(entry.GetByText("ringing"));
        await page.SeesAsync(entry.GetByText("Петров Борис"));
        var waited = await entry.Locator("[data-since]").InnerTextAsync();
        await page.Page.WaitForFunctionAsync("old => [...document.querySelectorAll('[data-since]')].some(e => e.textContent !== old)", waited);
        await call.AnswerAsync();
        await page.SeesAsync(entry.GetByText("talking"));
        await call.HangUpAsync();
        await entry.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    [SkippableFact]
    public async Task LivePage_OpenedLate_ShowsWhatGoesOn()
    {
        Skip.If(world.Answered is null, "No Chromium.");
        var call = await world.RingingAsync("79035557702");

        await using var page = await world.OpenAsync("/console");

        await page.SeesAsync(page.Page.Locator("[data-copy='+79035557702']"));
        await call.HangUpAsync();
    }

    [SkippableTheory]
    [InlineData("8 (916) 555-01-01")]
    [InlineData("+79165550101")]
    public async Task Call_IsFoundByKeyboard_WithTheNumberInAnyFormat(string typed)
    {
        await using var page = await world.OpenAsync("/console/proof");

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync(typed);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.SeesAsync(page.Page.Locator("td [data-copy='+79165550101']"));
        page.Page.Url.Should().Contain("/console/journal?q=");
        (await page.Page.Locator("tbody [data-copy='+79165550102']").CountAsync()).Should().Be(0);
    }

    [SkippableTheory]
    [InlineData("ольга белова")]
    [InlineData("БЕЛОВ")]
    public async Task Call_IsFoundByTheClientsName_WhateverItsCase(string typed)
    {
        await using var page = await world.OpenAsync("/console/live");

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync(typed);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.SeesAsync(page.Page.Locator("td [data-copy='+79165550101']"));
        page.Page.Url.Should().Contain("/console/journal?q=");
        await page.SeesAsync(page.Page.Locator("td").GetByText(ConsoleWorld.KnownClientName));
        (await page.Page.Locator("tbody [data-copy='+79165550102']").CountAsync()).Should().Be(0);
    }

    [SkippableFact]
    public async Task Journal_ExportedAsWorkbook_HoldsWhatThePageShows()
    {
        await using var page = await world.OpenAsync("/console/journal?q=%D0%B1%D0%B5%D0%BB%D0%BE%D0%B2%D0%B0");

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Link("Export XLSX").ClickAsync());
        await using var book = await ZipFile.OpenReadAsync(await download.PathAsync());
        using var reader = new StreamReader(await book.Entries.Single(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)).OpenAsync());
        var sheet = await reader.ReadToEndAsync();

        download.SuggestedFilename.Should().EndWith(".xlsx");
        sheet.Should().Contain("+79165550101").And.Contain(world.Answered.SessionId.ToString(CultureInfo.InvariantCulture)).And.NotContain("+79165550102").And.NotContain("<f>");
    }

    [SkippableFact]
    public async Task Journal_FilteredByAddress_ShowsOnlyWhatFits_AndExportsIt()
    {
        await using var page = await world.OpenAsync("/console/journal?state=missed&cabinet=spb");

        await page.SeesAsync(page.Page.Locator("td [data-copy='+79165550102']"));
        (await page.Page.Locator("tbody [data-copy='+79165550101']").CountAsync()).Should().Be(0);
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Link("Export CSV").ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        text.Should().Contain("+79165550102").And.Contain("missed").And.NotContain("+79165550101");
    }

    [SkippableFact]
    public async Task Call_TellsWhyItWentThere_AndThatAllIsInTheCrm()
    {
        await using var page = await world.OpenAsync("/console/journal?q=79165550101");
        await page.Page.Locator("tbody a[href*='console/calls/msk/']").First.ClickAsync();

        await page.SeesAsync("Responsible for the client in the CRM");
        await page.SeesAsync("All is in the CRM");
        await page.SeesAsync("The hub decides in");
        await page.SeesAsync("Card shown to");
        (await page.Page.Locator("a[href*='/CallPage'], a[href*='Call']", new PageLocatorOptions { HasTextString = "call record" }).GetAttributeAsync("href")).Should().StartWith(world.Hub.Crm.BaseUrl.ToString());
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "The client calls" }).First.ClickAsync();
        await page.SeesAsync("\"notification_mnemonic\":\"in_call_session\"");
    }

    [SkippableFact]
    public async Task Recording_PlaysInThePage_WithSeekAndSpeed()
    {
        await using var page = await world.OpenAsync(world.AnsweredPath);
        await page.SeesAsync(page.Page.Locator("audio"));

        await page.Page.EvaluateAsync("() => document.querySelector('audio').play()");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('audio').duration > 1");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Speed 2×" }).ClickAsync();
        await page.Page.EvaluateAsync("() => { const a = document.querySelector('audio'); a.currentTime = 1; return a.play(); }");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('audio').currentTime > 1");

        (await page.Page.EvaluateAsync<double>("document.querySelector('audio').playbackRate")).Should().Be(2);
    }

    [SkippableFact]
    public async Task Recording_OfAPageThatIsOnlyOpened_IsNotListenedTo()
    {
        await using var page = await world.OpenAsync("/console/live");
        var asked = new List<string>();
        page.Page.Request += (_, request) =>
        {
            if (request.ResourceType == "media")
            {
                asked.Add(request.Url);
            }
        };

        await page.GoAsync(world.AnsweredPath);
        await page.SeesAsync(page.Page.Locator("audio"));
        asked.Should().BeEmpty();
        await page.Page.EvaluateAsync("() => document.querySelector('audio').play()");

        await page.Page.WaitForFunctionAsync("() => document.querySelector('audio').duration > 1");
        asked.Should().NotBeEmpty();
    }

    [SkippableFact]
    public async Task Missed_TotalsAreOfAll_AndTheNumberIsALinkToCallBack()
    {
        const int More = 60;
        await world.CallAsync("79035557720", "spb", SimulatorCompany.PetersburgNumber, null);
        await using var page = await world.OpenAsync("/console/missed");
        await page.SeesAsync(page.Page.Locator("a[href='tel:+79035557720']"));
        var open = int.Parse(await Figure(page).InnerTextAsync(), CultureInfo.InvariantCulture);
        await world.ExecuteAsync("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
            INSERT INTO missed_calls (cabinet, session_id, client_phone, first_missed_at, last_missed_at, attempts, state, updated_at)
            SELECT 'sgt', 900000000 + i, '+7903555' || (8000 + i), 1700000000000000 + i, 1700000000000000 + i, 1, 'open', 1700000000000000 FROM n
            """);
        try
        {
            await Assertions.Expect(Figure(page)).ToHaveTextAsync((open + More).ToString(CultureInfo.InvariantCulture));
            await page.SeesAsync(page.Button("Load more"));
        }
        finally
        {
            await world.ExecuteAsync("DELETE FROM missed_calls WHERE session_id > 900000000 AND cabinet = 'sgt'");
        }

        static ILocator Figure(ConsolePage page) => page.Page.Locator(".figure", new PageLocatorOptions { HasTextString = "to call back" }).First.Locator("b");
    }

    [SkippableFact]
    public async Task Numbers_OfAnAddressThatNamesNoPeriod_AreThoseOfTheUsualOne()
    {
        await using var page = await world.OpenAsync("/console/numbers?days=abc");

        await page.SeesAsync(page.Page.Locator("button[aria-pressed=true]").GetByText("14 days"));
        await Assertions.Expect(page.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task Connection_Lost_SaysSoAndComesBackByItself()
    {
        await using var page = await world.OpenAsync("/console/live");
        IWebSocketRoute? socket = null;
        await page.Page.RouteWebSocketAsync("**/_blazor**", route =>
        {
            socket = route;
            route.ConnectToServer();
        });
        await page.Page.ReloadAsync();
        await page.LoadedAsync();
        socket.Should().NotBeNull();

        await page.Page.EvaluateAsync("() => { window.seen = false; new MutationObserver(() => window.seen ||= getComputedStyle(document.getElementById('components-reconnect-modal')).display !== 'none').observe(document.getElementById('components-reconnect-modal'), { attributes: true }); }");
        await socket!.CloseAsync(new WebSocketRouteCloseOptions { Code = 1012 });

        await page.Page.WaitForFunctionAsync("() => window.seen === true");
        await page.Page.Locator("#components-reconnect-modal").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        var call = await world.RingingAsync("79035557703");
        await page.SeesAsync(page.Page.Locator("[data-copy='+79035557703']"));
        await call.HangUpAsync();
    }
}
