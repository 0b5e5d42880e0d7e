using System.Net.Http.Json;
using Microsoft.Playwright;
using TelephonyHub.BrowserTests.Support;

namespace TelephonyHub.BrowserTests;

/// <summary>A person renews the password that an administrator has given him, without asking anybody.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class OwnPasswordTests(ConsoleWorld world)
{
    private const string Given = "a password of the tests";
    private const string Own = "another password of his";

    [SkippableTheory]
    [InlineData("en", false, "Change password", "is wrong.", "The password is changed", "Back to the console", "Sign out")]
    [InlineData("ru", true, "Сменить пароль", "указан неверно.", "Пароль изменён", "Назад в консоль", "Выйти")]
    public async Task Person_ChangesHisPasswordFromTheBar_AndSignsInWithIt(string language, bool dark, string change, string wrong, string done, string back, string signOut)
    {
        var name = $"own-password-{language}";
        await using var page = await world.OpenAsync("/console", language, dark, signedIn: false);
        (await world.Hub.Api.PostAsJsonAsync("/api/v1/users", new { userName = name, roles = new[] { "auditor" }, password = Given })).EnsureSuccessStatusCode();
        await ConsoleWorld.SignInAsync(page.Page, "/console", name, Given);

        await page.Link(change).ClickAsync();
        await page.SeesAsync(page.Page.Locator("input[name=current]"));
        await SendAsync("not the one", Own);
        await page.SeesAsync(wrong);
        await page.ShootAsync($"password-{language}-{(dark ? "dark" : "light")}");
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
        await SendAsync(Given, Own);
        await page.SeesAsync(done);
        await page.Link(back).ClickAsync();
        await page.Link(signOut).ClickAsync();
        await page.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/sign-in");
        await ConsoleWorld.SignInAsync(page.Page, "/console", name, Own);

        await page.SeesAsync(page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name }));

        async Task SendAsync(string current, string next)
        {
            await page.Page.Locator("input[name=current]").FillAsync(current);
            await page.Page.Locator("input[name=next]").FillAsync(next);
            await page.Page.Locator("input[name=again]").FillAsync(next);
            await page.Button(change).ClickAsync();
        }
    }
}
