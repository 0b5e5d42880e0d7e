using Microsoft.Playwright;

namespace TelephonyHub.BrowserTests.Support;

/// <summary>Debian's Chromium, driven by Playwright; nothing is downloaded. Without it a test is skipped on a laptop and fails where <c>CI</c> is set.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"];

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"];

    public static string? Path { get; } = Environment.GetEnvironmentVariable("HUB_TEST_CHROMIUM") is { Length: > 0 } given ? given : Array.Find(Places, File.Exists);

    public static bool IsMissing => Path is null && Environment.GetEnvironmentVariable("CI") is null or "";

    public static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var path = Path ?? throw new InvalidOperationException("No Chromium: apt-get install chromium, or name it in HUB_TEST_CHROMIUM.");
        Assertions.SetDefaultExpectTimeout(30_000);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments, Headless = true }));
    }
}
