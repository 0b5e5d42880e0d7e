using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.IntegrationTests.Creatio;

public sealed class ReadAndWriteTests
{
    private static readonly Guid Id = new("5d2a6a6e-1111-4222-8333-444455556666");
    private static readonly JsonObject Values = new() { ["Id"] = Id.ToString(), ["Name"] = "Иван", ["MobilePhone"] = "+79991234567" };

    [Fact]
    public async Task Query_SampleOfReference14_IsRead()
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(
            200,
            """
            {"@odata.context":"https://crm.example.com/0/odata/$metadata#Contact(Id,Name,OwnerId,Owner(Id,Name))","@odata.count":1,
             "value":[{"Id":"0b2b2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d","Name":"Ivan Petrov","OwnerId":"aaaa2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d",
                       "Owner":{"Id":"aaaa2d1f-0c3a-4a35-9d4e-1f2f0a1b2c3d","Name":"Manager One"}}]}
            """));

        var rows = await crm.Client.QueryAsync(
            new ODataQuery("Contact").Where(ODataFilter.Equal("Name", "Ivan & +Petrov")).Selecting("Id", "Name").Expanding("Owner", "Id", "Name").Taking(20),
            CancellationToken.None);

        rows.Should().ContainSingle().Which.GetRow("Owner")!.GetText("Name").Should().Be("Manager One");
        var query = crm.Requests[^1].Query!;
        query["$filter"].ToString().Should().Be("Name eq 'Ivan & +Petrov'");
        string.Join(',', query["$expand"]).Should().Be("Owner($select=Id,Name)");
        query["$top"].ToString().Should().Be("20");
    }

    [Theory]
    [InlineData("{0}/0/odata/Contact?$skiptoken=2")]
    [InlineData("http://inner.example:8080/0/odata/Contact?$skiptoken=2")]
    [InlineData("Contact?$skiptoken=2")]
    public async Task QueryAll_NextLinkAbsoluteForeignOrRelative_IsFollowedOnTheSameHost(string form)
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/Contact", request => CreatioStub.Reply(
            200,
            request.Query?.ContainsKey("$skiptoken") == true
                ? """{"value":[{"Name":"b"}]}"""
                : $$"""{"value":[{"Name":"a"}],"@odata.nextLink":"{{form.Replace("{0}", crm.Server.Url, StringComparison.Ordinal)}}"}"""));

        var names = new List<string?>();
        await foreach (var row in crm.Client.QueryAllAsync(new ODataQuery("Contact"), CancellationToken.None))
        {
            names.Add(row.GetText("Name"));
        }

        names.Should().Equal("a", "b");
    }

    [Fact]
    public async Task QueryAll_NextLinkToItself_EndsWithAFailureAndNotNever()
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, """{"value":[{"Name":"a"}],"@odata.nextLink":"Contact"}"""));

        var act = async () =>
        {
            await foreach (var row in crm.Client.QueryAllAsync(new ODataQuery("Contact"), CancellationToken.None))
            {
                row.Should().NotBeNull();
            }
        };

        (await act.Should().ThrowAsync<CreatioException>()).Which.Failure.Should().Be(CreatioFailure.Permanent);
    }

    [Theory]
    [InlineData("1234")]
    [InlineData("\"1234\"")]
    public async Task Count_NumberOrText_IsRead(string count)
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/Call", _ => CreatioStub.Reply(200, $$"""{"@odata.count":{{count}},"value":[{}]}"""));

        (await crm.Client.CountAsync(new ODataQuery("Call"), CancellationToken.None)).Should().Be(1234);
    }

    [Fact]
    public async Task Find_RecordIsThere_IsRead()
    {
        using var crm = Stub();
        crm.On("GET", $"/0/odata/Call({Id})", _ => CreatioStub.Reply(200, $$"""{"@odata.context":"x","Id":"{{Id}}","TalkTime":"185"}"""));

        (await crm.Client.FindAsync("Call", Id, ["Id", "TalkTime"], CancellationToken.None))!.GetInt("TalkTime").Should().Be(185);
        string.Join(',', crm.Requests[^1].Query!["$select"]).Should().Be("Id,TalkTime");
    }

    [Fact]
    public async Task Find_404_IsNullAndNoLogLine()
    {
        using var crm = Stub();
        crm.On("GET", $"/0/odata/Call({Id})", _ => CreatioStub.Reply(404));

        (await crm.Client.FindAsync("Call", Id, ["Id"], CancellationToken.None)).Should().BeNull();
        crm.Log.Lines.Should().NotContain(line => line.Contains("failed"));
    }

    [Fact]
    public async Task Find_404WithAPage_IsAWrongAddressAndNoMissingRecord()
    {
        using var crm = Stub();
        crm.On("GET", $"/0/odata/Call({Id})", _ => CreatioStub.Reply(404, "<html>404</html>", "text/html"));

        var act = () => crm.Client.FindAsync("Call", Id, ["Id"], CancellationToken.None);

        (await act.Should().ThrowAsync<CreatioException>()).Which.Failure.Should().Be(CreatioFailure.Permanent);
    }

    [Fact]
    public async Task Create_SampleOfReference15_IsDone()
    {
        using var crm = Stub();
        crm.On("POST", "/0/odata/Contact", _ => CreatioStub.Reply(
            201, $$"""{"@odata.context":"x","Id":"{{Id}}","AccountId":"00000000-0000-0000-0000-000000000000"}""", headers: ("Location", $"https://crm.example.com/0/odata/Contact({Id})")));

        await crm.Client.CreateAsync("Contact", Values, CancellationToken.None);

        JsonNode.DeepEquals(JsonNode.Parse(crm.Requests[^1].Body!), Values).Should().BeTrue();
        crm.Requests[^1].Body.Should().Contain("Иван", "escaped Cyrillic takes three times the bytes");
    }

    [Fact]
    public async Task Update_204_IsDone()
    {
        using var crm = Stub();
        crm.On("PATCH", $"/0/odata/Call({Id})", _ => CreatioStub.Reply(204));

        await crm.Client.UpdateAsync("Call", Id, new JsonObject { ["ActivityId"] = Id.ToString() }, CancellationToken.None);

        crm.Requests[^1].Method.Should().Be("PATCH");
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"","message":"The query specified in the URI is not valid."}}""", CreatioFailure.Permanent)]
    [InlineData(500, """{"Message":"An error has occurred.","ExceptionMessage":"x","ExceptionType":"Terrasoft.Common.X","StackTrace":"s"}""", CreatioFailure.Transient)]
    [InlineData(404, """{"Message":"No HTTP resource was found that matches the request URI 'x'.","MessageDetail":"No type was found that matches the controller named 'Contact'."}""", CreatioFailure.Permanent)]
    [InlineData(500, """{"Message":"An error has occurred.","ExceptionMessage":"23505: duplicate key value violates unique constraint","ExceptionType":"Npgsql.PostgresException"}""", CreatioFailure.Conflict)]
    [InlineData(502, "<html><h1>502 Bad Gateway</h1></html>", CreatioFailure.Transient)]
    [InlineData(503, "<html><h1>Service Unavailable</h1></html>", CreatioFailure.Transient)]
    public async Task Create_EachErrorBody_IsItsCategory(int status, string body, CreatioFailure expected)
    {
        using var crm = Stub();
        crm.On("POST", "/0/odata/Contact", _ => CreatioStub.Reply(status, body, body.StartsWith('<') ? "text/html" : "application/json"));

        var failure = await CreateFailure(crm);

        (failure.Failure, failure.Status).Should().Be((expected, status));
        crm.Logins.Should().Be(1);
        crm.Requests.Should().HaveCount(2, "a write is never repeated here");
    }

    [Fact]
    public async Task Create_429_IsALimitWithItsWait()
    {
        using var crm = Stub();
        crm.On("POST", "/0/odata/Contact", _ => CreatioStub.Reply(429, headers: ("Retry-After", "30")));

        (await CreateFailure(crm)).Should().Match<CreatioException>(failure => failure.Failure == CreatioFailure.Limit && failure.RetryAfter == TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Create_503WithADate_WaitsUntilThen()
    {
        using var crm = Stub();
        crm.On("POST", "/0/odata/Contact", _ => CreatioStub.Reply(503, headers: ("Retry-After", "Sat, 10 Jan 2026 09:02:00 GMT")));

        (await CreateFailure(crm)).RetryAfter.Should().Be(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"value\":[{\"Id\":")]
    [InlineData("{\"Id\":\"no page\"}")]
    public async Task Query_BodyThatIsNoPage_IsTransient(string body)
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, body));

        var act = () => crm.Client.QueryAsync(new ODataQuery("Contact"), CancellationToken.None);

        (await act.Should().ThrowAsync<CreatioException>()).Which.Should()
            .Match<CreatioException>(failure => failure.Failure == CreatioFailure.Transient && !failure.MayHaveBeenApplied);
    }

    [Fact]
    public async Task Query_SiteMovedToAnotherAddress_IsPermanentAndNamesIt()
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(301, headers: ("Location", "https://new.example.com/0/odata/Contact")));

        var act = () => crm.Client.QueryAsync(new ODataQuery("Contact"), CancellationToken.None);

        (await act.Should().ThrowAsync<CreatioException>()).WithMessage("*https://new.example.com*").Which.Failure.Should().Be(CreatioFailure.Permanent);
    }

    [Fact]
    public async Task Notify_200_TellsWhoGotIt()
    {
        using var crm = Stub();
        crm.On("POST", "/0/rest/UsrTelephonyHubService/Notify", _ => CreatioStub.Reply(200, """{"delivered":1,"running":true}"""));

        var answer = await crm.Client.NotifyAsync([Id], """{"event":"ringing"}""", CancellationToken.None);

        answer.Should().Be(new NotifyAnswer(1, true, false));
        crm.Requests[^1].Body.Should().Be($$"""{"userIds":["{{Id}}"],"payload":"{\"event\":\"ringing\"}"}""");
        CreatioStub.Header(crm.Requests[^1], "BPMCSRF").Should().Be("csrf-1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>404</html>")]
    public async Task Notify_404_MeansThePackageIsAbsent(string body)
    {
        using var crm = Stub();
        crm.On("POST", "/0/rest/UsrTelephonyHubService/Notify", _ => CreatioStub.Reply(404, body, "text/html"));

        (await crm.Client.NotifyAsync([Id], "{}", CancellationToken.None)).Should().Be(new NotifyAnswer(0, false, true));
    }

    [Fact]
    public async Task Notify_Failure_IsThrown()
    {
        using var crm = Stub();
        crm.On("POST", "/0/rest/UsrTelephonyHubService/Notify", _ => CreatioStub.Reply(500, """{"Message":"m","ExceptionType":"System.Security.SecurityException"}"""));

        var act = () => crm.Client.NotifyAsync([Id], "{}", CancellationToken.None);

        (await act.Should().ThrowAsync<CreatioException>()).Which.Failure.Should().Be(CreatioFailure.Permanent);
    }

    [Fact]
    public async Task Columns_AskedOften_AreReadOnceAnHour()
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/$metadata", _ => CreatioStub.Reply(
            200,
            """<?xml version="1.0"?><e:Edmx xmlns:e="e"><EntityType Name="Contact"><Property Name="Id"/><Property Name="OwnerId"/></EntityType></e:Edmx>""",
            "application/xml"));

        (await crm.Client.GetColumnsAsync("Contact", CancellationToken.None)).Should().BeEquivalentTo("Id", "OwnerId");
        (await crm.Client.GetColumnsAsync("Nothing", CancellationToken.None)).Should().BeEmpty();
        Metadata(crm).Should().Be(1);
        crm.Time.Advance(TimeSpan.FromHours(1));
        (await crm.Client.GetColumnsAsync("Contact", CancellationToken.None)).Should().HaveCount(2);
        Metadata(crm).Should().Be(2);
    }

    [Fact]
    public async Task Columns_MetadataDenied_IsNullAndAskedAgainLater()
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/$metadata", _ => CreatioStub.Reply(500));

        (await crm.Client.GetColumnsAsync("Contact", CancellationToken.None)).Should().BeNull();
        (await crm.Client.GetColumnsAsync("Contact", CancellationToken.None)).Should().BeNull();
        Metadata(crm).Should().Be(1);
        crm.Time.Advance(TimeSpan.FromMinutes(1));
        (await crm.Client.GetColumnsAsync("Contact", CancellationToken.None)).Should().BeNull();
        Metadata(crm).Should().Be(2);
    }

    [Fact]
    public async Task OwnContact_Forms_IsFoundByTheLogin()
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/SysAdminUnit", _ => CreatioStub.Reply(200, $$"""{"value":[{"Name":"TelephonyHub","ContactId":"{{Id}}"}]}"""));

        (await crm.Client.GetOwnContactIdAsync(CancellationToken.None)).Should().Be(Id);
        crm.Requests[^1].Query!["$filter"].ToString().Should().Be("Name eq 'TelephonyHub'");
    }

    [Fact]
    public async Task OwnContact_UsersMayNotBeRead_IsFoundInTheView()
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/SysAdminUnit", _ => CreatioStub.Reply(403));
        crm.On("GET", "/0/odata/VwSysAdminUnit", _ => CreatioStub.Reply(200, $$"""{"value":[{"Name":"TelephonyHub","ContactId":"{{Id}}"}]}"""));

        (await crm.Client.GetOwnContactIdAsync(CancellationToken.None)).Should().Be(Id);
    }

    [Fact]
    public async Task OwnContact_ServerIsDown_IsAFailureAndNotUnknown()
    {
        using var crm = Stub();
        crm.On("GET", "/0/odata/SysAdminUnit", _ => CreatioStub.Reply(503));

        var act = () => crm.Client.GetOwnContactIdAsync(CancellationToken.None);

        (await act.Should().ThrowAsync<CreatioException>()).Which.Failure.Should().Be(CreatioFailure.Transient);
    }

    [Fact]
    public void Links_OfEitherFlavour_StartAtTheSite()
    {
        using var crm = new CreatioStub(CreatioFlavor.Framework);

        crm.Client.RecordLink("Contact", Id).Should().Be(new Uri($"{crm.Server.Url}/Navigation/Navigation.aspx?schemaName=Contact&recordId={Id}"));
        crm.Client.NewContactLink("+79991234567").AbsoluteUri.Should().Be($"{crm.Server.Url}/0/Nui/ViewModule.aspx#CardModuleV2/ContactPageV2/add/MobilePhone/%2B79991234567");
        crm.Client.NewContactLink("").AbsoluteUri.Should().EndWith("ContactPageV2/add", "a withheld number fills nothing in");
    }

    private static CreatioStub Stub()
    {
        var crm = new CreatioStub();
        crm.AcceptsLogin();
        return crm;
    }

    private static int Metadata(CreatioStub crm) => crm.Requests.Count(request => request.Path.EndsWith("$metadata", StringComparison.Ordinal));

    private static async Task<CreatioException> CreateFailure(CreatioStub crm)
    {
        var act = () => crm.Client.CreateAsync("Contact", Values, CancellationToken.None);
        return (await act.Should().ThrowAsync<CreatioException>()).Which;
    }
}
