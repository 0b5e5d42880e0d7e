using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Cabinets;

/// <summary>What tests of cabinets ask.</summary>
internal static class CabinetWorld
{
    /// <summary>A world in which only the employees' users stand in the CRM.</summary>
    public static Task<HubWorld> StartAsync(Action<WorldOptions>? configure = null) => HubWorld.StartAsync(DatabaseProvider.Sqlite, o =>
    {
        o.Seed = s => Company.SeedUsers(s);
        configure?.Invoke(o);
    });

    public static Task<JsonNode> CabinetAsync(this HubWorld world, string key) => world.GetAsync($"/api/v1/cabinets/{key}");

    public static async Task<JsonArray> ItemsAsync(this HubWorld world, string path) => (await world.GetAsync(path))["items"]!.AsArray();

    public static string? Text(this JsonNode? node, string name) => node?[name]?.GetValue<string>();

    public static JsonNode? Hint(this JsonNode cabinet, string code) => cabinet["hints"]!.AsArray().FirstOrDefault(h => h.Text("code") == code);

    public static async Task<JsonNode> ManagerAsync(this HubWorld world, string name) => (await world.ItemsAsync("/api/v1/managers")).Single(m => m!.Text("name")!.StartsWith(name, StringComparison.Ordinal))!;

    /// <summary>Everything was read, the dictionaries too.</summary>
    public static Task ImportedAsync(this HubWorld world, string key) =>
        HubWorld.EventuallyAsync(async () => (await world.CabinetAsync(key))["counts"]!["scenarios"] is not null, $"cabinet {key} is imported");

    /// <summary>As an administrator who has just mended something.</summary>
    public static async Task ReadAgainAsync(this HubWorld world, string key)
    {
        var before = await world.CabinetAsync(key);
        await HubWorld.EventuallyAsync(async () => (await world.Api.PostJsonAsync($"/api/v1/cabinets/{key}/import", "")).Status == System.Net.HttpStatusCode.Accepted, "the import may be asked for");
        await HubWorld.EventuallyAsync(
            async () => await world.CabinetAsync(key) is var now && now.Text("peopleAt") != before.Text("peopleAt") && now.Text("nextImportAt") != before.Text("nextImportAt"),
            $"cabinet {key} is read again");
    }

    /// <summary>Requests of a cabinet at the Data API or for live calls.</summary>
    public static int RequestsOf(this HubWorld world, string key, Func<string, bool> method) => world.Uis.ApiCalls.Count(c => c.Cabinet == key && method(c.Method));

    public static DateTimeOffset Instant(this JsonNode node, string name) => DateTimeOffset.Parse(node[name]!.GetValue<string>(), CultureInfo.InvariantCulture);

    /// <summary>A city that the company opens: nothing of it but its settings is known to the hub.</summary>
    public static SimCabinetOptions Kazan() => new("kzn", "Крепёж Казань", "Europe/Moscow", "sim-token-kzn", 10_500)
    {
        VirtualNumbers = ["78432230001"],
        Employees =
        [
            new SimEmployee(105_001, "Хасанова", "Алия", "aliya.khasanova@krepezh.example", ["0105001", "79171000001"], "501"),
            new SimEmployee(105_002, "Гараев", "Тимур", "timur.garaev@krepezh.example", ["79171000002"], "502"),
            new SimEmployee(105_003, "Иванова", "Анна", "anna.ivanova@krepezh.example", ["79161000001"], "503"),
            new SimEmployee(105_004, "Юсупов", "Дамир", "damir.yusupov@krepezh.example", ["79171000004"], "504"),
        ],
        SipLines = [new SimSipLine(1_050_011, "0105001", "78432230001", 105_001)],
        Groups = [new SimGroup(10_501, "Продажи Казань", [105_001, 105_002])],
        FallbackGroupId = 10_501,
    };
}
