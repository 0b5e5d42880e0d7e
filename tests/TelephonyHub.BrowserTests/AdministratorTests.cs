using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using TelephonyHub.BrowserTests.Support;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.BrowserTests;

/// <summary>What an administrator does: repairs, connects, edits, asks.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class AdministratorTests(ConsoleWorld world)
{
    private const string KnownAnswered = "in-answered-known";

    [SkippableFact]
    public async Task Failure_IsReplayed_AfterACountBeforeTheClick()
    {
        await using var page = await world.OpenAsync("/console/failed");
        world.Hub.Crm.Faults.FailOperation("POST", "Opportunity", times: null, status: 400);
        var call = await world.CallAsync("79035557710", "msk", SimulatorCompany.MoscowNumber, Answers.First);
        world.Hub.Crm.Faults.Clear();

        await page.SeesAsync("The CRM refused the data");
        await page.ShootAsync("failed-with-causes");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Send all again" }).ClickAsync();
        await page.SeesAsync("will be sent to the CRM again");
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send again" }).ClickAsync();

        await page.SeesAsync("Sent again:");
        await page.SeesAsync("Everything has reached the CRM");
        var tasks = (await world.Hub.SettledAsync("msk", call.SessionId))["tasks"]!.AsArray();
        tasks.Should().OnlyContain(t => t!["state"]!.GetValue<string>() == "done");
    }

    [SkippableFact]
    public async Task Quarantine_ShowsWhatWasNotUnderstood()
    {
        await using var page = await world.OpenAsync("/console/quarantine");
        using var body = new StringContent("this is no notification");

        (await world.Hub.Http.PostAsync($"/uis/rzn/events?token={HubWorld.TokenOf("rzn")}", body)).EnsureSuccessStatusCode();

        await page.SeesAsync("Крепёж Рязань");
        await page.Page.Locator("summary", new PageLocatorOptions { HasTextString = "Show the text" }).First.ClickAsync();
        await page.SeesAsync("this is no notification");
    }

    [SkippableFact]
    public async Task Cabinet_BeingConnected_TurnsGreenWithItsFirstNotification()
    {
        await using var page = await world.OpenAsync("/console/cabinets");
        await page.Page.Locator("a[href='console/cabinets/sgt/connect']").ClickAsync();
        var row = page.Page.Locator("[data-kind=in_call_session]");
        await page.SeesAsync(row.GetByText("waits for the first"));

        var url = await row.Locator("pre").First.InnerTextAsync();
        url.Should().Be($"{world.Hub.Address.ToString().TrimEnd('/')}/uis/sgt/events?token={HubWorld.TokenOf("sgt")}&event=in_call_session");
        await world.CallAsync("79225550401", "sgt", SimulatorCompany.SurgutNumber, Answers.First);

        await page.SeesAsync(row.GetByText("✓ arrived"));
    }

    [SkippableFact]
    public async Task Rule_ChangedBySomebodyElseMeanwhile_ShowsTheConflictAndLosesNothing()
    {
        await using var page = await world.OpenAsync("/console/rules");
        await page.Page.Locator($"[data-rule={KnownAnswered}]").GetByRole(AriaRole.Button).ClickAsync();
        await page.Page.GetByLabel("Text of the task").FillAsync("Моя задача: {client}");
        var theirs = await world.Hub.GetAsync($"/api/v1/rules/{KnownAnswered}");
        theirs["name"] = "Так назвал другой";
        (await world.Hub.Api.PutAsJsonAsync($"/api/v1/rules/{KnownAnswered}", theirs)).EnsureSuccessStatusCode();

        await page.Button("Save").ClickAsync();
        await page.SeesAsync("Somebody else changed this rule meanwhile");
        await page.SeesAsync("theirs: Так назвал другой");
        await page.ShootAsync("rule-conflict");
        await page.Button("Save mine over it").ClickAsync();

        await page.SeesAsync("Saved. It acts from the next call on.");
        var saved = await world.Hub.GetAsync($"/api/v1/rules/{KnownAnswered}");
        saved["task"]!["text"]!.GetValue<string>().Should().Be("Моя задача: {client}");
        saved["version"]!.GetValue<int>().Should().BeGreaterThan(theirs["version"]!.GetValue<int>() + 1);
    }

    [SkippableFact]
    public async Task Rule_OfItsOwn_IsMadeAndTakenAway()
    {
        await using var page = await world.OpenAsync("/console/rules");
        await page.Button("New rule").ClickAsync();
        var form = page.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "New rule" });
        await form.GetByLabel("Name").FillAsync("Опт");
        await page.Button("Save").ClickAsync();
        await page.SeesAsync("is for the same calls");
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
        await form.GetByLabel("Tag of UIS").FillAsync("опт");

        await page.Button("Save").ClickAsync();
        await page.SeesAsync("Saved. It acts from the next call on.");
        var made = (await world.Hub.GetAsync("/api/v1/rules"))["items"]!.AsArray().Single(r => r!["name"]!.GetValue<string>() == "Опт")!;
        made["when"]!["tag"]!.GetValue<string>().Should().Be("опт");

        await page.Button("Edit rule Опт").ClickAsync();
        await page.Button("Delete").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await page.SeesAsync("Deleted. The more general rule acts");

        (await world.Hub.GetAsync("/api/v1/rules"))["items"]!.AsArray().Should().NotContain(r => r!["name"]!.GetValue<string>() == "Опт");
    }

    [SkippableFact]
    public async Task Rule_ChangedBySomebodyElse_IsNotTakenAwayUnseen()
    {
        using var body = JsonContent.Create(new { name = "Чужое", when = new { direction = "in", client = "known", result = "answered", tag = "чужое" }, contact = "find" });
        var made = JsonNode.Parse(await (await world.Hub.Api.PostAsync("/api/v1/rules", body)).EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
        await using var page = await world.OpenAsync($"/console/rules?rule={made["id"]}");
        await page.SeesAsync(page.Button("Delete"));
        made["name"] = "Так назвал другой";
        (await world.Hub.Api.PutAsJsonAsync($"/api/v1/rules/{made["id"]}", made)).EnsureSuccessStatusCode();

        await page.Button("Delete").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();

        await page.SeesAsync("Somebody else changed this rule meanwhile");
        (await world.Hub.GetAsync($"/api/v1/rules/{made["id"]}"))["name"]!.GetValue<string>().Should().Be("Так назвал другой");
    }

    [SkippableFact]
    public async Task Rule_WithAFault_SaysWhichFieldIsWrong()
    {
        await using var page = await world.OpenAsync("/console/rules?rule=in-answered-unknown");
        await page.Page.GetByLabel("Due in").FillAsync("5000");

        await page.Button("Save").ClickAsync();

        await page.SeesAsync(page.Page.Locator(".fault"));
    }

    [SkippableFact]
    public async Task Rule_WithAFault_SaysItInRussianToWhoReadsRussian()
    {
        await using var page = await world.OpenAsync("/console/rules?rule=in-answered-unknown", "ru");
        await page.Page.Locator("input[type=number]").First.FillAsync("5000");

        await page.Button("Сохранить").ClickAsync();

        await page.SeesAsync(page.Page.Locator(".fault").GetByText("должно быть целым числом"));
    }

    [SkippableFact]
    public async Task Button_WhoseWorkFails_SaysSo_AndThePageLivesOn()
    {
        await using var page = await world.OpenAsync("/console/rules?rule=in-missed-known");
        await page.Page.GetByLabel("Text of the task").FillAsync("Перезвонить: {client}");
        await world.ExecuteAsync("CREATE TRIGGER refused_by_a_test BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'refused by a test'); END");
        try
        {
            await page.Button("Save").ClickAsync();
            await page.SeesAsync("This could not be done. Try again");
        }
        finally
        {
            await world.ExecuteAsync("DROP TRIGGER refused_by_a_test");
        }

        await Assertions.Expect(page.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await Assertions.Expect(page.Page.GetByLabel("Text of the task")).ToHaveValueAsync("Перезвонить: {client}");
        await page.Button("Save").ClickAsync();
        await page.SeesAsync("Saved. It acts from the next call on.");
    }

    [SkippableTheory]
    [InlineData("en", "The page has stopped because of a fault.", "Load it again")]
    [InlineData("ru", "Страница остановилась из-за сбоя.", "Загрузить снова")]
    public async Task Circuit_ThatIsDead_SaysSoAndCanBeLoadedAgain(string language, string words, string reload)
    {
        await using var page = await world.OpenAsync("/console/failed", language);
        await Assertions.Expect(page.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();

        // Nothing in the console is known that would end its circuit: the browser is told to show what it shows then.
        await page.Page.EvaluateAsync("() => { document.getElementById('blazor-error-ui').style.display = 'block'; }");

        await page.SeesAsync(words);
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
        await page.Button(reload).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        new Uri(page.Page.Url).AbsolutePath.Should().Be("/console/failed");
    }

    [SkippableFact]
    public async Task Route_IsExplained_WithReasonsForWhoRingsAndWhoDoesNot()
    {
        await using var page = await world.OpenAsync("/console/explain");
        await page.Page.GetByLabel("Caller's number").FillAsync("8 916 555-01-01");
        await page.Page.GetByLabel("Dialled number").FillAsync(SimulatorCompany.MoscowNumber);
        await page.Button("Explain").ClickAsync();

        await page.SeesAsync("Would ring, in this order");
        await page.SeesAsync(ConsoleWorld.KnownClientName);
        await page.SeesAsync("Responsible for the client in the CRM");
        await page.ShootAsync("explain-answered");
    }

    [SkippableFact]
    public async Task Route_ThatIsACode_IsExplained_BeforeAndAfterTheCall()
    {
        const string Nuisance = "79035557730";
        (await world.Hub.Api.PutAsJsonAsync($"/api/v1/routing/blacklist/%2B{Nuisance}", new { note = "spam" })).EnsureSuccessStatusCode();
        await HubWorld.EventuallyAsync(
            async () => (await (await world.Hub.Api.PostAsJsonAsync("/api/v1/routing/explain", new { cabinet = "msk", caller = Nuisance })).Content.ReadAsStringAsync()).Contains("blacklist", StringComparison.Ordinal),
            "routing knows the list");
        var call = await world.CallAsync(Nuisance, "msk", SimulatorCompany.MoscowNumber, null);
        await using var page = await world.OpenAsync("/console/explain");
        await page.Page.GetByLabel("Caller's number").FillAsync(Nuisance);
        await page.Page.GetByLabel("Dialled number").FillAsync(SimulatorCompany.MoscowNumber);
        await page.Button("Explain").ClickAsync();
        await page.SeesAsync("Instead of phones UIS gets return code");
        await page.SeesAsync("The number is on the blacklist.");

        await page.GoAsync($"/console/calls/msk/{call.SessionId}");

        await page.SeesAsync("Instead of phones UIS got return code");
        await page.SeesAsync("The number is on the blacklist.");
    }

    [SkippableFact]
    public async Task Proof_RunNow_SaysThatAllAgrees()
    {
        await using var page = await world.OpenAsync("/console/proof");

        await page.Button("Compare now").ClickAsync();

        await page.SeesAsync(page.Page.Locator("table.list tbody tr"));
        await page.SeesAsync("agrees");
    }

    [SkippableFact]
    public async Task Backfill_OfADay_IsAskedFor_AndSeenToFinish()
    {
        var day = TimeProvider.System.GetUtcNow().AddDays(-20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await using var page = await world.OpenAsync("/console/proof");
        var card = page.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Rebuild a period" });
        await card.GetByLabel("Cabinet").SelectOptionAsync("rzn");
        await card.GetByLabel("First day").FillAsync(day);
        await page.Button("Backfill").ClickAsync();
        await page.SeesAsync(card.Locator(".fault").GetByText("must be a date"));
        await card.GetByLabel("Last day").FillAsync(day);

        await page.Button("Backfill").ClickAsync();

        await page.SeesAsync("Asked for. How far it is");
        await page.SeesAsync(card.Locator("tr[data-backfill]").GetByText("done"));
        await page.SeesAsync(card.GetByText("1 of 1"));
        await page.GoneAsync(card.Locator(".fault"));
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task TestCard_ReachesTheManagersScreen()
    {
        await using var page = await world.OpenAsync("/console/managers");
        var before = world.Hub.Crm.Popups.Count;

        await page.Button("Test card Иванова Анна").ClickAsync();

        await page.SeesAsync(page.Text("The card is on the screen").Or(page.Text("No browser of his is open")));
        world.Hub.Crm.Requests.Count(r => r.Kind == Simulator.Creatio.CrmRequestKind.Notify).Should().BePositive();
        before.Should().BeLessThanOrEqualTo(world.Hub.Crm.Popups.Count);
    }

    [SkippableFact]
    public async Task Language_IsChangedInPlace_AndKept()
    {
        await using var page = await world.OpenAsync("/console/missed?state=all");

        await page.Link("Русский").ClickAsync();
        await page.SeesAsync(page.Page.Locator("h1", new PageLocatorOptions { HasTextString = "Пропущенные" }));
        page.Page.Url.Should().EndWith("/console/missed?state=all");
        (await page.Page.Locator("html").GetAttributeAsync("lang")).Should().Be("ru");
        await page.GoAsync("/console/journal");
        await page.SeesAsync(page.Page.Locator("h1", new PageLocatorOptions { HasTextString = "Журнал" }));
    }

    [SkippableFact]
    public async Task Audit_FilteredByAction_ShowsOnlyThat_AndTheAddressCarriesIt()
    {
        await using var page = await world.OpenAsync("/console/audit");
        await PostAsync("/api/v1/users", new { userName = "audited", roles = new[] { "auditor" }, password = "a password of the tests" });
        await PostAsync("/api/v1/api-keys", new { name = "audited", roles = new[] { "auditor" } });
        var actions = page.Page.Locator("tbody code");
        await page.SeesAsync(actions.Filter(new LocatorFilterOptions { HasTextString = "apiKey.create" }));

        await What().SelectOptionAsync("user");

        await page.GoneAsync(actions.Filter(new LocatorFilterOptions { HasNotTextString = "user." }));
        await page.SeesAsync(actions.Filter(new LocatorFilterOptions { HasTextString = "user.create" }));
        await page.Page.WaitForURLAsync(url => url.EndsWith("/console/audit?action=user", StringComparison.Ordinal));
        (await page.FaultsByAxeAsync()).Should().BeEmpty();

        await page.GoAsync("/console/audit?action=user.create&who=tests");
        await page.SeesAsync(actions);
        await page.GoneAsync(actions.Filter(new LocatorFilterOptions { HasNotTextString = "user.create" }));
        await Assertions.Expect(What()).ToHaveValueAsync("user.create");

        ILocator What() => page.Page.Locator(".filters").GetByLabel("What");

        async Task PostAsync(string path, object what)
        {
            using var answer = await world.Hub.Api.PostAsJsonAsync(path, what);
            answer.EnsureSuccessStatusCode();
        }
    }

    [SkippableFact]
    public async Task Audit_OfADayWithoutChanges_SaysThatTheFiltersFindNothing()
    {
        await using var page = await world.OpenAsync("/console/audit");
        await page.Page.Locator(".filters").GetByLabel("To", new LocatorGetByLabelOptions { Exact = true }).FillAsync("2020-01-01");

        await page.SeesAsync("No change fits the filters");
        await page.Button("Clear filters").ClickAsync();

        await page.SeesAsync(page.Page.Locator("tbody code"));
        await page.GoneAsync(page.Text("No change fits the filters"));
    }

    [SkippableFact]
    public async Task Settings_ShowNoSecret()
    {
        await using var page = await world.OpenAsync("/console/settings");

        var text = await page.Page.Locator("main").InnerTextAsync();

        text.Should().Contain("Creatio__BaseUrl").And.NotContain("admin-password").And.NotContain(HubWorld.ApiKey).And.NotContain(HubWorld.TokenOf("msk")).And.NotContain("sim-token-msk");
    }
}
