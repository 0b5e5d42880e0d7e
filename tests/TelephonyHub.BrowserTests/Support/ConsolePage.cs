using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace TelephonyHub.BrowserTests.Support;

/// <summary>A page of the console in a browser of its own, with the errors that its console has shown.</summary>
public sealed class ConsolePage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public ConsolePage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => Errors.Add(error);
        page.RequestFailed += (_, request) =>
        {
            // The player reads as much of a recording as it needs, and breaks off: no fault of the page.
            if (request.ResourceType != "media")
            {
                Errors.Add($"{request.Url} {request.Failure}");
            }
        };
    }

    public IPage Page { get; }

    public List<string> Errors { get; } = [];

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await LoadedAsync();
    }

    /// <summary>The circuit lives and the page has read what it shows.</summary>
    public Task LoadedAsync() => new Uri(Page.Url).AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal)
        ? Task.CompletedTask
        : Page.WaitForFunctionAsync("() => document.querySelector('h1') && !document.querySelector('.skeleton')");

    public ILocator Text(string text) => Page.GetByText(text, new PageGetByTextOptions { Exact = false });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name });

    public Task SeesAsync(ILocator what) => what.First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Visible });

    public Task SeesAsync(string text) => SeesAsync(Text(text));

    /// <summary>Waits until nothing of it is on the page any more. A page answers a click by the circuit, some milliseconds later: what is read at once is still the old.</summary>
    public Task GoneAsync(ILocator what) => CountsAsync(what, 0);

    public Task CountsAsync(ILocator what, int count) => Assertions.Expect(what).ToHaveCountAsync(count);

    /// <summary>What axe calls serious or critical, in words.</summary>
    public async Task<IReadOnlyList<string>> FaultsByAxeAsync()
    {
        // A message that comes or goes is half transparent for a moment: no contrast of the page.
        await Page.WaitForFunctionAsync("() => !document.querySelector('.mud-snackbar')");
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return [.. result.Violations
            .Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Id}: {v.Help} – {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")];
    }

    /// <summary>Controls that the Tab key does not reach, and what answers to a mouse only. Of radio buttons of one name one is reached, the arrows lead to the others.</summary>
    public async Task<IReadOnlyList<string>> FaultsByKeyboardAsync()
    {
        var controls = await Page.EvaluateAsync<int>("""
            () => {
              const seen = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
              window.controls = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(e => seen(e) && !e.disabled);
              window.reached = new Set();
              document.addEventListener('focusin', e => window.reached.add(e.target));
              document.querySelector('.skip').focus();
              return window.controls.length;
            }
            """);

        // More often than there are controls: a region that scrolls is a stop, too.
        for (var i = 0; i < controls + 20; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
        }

        return await Page.EvaluateAsync<string[]>("""
            () => {
              const brief = e => e.outerHTML.slice(0, 160);
              const isReached = e => window.reached.has(e) || !e.isConnected || (e.type === 'radio' && [...document.getElementsByName(e.name)].some(r => window.reached.has(r)));
              const mouse = [...document.body.querySelectorAll('*')].filter(e => getComputedStyle(e).cursor === 'pointer' && e.getClientRects().length > 0
                && !e.closest('a[href], button, input, select, textarea, label, summary, [tabindex="0"]'));
              return [...window.controls.filter(e => !isReached(e)).map(e => 'not reached: ' + brief(e)), ...mouse.map(e => 'for a mouse only: ' + brief(e))];
            }
            """);
    }

    public async Task ShootAsync(string name)
    {
        System.IO.Directory.CreateDirectory(ConsoleWorld.Artifacts);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = System.IO.Path.Combine(ConsoleWorld.Artifacts, name + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
