namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class SideEffectTests
{
    private static readonly Guid Mobile = new("d4a2dc80-30ca-df11-9b2a-001d60e938c6");
    private static readonly Guid Work = new("3dddb3cc-53ee-49c4-a71f-e9e257f59e49");
    private static readonly Guid Home = new("0da6a26b-d7bc-df11-b00f-001d60e938c6");
    private static readonly Guid Other = new("21c0d693-9a52-43fa-b7f1-c6d8b53975d4");
    private static readonly Guid Extension = new("e9d91e45-8d92-4e38-95a0-ef8aa28c9e7a");

    [Theory]
    [InlineData("+7 (999) 123-45-67", "76543219997")]
    [InlineData("8-999-123-45-67", "76543219998")]
    [InlineData("101", "101")]
    [InlineData("102", "201")]
    public async Task SearchNumber_OfAPhone_IsItsDigitsReversed(string number, string expected)
    {
        await using var site = await CrmSite.SignedInAsync();
        var contact = await site.CreateAsync("Contact", new { Name = "John Best" });

        var id = await site.CreateAsync(
            "ContactCommunication", new { ContactId = contact, Number = number, CommunicationTypeId = Extension, SearchNumber = "sent by the client" });

        site.Store.Get("ContactCommunication", id).Text("SearchNumber").Should().Be(expected);
    }

    [Fact]
    public async Task SearchNumber_OfAnEmail_IsLowerCase_AndFollowsChanges()
    {
        await using var site = await CrmSite.SignedInAsync();
        var contact = await site.CreateAsync("Contact", new { Name = "John Best", Email = "John@Example.COM" });
        var row = site.Store.By("ContactCommunication", "ContactId", contact).Single();

        await site.PatchAsync($"ContactCommunication({row.Id})", new { Number = "Other@Example.com" });

        row.Text("SearchNumber").Should().Be("john@example.com");
        site.Store.Get("ContactCommunication", row.Id).Text("SearchNumber").Should().Be("other@example.com");
    }

    [Fact]
    public async Task AccountSearchNumber_IsCutTo50()
    {
        await using var site = await CrmSite.SignedInAsync();
        var account = site.Store.AddAccount("Company", null, null, new string('1', 60));

        site.Store.By("AccountCommunication", "AccountId", account).Single().Text("SearchNumber").Should().HaveLength(50);
    }

    [Theory]
    [InlineData("MobilePhone", "d4a2dc80-30ca-df11-9b2a-001d60e938c6")]
    [InlineData("Phone", "3dddb3cc-53ee-49c4-a71f-e9e257f59e49")]
    [InlineData("HomePhone", "0da6a26b-d7bc-df11-b00f-001d60e938c6")]
    [InlineData("Email", "ee1c85c3-cfcb-df11-9b2a-001d60e938c6")]
    public async Task ContactColumn_Written_MakesChangesAndDeletesThePrimaryCommunication(string column, string type)
    {
        await using var site = await CrmSite.SignedInAsync();
        object Body(string value) => new Dictionary<string, object>(StringComparer.Ordinal) { ["Name"] = "John Best", [column] = value };

        var id = await site.CreateAsync("Contact", Body("first 1"));
        var made = site.Store.By("ContactCommunication", "ContactId", id).Should().ContainSingle().Subject;
        await site.PatchAsync($"Contact({id})", Body("second 2"));
        var changed = site.Store.By("ContactCommunication", "ContactId", id).Should().ContainSingle().Subject;
        await site.PatchAsync($"Contact({id})", Body(""));

        made.Ref("CommunicationTypeId").Should().Be(Guid.Parse(type));
        made.Text("Number").Should().Be("first 1");
        made.Flag("Primary").Should().BeTrue();
        changed.Id.Should().Be(made.Id);
        changed.Text("Number").Should().Be("second 2");
        site.Store.By("ContactCommunication", "ContactId", id).Should().BeEmpty();
    }

    [Fact]
    public async Task Communication_FirstOfItsType_BecomesPrimaryAndFillsTheColumn()
    {
        await using var site = await CrmSite.SignedInAsync();
        var contact = await site.CreateAsync("Contact", new { Name = "John Best" });

        var first = await CommunicateAsync(site, contact, "1", Mobile);
        var second = await CommunicateAsync(site, contact, "2", Mobile);
        var other = await CommunicateAsync(site, contact, "3", Other);

        site.Store.Get("Contact", contact).Text("MobilePhone").Should().Be("1");
        Primary(site, first).Should().BeTrue();
        Primary(site, second).Should().BeFalse();
        Primary(site, other).Should().BeTrue("it is the first of its own type");
    }

    [Fact]
    public async Task Communication_MadePrimary_TakesItFromTheOthersAndFillsTheColumn()
    {
        await using var site = await CrmSite.SignedInAsync();
        var contact = await site.CreateAsync("Contact", new { Name = "John Best", Phone = "1" });
        var second = await CommunicateAsync(site, contact, "2", Work);

        await site.PatchAsync($"ContactCommunication({second})", new { Primary = true });

        site.Store.Get("Contact", contact).Text("Phone").Should().Be("2");
        site.Store.By("ContactCommunication", "ContactId", contact).Where(row => row.Flag("Primary")).Select(row => row.Id).Should().Equal(second);
    }

    [Fact]
    public async Task PrimaryCommunication_DeletedOrRetyped_HandsOverToTheNext()
    {
        await using var site = await CrmSite.SignedInAsync();
        var contact = await site.CreateAsync("Contact", new { Name = "John Best" });
        var first = await CommunicateAsync(site, contact, "1", Mobile);
        var second = await CommunicateAsync(site, contact, "2", Mobile);

        await site.PatchAsync($"ContactCommunication({first})", new { CommunicationTypeId = Home });
        var afterRetyping = site.Store.Get("Contact", contact);
        await site.DeleteAsync($"ContactCommunication({second})");

        (afterRetyping.Text("MobilePhone"), afterRetyping.Text("HomePhone")).Should().Be(("2", "1"));
        site.Store.Get("Contact", contact).Text("MobilePhone").Should().BeEmpty();
    }

    [Theory]
    [InlineData("Phone", "6a3fb10c-67cc-df11-9b2a-001d60e938c6")]
    [InlineData("AdditionalPhone", "2b387201-67cc-df11-9b2a-001d60e938c6")]
    [InlineData("Fax", "9a7ab41b-67cc-df11-9b2a-001d60e938c6")]
    [InlineData("Web", "6a8ba927-67cc-df11-9b2a-001d60e938c6")]
    public async Task AccountColumn_AndCommunication_FollowEachOther(string column, string type)
    {
        await using var site = await CrmSite.SignedInAsync();

        var id = await site.CreateAsync("Account", new Dictionary<string, object>(StringComparer.Ordinal) { ["Name"] = "Company", [column] = "1" });
        var row = site.Store.By("AccountCommunication", "AccountId", id).Single();
        await site.PatchAsync($"AccountCommunication({row.Id})", new { Number = "2" });

        row.Ref("CommunicationTypeId").Should().Be(Guid.Parse(type));
        site.Store.Get("Account", id).Text(column).Should().Be("2");
    }

    [Theory]
    [InlineData("John Best", "John", "", "Best")]
    [InlineData("John Middle Best", "John", "Middle", "Best")]
    [InlineData("+79991234567", "+79991234567", "", "")]
    public async Task ContactName_SplitsIntoParts(string name, string given, string middle, string surname)
    {
        await using var site = await CrmSite.SignedInAsync();

        var row = site.Store.Get("Contact", await site.CreateAsync("Contact", new { Name = name }));

        (row.Text("GivenName"), row.Text("MiddleName"), row.Text("Surname")).Should().Be((given, middle, surname));
    }

    [Fact]
    public async Task ContactNameParts_Changed_MakeTheName()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Contact", new { Name = "John Best" });

        await site.PatchAsync($"Contact({id})", new { Surname = "Worst" });

        site.Store.Get("Contact", id).Text("Name").Should().Be("John Worst");
    }

    [Theory]
    [InlineData(false, "d790a45d-03ff-4ddb-9dea-8087722c582c")]
    [InlineData(true, "0198bb53-c5da-41a7-98ad-c92a61706867")]
    public async Task Lead_NewWithoutStage_GetsTheStageOfTheLifecycle(bool salesReady, string stage)
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Store.Settings["UseTheSalesReadyLeadLifecycle"] = salesReady;

        var id = await site.CreateAsync(
            "Lead", new { Contact = "John Best", Account = "Company", LeadTypeId = "84c42d58-10af-4a63-9ca7-845bab573daa" });

        var lead = site.Store.Get("Lead", id);
        lead.Ref("QualifyStatusId").Should().Be(Guid.Parse(stage));
        lead.Text("LeadName").Should().Be("Software / John Best, Company");
        lead.Ref("RegisterMethodId").Should().Be(new Guid("240ab9c6-4d7c-4688-b380-af44dd147d7a"));
    }

    [Fact]
    public async Task Lead_StageGiven_IsKept_AndNameFollowsChanges()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Lead", new { Contact = "John Best", QualifyStatusId = "7a90900b-53b5-4598-92b3-0aee90626c56" });

        await site.PatchAsync($"Lead({id})", new { Contact = "John Worst" });

        site.Store.Get("Lead", id).Ref("QualifyStatusId").Should().Be(new Guid("7a90900b-53b5-4598-92b3-0aee90626c56"));
        site.Store.Get("Lead", id).Text("LeadName").Should().Be("John Worst");
    }

    [Fact]
    public async Task Order_NumberAndStatuses_AreFilled()
    {
        await using var site = await CrmSite.SignedInAsync();

        var first = site.Store.Get("Order", await site.CreateAsync("Order", new { }));
        var second = site.Store.Get("Order", await site.CreateAsync("Order", new { }));
        var own = site.Store.Get("Order", await site.CreateAsync("Order", new { Number = "X-7" }));

        (first.Text("Number"), second.Text("Number"), own.Text("Number")).Should().Be(("ORD-1", "ORD-2", "X-7"));
        first.Ref("StatusId").Should().Be(new Guid("1f3ad326-effd-4ac3-a3e2-957e7def3684"));
        first["CurrencyRate"].Should().Be(1m);
        first.Time("Date").Should().Be(CrmSite.Start);
    }

    [Fact]
    public async Task Opportunity_StageChanges_AreKeptAsHistory()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Opportunity", new { Title = "Deal" });
        site.Clock.Advance(TimeSpan.FromHours(1));

        await site.PatchAsync($"Opportunity({id})", new { StageId = "325f0619-0ee0-df11-971b-001d60e938c6" });
        await site.PatchAsync($"Opportunity({id})", new { Title = "Same stage" });

        var history = site.Store.By("OpportunityInStage", "OpportunityId", id).OrderBy(row => row.Time("StartDate")).ToArray();
        history.Select(row => row.Ref("StageId")).Should().Equal(
            new Guid("c2067b11-0ee0-df11-971b-001d60e938c6"), new Guid("325f0619-0ee0-df11-971b-001d60e938c6"));
        history.Select(row => row.Flag("Historical")).Should().Equal(true, false);
        history[0].Time("DueDate").Should().Be(CrmSite.Start.AddHours(1));
    }

    [Fact]
    public async Task OpportunityContact_MainContact_IsOnlyOne()
    {
        await using var site = await CrmSite.SignedInAsync();
        var deal = site.Store.AddOpportunity("Deal");
        var first = await site.CreateAsync(
            "OpportunityContact", new { OpportunityId = deal, ContactId = site.Store.AddContact("One"), IsMainContact = true });

        var second = await site.CreateAsync(
            "OpportunityContact", new { OpportunityId = deal, ContactId = site.Store.AddContact("Two"), IsMainContact = true });

        site.Store.Get("OpportunityContact", first).Flag("IsMainContact").Should().BeFalse();
        site.Store.Get("OpportunityContact", second).Flag("IsMainContact").Should().BeTrue();
    }

    private static Task<Guid> CommunicateAsync(CrmSite site, Guid contact, string number, Guid type) =>
        site.CreateAsync("ContactCommunication", new { ContactId = contact, Number = number, CommunicationTypeId = type });

    private static bool Primary(CrmSite site, Guid id) => site.Store.Get("ContactCommunication", id).Flag("Primary");
}
