using System.Collections.Frozen;
using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Creatio;

namespace TelephonyHub.Hosting;

/// <summary>The start stops with one line per fault, each naming the key.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception("The settings have faults:" + Environment.NewLine + string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

/// <summary>Configuration → <see cref="HubSettings"/>. The one place that knows the keys of contract section 4.</summary>
public static class HubSettingsLoader
{
    private static readonly string[] VendorMediaHosts =
        ["app.uiscom.ru", "media.uiscom.ru", "app.comagic.ru", "media.comagic.ru", "app.novofon.ru", "media.novofon.ru"];

    public static HubSettings Load(IConfiguration configuration)
    {
        var read = new SettingsReader(configuration);
        var provider = read.Choice("Database:Provider", DatabaseProvider.Sqlite);
        var dataApiUrl = read.Url("Uis:DataApiUrl") ?? new Uri("https://dataapi.uiscom.ru/v2.0");
        var mediaHosts = read.List("Uis:MediaHosts");
        var cabinets = Cabinets(read);
        var settings = new HubSettings
        {
            DatabaseProvider = provider,
            ConnectionString = ConnectionString(read, provider),
            DataFolder = read.Text("ConnectionStrings:Hub") is null ? DataFolder(read) : null,
            ConsoleLog = read.Flag("Hub:ConsoleLog", fallback: true),
            LogFile = read.Text("Hub:LogFile"),
            PublicUrl = PublicUrl(read),
            TrustedProxies = read.Networks("Hosting:TrustedProxies"),
            Uis = new UisSettings(
                read.Url("Uis:CallApiUrl") ?? new Uri("https://callapi.uiscom.ru/v4.0"),
                dataApiUrl,
                (mediaHosts.Count > 0 ? mediaHosts : [.. VendorMediaHosts, dataApiUrl.Host]).ToFrozenSet(StringComparer.OrdinalIgnoreCase)),
            Cabinets = cabinets.ToFrozenDictionary(c => c.Key),
            Managers = Managers(read, cabinets),
            Creatio = Creatio(read),
            Routing = new RoutingSettings(
                TimeSpan.FromMilliseconds(read.Number("Routing:BudgetMs", 800, 50, 10_000)),
                TimeSpan.FromMilliseconds(read.Number("Routing:CrmBudgetMs", 500, 10, 10_000)),
                read.Numbers("Routing:CommonNumbers").ToFrozenSet(),
                read.Flag("Routing:UseExtensions", fallback: false),
                new RoutingRules(
                    read.Choice("Routing:OnCall", OnCallRule.Skip),
                    read.Number("Routing:MaxPhones", 10, 1, 30),
                    read.Number("Routing:LastTalkedDays", 90, 0, 3650),
                    read.Number("Routing:IdenticalCallsPerMinute", 10, 0, 1000))),
            Control = new ControlSettings(read.Text("Control:HoldText") ?? "Пожалуйста, оставайтесь на линии, соединяем с сотрудником."),
            DirectoryRefresh = TimeSpan.FromSeconds(read.Seconds("Directory:RefreshSeconds", 60, 0.1, 86_400)),
            Sync = new SyncSettings
            {
                Settle = TimeSpan.FromSeconds(read.Seconds("Sync:SettleSeconds", 2, 0, 600)),
                Join = TimeSpan.FromSeconds(read.Seconds("Sync:JoinSeconds", 15, 1, 120)),
                DealEntity = read.Choice("Sync:DealEntity", DealEntity.Opportunity),
                DefaultOwnerId = read.Id("Sync:DefaultOwnerId"),
                CallCreatedByEmployee = read.Flag("Sync:CallCreatedByEmployee", fallback: false),
                RetryFor = TimeSpan.FromHours(read.Seconds("Sync:RetryHours", 72, 0, 24 * 365)),
                MaxAttempts = read.Number("Sync:MaxAttempts", 20, 1, 1000),
                Concurrency = read.Number("Sync:Concurrency", 4, 1, 64),
                Lease = TimeSpan.FromSeconds(read.Seconds("Sync:LeaseSeconds", 60, 5, 600)),
            },
            Recordings = new RecordingSettings(
                read.Text("Recordings:ArchiveFolder") is { } archive ? Path.GetFullPath(archive) : null,
                read.Number("Recordings:Concurrency", 2, 1, 16)),
            ReconciliationInterval = TimeSpan.FromSeconds(read.Seconds("Reconciliation:IntervalSeconds", 300, 0.5, 86_400)),
            ReconciliationFirstAfter = TimeSpan.FromSeconds(read.Seconds("Reconciliation:FirstAfterSeconds", 20, 0, 3600)),
            ReconciliationLookback = TimeSpan.FromHours(read.Seconds("Reconciliation:LookbackHours", 24, 1, 24 * 60)),
            ReconciliationRepair = read.Choice("Reconciliation:Repair", ReconciliationRepair.None),
            AlertWebhook = read.Url("Alerts:WebhookUrl"),
            Auth = AuthSettingsLoader.Load(read, cabinets),
        };
        return read.Faults.Count == 0 ? settings : throw new SettingsException(read.Faults);
    }

