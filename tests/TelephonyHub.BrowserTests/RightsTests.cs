using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TelephonyHub.BrowserTests.Support;

namespace TelephonyHub.BrowserTests;

/// <summary>Who sees which page, and that an open page does not outlive the rights of who opened it.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class RightsTests(ConsoleWorld world)
{
    private static readonly string[] ForAdministrators = ["users", "api-keys", "settings"];
    private static readonly string[] ForReaders = ["staffing", "staffing/holidays", "staffing/rota", "staffing/deputies", "staffing/absences", "rules"];

    [SkippableFact]
    public async Task Supervisor_SeesPagesOfSetUpWithoutTheirButtons_AndNoneOfTheAdministrators()
    {
        var (page, _) = await SignedInAsync("rights-supervisor", "supervisor", "msk");
        await using var _1 = page;
        await using var administrator = await world.OpenAsync("/console/live");
        await HasNoButtonsAsync(page, administrator, ForReaders);

        await page.GoAsync("/console/staffing/rota");
        await page.CountsAsync(page.Page.Locator("tr[data-cabinet]"), 1);
        foreach (var path in ForAdministrators)
        {
            (await page.Page.APIRequest.GetAsync($"/console/{path}")).Status.Should().Be(403, path);
        }

        await page.GoAsync("/console/live");
        await page.GoneAsync(page.Page.Locator("nav a[href='console/users'], nav a[href='console/api-keys']"));
        await page.CountsAsync(page.Page.Locator("nav a[href='console/staffing']"), 1);
    }

    [SkippableFact]
    public async Task Supervisor_OfOneCabinet_SeesNothingOfAnother_OnAnyPage()
    {
        var (page, _) = await SignedInAsync("rights-of-moscow", "supervisor", "msk");
        await using var _1 = page;
        await using var all = await world.OpenAsync("/console/live");
        var shown = 0;

        // Explain names the cities by the digits of the voice menu, which every caller hears.
        foreach (var (_, path) in EveryPageTests.Pages.Select(p => ((string)p[0], (string)p[1])).Where(p => p.Item1 is not ("connect" or "audit" or "explain" or "not-found") && !ForAdministrators.Contains(p.Item1)))
        {
            var address = path.Length == 0 ? world.AnsweredPath : path;
            await page.GoAsync(address);
            await page.SeesAsync(page.Page.Locator("#page h1"));
            (await OfPetersburgAsync(page)).Should().BeEmpty(address);
            await all.GoAsync(address);
            shown += (await OfPetersburgAsync(all)).Count > 0 ? 1 : 0;
        }

        shown.Should().BeGreaterThan(7, "who sees all cabinets sees it on many pages: else the lines above would prove nothing");

        // What a page says, and what may be chosen on it.
        static async Task<IReadOnlyList<string>> OfPetersburgAsync(ConsolePage page)
        {
            var text = await page.Page.Locator("main").InnerTextAsync() + string.Join('|', await page.Page.Locator("main option").AllInnerTextsAsync());
            return [.. new[] { ConsoleWorld.Petersburg, "+7 921", "+7 916 555-01-02" }.Where(t => text.Contains(t, StringComparison.Ordinal))];
        }
    }

    [SkippableFact]
    public async Task Auditor_ReadsEverythingAndTheAudit_AndChangesNothing()
    {
        var (page, _) = await SignedInAsync("rights-auditor", "auditor");
        await using var _1 = page;
        await using var administrator = await world.OpenAsync("/console/live");
        await HasNoButtonsAsync(page, administrator, [.. ForReaders, "failed", "quarantine", "proof", "managers", "cabinets", "audit"]);

        await page.SeesAsync(page.Page.Locator("td code").GetByText("sign-in"));
        foreach (var path in ForAdministrators)
        {
            (await page.Page.APIRequest.GetAsync($"/console/{path}")).Status.Should().Be(403, path);
        }
    }

    [SkippableFact]
    public async Task Manager_SeesHisCallsAndNothingOfTheSetUp()
    {
        var (page, _) = await SignedInAsync("rights-manager", "manager", null, Guid.CreateVersion7());
        await using var _1 = page;

        foreach (var path in ForReaders.Concat(ForAdministrators))
        {
            (await page.Page.APIRequest.GetAsync($"/console/{path}")).Status.Should().Be(403, path);
        }

        (await page.Page.APIRequest.GetAsync("/console/journal")).Ok.Should().BeTrue();
    }

    [SkippableTheory]
    [InlineData("en", "Your role does not see this page", "Sign out")]
    [InlineData("ru", "Эта страница недоступна вашей роли", "Выйти")]
    public async Task Page_ThatIsNotForHim_SaysSoInWords_AndLetsHimOut(string language, string words, string signOut)
    {
        var (page, _) = await SignedInAsync($"rights-refused-{language}", "supervisor", "msk", language: language);
        await using var _1 = page;

        var answer = await page.Page.GotoAsync("/console/users");

        answer!.Status.Should().Be(403);
        await page.SeesAsync(words);
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
        await page.Button(signOut).ClickAsync();
        await page.Page.WaitForURLAsync(url => url.Contains("/sign-in", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Supervisor_IsNotOfferedWhatHeWouldBeRefused()
    {
        var (page, _) = await SignedInAsync("rights-offers", "supervisor", "msk");
        await using var _1 = page;

        await page.GoAsync("/console/cabinets");

        await page.SeesAsync(page.Page.Locator("section.card"));
        await page.GoneAsync(page.Page.Locator("a[href$='/connect']"));
    }

    [SkippableFact]
    public async Task OpenPage_OfWhoIsLocked_EndsByItself()
    {
        var (page, user) = await SignedInAsync("rights-locked", "auditor");
        await using var _1 = page;
        await page.GoAsync("/console/journal");

        (await world.Hub.Api.PostAsync($"/api/v1/users/{user["id"]}/lock", null)).EnsureSuccessStatusCode();

        await page.Page.WaitForURLAsync(url => url.Contains("/sign-in", StringComparison.Ordinal), Minute);
    }

    [SkippableFact]
    public async Task OpenPage_OfWhoHasOtherRightsNow_ShowsNoMoreThanThose()
    {
        var (page, user) = await SignedInAsync("rights-demoted", "administrator");
        await using var _1 = page;
        await page.GoAsync("/console/staffing/rota");
        (await page.Page.Locator("tr[data-cabinet]").CountAsync()).Should().BeGreaterThan(1);
        await page.SeesAsync(page.Page.Locator("tr[data-cabinet]").GetByRole(AriaRole.Button));

        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/users/{user["id"]}") { Content = JsonContent.Create(new { roles = new[] { "supervisor" }, cabinets = new[] { "spb" } }) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        (await world.Hub.Api.SendAsync(request)).EnsureSuccessStatusCode();

        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('tr[data-cabinet]').length === 1 && !document.querySelector('tr[data-cabinet] button')", null, new PageWaitForFunctionOptions { Timeout = Minute.Timeout });
        await page.GoneAsync(page.Page.Locator("nav a[href='console/users']"));
    }

    /// <summary>Of those that change something. The administrator has some on most of the pages: else it would prove nothing.</summary>
    private static async Task HasNoButtonsAsync(ConsolePage page, ConsolePage administrator, IReadOnlyList<string> paths)
    {
        var pages = 0;
        foreach (var path in paths)
        {
            await page.GoAsync($"/console/{path}");
            await page.SeesAsync(page.Page.Locator("#page h1"));
            await page.CountsAsync(Changing(page), 0);
            await administrator.GoAsync($"/console/{path}");
            pages += await Changing(administrator).CountAsync() > 0 ? 1 : 0;
        }

        pages.Should().BeGreaterThan(paths.Count / 2);

        static ILocator Changing(ConsolePage page) => page.Page.Locator("main").GetByRole(
            AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new("Edit|Add|New|Set up|Replay|Test card|Backfill|Run", RegexOptions.None, TimeSpan.FromSeconds(1)) });
    }

    private static PageWaitForURLOptions Minute => new() { Timeout = 60_000 };

    private async Task<(ConsolePage Page, JsonNode User)> SignedInAsync(string name, string role, string? cabinets = null, Guid? contact = null, string language = "en")
    {
        const string Password = "a password of the tests";
        using var answer = await world.Hub.Api.PostAsJsonAsync("/api/v1/users", new { userName = name, roles = new[] { role }, cabinets = cabinets?.Split(','), contactId = contact, password = Password });
        var user = JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["user"]!;
        var page = await world.OpenAsync("/console", language, signedIn: false);
        await ConsoleWorld.SignInAsync(page.Page, "/console", name, Password);
        return (page, user);
    }
}
