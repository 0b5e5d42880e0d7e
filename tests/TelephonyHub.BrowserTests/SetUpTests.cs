using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Playwright;
using TelephonyHub.BrowserTests.Support;

namespace TelephonyHub.BrowserTests;

/// <summary>What an administrator keeps: who works when, who may sign in, which program has a key.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class SetUpTests(ConsoleWorld world)
{
    private const string Calendar = """<?xml version="1.0" encoding="UTF-8"?><calendar year="2031" lang="ru"><holidays><holiday id="1" title="Новогодние каникулы"/></holidays><days><day d="01.01" t="1" h="1"/><day d="02.22" t="2"/></days></calendar>""";

    [SkippableFact]
    public async Task Calendar_IsSetUp_AndWhatCannotBeReadIsSaidOfItsDay()
    {
        await using var page = await world.OpenAsync("/console/staffing");
        await page.Page.Locator("[data-cabinet=rzn]").GetByRole(AriaRole.Button).ClickAsync();
        await page.Page.GetByLabel("Sat", Exactly).FillAsync("ten to three");
        await page.Button("Save").ClickAsync();
        await page.SeesAsync("must be written as 09:00–18:00");

        await page.Page.GetByLabel("Sat", Exactly).FillAsync("10:00-15:00");
        await page.Button("Add: Days of its own").ClickAsync();
        await page.Page.GetByLabel("Day", Exactly).FillAsync("2031-05-02");
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
        await page.Button("Save").ClickAsync();

        await page.SeesAsync("Mon–Fri 09:00–18:00; Sat 10:00–15:00");
        var saved = (await world.Hub.GetAsync("/api/v1/routing/calendars/rzn"))["value"]!;
        saved["days"]![0]!["date"]!.GetValue<string>().Should().Be("2031-05-02");
        (await world.Hub.GetAsync("/api/v1/audit?action=routing.calendars.put&limit=1"))["items"]![0]!["who"]!.GetValue<string>().Should().Be("admin");
    }

    [SkippableFact]
    public async Task Rota_ChangedBySomebodyElseMeanwhile_ShowsTheConflictAndLosesNothing()
    {
        await using var page = await world.OpenAsync("/console/staffing/rota");
        await EditAsync();
        await page.Page.GetByLabel("First turn from").FillAsync("2031-01-01");
        await page.Button("Add: Take turns").ClickAsync();
        await page.Page.GetByLabel("Person").SelectOptionAsync(new SelectOptionValue { Label = "Иванова Анна" });
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
        await page.Button("Save").ClickAsync();
        await page.SeesAsync(page.Page.Locator("[data-cabinet=spb]").GetByText("Иванова Анна"));

        await EditAsync();
        await page.Page.GetByLabel("Days of a turn").FillAsync("7");
        using (var theirs = new HttpRequestMessage(HttpMethod.Put, "/api/v1/routing/rota/spb") { Content = JsonContent.Create(new { people = Array.Empty<object>(), handover = "10:00:00" }) })
        {
            theirs.Headers.TryAddWithoutValidation("If-Match", "*");
            (await world.Hub.Api.SendAsync(theirs)).EnsureSuccessStatusCode();
        }

        await page.Button("Save").ClickAsync();
        await page.SeesAsync("Somebody else changed this meanwhile");
        await page.Button("Save mine over it").ClickAsync();

        // The words of the first saving may still stand on the page.
        await page.GoneAsync(page.Button("Save mine over it"));
        await page.SeesAsync("Saved. It acts from the next call on.");
        var saved = (await world.Hub.GetAsync("/api/v1/routing/rota/spb"))["value"]!;
        saved["daysPerTurn"]!.GetValue<int>().Should().Be(7);
        saved["people"]!.AsArray().Should().ContainSingle();

        Task EditAsync() => page.Page.Locator("[data-cabinet=spb]").GetByRole(AriaRole.Button).ClickAsync();
    }

    [SkippableFact]
    public async Task Absence_IsEnteredByTheCitysClock_AndTakenAwayAgain()
    {
        await using var page = await world.OpenAsync("/console/staffing/absences");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add", Exact = true }).ClickAsync();
        await page.Page.GetByLabel("Manager").SelectOptionAsync(new SelectOptionValue { Label = "Петров Борис" });
        await page.Page.GetByLabel("From").FillAsync("2031-07-01T09:00");
        await page.Page.GetByLabel("Until").FillAsync("2031-07-15T18:00");
        await page.Page.GetByLabel("Note").FillAsync("отпуск");
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
        await page.Button("Save").ClickAsync();
        await page.SeesAsync("отпуск");
        var period = (await world.Hub.GetAsync("/api/v1/routing/absences"))["items"]![0]!["value"]!["periods"]![0]!;
        period["from"]!.GetValue<DateTimeOffset>().Should().Be(new DateTimeOffset(2031, 7, 1, 9, 0, 0, TimeSpan.FromHours(3)));

        await page.Button("Edit: Петров Борис").ClickAsync();
        await page.Button("Delete").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();

        await page.SeesAsync("Nothing is set here");
    }

    [SkippableFact]
    public async Task Deputy_OfHimself_IsRefusedWithTheReason()
    {
        await using var page = await world.OpenAsync("/console/staffing/deputies");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add", Exact = true }).ClickAsync();
        await page.Page.GetByLabel("Manager").SelectOptionAsync(new SelectOptionValue { Label = "Иванова Анна" });
        await page.Page.GetByLabel("Person").SelectOptionAsync(new SelectOptionValue { Label = "Иванова Анна" });
        await page.Button("Save").ClickAsync();
        await page.SeesAsync("must not name the manager himself");
        (await page.FaultsByAxeAsync()).Should().BeEmpty();

        await page.Page.GetByLabel("Person").SelectOptionAsync(new SelectOptionValue { Label = "Петров Борис" });
        await page.Button("Save").ClickAsync();

        await page.SeesAsync(page.Page.Locator("td").GetByText("Петров Борис"));
    }

    [SkippableFact]
    public async Task ProductionCalendar_IsImportedFromItsFile_AndAnotherFileIsRefused()
    {
        await using var page = await world.OpenAsync("/console/staffing/holidays");
        var file = page.Page.Locator("input[type=file]");

        await file.SetInputFilesAsync(new FilePayload { Name = "notes.csv", MimeType = "text/csv", Buffer = "no calendar"u8.ToArray() });
        await page.SeesAsync("holds no year.");
        await file.SetInputFilesAsync(new FilePayload { Name = "calendar.xml", MimeType = "text/xml", Buffer = Encoding.UTF8.GetBytes(Calendar) });

        await page.SeesAsync("Imported: 2031");
        await page.SeesAsync(page.Page.Locator("[data-year='2031']"));
    }

    [SkippableFact]
    public async Task User_IsMade_LockedAndGivenANewPassword()
    {
        await using var page = await world.OpenAsync("/console/users");
        await page.Button("New user").ClickAsync();
        await page.Page.GetByLabel("User name").FillAsync("elena");
        await page.Button("Save").ClickAsync();
        await page.SeesAsync("a supervisor sees the cabinets that are named here");
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
        await page.Page.GetByLabel("Крепёж Москва").CheckAsync();
        await page.Button("Save").ClickAsync();
        await page.SeesAsync("Password of elena");
        var first = await page.Page.Locator(".copy-block pre").InnerTextAsync();
        await page.Button("I have copied it").ClickAsync();
        first.Length.Should().BeGreaterThanOrEqualTo(12);

        await page.Button("Edit user elena").ClickAsync();
        await page.Button("New password").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "New password" }).ClickAsync();
        await page.SeesAsync("Password of elena");
        (await page.Page.Locator(".copy-block pre").InnerTextAsync()).Should().NotBe(first);
        await page.Button("Edit user elena").ClickAsync();
        await page.Button("Lock").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Lock" }).ClickAsync();

        await page.SeesAsync(page.Page.Locator("[data-user=elena]").GetByText("locked"));
        var actions = (await world.Hub.GetAsync("/api/v1/audit?who=admin&limit=50"))["items"]!.AsArray().Select(a => a!["action"]!.GetValue<string>());
        actions.Should().Contain(["user.create", "user.password", "user.lock"]);
    }

    [SkippableFact]
    public async Task User_ChangedBySomebodyElseMeanwhile_ShowsTheConflict()
    {
        var user = await CreateAsync("oleg", "auditor");
        await using var page = await world.OpenAsync("/console/users");
        await page.Button("Edit user oleg").ClickAsync();
        await page.Page.GetByLabel("Full name").FillAsync("Олегов Олег");
        using (var theirs = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/users/{user}") { Content = JsonContent.Create(new { roles = new[] { "supervisor" }, cabinets = new[] { "spb" } }) })
        {
            theirs.Headers.TryAddWithoutValidation("If-Match", "*");
            (await world.Hub.Api.SendAsync(theirs)).EnsureSuccessStatusCode();
        }

        await page.Button("Save").ClickAsync();
        await page.SeesAsync("Somebody else changed this user meanwhile");
        await page.Button("Take theirs").ClickAsync();

        await page.GoneAsync(page.Button("Take theirs"));
        await Assertions.Expect(page.Page.GetByLabel("Full name")).ToHaveValueAsync("");
        await Assertions.Expect(page.Page.GetByLabel("supervisor")).ToBeCheckedAsync();
    }

    [SkippableFact]
    public async Task Key_IsShownOnce_Works_AndIsRefusedOnceRevoked()
    {
        await using var page = await world.OpenAsync("/console/api-keys");
        await page.Button("New key").ClickAsync();
        await page.Page.GetByLabel("Name of the program").FillAsync("Витрина");
        await page.Button("New key").ClickAsync();
        await page.SeesAsync("Key of Витрина");
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
        var secret = await page.Page.Locator(".copy-block pre").InnerTextAsync();
        (await AskAsync(secret)).Should().Be(HttpStatusCode.OK);
        await page.Button("I have copied it").ClickAsync();
        await page.GoneAsync(page.Page.Locator(".copy-block"));
        (await page.Page.ContentAsync()).Should().NotContain(secret);

        await page.Button("Revoke key Витрина").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Revoke" }).ClickAsync();
        await page.SeesAsync(page.Page.Locator("[data-key='Витрина']").GetByText("revoked"));

        (await AskAsync(secret)).Should().Be(HttpStatusCode.Unauthorized);

        async Task<HttpStatusCode> AskAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/cabinets") { Headers = { { "X-Api-Key", key } } };
            using var answer = await world.Hub.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static PageGetByLabelOptions Exactly => new() { Exact = true };

    private async Task<string> CreateAsync(string name, string role)
    {
        using var answer = await world.Hub.Api.PostAsJsonAsync("/api/v1/users", new { userName = name, roles = new[] { role } });
        return System.Text.Json.Nodes.JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["user"]!["id"]!.GetValue<string>();
    }
}