    private static Uri? PublicUrl(SettingsReader read)
    {
        // A link to a recording is the name of a file in the CRM: 250 characters (reference 3.9), of which /r/ and the code take 25.
        const int Most = 220;
        var url = read.Url("Hub:PublicUrl");
        if (url?.ToString().Length > Most)
        {
            read.Fault("Hub:PublicUrl", $"must be at most {Most} characters long: links to recordings must fit into the CRM.");
        }

        return url;
    }

    private static string ConnectionString(SettingsReader read, DatabaseProvider provider)
    {
        if (read.Text("ConnectionStrings:Hub") is { } text)
        {
            return text;
        }

        if (provider == DatabaseProvider.Postgres)
        {
            read.Fault("ConnectionStrings:Hub", "is required when Database__Provider is Postgres.");
        }

        return $"Data Source={Path.Combine(DataFolder(read), "hub.db")}";
    }

    private static string DataFolder(SettingsReader read) => Path.GetFullPath(read.Text("Hub:DataFolder") ?? "data");

    private static List<CabinetSettings> Cabinets(SettingsReader read)
    {
        var cabinets = new List<CabinetSettings>();
        foreach (var child in read.Children("Cabinets"))
        {
            var at = $"Cabinets:{child}";
            if (!CabinetKey.TryParse(child, out var key))
            {
                read.Fault(at, "a cabinet key may hold only a-z, 0-9 and '-'.");
                continue;
            }

            cabinets.Add(Cabinet(read, at, key));
        }

        if (cabinets.Count == 0)
        {
            read.Fault("Cabinets", "at least one cabinet is required (Cabinets__<key>__Name, __TimeZone, __WebhookToken, __AccessToken).");
        }

        foreach (var digit in cabinets.Where(c => c.RegionDigit is not null).GroupBy(c => c.RegionDigit).Where(g => g.Count() > 1))
        {
            var last = digit.Last();
            read.Fault($"Cabinets:{last.Key}:RegionDigit", $"'{digit.Key}' is already the digit of cabinet '{digit.First().Key}'.");
        }

        foreach (var number in cabinets.SelectMany(c => c.Numbers.Select(n => (Number: n, Cabinet: c))).GroupBy(n => n.Number).Where(g => g.Count() > 1))
        {
            var last = number.Last();
            read.Fault($"Cabinets:{last.Cabinet.Key}:Numbers", $"the number ending in {number.Key.E164[^4..]} already belongs to cabinet '{number.First().Cabinet.Key}'.");
        }

        return cabinets;
    }

