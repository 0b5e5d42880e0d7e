using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class ReadTests
{
    private const string Zero = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public async Task Single_UnsetValues_ComeInTheirEmptyForm()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Clock.Advance(TimeSpan.FromTicks(1_234_567));
        var id = site.Store.AddContact("John Best");

        var row = await site.GetJsonAsync($"Contact({id})");

        row.GetProperty("@odata.context").GetString().Should().Be(site.Root + "/odata/$metadata#Contact/$entity");
        row.GetProperty("OwnerId").GetString().Should().Be(Zero);
        row.GetProperty("AccountId").GetString().Should().Be(Zero);
        row.GetProperty("MobilePhone").GetString().Should().BeEmpty();
        row.GetProperty("BirthDate").GetString().Should().Be("0001-01-01T00:00:00Z");
        row.GetProperty("Age").GetInt32().Should().Be(0);
        row.GetProperty("DoNotUseCall").GetBoolean().Should().BeFalse();
        row.GetProperty("Confirmed").GetBoolean().Should().BeTrue();
        row.GetProperty("CreatedOn").GetString().Should().Be("2026-01-10T09:00:00.1234567Z");
        row.GetProperty("ContactPhoto@odata.mediaEditLink").GetString().Should().Be($"Contact({id})/ContactPhoto");
        row.TryGetProperty("ContactPhoto", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Single_Headers_AreODatas()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.GetAsync($"Contact({site.Store.ApiUser.ContactId})");

        response.Headers.GetValues("OData-Version").Should().Equal("4.0");
        response.Content.Headers.ContentType!.ToString().Should().Be("application/json; odata.metadata=minimal");
    }

    [Fact]
    public async Task Missing_Is404()
    {
        await using var site = await CrmSite.SignedInAsync();

        (await site.GetAsync("Contact(0c000000-0000-4000-8000-0000000000ff)")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task UnknownSet_Is404InTheThirdForm()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.GetAsync("Contacts?$top=1");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        var body = (await response.JsonAsync()).RootElement;
        body.GetProperty("Message").GetString().Should().StartWith("No HTTP resource was found that matches the request URI");
        body.GetProperty("MessageDetail").GetString().Should().Be("No type was found that matches the controller named 'Contacts'.");
    }

    [Theory]
    [InlineData("Contact('0c000000-0000-4000-8000-0000000000a1')")]
    [InlineData("Contact(5)")]
    public async Task Key_NotABareGuid_Is400(string path)
    {
        await using var site = await CrmSite.SignedInAsync();

        (await site.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SelectAndExpand_ShowOnlyWhatWasAsked()
    {
        await using var site = await CrmSite.SignedInAsync();
        var manager = site.Store.AddUser("Manager One", "m1");
        var id = site.Store.AddContact("Ivan Petrov", manager.ContactId);

        var json = await site.GetJsonAsync($"Contact?$filter=Id eq {id}&$select=Id,Name,OwnerId&$expand=Owner($select=Id,Name),Account($select=Id)&$count=true");

        json.GetProperty("@odata.context").GetString()
            .Should().Be(site.Root + "/odata/$metadata#Contact(Id,Name,OwnerId,Owner(Id,Name),Account(Id))");
        json.GetProperty("@odata.count").GetInt32().Should().Be(1);
        json.GetProperty("value").GetRawText().Should().Be(
            $$$"""[{"Id":"{{{id}}}","Name":"Ivan Petrov","OwnerId":"{{{manager.ContactId}}}","Owner":{"Id":"{{{manager.ContactId}}}","Name":"Manager One"},"Account":null}]""");
    }

    [Fact]
    public async Task Expand_Nested_FollowsLookups()
    {
        await using var site = await CrmSite.SignedInAsync();
        var manager = site.Store.AddUser("Manager One", "m1");
        site.Store.AddContact("Ivan Petrov", manager.ContactId, null, "+7 999 123-45-67");

        var json = await site.GetJsonAsync(
            "ContactCommunication?$filter=SearchNumber eq '76543219997'&$select=Number&$expand=Contact($select=Name;$expand=Owner($select=Name))");

        json.GetProperty("value")[0].GetProperty("Contact").GetProperty("Owner").GetProperty("Name").GetString().Should().Be("Manager One");
    }

    [Theory]
    [InlineData("Contact?$select=Id,Nam", HttpStatusCode.BadRequest)]
    [InlineData("Contact?$expand=Owne", HttpStatusCode.BadRequest)]
    [InlineData("Contact?$expand=Owner($select=Nam)", HttpStatusCode.BadRequest)]
    [InlineData("Contact?$expand=Owner($top=1)", HttpStatusCode.BadRequest)]
    [InlineData("Contact?$expand=ContactCommunicationCollectionByContact", HttpStatusCode.InternalServerError)]
    [InlineData("Contact?$orderby=Nam", HttpStatusCode.BadRequest)]
    [InlineData("Contact?$orderby=Name up", HttpStatusCode.BadRequest)]
    [InlineData("Contact?$top=-1", HttpStatusCode.BadRequest)]
    [InlineData("Contact?$skip=x", HttpStatusCode.BadRequest)]
    [InlineData("Contact?$count=maybe", HttpStatusCode.BadRequest)]
    [InlineData("Contact?$search=x", HttpStatusCode.BadRequest)]
    public async Task BadOption_IsRefused(string path, HttpStatusCode status)
    {
        await using var site = await CrmSite.SignedInAsync();

        (await site.GetAsync(path)).StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task OrderTopSkip_CutThePage()
    {
        await using var site = await CrmSite.SignedInAsync();
        foreach (var name in new[] { "C Test", "A Test", "D Test", "B Test" })
        {
            site.Store.AddContact(name);
        }

        var json = await site.GetJsonAsync("Contact?$filter=endswith(Name,'Test')&$orderby=Name desc&$top=2&$skip=1&$select=Name&$count=true");

        Names(json).Should().Equal("C Test", "B Test");
        json.GetProperty("@odata.count").GetInt32().Should().Be(4);
        json.TryGetProperty("@odata.nextLink", out _).Should().BeFalse();
    }

    [Fact]
    public async Task OrderBy_TwoKeysAndLookupPath_Sorts()
    {
        await using var site = await CrmSite.SignedInAsync();
        var a = site.Store.AddUser("A Manager", "a");
        var b = site.Store.AddUser("B Manager", "b");
        site.Store.AddContact("One Test", b.ContactId);
        site.Store.AddContact("Two Test", a.ContactId);
        site.Store.AddContact("Three Test", a.ContactId);

        var json = await site.GetJsonAsync("Contact?$filter=endswith(Name,'Test')&$orderby=Owner/Name asc,Name asc&$select=Name");

        Names(json).Should().Equal("Three Test", "Two Test", "One Test");
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("&$top=3", 3)]
    [InlineData("&$skip=1", 4)]
    public async Task MoreRowsThanTheCap_NextLinkLeadsThroughAll(string option, int expected)
    {
        await using var site = await CrmSite.SignedInAsync(options => options.PageCap = 2);
        for (var i = 1; i <= 5; i++)
        {
            site.Store.AddContact($"Contact {i}Test");
        }

        var names = new List<string>();
        var url = $"{site.Root}/odata/Contact?$filter=endswith(Name,'Test')&$orderby=Name&$select=Name{option}";
        while (url is not null)
        {
            using var response = await site.SendAsync(HttpMethod.Get, url);
            var json = (await response.JsonAsync()).RootElement;
            var page = Names(json);
            page.Count.Should().BeLessThanOrEqualTo(2);
            names.AddRange(page);
            url = json.TryGetProperty("@odata.nextLink", out var next) ? next.GetString() : null;
        }

        names.Should().HaveCount(expected).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task CountPath_GivesPlainNumber()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Store.AddContact("One Test");

        using var response = await site.GetAsync("Contact/$count?$filter=endswith(Name,'Test')");

        (await response.Content.ReadAsStringAsync()).Should().Be("1");
    }

    [Fact]
    public async Task PropertyAndValue_GiveOneColumn()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = site.Store.AddContact("Ivan Petrov", null, null, "+7 999 123-45-67");

        var json = await site.GetJsonAsync($"Contact({id})/MobilePhone");
        using var raw = await site.GetAsync($"Contact({id})/MobilePhone/$value");
        using var unknown = await site.GetAsync($"Contact({id})/Mobile");

        json.GetProperty("value").GetString().Should().Be("+7 999 123-45-67");
        json.GetProperty("@odata.context").GetString().Should().EndWith($"$metadata#Contact({id})/MobilePhone");
        (await raw.Content.ReadAsStringAsync()).Should().Be("+7 999 123-45-67");
        unknown.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Metadata_DescribesTypesColumnsAndLookups()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.GetAsync("$metadata");
        var edmx = XDocument.Parse(await response.Content.ReadAsStringAsync());
        XNamespace edm = "http://docs.oasis-open.org/odata/ns/edm";
        var contact = edmx.Descendants(edm + "EntityType").Single(type => type.Attribute("Name")!.Value == "Contact");

        string? Type(string property) => contact.Elements(edm + "Property").SingleOrDefault(p => p.Attribute("Name")!.Value == property)?.Attribute("Type")!.Value;
        Type("Id").Should().Be("Edm.Guid");
        Type("OwnerId").Should().Be("Edm.Guid");
        Type("BirthDate").Should().Be("Edm.DateTimeOffset");
        Type("Age").Should().Be("Edm.Int32");
        Type("ContactPhoto").Should().Be("Edm.Stream");
        Type("Owner").Should().BeNull();
        contact.Elements(edm + "NavigationProperty").Select(p => p.Attribute("Name")!.Value)
            .Should().Contain(["Owner", "ContactCommunicationCollectionByContact"]);
        edmx.Descendants(edm + "EntitySet").Select(set => set.Attribute("Name")!.Value).Should().Contain(["Contact", "Call", "FileLead", "VwSysAdminUnit"]);
    }

    [Fact]
    public async Task RemovedColumns_AreUnknownEverywhere()
    {
        await using var site = await CrmSite.SignedInAsync(options => options.RemovedColumns = ["SysAdminUnit.Phone", "Lead.Opportunity"]);

        (await site.GetAsync("SysAdminUnit?$select=Id,Phone")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await site.GetAsync("Lead?$filter=Opportunity/Id ne null")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var user = site.Store.AddUser("Manager One", "m1");
        (await site.FilterAsync("SysAdminUnit", $"Contact/Id eq {user.ContactId}")).Should().Equal(user.UserId);
        using var metadata = await site.GetAsync("$metadata");
        (await metadata.Content.ReadAsStringAsync()).Should().NotContain("\"LeadCollectionByOpportunity\"");
    }

    [Fact]
    public async Task ServiceDocument_ListsTheSets()
    {
        await using var site = await CrmSite.SignedInAsync();

        var json = await site.GetJsonAsync("");

        json.GetProperty("value").EnumerateArray().Select(set => set.GetProperty("name").GetString()).Should().Contain(["Contact", "Order"]);
    }

    [Theory]
    [InlineData("CallDirection", "1d96a65f-2131-4916-8825-2d142b1000b2", "Incoming")]
    [InlineData("OpportunityStage", "a9aafdfe-2242-4f42-8cd5-2ae3b9556d79", "Closed lost")]
    [InlineData("LeadRegisterMethod", "d08186b2-b670-4fdf-9596-7654017f9255", "Incoming call / email")]
    [InlineData("QualifyStatus", "d790a45d-03ff-4ddb-9dea-8087722c582c", "Qualification")]
    [InlineData("ActivityResult", "5f0704a8-1749-4f65-98d8-458e7563a23c", "No answer")]
    [InlineData("SysMsgLib", "fa5097af-c625-4e4a-a5f9-7ba0dd594066", "Virtual emulator")]
    [InlineData("ContactType", "60733efc-f36b-1410-a883-16d83cab0980", "Employee")]
    public async Task ShippedLookups_AreThere(string entity, string id, string name)
    {
        await using var site = await CrmSite.SignedInAsync();

        (await site.GetJsonAsync($"{entity}({id})")).GetProperty("Name").GetString().Should().Be(name);
    }

    [Fact]
    public async Task ManagerOfOwner_IsFoundByTheRecipe()
    {
        await using var site = await CrmSite.SignedInAsync();
        var active = site.Store.AddUser("Manager One", "m1");
        var inactive = site.Store.AddUser("Manager Two", "m2", active: false);

        string Filter(SimUser user) => $"Contact/Id eq {user.ContactId} and Active eq true and SysAdminUnitTypeValue eq 4";

        (await site.FilterAsync("SysAdminUnit", Filter(active))).Should().Equal(active.UserId);
        (await site.FilterAsync("SysAdminUnit", Filter(inactive))).Should().BeEmpty();
        (await site.FilterAsync("VwSysAdminUnit", $"Contact/Id eq {active.ContactId} and Active eq true")).Should().Equal(active.UserId);
    }

    private static List<string> Names(JsonElement json) =>
        [.. json.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("Name").GetString()!)];
}
