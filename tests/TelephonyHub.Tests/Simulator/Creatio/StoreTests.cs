using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class StoreTests
{
    private static readonly ManagerSeed[] FourManagers =
    [
        new("Анна Московская", "a.moskovskaya", "anna@example.ru", "+79160000001"),
        new("Борис Питерский", "b.piterskiy", "boris@example.ru", "+79110000002"),
        new("Вера Казанская", "v.kazanskaya", "vera@example.ru", "+79170000003"),
        new("Глеб Томский", "g.tomskiy", "gleb@example.ru", "+79130000004"),
    ];

    [Fact]
    public void Add_UnknownColumn_Throws()
    {
        var store = NewStore();

        var add = () => store.Add("Contact", ("Nam", "x"));

        add.Should().Throw<ArgumentException>().WithMessage("*Nam*");
    }

    [Fact]
    public void Add_DirectTimes_AreKept()
    {
        var store = NewStore();
        var old = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var id = store.Add("Contact", ("Name", "Old"), ("CreatedOn", old), ("ModifiedOn", old));

        store.Get("Contact", id).Time("ModifiedOn").Should().Be(old);
    }

    [Fact]
    public void Add_MissingRequiredColumn_ThrowsAsTheServerAnswers()
    {
        var store = NewStore();

        var add = () => store.Add("ContactCommunication", ("Number", "1"));

        add.Should().Throw<CrmException>().Where(refused => refused.Status == 500);
    }

    [Fact]
    public void UpdateAndRemove_ActOnTheRow()
    {
        var store = NewStore();
        var id = store.AddContact("John Best");

        store.Update("Contact", id, ("JobTitle", "CEO"));

        store.Get("Contact", id).Text("JobTitle").Should().Be("CEO");
        store.Remove("Contact", id).Should().BeTrue();
        store.Find("Contact", id).Should().BeNull();
        store.Remove("Contact", id).Should().BeFalse();
    }

    [Fact]
    public async Task WaitUntil_ChangeInTheStore_Wakes()
    {
        await using var site = await CrmSite.StartedAsync();
        var waiting = site.Simulator.WaitUntilAsync(() => site.Store.Count("Call") == 1, CancellationToken.None);

        site.Store.Add("Call", ("Caption", "Call"));

        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        site.Store.Count("Call").Should().Be(1);
    }

    [Fact]
    public void Seed_Company_HoldsEveryCase()
    {
        var store = NewStore();

        var crm = SimulatorCrm.Seed(store, FourManagers);

        crm.Managers.Should().HaveCount(4);
        store.Get("Contact", crm.Managers[0].ContactId).Text("MobilePhone").Should().Be("+79160000001");
        store.Get("SysAdminUnit", crm.InactiveManager.UserId).Flag("Active").Should().BeFalse();
        store.Get("Contact", crm.WithoutOwner.Id).Ref("OwnerId").Should().BeNull();
        store.Get("Contact", crm.OfInactiveManager.Id).Ref("OwnerId").Should().Be(crm.InactiveManager.ContactId);
        store.Get("Contact", crm.OfApiUser.Id).Ref("OwnerId").Should().Be(store.ApiUser.ContactId);
        store.Get("Contact", crm.Employee.Id).Ref("TypeId").Should().Be(new Guid("60733efc-f36b-1410-a883-16d83cab0980"));
        store.Get("Account", crm.AccountWithPrimary.Id).Ref("PrimaryContactId").Should().Be(crm.Clients[0].Id);
        store.Get("Account", crm.AccountWithoutPrimary.Id).Ref("PrimaryContactId").Should().BeNull();
        store.Get("Opportunity", crm.OpenOpportunity).Ref("ContactId").Should().Be(crm.Clients[0].Id);
        crm.Duplicates.Select(contact => contact.Number).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        crm.Clients.Select(client => client.Number).Should().Equal(Enumerable.Range(0, 4).Select(SimulatorCrm.ClientNumber));
        crm.Clients.Select(client => store.Get("Contact", client.Id).Text("MobilePhone"))
            .Should().Equal("8 (999) 000-01-01", "+7 999 000-01-02", "79990000103", "8 (999) 000-01-04");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Seed_AnyNumberOfManagers_Works(int count)
    {
        var store = NewStore();

        var crm = SimulatorCrm.Seed(store, [.. Enumerable.Range(1, count).Select(i => new ManagerSeed($"Manager {i}", $"m{i}"))]);

        crm.Clients.Should().HaveCount(count).And.OnlyHaveUniqueItems(client => client.Name);
    }

    [Fact]
    public async Task ManyContacts_EachIsFoundByItsNumberAlone()
    {
        await using var site = await CrmSite.SignedInAsync();
        for (var i = 0; i < 10_000; i++)
        {
            site.Store.AddContact("Client", null, null, $"+79{i:000000000}");
        }

        for (var i = 0; i < 10_000; i += 997)
        {
            var reversed = string.Concat($"9{i:000000000}".Reverse());
            (await site.FilterAsync("ContactCommunication", $"startswith(SearchNumber,'{reversed}')")).Should().ContainSingle();
        }
    }

    [Fact]
    public async Task TenInstances_SideBySide_DoNotShareAnything()
    {
        var sites = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CrmSite.SignedInAsync()));

        await Task.WhenAll(sites.Select(site => site.CreateAsync("Contact", new { Name = "Only One" })));

        sites.Select(site => site.Simulator.BaseUrl).Should().OnlyHaveUniqueItems();
        sites.Should().AllSatisfy(site => site.Store.Where("Contact", row => row.Text("Name") == "Only One").Should().ContainSingle());
        foreach (var site in sites)
        {
            await site.DisposeAsync();
        }
    }

    [Fact]
    public async Task ParallelPosts_OfOneId_CreateOneRow()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = new Guid("55555555-0000-4000-8000-000000000001");

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var response = await site.PostAsync("Call", new { Id = id, Caption = "Call" });
            return (int)response.StatusCode;
        }));

        statuses.Count(status => status == 201).Should().Be(1);
        statuses.Count(status => status == 500).Should().Be(19);
        site.Store.Count("Call").Should().Be(1);
    }

    private static CreatioStore NewStore() => new(new CreatioSimulatorOptions(), TimeProvider.System);
}
