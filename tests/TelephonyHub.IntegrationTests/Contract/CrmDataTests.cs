using System.Net.Http.Json;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.IntegrationTests.Contract;

public sealed class CrmDataOnSqlite() : CrmDataTests(DatabaseProvider.Sqlite);

public sealed class CrmDataOnPostgres() : CrmDataTests(DatabaseProvider.Postgres);

/// <summary>A CRM as years of people leave it (reference 11): the call still finds its client, and whose it is.</summary>
public abstract class CrmDataTests(DatabaseProvider provider)
{
    private const string Client = "79035550002";
    private const string Boris = "boris.petrov@krepezh.example";
    private const string Nina = "nina.pavlova@krepezh.example";
    private Dictionary<string, SimUser> _users = [];

    [SkippableTheory]
    [InlineData("8 (903) 555-00-02")]
    [InlineData("+79035550002")]
    [InlineData("79035550002")]
    [InlineData("8 903 555 00 02 доб. 12")]
    public async Task Number_HoweverItIsTyped_FindsItsContact(string typed)
    {
        var client = Guid.Empty;
        await using var world = await StartAsync(s => client = s.AddContact("Клиент", _users[Nina].ContactId, null, typed));

        await CallAsync(world);

        world.Crm.Store.All("Call").Should().ContainSingle().Which.Ref("ContactId").Should().Be(client);
        world.Crm.Store.All("Opportunity").Should().ContainSingle().Which.Ref("OwnerId").Should().Be(_users[Nina].ContactId);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ContactWithoutOwner_OrWhoseOwnerHasLeft_IsOwnedByWhoTalkedAndKeepsWhatItHas(bool left)
    {
        var (client, former) = (Guid.Empty, Guid.Empty);
        await using var world = await StartAsync(s =>
        {
            former = s.AddUser("Бывший Олег", "o.former", "o.former@krepezh.example", "+79990000901", active: false).ContactId;
            client = s.AddContact("Клиент", left ? former : null, null, "+" + Client);
        });

        await CallAsync(world);

        var deal = world.Crm.Store.All("Opportunity").Should().ContainSingle().Subject;
        (deal.Ref("ContactId"), deal.Ref("OwnerId")).Should().Be((client, _users[Boris].ContactId));
        world.Crm.Store.All("Activity").Should().ContainSingle().Which.Ref("OwnerId").Should().Be(_users[Boris].ContactId);
        world.Crm.Store.Find("Contact", client)!.Ref("OwnerId").Should().Be(left ? former : null, "the owner of what exists is not overwritten");
    }

    [SkippableFact]
    public async Task SeveralContactsWithOneNumber_TheActualOneIsTakenAndNoFurtherOneMade()
    {
        var actual = Guid.Empty;
        await using var world = await StartAsync(s =>
        {
            var old = s.AddContact("Прежний", _users[Boris].ContactId, null);
            s.Update("ContactCommunication", s.AddContactNumber(old, "+" + Client), ("NonActual", true));
            actual = s.AddContact("Нынешний", _users[Nina].ContactId, null, "8 (903) 555-00-02");
        });
        var contacts = world.Crm.Store.Count("Contact");

        await CallAsync(world);

        world.Crm.Store.All("Call").Should().ContainSingle().Which.Ref("ContactId").Should().Be(actual);
        world.Crm.Store.Count("Contact").Should().Be(contacts);
    }

    [SkippableFact]
    public async Task SeveralContactsEquallyGood_TheOneWithAnOpenDealIsTheClient_AndHisManagerGetsTheNextCall()
    {
        var (dealing, deal) = (Guid.Empty, Guid.Empty);
        await using var world = await StartAsync(s =>
        {
            dealing = s.AddContact("В работе", _users[Nina].ContactId, null, "+" + Client);
            s.AddContact("Другой", _users[Boris].ContactId, null, "+" + Client);
            deal = s.Add("Opportunity", ("Title", "Болты"), ("ContactId", dealing), ("OwnerId", _users[Nina].ContactId));
        });

        await CallAsync(world);

        world.Crm.Store.All("Opportunity").Should().ContainSingle("one is open");
        var call = world.Crm.Store.All("Call").Should().ContainSingle().Subject;
        (call.Ref("ContactId"), call.Ref("OpportunityId")).Should().Be((dealing, deal));
        world.Crm.Store.All("Activity").Should().ContainSingle().Which.Ref("OwnerId").Should().Be(_users[Nina].ContactId);

        var next = await world.Api.PostAsJsonAsync("/api/v1/routing/explain", new { cabinet = "msk", caller = Client, dialled = SimulatorCompany.MoscowNumber });
        (await next.Content.ReadAsStringAsync()).Should().Contain("Павлова");
    }

    [SkippableFact]
    public async Task UsersMayNotBeRead_TheViewIsRead_AndManagersOwnTheirCalls()
    {
        var client = Guid.Empty;
        await using var world = await StartAsync(s => client = s.AddContact("Клиент", _users[Nina].ContactId, null, "+" + Client), o => o.Before = c => c.Faults.DenyRead("SysAdminUnit"));

        await CallAsync(world);

        world.Crm.Store.All("Opportunity").Should().ContainSingle().Which.Ref("OwnerId").Should().Be(_users[Nina].ContactId);
        world.Crm.Requests.Should().Contain(r => r.Touches("VwSysAdminUnit"));
    }

    [SkippableFact]
    public async Task AnswersOfFewRows_AreReadToTheirEnd()
    {
        await using var world = await StartAsync(
            s =>
            {
                foreach (var n in Enumerable.Range(0, 25))
                {
                    s.AddContact($"Клиент {n}", _users[Nina].ContactId, null, $"+790355501{n:D2}");
                }
            },
            o => o.Creatio.PageCap = 4);

        await CallAsync(world, "79035550124");

        world.Crm.Store.All("Opportunity").Should().ContainSingle().Which.Ref("OwnerId").Should().Be(_users[Nina].ContactId);
        world.Crm.Requests.Count(r => r.Operations.Any(o => o.DecodedUrl.Contains("skiptoken", StringComparison.Ordinal))).Should().BeGreaterThan(5);
    }

    /// <summary>Answered by Boris in Moscow, whoever the responsible manager is.</summary>
    private static async Task CallAsync(HubWorld world, string client = Client)
    {
        var call = await world.Uis.Cabinets["msk"].IncomingAsync(new IncomingCall(client, SimulatorCompany.MoscowNumber)
        {
            StartedAt = TimeProvider.System.GetUtcNow().AddSeconds(-120),
            Ring = TimeSpan.FromSeconds(5),
            Talk = TimeSpan.FromSeconds(40),
            AnsweredBy = Answers.First,
        });
        var read = await world.SettledAsync("msk", call.SessionId);
        read["tasks"]!.AsArray().Should().OnlyContain(t => t!["state"]!.GetValue<string>() == "done", read["tasks"]!.ToJsonString());
    }

    private Task<HubWorld> StartAsync(Action<CreatioStore> seed, Action<WorldOptions>? configure = null) => HubWorld.StartAsync(provider, o =>
    {
        o.Seed = s =>
        {
            _users = Company.SeedUsers(s);
            seed(s);
        };
        configure?.Invoke(o);
    });
}
