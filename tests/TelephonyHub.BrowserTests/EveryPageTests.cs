using TelephonyHub.BrowserTests.Support;

namespace TelephonyHub.BrowserTests;

/// <summary>Every page in both languages and both themes: it opens without an error, axe finds nothing serious in it, the keyboard reaches all of it, and its picture is kept.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class EveryPageTests(ConsoleWorld world)
{
    public static TheoryData<string, string> Pages => new()
    {
        { "live", "/console/live" },
        { "journal", "/console/journal" },
        { "call", "" },
        { "missed", "/console/missed?state=all" },
        { "numbers", "/console/numbers" },
        { "proof", "/console/proof" },
        { "failed", "/console/failed" },
        { "quarantine", "/console/quarantine" },
        { "explain", "/console/explain" },
        { "cabinets", "/console/cabinets" },
        { "connect", "/console/cabinets/msk/connect" },
        { "managers", "/console/managers" },
        { "rules", "/console/rules" },
        { "rule", "/console/rules?rule=in-answered-known" },
        { "calendars", "/console/staffing" },
        { "holidays", "/console/staffing/holidays" },
        { "rota", "/console/staffing/rota" },
        { "deputies", "/console/staffing/deputies" },
        { "absences", "/console/staffing/absences" },
        { "users", "/console/users" },
        { "api-keys", "/console/api-keys" },
        { "audit", "/console/audit" },
        { "settings", "/console/settings" },
        { "not-found", "/console/not-found" },
    };

    [SkippableTheory]
    [MemberData(nameof(Pages))]
    public async Task Page_InBothLanguagesAndThemes_OpensAndIsAccessible(string name, string path)
    {
        var faults = new List<string>();
        foreach (var (language, dark) in new[] { ("ru", false), ("en", true), ("ru", true), ("en", false) })
        {
            await using var page = await world.OpenAsync(path.Length == 0 ? world.AnsweredPath : path, language, dark);
            await page.ShootAsync($"{name}-{language}-{(dark ? "dark" : "light")}");
            page.Errors.Should().BeEmpty();

            // The words differ between languages, the structure and the colours do not: one of each theme is looked at.
            if ((language == "ru") == !dark)
            {
                faults.AddRange((await page.FaultsByAxeAsync()).Select(f => $"{language} {(dark ? "dark" : "light")}: {f}"));
            }

            if (language == "en" && !dark)
            {
                faults.AddRange(await page.FaultsByKeyboardAsync());
            }
        }

        faults.Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData("ru", false, "Войти")]
    [InlineData("en", true, "Sign in")]
    public async Task SignIn_InBothLanguagesAndThemes_IsAccessible(string language, bool dark, string button)
    {
        await using var page = await world.OpenAsync("/sign-in", language, dark, signedIn: false);

        await page.SeesAsync(page.Button(button));

        await page.ShootAsync($"sign-in-{language}");
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData("missed-phone", "/console/missed?state=all")]
    [InlineData("call-phone", "")]
    [InlineData("password-phone", "/console/password")]
    public async Task Page_OnAPhone_NeedsNoSidewaysScrolling(string name, string path)
    {
        await using var page = await world.OpenAsync(path.Length == 0 ? world.AnsweredPath : path, "ru", phone: true);

        await page.ShootAsync(name);

        (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).Should().Be(0);
        (await page.FaultsByAxeAsync()).Should().BeEmpty();
    }
}
