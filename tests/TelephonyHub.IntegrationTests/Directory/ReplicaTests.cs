using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Directory.Replica;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Sync;

namespace TelephonyHub.IntegrationTests.Directory;

public sealed class ReplicaOnSqlite() : ReplicaTests(DatabaseProvider.Sqlite);

public sealed class ReplicaOnPostgres() : ReplicaTests(DatabaseProvider.Postgres)
{
    [SkippableFact]
    public async Task Refresh_ByTwoHubs_OneAsksTheCrmAndTheOtherTakesWhatItWrote()
    {
        await using var world = await WorldAsync();
        var client = world.Crm.Store.AddContact("Клиент", world.Owner, null, Phone);
        var (one, two) = (await world.HubAsync(), await world.HubAsync());
        await one.RefreshAsync();
        var asked = world.Reads();

        await two.RefreshAsync();

        two.Find(Phone)!.ContactId.Should().Be(client);
        world.Reads().Should().Be(asked, "the first has just asked");

        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Crm.Store.Update("Contact", client, ("Name", "Клиент Новый"), ("OwnerId", world.OtherOwner));
        world.Crm.Store.AddContactNumber(client, "+79160000009");
        await one.RefreshAsync();
        asked = world.Reads();
        await two.RefreshAsync();

        world.Reads().Should().Be(asked);
        (two.Find(Phone)!.Name, two.Find(Phone)!.OwnerContactId, two.Find("+79160000009")!.ContactId).Should().Be(("Клиент Новый", world.OtherOwner, client));
    }

    [SkippableFact]
    public async Task Refresh_RowGoneFromTheCrm_IsGoneFromEveryHub()
    {
        await using var world = await WorldAsync();
        world.Crm.Store.AddContact("Клиент", world.Owner, null, Phone);
        var (one, two) = (await world.HubAsync(), await world.HubAsync());
        await one.RefreshAsync();
        await two.RefreshAsync();
        world.Crm.Store.Remove("ContactCommunication", world.Crm.Store.All("ContactCommunication").Single(c => c.Text("Number") == Phone).Id);

        world.Time.Advance(TimeSpan.FromHours(7));
        await one.RefreshAsync();
        await two.RefreshAsync();

        one.Find(Phone).Should().BeNull();
        two.Find(Phone).Should().BeNull();
    }
}

/// <summary>The replica of numbers: kept over restarts, shared by hubs, deletions noticed.</summary>
public abstract class ReplicaTests(DatabaseProvider provider)
{
    protected const string Phone = "+79160000001";

    [SkippableFact]
    public async Task Restart_WithTheCrmAway_ServesWhatWasKnown()
    {
        await using var world = await WorldAsync();
        var account = world.Crm.Store.AddAccount("Завод «Прокат»", world.Owner, null, "+74950000001");
        var client = world.Crm.Store.AddContact("Клиент Ёж ∑", world.Owner, account, Phone);
        await (await world.HubAsync()).RefreshAsync();
        await world.Crm.StopListeningAsync();

        var restarted = await world.HubAsync();
        await restarted.RestoreAsync();

        restarted.Find(Phone).Should().BeEquivalentTo(new { ContactId = client, AccountId = account, Name = "Клиент Ёж ∑", OwnerContactId = world.Owner });
        restarted.Find("+74950000001").Should().BeEquivalentTo(new { ContactId = (Guid?)null, AccountId = account, Name = "Завод «Прокат»", OwnerContactId = world.Owner });
    }

