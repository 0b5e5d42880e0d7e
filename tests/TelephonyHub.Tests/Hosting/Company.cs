using Microsoft.Extensions.Configuration;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Tests.Hosting;

/// <summary>The manufacturer of product.md with its four cities, as its administrator would configure it.</summary>
internal static class Company
{
    public const string MoscowNumber = "74951234567";
    public const string PetersburgNumber = "78121234567";
    public const string RyazanNumber = "74912123456";
    public const string SurgutNumber = "73462123456";
    public const string CommonNumber = "78001234567";

    public static readonly CabinetKey Moscow = CabinetKey.Parse("msk");
    public static readonly CabinetKey Petersburg = CabinetKey.Parse("spb");
    public static readonly CabinetKey Ryazan = CabinetKey.Parse("rzn");
    public static readonly CabinetKey Surgut = CabinetKey.Parse("sgt");

    /// <param name="changes">Keys with colons; null takes a key away.</param>
    public static HubSettings Settings(params (string Key, string? Value)[] changes) => HubSettingsLoader.Load(Configuration(changes));

    public static IConfiguration Configuration(params (string Key, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Creatio:BaseUrl"] = "https://crm.example",
            ["Creatio:UserName"] = "hub",
            ["Creatio:Password"] = "crm-password",
            ["Auth:Admin:UserName"] = "admin",
            ["Auth:Admin:Password"] = "admin-password",
            ["Routing:CommonNumbers:0"] = CommonNumber,
        };
        Add(values, "msk", "Москва", '1', "Europe/Moscow", MoscowNumber, "74951110001", "74951110009");
        Add(values, "spb", "Санкт-Петербург", '2', "Europe/Moscow", PetersburgNumber, "78121110001", "78121110009");
        Add(values, "rzn", "Рязань", '3', "Europe/Moscow", RyazanNumber, "74912110001", "74912110009");
        Add(values, "sgt", "Сургут", '4', "Asia/Yekaterinburg", SurgutNumber, "73462110001", "73462110009");
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                values.Remove(key);
            }
            else
            {
                values[key] = value;
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    public static PhoneNumber Phone(string number) => PhoneNumber.Parse(number);

    private static void Add(Dictionary<string, string?> values, string key, string name, char digit, string city, string number, string group, string duty)
    {
        values[$"Cabinets:{key}:Name"] = name;
        values[$"Cabinets:{key}:TimeZone"] = "Europe/Moscow";
        values[$"Cabinets:{key}:RegionTimeZone"] = city;
        values[$"Cabinets:{key}:RegionDigit"] = digit.ToString();
        values[$"Cabinets:{key}:WebhookToken"] = $"hook-{key}";
        values[$"Cabinets:{key}:AccessToken"] = $"access-{key}";
        values[$"Cabinets:{key}:Numbers:0"] = number;
        values[$"Cabinets:{key}:GroupPhones:0"] = group;
        values[$"Cabinets:{key}:DutyPhones:0"] = duty;
    }
}
