using System.Text.Json.Nodes;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>
/// Two known clients: Nina's of Surgut by contact, Boris's of Moscow by account. Petersburg answers step by step and has a return code of its own;
/// Ryazan has no phones at all. The budget is wide: a loaded machine is not what these tests are about.
/// </summary>
public abstract class RouteWorld(DatabaseProvider provider) : SharedWorld(provider)
{
    public const string NinasClient = "79035550002";
    public const string BorissAccount = "79035550003";
    public const string Stranger = "79035550001";
    public const string NinasMobile = "79221000001";
    public const string BorissMobile = "79161000002";
    public const int PetersburgCode = 3;

    public static readonly IReadOnlyList<string> MoscowGroup = ["79161000002", "79161000003"];
    public static readonly IReadOnlyList<string> SurgutGroup = ["79221000002", "79221000003"];
    public const string MoscowDuty = "79161000004";
    public const string SurgutDuty = "79221000004";

    public Dictionary<string, SimUser> Users { get; private set; } = [];

    public Guid ClientId { get; private set; }

    protected override void Configure(WorldOptions options)
    {
        options.Settings["Routing:BudgetMs"] = "5000";
        options.Settings["Routing:CrmBudgetMs"] = "4000";
        options.Settings["Cabinets:spb:ChainMode"] = "Step";
        options.Settings["Cabinets:spb:FallbackCode"] = $"{PetersburgCode}";
        foreach (var key in new[] { "GroupPhones:0", "GroupPhones:1", "DutyPhones:0" })
        {
            options.Settings[$"Cabinets:rzn:{key}"] = null;
        }

        options.Seed = s =>
        {
            Users = Company.SeedUsers(s);
            ClientId = s.AddContact("Клиент Сургутский", Users["nina.pavlova@krepezh.example"].ContactId, null, "+7 903 555-00-02");
            s.AddAccount("ООО Болт", Users["boris.petrov@krepezh.example"].ContactId, null, "8 (903) 555 00 03");
        };
    }
}

public sealed class RouteWorldOnSqlite() : RouteWorld(DatabaseProvider.Sqlite);

public sealed class RouteWorldOnPostgres() : RouteWorld(DatabaseProvider.Postgres);

/// <summary>What UIS's hook gets.</summary>
internal static class RouteWire
{
    public static string Url(string cabinet, string query = "") => $"/uis/{cabinet}/route?token={HubWorld.TokenOf(cabinet.ToLowerInvariant())}{query}";

    public static Task<Answer> RouteAsync(this HubWorld world, string cabinet, string caller, string dialled, long? session = null, string digit = "None") =>
        world.Http.GetAnswerAsync(Url(cabinet, $"&call_session_id={session ?? SharedWorld.NewSession()}&numa={caller}&numb={dialled}&input_result={digit}&start_time=1768035600&direction=in"));

    public static List<string> Phones(this Answer answer)
    {
        answer.Status.Should().Be(System.Net.HttpStatusCode.OK, answer.Text);
        answer.Json["returned_code"].Should().BeNull();
        var phones = answer.Json["phones"]!.AsArray().Select(p => p!.GetValue<string>()).ToList();
        phones.Should().NotBeEmpty().And.OnlyHaveUniqueItems().And.OnlyContain(p => p.Length > 0 && p.All(char.IsAsciiDigit));
        return phones;
    }

    /// <summary>Valid whatever was asked: phones to dial, or one return code.</summary>
    public static void ShouldBeAnInstruction(this Answer answer, string because)
    {
        ((int)answer.Status).Should().Be(200, because);
        answer.ContentType.Should().Be("application/json");
        if (answer.Json["phones"] is not null)
        {
            answer.Phones();
        }
        else
        {
            answer.Json["returned_code"]!.GetValue<int>().Should().BeGreaterThanOrEqualTo(0, because);
        }
    }

    /// <summary>Reports the call, too: a decision is shown with its call.</summary>
    public static async Task<JsonNode> DecisionAsync(this HubWorld world, string cabinet, long session)
    {
        await world.PostEventAsync(cabinet, UisWire.Body("in_call_session", session, TimeProvider.System.GetUtcNow(), RouteWorld.Stranger, SimulatorCompany.MoscowNumber));
        JsonNode? call = null;
        await HubWorld.EventuallyAsync(async () => (call = await world.CallAsync(cabinet, session))?["decision"] is not null, "the call shows its decision");
        return call!["decision"]!;
    }
}
