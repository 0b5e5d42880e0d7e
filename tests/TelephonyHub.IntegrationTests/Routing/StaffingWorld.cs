using System.Text;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Routing;

/// <summary>A hub whose calendars, rotas and settings tests change; each test begins with none. The budget is wide: a loaded machine is not what these tests are about.</summary>
public abstract class StaffingWorld(DatabaseProvider provider) : SharedWorld(provider)
{
    public const string NinasClient = "79035550002";
    public const string NinasMobile = "79221000001";

    public Dictionary<string, SimUser> Users { get; private set; } = [];

    /// <summary>Hours of the day at which no test can run while it asks: never the hour that it is in Moscow or Surgut now, nor the next.</summary>
    public static string ClosedNow
    {
        get
        {
            var hour = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow")).Hour;
            return hour is >= 6 and < 18 ? Calendar("21:00", "22:00") : Calendar("12:00", "13:00");
        }
    }

    public static string Calendar(string from, string till) =>
        $$"""{{{string.Join(',', new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }.Select(d => $"\"{d}\":[{{\"from\":\"{from}\",\"till\":\"{till}\"}}]"))}}}""";

    public async Task<HubWorld> EmptyAsync()
    {
        var world = await WorldAsync();
        foreach (var kind in new[] { "calendars", "holidays", "rota", "deputies", "absences", "cabinets", "blacklist", "numbering" })
        {
            foreach (var item in (await world.GetAsync($"/api/v1/routing/{kind}"))["items"]!.AsArray())
            {
                ((int)(await world.SendAsync(HttpMethod.Delete, $"{kind}/{Uri.EscapeDataString(item!["key"]!.GetValue<string>())}", null, "*")).Status).Should().Be(204);
            }
        }

        return world;
    }

    protected override void Configure(WorldOptions options)
    {
        options.Settings["Routing:BudgetMs"] = "5000";
        options.Settings["Routing:CrmBudgetMs"] = "4000";
        options.Seed = s =>
        {
            Users = Company.SeedUsers(s);
            s.AddContact("Клиент Сургутский", Users["nina.pavlova@krepezh.example"].ContactId, null, "+7 903 555-00-02");
        };
    }
}

public sealed class StaffingWorldOnSqlite() : StaffingWorld(DatabaseProvider.Sqlite);

public sealed class StaffingWorldOnPostgres() : StaffingWorld(DatabaseProvider.Postgres);

internal static class StaffingWire
{
    public static async Task<Answer> SendAsync(this HubWorld world, HttpMethod method, string path, string? json = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/routing/{path}") { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await world.Api.AnswerAsync(request);
    }

    public static async Task<JsonNode> PutAsync(this HubWorld world, string path, string json)
    {
        var answer = await world.SendAsync(HttpMethod.Put, path, json, "*");
        ((int)answer.Status).Should().BeOneOf([200, 201], answer.Text);
        return answer.Json;
    }

    public static async Task<Answer> ImportAsync(this HubWorld world, string path, byte[] file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/routing/{path}") { Content = new ByteArrayContent(file) };
        return await world.Api.AnswerAsync(request);
    }

    public static async Task<JsonNode> ExplainAsync(this HubWorld world, string caller, string dialled = SimulatorCompany.MoscowNumber, string cabinet = "msk", string? at = null)
    {
        var body = new JsonObject { ["cabinet"] = cabinet, ["caller"] = caller, ["dialled"] = dialled, ["at"] = at };
        var answer = await world.Api.PostJsonAsync("/api/v1/routing/explain", body.ToJsonString());
        ((int)answer.Status).Should().Be(200, answer.Text);
        return answer.Json;
    }

    public static List<string> Kinds(this JsonNode explained) => [.. explained["chain"]!.AsArray().Select(c => c!["kind"]!.GetValue<string>()).Distinct()];
}
