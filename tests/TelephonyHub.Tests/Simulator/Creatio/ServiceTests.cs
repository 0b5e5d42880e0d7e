using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class ServiceTests
{
    [Fact]
    public async Task Notify_CountsOnlyUsersWithAnOpenBrowser()
    {
        await using var site = await CrmSite.SignedInAsync();
        var here = site.Store.AddUser("Manager One", "m1");
        var away = site.Store.AddUser("Manager Two", "m2");
        var inactive = site.Store.AddUser("Manager Three", "m3", active: false);
        site.Simulator.DisconnectBrowser(away.UserId);

        var answer = await NotifyAsync(site, here.UserId, away.UserId, inactive.UserId, here.ContactId);

        answer.GetRawText().Should().Be("""{"delivered":1,"running":true}""");
        site.Simulator.Popups.Select(popup => (popup.Source, popup.UserId, popup.Payload))
            .Should().Equal((PopupSource.Notify, here.UserId, """{"event":"ringing"}"""));
        site.Simulator.Requests[^1].Kind.Should().Be(CrmRequestKind.Notify);
    }

    [Fact]
    public async Task Notify_BrowsersClosedByDefault_DeliversAfterConnecting()
    {
        await using var site = await CrmSite.SignedInAsync(options => options.BrowsersConnected = false);
        var manager = site.Store.AddUser("Manager One", "m1");

        var before = await NotifyAsync(site, manager.UserId);
        site.Simulator.ConnectBrowser(manager.UserId);
        var after = await NotifyAsync(site, manager.UserId);

        before.GetProperty("delivered").GetInt32().Should().Be(0);
        after.GetProperty("delivered").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Notify_PackageNotInstalled_Is404()
    {
        await using var site = await CrmSite.SignedInAsync(options => options.PackageInstalled = false);

        using var response = await site.SendAsync(HttpMethod.Post, "/rest/UsrTelephonyHubService/Notify", """{"userIds":[],"payload":"{}"}""");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"userIds":["nobody"],"payload":"{}"}""")]
    [InlineData("nonsense")]
    public async Task Notify_BadBody_Is400(string body)
    {
        await using var site = await CrmSite.SignedInAsync();

        (await site.SendAsync(HttpMethod.Post, "/rest/UsrTelephonyHubService/Notify", body)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task UploadFile_InChunks_ReadsBackByNameAndUId()
    {
        await using var site = await CrmSite.SignedInAsync();
        var call = site.Store.Add("Call", ("Caption", "Call"));
        var file = new Guid("44444444-0000-4000-8000-000000000001");

        (await UploadAsync(site, file, call, "abc", 0, 5)).GetProperty("success").GetBoolean().Should().BeTrue();
        (await UploadAsync(site, file, call, "de", 3, 5)).GetProperty("success").GetBoolean().Should().BeTrue();
        using var byName = await site.SendAsync(HttpMethod.Get, $"/rest/FileService/Download/CallFile/{file}");
        using var byUId = await site.SendAsync(HttpMethod.Get, $"/rest/FileService/GetFile/5956808f-648a-428e-be89-f2dd71f98166/{file}");

        (await byName.Content.ReadAsStringAsync()).Should().Be("abcde");
        (await byUId.Content.ReadAsStringAsync()).Should().Be("abcde");
        var row = site.Store.Get("CallFile", file);
        (row.Ref("CallId"), row.Text("Name"), row.Int("Size")).Should().Be((call, "call.mp3", 5));
    }

    [Fact]
    public async Task UploadFile_TooLargeOrWithAGap_IsRefused()
    {
        await using var site = await CrmSite.SignedInAsync(options => options.MaxFileSize = 4);
        var call = site.Store.Add("Call", ("Caption", "Call"));
        var file = new Guid("44444444-0000-4000-8000-000000000001");

        (await UploadAsync(site, file, call, "abcde", 0, 5)).GetProperty("success").GetBoolean().Should().BeFalse();
        (await UploadAsync(site, file, call, "cd", 2, 4)).GetProperty("success").GetBoolean().Should().BeFalse();
        site.Store.Count("CallFile").Should().Be(0);
    }

    [Fact]
    public async Task Download_Missing_Is404()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.SendAsync(HttpMethod.Get, "/rest/FileService/Download/CallFile/44444444-0000-4000-8000-000000000001");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task RunProcess_Known_IsRecorded()
    {
        await using var site = await CrmSite.SignedInAsync(options => options.KnownProcesses = ["UsrAfterCall"]);

        using var response = await site.SendAsync(
            HttpMethod.Post,
            "/ServiceModel/ProcessEngineService.svc/RunProcess",
            """{"schemaName":"UsrAfterCall","parameterValues":[{"name":"Phone","value":"+7999"}]}""");

        (await response.JsonAsync()).RootElement.GetProperty("success").GetBoolean().Should().BeTrue();
        var run = site.Simulator.ProcessRuns.Should().ContainSingle().Subject;
        run.SchemaName.Should().Be("UsrAfterCall");
        run.Parameters.Should().Contain("Phone", "+7999");
    }

    [Fact]
    public async Task RunProcess_Unknown_FailsInTheBody()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.SendAsync(HttpMethod.Post, "/ServiceModel/ProcessEngineService.svc/RunProcess", """{"schemaName":"Nothing"}""");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.JsonAsync()).RootElement.GetProperty("success").GetBoolean().Should().BeFalse();
        site.Simulator.ProcessRuns.Should().BeEmpty();
    }

    [Fact]
    public async Task SelectQuery_OfTheReference_FindsTheCallerAndHisOwner()
    {
        await using var site = await CrmSite.SignedInAsync();
        var manager = site.Store.AddUser("Manager One", "m1");
        var client = site.Store.AddContact("Ivan Petrov", manager.ContactId, null, "79991234567");

        var answer = await SelectAsync(site, """
            {"rootSchemaName":"ContactCommunication","operationType":0,"rowCount":20,"allColumns":false,
             "columns":{"items":{
               "Number":{"expression":{"expressionType":0,"columnPath":"Number"}},
               "Contact":{"expression":{"expressionType":0,"columnPath":"Contact"}},
               "Owner":{"expression":{"expressionType":0,"columnPath":"Contact.Owner"}}}},
             "filters":{"filterType":6,"logicalOperation":0,"isEnabled":true,"items":{
               "num":{"filterType":1,"comparisonType":9,"isEnabled":true,
                 "leftExpression":{"expressionType":0,"columnPath":"SearchNumber"},
                 "rightExpression":{"expressionType":2,"parameter":{"dataValueType":1,"value":"7654321999"}}}}}}
            """);

        answer.GetProperty("success").GetBoolean().Should().BeTrue();
        var row = answer.GetProperty("rows").EnumerateArray().Should().ContainSingle().Subject;
        row.GetProperty("Number").GetString().Should().Be("79991234567");
        row.GetProperty("Contact").GetProperty("value").GetGuid().Should().Be(client);
        row.GetProperty("Owner").GetProperty("displayValue").GetString().Should().Be("Manager One");
    }

    [Theory]
    [InlineData("""{"filterType":1,"comparisonType":3,"leftExpression":{"columnPath":"Owner"},"rightExpression":{"parameter":{"value":"OWNER"}}}""", 1)]
    [InlineData("""{"filterType":1,"comparisonType":11,"leftExpression":{"columnPath":"Owner.Name"},"rightExpression":{"parameter":{"value":"One"}}}""", 1)]
    [InlineData("""{"filterType":2,"comparisonType":1,"leftExpression":{"columnPath":"Account"}}""", 1)]
    [InlineData("""{"filterType":2,"comparisonType":2,"leftExpression":{"columnPath":"Account"}}""", 0)]
    [InlineData("""{"filterType":4,"leftExpression":{"columnPath":"Name"},"rightExpressions":[{"parameter":{"value":"Ivan Petrov"}},{"parameter":{"value":"x"}}]}""", 1)]
    [InlineData("""{"filterType":1,"comparisonType":8,"leftExpression":{"columnPath":"CreatedOn"},"rightExpression":{"parameter":{"value":"\"2026-01-10T09:00:00.000\""}}}""", 1)]
    [InlineData("""{"filterType":1,"comparisonType":7,"leftExpression":{"columnPath":"CreatedOn"},"rightExpression":{"parameter":{"value":"2026-01-10T09:00:00Z"}}}""", 0)]
    public async Task SelectQuery_Filter_Matches(string filter, int expected)
    {
        await using var site = await CrmSite.SignedInAsync();
        var manager = site.Store.AddUser("Manager One", "m1");
        site.Store.AddContact("Ivan Petrov", manager.ContactId);
        var only = """{"filterType":1,"comparisonType":3,"leftExpression":{"columnPath":"Name"},"rightExpression":{"parameter":{"value":"Ivan Petrov"}}}""";

        var tested = filter.Replace("OWNER", manager.ContactId.ToString(), StringComparison.Ordinal);

        var answer = await SelectAsync(
            site,
            """{"rootSchemaName":"Contact","columns":{"items":{}},"filters":{"filterType":6,"logicalOperation":0,"items":{"a":"""
            + only + ",\"b\":" + tested + "}}}");

        answer.GetProperty("rows").GetArrayLength().Should().Be(expected);
    }

    [Theory]
    [InlineData("""{"rootSchemaName":"Contacts"}""")]
    [InlineData("""{"rootSchemaName":"Contact","columns":{"items":{"X":{"expression":{"columnPath":"ContactX"}}}}}""")]
    public async Task SelectQuery_Unknown_Is200WithoutSuccess(string query)
    {
        await using var site = await CrmSite.SignedInAsync();

        var answer = await SelectAsync(site, query);

        answer.GetProperty("success").GetBoolean().Should().BeFalse();
        answer.GetProperty("responseStatus").GetProperty("Message").GetString().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("sysSettingsNameCollection")]
    [InlineData("SysSettingsNameCollection")]
    public async Task QuerySysSettings_GivesTheAskedOnes(string name)
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.SendAsync(
            HttpMethod.Post, "/DataService/json/SyncReply/QuerySysSettings", $$"""{"{{name}}":["SearchNumberLength","Nothing"]}""");

        var values = (await response.JsonAsync()).RootElement.GetProperty("values");
        values.GetProperty("SearchNumberLength").GetProperty("value").GetInt32().Should().Be(7);
        values.TryGetProperty("Nothing", out _).Should().BeFalse();
    }

    [Fact]
    public async Task CurrentUser_IsTheApiUser()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.SendAsync(HttpMethod.Post, "/ServiceModel/UserInfoService.svc/GetCurrentUserInfo", "");

        var user = (await response.JsonAsync()).RootElement;
        user.GetProperty("userId").GetGuid().Should().Be(site.Store.ApiUser.UserId);
        user.GetProperty("contactId").GetGuid().Should().Be(site.Store.ApiUser.ContactId);
    }

    [Fact]
    public async Task UnknownService_Is404()
    {
        await using var site = await CrmSite.SignedInAsync();

        (await site.SendAsync(HttpMethod.Post, "/rest/Nothing/Here", "{}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task DeepLink_ShowsTheRecord()
    {
        await using var site = await CrmSite.StartedAsync();
        var id = site.Store.AddContact("<Ivan>");

        using var page = await site.SendAsync(HttpMethod.Get, $"{site.Simulator.BaseUrl}Navigation/Navigation.aspx?schemaName=Contact&recordId={id}");

        page.StatusCode.Should().Be(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).Should().Contain("<h1>&lt;Ivan&gt;</h1>");
    }

    private static async Task<JsonElement> NotifyAsync(CrmSite site, params Guid[] users)
    {
        var body = JsonSerializer.Serialize(new { userIds = users, payload = """{"event":"ringing"}""" });
        using var response = await site.SendAsync(HttpMethod.Post, "/rest/UsrTelephonyHubService/Notify", body);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return (await response.JsonAsync()).RootElement;
    }

    private static async Task<JsonElement> SelectAsync(CrmSite site, string query)
    {
        using var response = await site.SendAsync(HttpMethod.Post, "/DataService/json/SyncReply/SelectQuery", query);
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).RootElement;
    }

    private static async Task<JsonElement> UploadAsync(CrmSite site, Guid file, Guid call, string chunk, int from, int total)
    {
        var url = $"/rest/FileApiService/UploadFile?totalFileLength={total}&fileId={file}&mimeType=audio%2Fmpeg&fileName=call.mp3&columnName=Data"
            + $"&parentColumnName=Call&parentColumnValue={call}&entitySchemaName=CallFile";
        using var response = await site.SendAsync(
            HttpMethod.Post,
            url,
            chunk,
            request => request.Content!.Headers.ContentRange = new ContentRangeHeaderValue(from, from + chunk.Length - 1, total),
            "application/octet-stream");
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return (await response.JsonAsync()).RootElement;
    }
}
