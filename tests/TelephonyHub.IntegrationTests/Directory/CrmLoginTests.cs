using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.IntegrationTests.Directory;

public sealed class CrmLoginOnSqlite() : CrmLoginTests(DatabaseProvider.Sqlite);

public sealed class CrmLoginOnPostgres() : CrmLoginTests(DatabaseProvider.Postgres);

/// <summary>A password that the CRM refuses: the hub stops before its user gets locked, and an administrator lets it try again.</summary>
public abstract class CrmLoginTests(DatabaseProvider provider)
{
    [SkippableFact]
    public async Task WrongPassword_TwoLoginsThenNoneUntilAnAdministratorAsks()
    {
        CreatioSimulatorOptions crm = null!;
        await using var world = await HubWorld.StartAsync(provider, o =>
        {
            crm = o.Creatio;
            o.Settings["Creatio:Auth:Password"] = "mended-password";
            o.Settings["Directory:RefreshSeconds"] = "1";
            o.Seed = s => Company.SeedUsers(s);
        });
        await HubWorld.EventuallyAsync(async () => (await CauseAsync(world))?.Contains("ask for a login", StringComparison.Ordinal) == true, "health says what to do");
        Logins(world).Should().Be(2);

        (await AskAsync(world))["status"]!.GetValue<string>().Should().Be("refused");
        Logins(world).Should().Be(3, "one more, because somebody asked for it");

        crm.Password = "mended-password";
        var answer = await AskAsync(world);

        (answer["status"]!.GetValue<string>(), answer["reason"]!.GetValue<string>()).Should().Be(("ok", ""));
        await HubWorld.EventuallyAsync(async () => await CauseAsync(world) is null, "health is well again");
        Logins(world).Should().Be(4);
        var audit = (await world.GetAsync("/api/v1/audit"))["items"]!.AsArray();
        audit.Count(a => a!["action"]!.GetValue<string>() == "crm.login").Should().Be(2);
    }

    private static int Logins(HubWorld world) => world.Crm.Requests.Count(r => r.Kind == CrmRequestKind.Login);

    private static async Task<string?> CauseAsync(HubWorld world) =>
        JsonNode.Parse(await world.Http.GetStringAsync("/health/ready"))!["causes"]?["crm login"]?.GetValue<string>();

    private static async Task<JsonNode> AskAsync(HubWorld world)
    {
        using var response = await world.Api.PostAsync("/api/v1/crm/login", null);
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }
}