    private static CabinetSettings Cabinet(SettingsReader read, string at, CabinetKey key)
    {
        read.Required($"{at}:TimeZone");
        var zone = read.Zone($"{at}:TimeZone") ?? TimeZoneInfo.Utc;
        var regionZone = read.Zone($"{at}:RegionTimeZone") ?? zone;
        var digit = read.Text($"{at}:RegionDigit");
        if (digit is not null && (digit.Length != 1 || !char.IsAsciiDigit(digit[0])))
        {
            read.Fault($"{at}:RegionDigit", "must be one digit.");
        }

        var (login, password) = (read.Text($"{at}:Login"), read.Text($"{at}:Password"));
        if ((login is null) != (password is null))
        {
            read.Fault(login is null ? $"{at}:Login" : $"{at}:Password", "is required beside the other of Login and Password.");
        }

        return new CabinetSettings
        {
            Key = key,
            Name = read.Required($"{at}:Name"),
            TimeZone = zone,
            RegionTimeZone = regionZone,
            RegionDigit = digit is { Length: 1 } ? digit[0] : null,
            WebhookTokens = [read.Required($"{at}:WebhookToken"), .. read.List($"{at}:WebhookTokens")],
            AccessToken = login is null && password is null ? read.Required($"{at}:AccessToken") : read.Text($"{at}:AccessToken"),
            Login = login,
            Password = password,
            AllowedSources = read.Networks($"{at}:AllowedSources"),
            Numbers = read.Numbers($"{at}:Numbers"),
            GroupPhones = read.DialNumbers($"{at}:GroupPhones"),
            DutyPhones = read.DialNumbers($"{at}:DutyPhones"),
            FallbackCode = read.Number($"{at}:FallbackCode", 0, 0, 99),
            NightCode = read.Text($"{at}:NightCode") is null ? null : read.Number($"{at}:NightCode", 0, 0, 99),
            ChainMode = read.Choice($"{at}:ChainMode", ChainMode.Whole),
            SyncFrom = read.Instant($"{at}:SyncFrom", regionZone),
            Mode = read.Choice($"{at}:Mode", CabinetMode.On),
            ArchivesRecordings = read.Flag($"{at}:RecordingArchive", fallback: true),
            RecordingRetention = read.Text($"{at}:RecordingRetentionDays") is null ? null : TimeSpan.FromDays(read.Number($"{at}:RecordingRetentionDays", 0, 1, 36_500)),
        };
    }

    private static List<ManagerMapping> Managers(SettingsReader read, List<CabinetSettings> cabinets)
    {
        var mappings = new List<ManagerMapping>();
        foreach (var child in read.Children("Managers"))
        {
            var at = $"Managers:{child}";
            read.Required($"{at}:ContactId");
            var contact = read.Id($"{at}:ContactId") ?? Guid.Empty;
            var employees = new List<(CabinetKey, long)>();
            foreach (var (item, text) in read.Items($"{at}:Employees"))
            {
                var parts = text.Split(':');
                if (parts.Length == 2 && CabinetKey.TryParse(parts[0], out var cabinet)
                    && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    && cabinets.Exists(c => c.Key == cabinet))
                {
                    employees.Add((cabinet, id));
                }
                else
                {
                    read.Fault(item, "must be '<cabinet>:<employee id>' of a configured cabinet.");
                }
            }

            mappings.Add(new ManagerMapping(contact, employees));
        }

        return mappings;
    }

    private static CreatioOptions Creatio(SettingsReader read)
    {
        // The credentials stand under Creatio:Auth or directly under Creatio: both spellings are read.
        string At(string name) => read.Text($"Creatio:Auth:{name}") is null && read.Text($"Creatio:{name}") is not null ? $"Creatio:{name}" : $"Creatio:Auth:{name}";
        string Required(string name) => read.Required(At(name), $"is required (Creatio__{name} is read, too).");

        var mode = read.Choice("Creatio:Auth:Mode", CreatioAuthMode.Forms);
        var forms = mode == CreatioAuthMode.Forms;
        return new CreatioOptions
        {
            BaseUrl = read.RequiredUrl("Creatio:BaseUrl"),
            Flavor = read.Choice("Creatio:Flavor", CreatioFlavor.Framework),
            Ui = read.Choice("Creatio:Ui", CreatioUi.Classic),
            NewContactPage = PageName(read),
            AuthMode = mode,
            UserName = forms ? Required("UserName") : read.Text(At("UserName")),
            Password = forms ? Required("Password") : read.Text(At("Password")),
            ClientId = forms ? read.Text(At("ClientId")) : Required("ClientId"),
            ClientSecret = forms ? read.Text(At("ClientSecret")) : Required("ClientSecret"),
            TokenUrl = forms ? read.Url(At("TokenUrl")) : read.RequiredUrl(At("TokenUrl")),
        };
    }

    private static string? PageName(SettingsReader read)
    {
        var name = read.Text("Creatio:NewContactPage");
        if (name is not null && (char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
        {
            read.Fault("Creatio:NewContactPage", "must be the code of a page schema: letters, digits and '_'.");
            return null;
        }

        return name;
    }
}
