using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Storage;
using TelephonyHub.Tests.Support;

namespace TelephonyHub.BrowserTests.Support;

[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleWorld>
{
    public const string Name = "console";
}

/// <summary>A company at work, with a hub, a browser and somebody who is signed in. One for all tests: they look at it, and each makes calls of its own.</summary>
public sealed class ConsoleWorld : IAsyncLifetime
{
    public const string KnownClient = "79165550101";
    public const string KnownClientName = "Белова Ольга";
    public const string MissedClient = "79165550102";
    public const string Petersburg = "Санкт-Петербург";
    private const string Boris = "79161000002";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private HubWorld? _hub;
    private string _signedIn = "";

    public HubWorld Hub => _hub!;

    /// <summary>Answered, recorded, all written to the CRM.</summary>
    public SimCall Answered { get; private set; } = null!;

    public SimCall Missed { get; private set; } = null!;

    public string AnsweredPath => $"/console/calls/msk/{Answered.SessionId}";

    public static string Artifacts { get; } = Path.Combine(SourceTree.Root, "artifacts", "console");

    public async Task InitializeAsync()
    {
        if (Chromium.IsMissing)
        {
            return;
        }

        (_playwright, _browser) = await Chromium.StartAsync();
        _hub = await HubWorld.StartAsync(DatabaseProvider.Sqlite, o =>
        {
            o.Seed = Seed;
            o.Settings["Reconciliation:IntervalSeconds"] = "3600";
            o.Settings["Auth:SignInsPerMinute"] = "1000";
        });
        Answered = await CallAsync(KnownClient, "msk", SimulatorCompany.MoscowNumber, Answers.First);
        Missed = await CallAsync(MissedClient, "spb", SimulatorCompany.PetersburgNumber, null);
        await using var context = await _browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(_hub.Address, "/console").ToString());
        await SignInAsync(page, "/console");
        _signedIn = await context.StorageStateAsync();
    }

    /// <summary>Plays a call and waits until nothing is left to do for it.</summary>
    public async Task<SimCall> CallAsync(string from, string cabinet, string to, Func<string, bool>? answeredBy, bool settled = true)
    {
        var call = await Hub.Uis.Cabinets[cabinet].IncomingAsync(new IncomingCall(from, to) { AnsweredBy = answeredBy, StartedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(2) });
        if (settled)
        {
            await Hub.SettledAsync(cabinet, call.SessionId);
        }

        return call;
    }

    public async Task<LiveCall> RingingAsync(string from)
    {
        var live = await Hub.Uis.Cabinets["msk"].BeginIncomingAsync(new IncomingCall(from, SimulatorCompany.MoscowNumber) { StartedAt = TimeProvider.System.GetUtcNow() });
        await live.RingAsync(Boris);
        return live;
    }

    /// <summary>For what goes wrong in the database, which nothing outside it can bring about.</summary>
    public async Task ExecuteAsync(string sql)
    {
        Skip.If(Chromium.IsMissing, "No Chromium.");
        await using var context = Hub.Services.GetRequiredService<HubDatabase>().CreateContext();
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    /// <summary>A page of somebody who is signed in; the test is skipped where no browser is.</summary>
    public async Task<ConsolePage> OpenAsync(string path, string language = "en", bool dark = false, bool phone = false, bool signedIn = true)
    {
        Skip.If(Chromium.IsMissing, "No Chromium on this machine: apt-get install chromium, or name it in HUB_TEST_CHROMIUM.");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Hub.Address.ToString(),
            StorageState = signedIn ? _signedIn : null,
            Locale = language == "ru" ? "ru-RU" : "en-GB",
            TimezoneId = "Europe/Moscow",
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1366, Height = 900 },
            HasTouch = phone,
            IsMobile = phone,
        });
        await context.AddCookiesAsync([Cookie("hub-language", language), Cookie("hub-theme", dark ? "dark" : "light")]);
        context.SetDefaultTimeout(30_000);
        var page = new ConsolePage(context, await context.NewPageAsync());
        await page.GoAsync(path);
        return page;
    }

    public static async Task SignInAsync(IPage page, string path, string name = "admin", string password = "admin-password")
    {
        await page.GetByLabel("User name").Or(page.GetByLabel("Имя пользователя")).FillAsync(name);
        await page.Locator("input[type=password]").FillAsync(password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }

    private Cookie Cookie(string name, string value) => new() { Name = name, Value = value, Url = Hub.Address.ToString() };

    private static void Seed(CreatioStore store)
    {
        var users = Company.SeedUsers(store, except: "kirill.morozov@krepezh.example");
        store.AddContact(KnownClientName, users["anna.ivanova@krepezh.example"].ContactId, null, "+7 (916) 555-01-01");
    }
}
