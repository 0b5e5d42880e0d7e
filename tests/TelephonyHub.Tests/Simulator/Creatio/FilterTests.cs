using System.Net;
using TelephonyHub.Simulator.Creatio;
using TelephonyHub.Simulator.Creatio.OData;

namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class FilterTests
{
    private static readonly Guid Ivan = new("11111111-0000-4000-8000-000000000001");
    private static readonly Guid Maria = new("11111111-0000-4000-8000-000000000002");
    private static readonly Guid Boss = new("11111111-0000-4000-8000-000000000003");
    private static readonly Guid Company = new("22222222-0000-4000-8000-000000000001");
    private const string Open = "33333333-0000-4000-8000-000000000001";
    private const string Won = "33333333-0000-4000-8000-000000000002";

    [Theory]
    [InlineData("Id eq 11111111-0000-4000-8000-000000000001", "Ivan")]
    [InlineData("Name eq 'Ivan O''Neil'", "Ivan")]
    [InlineData("Name ne 'Ivan O''Neil' and startswith(Name,'Maria')", "Maria")]
    [InlineData("startswith(Name,'Iv')", "Ivan")]
    [InlineData("contains(Name,'aria')", "Maria")]
    [InlineData("endswith(Name,'Neil')", "Ivan")]
    [InlineData("contains(Name,'Neil') eq true", "Ivan")]
    [InlineData("endswith(Name,'Neil') or endswith(Name,'Smith')", "Ivan,Maria")]
    [InlineData("(endswith(Name,'Neil') or endswith(Name,'Smith')) and not startswith(Name,'Maria')", "Ivan")]
    [InlineData("not (endswith(Name,'Neil') or startswith(Name,'Telephony') or startswith(Name,'Boss'))", "Maria")]
    [InlineData("Owner/Id eq 11111111-0000-4000-8000-000000000003", "Ivan")]
    [InlineData("Owner/Name eq 'Boss Big'", "Ivan")]
    [InlineData("Account/Owner/Id eq 11111111-0000-4000-8000-000000000002", "Ivan")]
    [InlineData("Account/Id ne null", "Ivan")]
    [InlineData("Account/Id eq null and startswith(Name,'Maria')", "Maria")]
    [InlineData("DoNotUseCall eq true", "Maria")]
    [InlineData("DoNotUseCall", "Maria")]
    [InlineData("DoNotUseCall eq false and startswith(Name,'I')", "Ivan")]
    [InlineData("Age gt 40", "Ivan")]
    [InlineData("Age ge 30 and Age le 41", "Ivan,Maria")]
    [InlineData("Age lt 41 and Age gt 0", "Maria")]
    [InlineData("BirthDate ge 1985-06-01T00:00:00Z", "Maria")]
    [InlineData("BirthDate lt 1985-06-01T03:00:00+03:00", "Ivan")]
    [InlineData("BirthDate eq 1984-01-02", "Ivan")]
    [InlineData("Email eq ''  and Age gt 0", "Ivan,Maria")]
    [InlineData("ModifiedOn ge 2026-01-10T09:00:00Z and startswith(Name,'Maria')", "Maria")]
    [InlineData("ModifiedOn gt 2026-01-10T09:00:00Z", "")]
    public async Task Contact_Filter_FindsRows(string filter, string expected)
    {
        await using var site = await SeededAsync();

        var found = await site.FilterAsync("Contact", filter);

        found.Should().BeEquivalentTo(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => name == "Ivan" ? Ivan : Maria));
    }

    [Theory]
    [InlineData("Contact/Id eq 11111111-0000-4000-8000-000000000001 and Stage/End eq false", Open)]
    [InlineData("Contact/Id eq 11111111-0000-4000-8000-000000000001 and Stage/End eq true", Won)]
    [InlineData("Stage/Name eq 'Closed won'", Won)]
    [InlineData("Stage/MaxProbability lt 50", Open)]
    [InlineData("Budget eq 12.5", Open)]
    [InlineData("Budget gt 12", Open)]
    [InlineData("CreatedOn ge 2026-01-01T00:00:00.1234567Z and Stage/Successful", Won)]
    public async Task Opportunity_Filter_FindsRows(string filter, string expected)
    {
        await using var site = await SeededAsync();

        (await site.FilterAsync("Opportunity", filter)).Should().Equal(Guid.Parse(expected));
    }

    [Theory]
    [InlineData("ContactId eq 11111111-0000-4000-8000-000000000001", "Column by path ContactId not found in schema Opportunity")]
    [InlineData("Title eq 'x' or StageId eq 11111111-0000-4000-8000-000000000001", "Column by path StageId not found in schema Opportunity")]
    [InlineData("Contact/OwnerId eq 11111111-0000-4000-8000-000000000001", "Column by path Contact.OwnerId not found in schema Opportunity")]
    public async Task LookupColumn_InFilter_Is500(string filter, string message)
    {
        await using var site = await SeededAsync();

        using var response = await site.GetAsync("Opportunity?$filter=" + Uri.EscapeDataString(filter));

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.JsonAsync()).RootElement.GetProperty("ExceptionMessage").GetString().Should().Contain(message);
    }

    [Theory]
    [InlineData("Id eq '11111111-0000-4000-8000-000000000001'", "incompatible types")]
    [InlineData("Owner/Id eq '11111111-0000-4000-8000-000000000001'", "'Edm.Guid' and 'Edm.String'")]
    [InlineData("BirthDate ge '2026-01-01T00:00:00Z'", "'Edm.DateTimeOffset' and 'Edm.String'")]
    [InlineData("Name eq 5", "'Edm.String' and 'Edm.Int32'")]
    [InlineData("Age eq 'x'", "incompatible types")]
    [InlineData("DoNotUseCall eq 1", "incompatible types")]
    [InlineData("Owner eq 11111111-0000-4000-8000-000000000001", "incompatible types")]
    [InlineData("Nam eq 'x'", "Could not find a property named 'Nam' on type 'Terrasoft.Configuration.OData.Contact'")]
    [InlineData("Account/Nam eq 'x'", "Could not find a property named 'Nam' on type 'Terrasoft.Configuration.OData.Account'")]
    [InlineData("Accounts/Name eq 'x'", "Could not find a property named 'Accounts'")]
    [InlineData("Name in ('a','b')", "Syntax error")]
    [InlineData("Name eq 'x", "unterminated")]
    [InlineData("(Name eq 'x'", "Syntax error")]
    [InlineData("Name eq 'x')", "Syntax error")]
    [InlineData("Name eq 'x' and", "Syntax error")]
    [InlineData("Name", "Syntax error")]
    [InlineData("Name like 'x'", "Syntax error")]
    [InlineData("Id eq guid'11111111-0000-4000-8000-000000000001'", "Syntax error")]
    [InlineData("BirthDate ge 2026-01-01T00:00:00", "Syntax error")]
    [InlineData("BirthDate ge 2026-01-01T00:00:00 03:00", "Syntax error")]
    [InlineData("tolower(Name) eq 'x'", "unknown function with name 'tolower'")]
    [InlineData("ContactCommunicationCollectionByContact/any(c:c/Number eq 'x')", "Syntax error")]
    [InlineData("contains(Age,'4')", "No function signature")]
    [InlineData("contains(Name,4)", "No function signature")]
    [InlineData("Name eq 'x' ; drop", "Syntax error")]
    public async Task BadFilter_Is400(string filter, string message)
    {
        await using var site = await SeededAsync();

        using var response = await site.GetAsync("Contact?$filter=" + Uri.EscapeDataString(filter));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
        (await response.ErrorAsync()).Should().Contain(message);
    }

    [Theory]
    [InlineData("8 (999) 123-45-67", "7654321999", true)]
    [InlineData("+7 999 123-45-67", "7654321999", true)]
    [InlineData("79991234567", "7654321999", true)]
    [InlineData("8 (999) 123-45-67 доб. 101", "7654321999", false)]
    [InlineData("+7 999 123-45-68", "7654321999", false)]
    public async Task SearchNumber_StartsWithReversedDigits_FindsTheSpelling(string typed, string reversed, bool found)
    {
        await using var site = await CrmSite.SignedInAsync();
        var contact = site.Store.AddContact("Client", null, null, typed);

        var json = await site.GetJsonAsync(
            $"ContactCommunication?$filter=startswith(SearchNumber,'{reversed}')&$select=Id,Number&$expand=Contact($select=Id,Name)&$top=20");

        json.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("Contact").GetProperty("Id").GetGuid())
            .Should().Equal(found ? [contact] : []);
    }

    [Theory]
    [InlineData("ContactCommunication", "startswith(SearchNumber,'76')")]
    [InlineData("ContactCommunication", "startswith(SearchNumber,'76') or startswith(SearchNumber,'12')")]
    [InlineData("ContactCommunication", "Primary eq true and SearchNumber eq '101'")]
    [InlineData("ContactCommunication", "Contact/Id eq 11111111-0000-4000-8000-000000000001")]
    [InlineData("Call", "IntegrationId eq 'Msk:1'")]
    [InlineData("Reminding", "SubjectId eq 11111111-0000-4000-8000-000000000001")]
    [InlineData("Contact", "Id eq 11111111-0000-4000-8000-000000000001 or Id eq 11111111-0000-4000-8000-000000000002")]
    [InlineData("Contact", "ModifiedOn ge 2026-01-10T09:00:00Z")]
    [InlineData("Call", "StartDate ge 2026-01-10T09:00:00Z and StartDate lt 2026-01-11T09:00:00Z")]
    public void Filter_OnIndexedColumn_NeedsNoScan(string entity, string filter)
    {
        var store = new CreatioStore(new CreatioSimulatorOptions(), TimeProvider.System);

        var node = FilterParser.Parse(store.Schema, store.Schema[entity], filter);

        node.Candidates(store.Table(entity)).Should().NotBeNull();
    }

    [Theory]
    [InlineData("not startswith(SearchNumber,'76')")]
    [InlineData("startswith(SearchNumber,'76') or contains(Number,'1')")]
    [InlineData("startswith(SearchNumber,'')")]
    [InlineData("SearchNumber ne '101'")]
    public void Filter_ThatNoIndexAnswers_Scans(string filter)
    {
        var store = new CreatioStore(new CreatioSimulatorOptions(), TimeProvider.System);

        var node = FilterParser.Parse(store.Schema, store.Schema["ContactCommunication"], filter);

        node.Candidates(store.Table("ContactCommunication")).Should().BeNull();
    }

    private static async Task<CrmSite> SeededAsync()
    {
        var site = await CrmSite.SignedInAsync();
        var store = site.Store;
        store.Add("Contact", ("Id", Boss), ("Name", "Boss Big"), ("OwnerId", null));
        store.Add("Contact", ("Id", Maria), ("Name", "Maria Smith"), ("DoNotUseCall", true), ("Age", 30), ("BirthDate", Day(1995)), ("OwnerId", null));
        store.Add("Account", ("Id", Company), ("Name", "Company"), ("OwnerId", Maria));
        store.Add(
            "Contact",
            ("Id", Ivan),
            ("Name", "Ivan O'Neil"),
            ("OwnerId", Boss),
            ("AccountId", Company),
            ("Age", 41),
            ("BirthDate", Day(1984)));
        store.Add("Opportunity", ("Id", Open), ("Title", "Open"), ("ContactId", Ivan), ("Budget", 12.5m));
        store.Add("Opportunity", ("Id", Won), ("Title", "Won"), ("ContactId", Ivan), ("StageId", "60d5310c-5be6-df11-971b-001d60e938c6"));
        return site;
    }

    private static DateTimeOffset Day(int year) => new(year, 1, 2, 0, 0, 0, TimeSpan.Zero);
}
