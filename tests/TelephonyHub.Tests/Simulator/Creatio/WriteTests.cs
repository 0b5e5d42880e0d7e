using System.Net;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class WriteTests
{
    private const string Missing = "0c000000-0000-4000-8000-0000000000ff";

    [Fact]
    public async Task Post_Contact_AnswersTheVendorsSample()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = new Guid("5d2a6a6e-1111-4222-8333-444455556666");

        using var response = await site.PostAsync("Contact", new { Id = id, Name = "John Best", MobilePhone = "+79991234567" });

        response.StatusCode.Should().Be(HttpStatusCode.Created);
        response.Headers.Location.Should().Be(new Uri($"{site.Root}/odata/Contact({id})"));
        var row = (await response.JsonAsync()).RootElement;
        row.GetProperty("@odata.context").GetString().Should().EndWith("$metadata#Contact/$entity");
        row.GetProperty("Id").GetGuid().Should().Be(id);
        row.GetProperty("Surname").GetString().Should().Be("Best");
        row.GetProperty("GivenName").GetString().Should().Be("John");
        row.GetProperty("Confirmed").GetBoolean().Should().BeTrue();
        row.GetProperty("OwnerId").GetGuid().Should().Be(site.Store.ApiUser.ContactId, "the default owner is the API user's contact");
        row.GetProperty("CreatedById").GetGuid().Should().Be(site.Store.ApiUser.ContactId);
        row.GetProperty("CreatedOn").GetString().Should().Be("2026-01-10T09:00:00Z");
        row.GetProperty("LanguageId").GetGuid().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Post_OwnerGiven_WinsOverDefault()
    {
        await using var site = await CrmSite.SignedInAsync();
        var manager = site.Store.AddUser("Manager One", "m1");

        var id = await site.CreateAsync("Contact", new { Name = "John Best", OwnerId = manager.ContactId });

        site.Store.Get("Contact", id).Ref("OwnerId").Should().Be(manager.ContactId);
    }

    [Fact]
    public async Task Post_DuplicateId_Is500AndChangesNothing()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Contact", new { Name = "John Best" });

        using var response = await site.PostAsync("Contact", new { Id = id, Name = "Other", MobilePhone = "+79991234567" });

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.ErrorAsync()).Should().Contain("Cannot insert duplicate key").And.Contain(id.ToString());
        site.Store.Get("Contact", id).Text("Name").Should().Be("John Best");
        site.Store.By("ContactCommunication", "ContactId", id).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Contact", """{"MobilePhone":"1"}""", 500, "Name")]
    [InlineData("Contact", """{"Name":""}""", 500, "Name")]
    [InlineData("Contact", """{"Name":null}""", 500, "Name")]
    [InlineData("ContactCommunication", """{"Number":"1","CommunicationTypeId":"d4a2dc80-30ca-df11-9b2a-001d60e938c6"}""", 500, "ContactId")]
    [InlineData("Opportunity", """{"Title":"x","StageId":"00000000-0000-0000-0000-000000000000"}""", 500, "StageId")]
    [InlineData("Contact", """{"Name":"x","Nam":"y"}""", 400, "'Nam'")]
    [InlineData("Contact", """{"Name":5}""", 400, "'Edm.String'")]
    [InlineData("Contact", """{"Name":"x","OwnerId":"not a guid"}""", 400, "'Edm.Guid'")]
    [InlineData("Contact", """{"Name":"x","Age":"5"}""", 400, "'Edm.Int32'")]
    [InlineData("Contact", """{"Name":"x","Age":5.5}""", 400, "'Edm.Int32'")]
    [InlineData("Contact", """{"Name":"x","DoNotUseCall":"true"}""", 400, "'Edm.Boolean'")]
    [InlineData("Contact", """{"Name":"x","BirthDate":"10.01.2026"}""", 400, "'Edm.DateTimeOffset'")]
    [InlineData("Call", """{"StartDate":"2026-01-10T09:00:00"}""", 400, "'Edm.DateTimeOffset'")]
    [InlineData("CallFile", """{"Name":"x","Data":"AAAA"}""", 400, "'Edm.Stream'")]
    [InlineData("Contact", """{"Name":"x","Owner":"0c000000-0000-4000-8000-0000000000a1"}""", 400, "'Owner'")]
    [InlineData("Contact", """{"Name":"x","OwnerId":"0c000000-0000-4000-8000-0000000000ff"}""", 500, "FOREIGN KEY constraint \"FKContactOwnerId\"")]
    [InlineData("Activity", """{"Title":"x","StatusId":"0c000000-0000-4000-8000-0000000000ff"}""", 500, "FOREIGN KEY")]
    [InlineData("Reminding", """{"SysEntitySchemaId":"0c000000-0000-4000-8000-0000000000ff"}""", 500, "FOREIGN KEY")]
    [InlineData("Contact", "[]", 400, "JSON object")]
    [InlineData("Contact", "{", 400, "not valid JSON")]
    public async Task Post_BadBody_IsRefused(string entity, string body, int status, string message)
    {
        await using var site = await CrmSite.SignedInAsync();
        var before = site.Store.Count(entity);

        using var response = await site.SendAsync(HttpMethod.Post, "/odata/" + entity, body);

        ((int)response.StatusCode).Should().Be(status);
        (await response.ErrorAsync()).Should().Contain(message);
        site.Store.Count(entity).Should().Be(before);
    }

    [Theory]
    [InlineData("CallFile", "Name", 250)]
    [InlineData("Activity", "Title", 500)]
    [InlineData("Order", "ContactNumber", 50)]
    public async Task Post_TextLongerThanItsColumn_Is500(string entity, string column, int size)
    {
        await using var site = await CrmSite.SignedInAsync();

        using var fits = await site.PostAsync(entity, new Dictionary<string, object>(StringComparer.Ordinal) { [column] = new string('x', size) });
        using var tooLong = await site.PostAsync(entity, new Dictionary<string, object>(StringComparer.Ordinal) { [column] = new string('x', size + 1) });

        fits.StatusCode.Should().Be(HttpStatusCode.Created);
        tooLong.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await tooLong.ErrorAsync()).Should().Contain("truncated").And.Contain(column);
    }

    [Fact]
    public async Task Post_NestedLookupObject_IsSilentlyIgnored()
    {
        await using var site = await CrmSite.SignedInAsync();
        var manager = site.Store.AddUser("Manager One", "m1");

        var id = await site.CreateAsync("Contact", new { Name = "John Best", Owner = new { Id = manager.ContactId } });

        site.Store.Get("Contact", id).Ref("OwnerId").Should().Be(site.Store.ApiUser.ContactId);
    }

    [Fact]
    public async Task Post_DecimalAsText_IsRead()
    {
        await using var site = await CrmSite.SignedInAsync();

        var id = await site.CreateAsync("Opportunity", new { Title = "Deal", Budget = "12.50" });

        site.Store.Get("Opportunity", id)["Budget"].Should().Be(12.5m);
    }

    [Fact]
    public async Task Post_ZeroGuid_LeavesTheLookupEmpty()
    {
        await using var site = await CrmSite.SignedInAsync();

        var id = await site.CreateAsync("Contact", new { Name = "John Best", OwnerId = Guid.Empty });

        site.Store.Get("Contact", id).Ref("OwnerId").Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_CreatedBy_IsHonouredAsSwitched(bool honoured)
    {
        await using var site = await CrmSite.SignedInAsync(options => options.HonourCreatedBy = honoured);
        var manager = site.Store.AddUser("Manager One", "m1");

        var id = await site.CreateAsync("Call", new { Caption = "Call", CreatedById = manager.ContactId });

        site.Store.Get("Call", id).Ref("CreatedById").Should().Be(honoured ? manager.ContactId : site.Store.ApiUser.ContactId);
    }

    [Fact]
    public async Task Patch_ChangesTheGivenColumnsAndTheModificationTime()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Contact", new { Name = "John Best", JobTitle = "CEO" });
        site.Clock.Advance(TimeSpan.FromMinutes(1));

        using var response = await site.PatchAsync($"Contact({id})", new { JobTitle = "CTO" });

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        var row = site.Store.Get("Contact", id);
        row.Text("JobTitle").Should().Be("CTO");
        row.Text("Name").Should().Be("John Best");
        row.Time("ModifiedOn").Should().Be(CrmSite.Start.AddMinutes(1));
        row.Time("CreatedOn").Should().Be(CrmSite.Start);
        (await site.FilterAsync("Contact", "ModifiedOn ge 2026-01-10T09:01:00Z")).Should().Equal(id);
    }

    [Theory]
    [InlineData("""{"Name":""}""", 500)]
    [InlineData("""{"Nam":"x"}""", 400)]
    [InlineData("""{"OwnerId":"0c000000-0000-4000-8000-0000000000ff"}""", 500)]
    public async Task Patch_BadBody_IsRefused(string body, int status)
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Contact", new { Name = "John Best" });

        using var response = await site.SendAsync(HttpMethod.Patch, $"/odata/Contact({id})", body);

        ((int)response.StatusCode).Should().Be(status);
        site.Store.Get("Contact", id).Text("Name").Should().Be("John Best");
    }

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    public async Task Patch_MissingRow_AnswersAsSwitchedAndCreatesNothing(int status)
    {
        await using var site = await CrmSite.SignedInAsync(options => options.PatchMissing = status);

        using var response = await site.PatchAsync($"Contact({Missing})", new { Name = "x" });

        ((int)response.StatusCode).Should().Be(status);
        site.Store.Find("Contact", Guid.Parse(Missing)).Should().BeNull();
    }

    [Fact]
    public async Task Delete_RemovesRowAndDetails_AndEmptiesLookupsToIt()
    {
        await using var site = await CrmSite.SignedInAsync();
        var contact = site.Store.AddContact("John Best", null, null, "+79991234567");
        var call = site.Store.Add("Call", ("Caption", "Call"), ("ContactId", contact));

        using var response = await site.DeleteAsync($"Contact({contact})");
        using var again = await site.DeleteAsync($"Contact({contact})");

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        again.StatusCode.Should().Be(HttpStatusCode.NotFound);
        site.Store.By("ContactCommunication", "ContactId", contact).Should().BeEmpty();
        site.Store.Get("Call", call).Ref("ContactId").Should().BeNull();
    }

    [Theory]
    [InlineData("PUT", "Contact(0c000000-0000-4000-8000-0000000000a1)")]
    [InlineData("DELETE", "Contact")]
    [InlineData("POST", "Contact(0c000000-0000-4000-8000-0000000000a1)")]
    public async Task WrongMethod_Is405(string method, string path)
    {
        await using var site = await CrmSite.SignedInAsync();

        (await site.SendAsync(new HttpMethod(method), "/odata/" + path, "{}")).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Stream_PutGetDelete_KeepsTheBytes()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("CallFile", new { Name = "call.mp3" });

        using var put = await site.SendAsync(HttpMethod.Put, $"/odata/CallFile({id})/Data", "sound", contentType: "application/octet-stream");
        using var get = await site.GetAsync($"CallFile({id})/Data");
        using var notStream = await site.SendAsync(HttpMethod.Put, $"/odata/CallFile({id})/Name", "sound", contentType: "application/octet-stream");

        put.StatusCode.Should().Be(HttpStatusCode.OK);
        (await get.Content.ReadAsStringAsync()).Should().Be("sound");
        notStream.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Requests_Write_IsRecordedWithMethodEntityAndStatus()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.ClearJournal();

        var id = await site.CreateAsync("Contact", new { Name = "John Best" });
        await site.PatchAsync($"Contact({id})", new { Name = "John Worst" });

        site.Simulator.Requests.Select(request => (request.Kind, request.Status, request.Operations[0].Method, request.Operations[0].Entity, request.Operations[0].Key))
            .Should().Equal(
                (CrmRequestKind.ODataWrite, 201, "POST", "Contact", null),
                (CrmRequestKind.ODataWrite, 204, "PATCH", "Contact", id));
    }
}
