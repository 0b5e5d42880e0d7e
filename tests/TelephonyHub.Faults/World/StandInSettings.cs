using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Faults;

/// <summary>Settings of a hub that works with both stand-ins, as an operator would write them.</summary>
public static class StandInSettings
{
    public const string ApiKey = "test-key-administrator";
    public const string IntegrationKey = "test-key-integration";

    public static string TokenOf(string cabinet) => $"webhook-token-of-{cabinet}";

    public static Dictionary<string, string?> Of(UisSimulator uis, CreatioSimulator crm)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Hub:ConsoleLog"] = "false",
            ["Uis:CallApiUrl"] = uis.CallApiUrl.ToString(),
            ["Uis:DataApiUrl"] = uis.DataApiUrl.ToString(),
            ["Creatio:BaseUrl"] = crm.BaseUrl.ToString(),
            ["Creatio:Flavor"] = crm.Options.Flavor.ToString(),
            ["Creatio:Auth:Mode"] = "Forms",
            ["Creatio:Auth:UserName"] = crm.Options.UserName,
            ["Creatio:Auth:Password"] = crm.Options.Password,
            ["Creatio:Auth:ClientId"] = crm.Options.ClientId,
            ["Creatio:Auth:ClientSecret"] = crm.Options.ClientSecret,
            ["Creatio:Auth:TokenUrl"] = crm.TokenUrl.ToString(),
            ["Routing:CommonNumbers:0"] = SimulatorCompany.CommonNumber,
            ["Sync:SettleSeconds"] = "0.3",
            ["Directory:RefreshSeconds"] = "1",
            ["Auth:Admin:UserName"] = "admin",
            ["Auth:Admin:Password"] = "admin-password",
            ["Auth:ApiKeys:0:Name"] = "tests",
            ["Auth:ApiKeys:0:Key"] = ApiKey,
            ["Auth:ApiKeys:0:Roles:0"] = "administrator",
            ["Auth:ApiKeys:1:Name"] = "integration",
            ["Auth:ApiKeys:1:Key"] = IntegrationKey,
            ["Auth:ApiKeys:1:Roles:0"] = "integration",
        };
        var digit = 1;
        foreach (var (key, cabinet) in uis.Cabinets)
        {
            settings[$"Cabinets:{key}:Name"] = cabinet.Options.Name;
            settings[$"Cabinets:{key}:TimeZone"] = cabinet.Options.TimeZone;
            settings[$"Cabinets:{key}:RegionDigit"] = $"{digit++}";
            settings[$"Cabinets:{key}:WebhookToken"] = TokenOf(key);
            settings[$"Cabinets:{key}:AccessToken"] = cabinet.Options.AccessToken;
            foreach (var (number, i) in cabinet.Options.VirtualNumbers.Select((n, i) => (n, i)))
            {
                settings[$"Cabinets:{key}:Numbers:{i}"] = number;
            }

            settings[$"Cabinets:{key}:GroupPhones:0"] = cabinet.Options.Employees[1].PhoneNumbers[^1];
            settings[$"Cabinets:{key}:GroupPhones:1"] = cabinet.Options.Employees[2].PhoneNumbers[^1];
            settings[$"Cabinets:{key}:DutyPhones:0"] = cabinet.Options.Employees[3].PhoneNumbers[^1];
        }

        return settings;
    }

    /// <summary>As a process is given them.</summary>
    public static Dictionary<string, string> AsEnvironment(IEnumerable<KeyValuePair<string, string?>> settings) =>
        settings.Where(s => s.Value is not null).ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value!, StringComparer.Ordinal);

    /// <summary>Where UIS sends events and asks whom to ring; of all cabinets or of one.</summary>
    public static void Connect(UisSimulator uis, Uri hub, string? only = null)
    {
        foreach (var (key, cabinet) in uis.Cabinets.Where(c => only is null || c.Key == only))
        {
            cabinet.Options.EventsUrl = new Uri(hub, $"/uis/{key}/events?token={TokenOf(key)}");
            cabinet.Options.RouteUrl = new Uri(hub, $"/uis/{key}/route?token={TokenOf(key)}");
        }
    }
}