    [SkippableFact]
    public async Task Restart_ReadsOnlyWhatChangedSince()
    {
        await using var world = await WorldAsync();
        for (var i = 0; i < 30; i++)
        {
            world.Crm.Store.AddContact($"Клиент {i}", world.Owner, null, $"+7916000{i:D4}");
        }

        await (await world.HubAsync()).RefreshAsync();
        world.Time.Advance(TimeSpan.FromHours(1));
        world.Crm.Store.AddContact("Новый", world.Owner, null, "+79169999999");
        var restarted = await world.HubAsync();
        await restarted.RestoreAsync();
        await restarted.RefreshAsync();

        restarted.Count.Should().Be(31);
        world.Crm.Requests.Where(AsksForNumbers).Skip(2).Should().OnlyContain(r => r.PathAndQuery.Contains("ModifiedOn", StringComparison.Ordinal) && r.PathAndQuery.Contains("ge", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task SlowSweep_FindsWhatWasDeleted_AndARestartDoesNotBringItBack()
    {
        await using var world = await WorldAsync();
        world.Crm.Store.AddContact("Клиент", world.Owner, null, Phone, "+79160000002");
        var hub = await world.HubAsync();
        await hub.RefreshAsync();
        world.Crm.Store.Remove("ContactCommunication", world.Crm.Store.All("ContactCommunication").Single(c => c.Text("Number") == Phone).Id);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await hub.RefreshAsync();
        hub.Find(Phone).Should().NotBeNull("what is gone has no ModifiedOn");

        world.Time.Advance(TimeSpan.FromHours(7));
        await hub.RefreshAsync();
        var restarted = await world.HubAsync();
        await restarted.RestoreAsync();

        hub.Find(Phone).Should().BeNull();
        restarted.Find(Phone).Should().BeNull();
        restarted.Find("+79160000002").Should().NotBeNull();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RowsThatMoveBetweenPagesDuringTheSweep_AreNotTakenForDeleted(bool byDeletion)
    {
        await using var world = await WorldAsync(rowCap: 2);
        var numbers = Enumerable.Range(1, 5).Select(i => $"+7916000000{i}").ToList();
        foreach (var number in numbers)
        {
            world.Crm.Store.AddContact("Клиент", world.Owner, null, number);
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var hub = await world.HubAsync();
        await hub.RefreshAsync();
        world.Time.Advance(TimeSpan.FromHours(7));
        var first = world.Crm.Store.All("ContactCommunication").Where(c => numbers.Contains(c.Text("Number")!)).OrderBy(c => byDeletion ? c.Id.ToString() : c.Text("Number"), StringComparer.Ordinal).First();
        var moved = false;
        world.Crm.Faults.Add(new CrmFault.Delay(TimeSpan.Zero), times: null, r =>
        {
            // Between the first page and the second, which begins at a count of rows.
            if (!moved && r.Touches("ContactCommunication") && r.PathAndQuery.Contains("skiptoken", StringComparison.Ordinal))
            {
                moved = true;
                if (byDeletion)
                {
                    world.Crm.Store.Remove("ContactCommunication", first.Id);
                }
                else
                {
                    world.Crm.Store.Update("ContactCommunication", first.Id, ("Position", 1));
                }
            }

            return false;
        });
        await hub.RefreshAsync();

        moved.Should().BeTrue();
        var restarted = await world.HubAsync();
        await restarted.RestoreAsync();
        foreach (var number in numbers)
        {
            hub.Find(number).Should().NotBeNull("{0} was there when it was read or asked for; what was deleted then, the next sweep finds", number);
            restarted.Find(number).Should().NotBeNull(number);
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HubsClockIsAheadOfTheCrms_NoChangeIsMissed(bool emptyAtFirst)
    {
        await using var world = await WorldAsync(crmBehind: TimeSpan.FromMinutes(10));
        if (!emptyAtFirst)
        {
            world.Crm.Store.AddContact("Первый", world.Owner, null, "+79160000002");
        }

        var hub = await world.HubAsync();
        await hub.RefreshAsync();
        world.Advance(TimeSpan.FromMinutes(1));
        await hub.RefreshAsync();
        world.Advance(TimeSpan.FromMinutes(1));
        world.Crm.Store.AddContact("Новый", world.Owner, null, Phone);
        world.Advance(TimeSpan.FromSeconds(1));

        await hub.RefreshAsync();

        hub.Find(Phone).Should().NotBeNull("it is new by the CRM's clock");
    }

    [SkippableFact]
    public async Task ADateInTheFuture_DoesNotHideWhatChangesUntilThen()
    {
        await using var world = await WorldAsync(crmBehind: TimeSpan.FromDays(-400));
        world.Crm.Store.AddContact("Из загрузки", world.Owner, null, "+79160000002");
        var hub = await world.HubAsync();
        await hub.RefreshAsync();
        world.CrmTime.AdjustTime(world.Time.GetUtcNow());
        world.Advance(TimeSpan.FromMinutes(5));
        world.Crm.Store.AddContact("Новый", world.Owner, null, Phone);

        await hub.RefreshAsync();

        hub.Find(Phone).Should().NotBeNull();
    }

    [SkippableFact]
    public async Task ANumberThatLiveAnswersRemoved_DoesNotComeBackByARestart()
    {
        await using var world = await WorldAsync();
        world.Crm.Store.AddContact("Клиент", world.Owner, null, Phone);
        var hub = await world.HubAsync();
        await hub.RefreshAsync();
        hub.Directory.Clients.Replace(PhoneNumber.Parse(Phone), []);
        world.Crm.Store.Remove("ContactCommunication", world.Crm.Store.All("ContactCommunication").Single(c => c.Text("Number") == Phone).Id);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await hub.RefreshAsync();

        var restarted = await world.HubAsync();
        await restarted.RestoreAsync();

        restarted.Find(Phone).Should().BeNull();
    }

    [SkippableFact]
    public async Task AnotherCrm_NothingOfTheOldOneServes()
    {
        await using var world = await WorldAsync();
        world.Crm.Store.AddContact("Клиент", world.Owner, null, Phone);
        await (await world.HubAsync()).RefreshAsync();

        var moved = await world.HubAsync(s => s with { Creatio = s.Creatio with { BaseUrl = new Uri("http://another-crm.invalid") } });
        await moved.RestoreAsync();

        moved.Count.Should().Be(0);
        (await world.RowsAsync()).Should().Be(0);
    }

    [SkippableFact]
    public async Task WithoutDatabase_ItGoesOnInMemoryAndIsKeptLater()
    {
        await using var world = await WorldAsync();
        world.Crm.Store.AddContact("Клиент", world.Owner, null, Phone);
        var hub = await world.HubAsync(database: new HubDatabase(world.Storage.Settings));
        await hub.RefreshAsync();
        hub.Find(Phone).Should().NotBeNull();
        (await world.RowsAsync()).Should().Be(0);

        await using (var startup = world.Storage.Startup(hub.Database))
        {
            await startup.RunAsync();
        }

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await hub.RefreshAsync();

        (await world.RowsAsync()).Should().Be(1);
        await hub.Database.DisposeAsync();
    }

    [SkippableFact]
    public async Task NumbersThatAreNoPhones_AreNobodys()
    {
        await using var world = await WorldAsync();
        var client = world.Crm.Store.AddContact("Клиент", world.Owner);
        var ofOwnKind = world.Crm.Store.Add("CommunicationType", ("Name", "Табельный номер"));
        foreach (var (number, type) in new[] { ("+79160000011", CreatioIds.CommunicationType.Skype), ("+79160000012", ofOwnKind), ("+79160000013", CreatioIds.CommunicationType.HomePhone) })
        {
            world.Crm.Store.Add("ContactCommunication", ("ContactId", client), ("Number", number), ("CommunicationTypeId", type));
        }

        var hub = await world.HubAsync();
        await hub.RefreshAsync();

        hub.Find("+79160000011").Should().BeNull("a Skype name of digits is no phone");
        hub.Find("+79160000012").Should().BeNull("the CRM says which of its types are phones");
        hub.Find("+79160000013")!.ContactId.Should().Be(client);
    }

    [SkippableTheory]
    [InlineData(20_000)]
    [InlineData(25)]
    public async Task SwitchboardOnSixtyContacts_NoneIsLostByACall(int rowCap)
    {
        await using var world = await WorldAsync(rowCap);
        for (var i = 0; i < 60; i++)
        {
            world.Crm.Store.AddContact($"Сотрудник {i}", world.Owner, null, Phone);
        }

        var hub = await world.HubAsync();
        await hub.Directory.FindOrAskAsync(PhoneNumber.Parse(Phone), CancellationToken.None);
        hub.Directory.Clients.Find(PhoneNumber.Parse(Phone)).Should().HaveCount(60, "all are asked for");

        await hub.Resolver.ResolveAsync(PhoneNumber.Parse(Phone), DealEntity.Opportunity, CancellationToken.None);
        hub.Directory.Clients.Find(PhoneNumber.Parse(Phone)).Should().HaveCount(60, "nothing counts as gone that stands on a later page");
    }

    [SkippableFact]
    public async Task ClientWithTheOpenDeal_IsMeantAlsoAfterARestartAndOnAnotherHub()
    {
        await using var world = await WorldAsync();
        var dealing = world.Crm.Store.AddContact("С продажей", world.Owner, null, Phone);
        world.Crm.Store.AddOpportunity("Продажа", dealing, null, CreatioIds.OpportunityStage.Qualification, world.Owner);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Crm.Store.AddContact("Изменён позже", world.OtherOwner, null, Phone);
        var (one, two) = (await world.HubAsync(), await world.HubAsync());
        await one.RefreshAsync();
        await two.RefreshAsync();
        two.Find(Phone)!.ContactId.Should().NotBe(dealing, "nobody has asked for deals yet");

        await one.Resolver.ResolveAsync(PhoneNumber.Parse(Phone), DealEntity.Opportunity, CancellationToken.None);
        await two.RefreshAsync();
        var restarted = await world.HubAsync();
        await restarted.RestoreAsync();

        one.Find(Phone)!.ContactId.Should().Be(dealing);
        two.Find(Phone)!.ContactId.Should().Be(dealing);
        restarted.Find(Phone)!.ContactId.Should().Be(dealing);
    }

    [SkippableFact]
    public async Task WithoutADeal_TheLastCallDecides_NotABulkImport()
    {
        await using var world = await WorldAsync();
        var caller = world.Crm.Store.AddContact("Звонит каждую неделю", world.Owner, null, Phone);
        var imported = world.Crm.Store.AddContact("Из загрузки", world.OtherOwner, null, Phone);
        var hub = await world.HubAsync();
        await hub.Database.WriteAsync(
            async (context, ct) =>
            {
                context.Calls.Add(new CallRow
                {
                    Cabinet = "msk",
                    SessionId = 1,
                    ConversationId = "msk:1",
                    Direction = "in",
                    State = "answered",
                    Ended = true,
                    ClientPhone = Phone,
                    ContactId = caller,
                    StartedAt = world.Time.GetUtcNow(),
                    FirstSeenAt = world.Time.GetUtcNow(),
                    Data = "{}",
                });
                await context.SaveChangesAsync(ct);
            },
            CancellationToken.None);
        world.Time.Advance(TimeSpan.FromDays(1));
        world.Crm.Store.Update("ContactCommunication", world.Crm.Store.All("ContactCommunication").Single(c => c.Ref("ContactId") == imported).Id, ("Position", 1));

        await hub.RefreshAsync();
        hub.Find(Phone)!.ContactId.Should().Be(imported, "no call has asked yet");
        await hub.Resolver.ResolveAsync(PhoneNumber.Parse(Phone), DealEntity.Opportunity, CancellationToken.None);

        hub.Find(Phone)!.ContactId.Should().Be(caller);
    }

    [SkippableFact]
    public async Task ChoiceMade_WhileTheKeptOnesAreRead_Stays()
    {
        await using var world = await WorldAsync();
        Guid[] contacts = [world.Crm.Store.AddContact("Один", world.Owner, null, Phone), world.Crm.Store.AddContact("Другой", world.OtherOwner, null, Phone)];
        var (hub, number) = (await world.HubAsync(), PhoneNumber.Parse(Phone));
        await hub.RefreshAsync();

        for (var turn = 0; turn < 100; turn++)
        {
            var chosen = contacts[turn % 2];
            await Task.WhenAll(hub.Choices.RefreshAsync(CancellationToken.None), hub.Choices.DecideAsync(number, _ => chosen, CancellationToken.None));
            hub.Find(Phone)!.ContactId.Should().Be(chosen, "turn {0}", turn);
        }
    }

    protected async Task<World> WorldAsync(int rowCap = 20_000, TimeSpan crmBehind = default)
    {
        var storage = await StorageWorld.CreateAsync(provider);
        await storage.OpenAsync();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 10, 9, 0, 0, TimeSpan.Zero));
        var crmTime = crmBehind == default ? time : new FakeTimeProvider(time.GetUtcNow() - crmBehind);
        var crm = new CreatioSimulator(new CreatioSimulatorOptions { UserName = storage.Settings.Creatio.UserName!, Password = storage.Settings.Creatio.Password!, PageCap = rowCap }, crmTime);
        await crm.StartAsync(CancellationToken.None);
        return new World(storage, crm, time, crmTime);
    }

    private static bool AsksForNumbers(CrmRequest request) => request.Touches("ContactCommunication") || request.Touches("AccountCommunication");

    protected sealed class World(StorageWorld storage, CreatioSimulator crm, FakeTimeProvider time, FakeTimeProvider crmTime) : IAsyncDisposable
    {
        private readonly List<IDisposable> _disposables = [];

        public StorageWorld Storage => storage;

        public CreatioSimulator Crm => crm;

        public FakeTimeProvider Time => time;

        public FakeTimeProvider CrmTime => crmTime;

        public Guid Owner { get; } = crm.Store.AddUser("Иванова Анна", "anna").ContactId;

        public Guid OtherOwner { get; } = crm.Store.AddUser("Петров Борис", "boris").ContactId;

        /// <summary>Both clocks, where they differ.</summary>
        public void Advance(TimeSpan by)
        {
            time.Advance(by);
            crmTime.Advance(by);
        }

        /// <summary>A hub's directory on its own door to the database.</summary>
        public async Task<Hub> HubAsync(Func<HubSettings, HubSettings>? change = null, HubDatabase? database = null)
        {
            var settings = storage.Settings with { Creatio = storage.Settings.Creatio with { BaseUrl = crm.BaseUrl } };
            settings = change?.Invoke(settings) ?? settings;
            var http = new HttpClient(CreatioClient.CreateHandler());
            var client = new CreatioClient(http, settings.Creatio, time, NullLogger<CreatioClient>.Instance);
            _disposables.Add(client);
            var door = database ?? await storage.OpenAsync();
            var directory = new DirectoryService(client, settings, time);
            var alone = new Alone(door);
            _disposables.Add(alone);
            var columns = new CrmColumns(client, settings, new HealthRegister(), time, NullLogger<CrmColumns>.Instance);
            _disposables.Add(columns);
            var store = new ReplicaStore(door, new SnapshotStore(door, time));
            var choices = new ClientChoices(directory, store);
            _disposables.Add(choices);
            var replica = new ReplicaRefresher(client, directory, store, choices, door, alone, settings, time, NullLogger<ReplicaRefresher>.Instance);
            return new Hub(directory, door, replica, choices, new ClientResolver(client, directory, choices, columns, settings));
        }

        /// <summary>Questions about numbers that the CRM got.</summary>
        public int Reads() => crm.Requests.Count(AsksForNumbers);

        public async Task<int> RowsAsync()
        {
            await using var door = new HubDatabase(storage.Settings);
            await using var context = door.CreateContext();
            return await context.DirectoryNumbers.CountAsync(n => !n.Deleted);
        }

        public async ValueTask DisposeAsync()
        {
            _disposables.ForEach(c => c.Dispose());
            await crm.DisposeAsync();
            await storage.DisposeAsync();
        }
    }

    protected sealed class Hub
    {
        private readonly ReplicaRefresher _replica;

        internal Hub(DirectoryService directory, HubDatabase database, ReplicaRefresher replica, ClientChoices choices, ClientResolver resolver) =>
            (Directory, Database, _replica, Choices, Resolver) = (directory, database, replica, choices, resolver);

        internal ClientChoices Choices { get; }

        internal ClientResolver Resolver { get; }

        public DirectoryService Directory { get; }

        public HubDatabase Database { get; }

        public int Count => Directory.Clients.Count;

        public Task RestoreAsync() => _replica.RestoreAsync(CancellationToken.None);

        public Task RefreshAsync() => _replica.RefreshAsync(CancellationToken.None);

        public Client? Find(string phone) => Directory.Find(PhoneNumber.Parse(phone));
    }
}
