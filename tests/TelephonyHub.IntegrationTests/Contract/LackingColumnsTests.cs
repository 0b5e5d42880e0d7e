using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class LackingColumnsOnSqlite() : LackingColumnsTests(DatabaseProvider.Sqlite);

public sealed class LackingColumnsOnPostgres() : LackingColumnsTests(DatabaseProvider.Postgres);

/// <summary>Leads and deals have other columns in other bundles of Creatio (reference 3): a record without its type is worth more than none.</summary>
public abstract class LackingColumnsTests(DatabaseProvider provider)
{
    private const string Stranger = "79035550001";
    private const string Client = "79035550002";
    private Dictionary<string, SimUser> _users = [];

    [SkippableFact]
    public async Task OpportunityWithoutTypeAndAccount_EverythingElseIsWritten_AndHealthRemarksIt()
    {
        await using var world = await StartAsync(o => o.Creatio.RemovedColumns = ["Opportunity.Type", "Opportunity.Account", "Call.Account"]);
        var health = (await world.Http.GetAnswerAsync("/health/ready")).Json;
        await HubWorld.EventuallyAsync(
            async () => (health = (await world.Http.GetAnswerAsync("/health/ready")).Json)["remarks"]?["crm columns"]?.GetValue<string>().Contains("Opportunity.TypeId", StringComparison.Ordinal) == true,
            "it is said before the first call");
        health["causes"]!["crm columns"].Should().BeNull("nobody can mend it");

        await CallAsync(world, Stranger);
        await CallAsync(world, Client);

        world.Crm.Store.All("Opportunity").Should().HaveCount(2).And.OnlyContain(d => d.Ref("ContactId") != null && d.Text("Title").Length > 0);
        world.Crm.Store.All("Call").Should().HaveCount(2).And.OnlyContain(c => c.Ref("OpportunityId") != null && c.Ref("ActivityId") != null);
        world.Crm.Requests.Count(r => r.Kind == CrmRequestKind.Metadata).Should().Be(1, "what is known need not be asked with each call");
        await CallAsync(world, Client);
        world.Crm.Store.All("Opportunity").Should().HaveCount(2, "the open one is found, also without an account");
    }

    [SkippableFact]
    public async Task LeadWithoutAccount_IsMadeOnceAndFoundAgain()
    {
        await using var world = await StartAsync(o =>
        {
            o.Creatio.RemovedColumns = ["Lead.QualifiedAccount"];
            o.Settings["Sync:DealEntity"] = "Lead";
        });

        await CallAsync(world, Client);
        await CallAsync(world, Client);

        world.Crm.Store.All("Lead").Should().ContainSingle().Which.Ref("QualifiedContactId").Should().NotBeNull();
        world.Crm.Store.All("Call").Should().HaveCount(2).And.OnlyContain(c => c.Ref("LeadId") != null);
    }

    [SkippableFact]
    public async Task MetadataCannotBeRead_RefusedRecordIsTriedOn()
    {
        await using var world = await StartAsync(o =>
        {
            o.Creatio.RemovedColumns = ["Opportunity.Type"];
            o.Before = crm => crm.Faults.Add(new CrmFault.Html(), times: null, when: r => r.Kind == CrmRequestKind.Metadata);
        });

        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(Stranger));

        await HubWorld.EventuallyAsync(
            async () => (await world.CallAsync("msk", call.SessionId))?["tasks"]!.AsArray().Any(t => t!["kind"]!.GetValue<string>() == "deal" && t["state"]!.GetValue<string>() == "retry") == true,
            "the deal waits for the columns");
    }

    private static async Task CallAsync(HubWorld world, string number)
    {
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(Incoming(number));
        var read = await world.SettledAsync("msk", call.SessionId);
        read["tasks"]!.AsArray().Should().NotBeEmpty().And.OnlyContain(t => t!["state"]!.GetValue<string>() == "done", read["tasks"]!.ToJsonString());
    }

    private Task<HubWorld> StartAsync(Action<WorldOptions> configure) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s =>
        {
            _users = Company.SeedUsers(s);
            var account = s.AddAccount("Завод", _users["nina.pavlova@krepezh.example"].ContactId);
            s.AddContact("Клиент", _users["nina.pavlova@krepezh.example"].ContactId, account, "+" + Client);
        };
        configure(o);
    });

    private static IncomingCall Incoming(string from) => new(from, SimulatorCompany.MoscowNumber)
    {
        StartedAt = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 120),
        Ring = TimeSpan.FromSeconds(5),
        Talk = TimeSpan.FromSeconds(40),
        AnsweredBy = Answers.First,
    };
}
