using System.Net;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class FaultTests
{
    [Theory]
    [InlineData(ErrorForm.OData, "error")]
    [InlineData(ErrorForm.Exception, "ExceptionMessage")]
    [InlineData(ErrorForm.Detail, "MessageDetail")]
    public async Task FailNext_Counted_AnswersTheFormAndThenHeals(ErrorForm form, string property)
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.FailNext(2, form);

        using var first = await site.GetAsync("Contact?$top=1");
        using var second = await site.PostAsync("Contact", new { Name = "John Best" });
        using var third = await site.GetAsync("Contact?$top=1");

        first.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await first.JsonAsync()).RootElement.TryGetProperty(property, out _).Should().BeTrue();
        second.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        third.StatusCode.Should().Be(HttpStatusCode.OK);
        site.Store.Where("Contact", row => row.Text("Name") == "John Best").Should().BeEmpty("a failed request is not executed");
    }

    [Fact]
    public async Task Add_WithPredicate_HitsOnlyThatEntity()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(new CrmFault.Error(), times: null, request => request.Touches("Account"));

        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await site.GetAsync("Account?$top=1")).StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await site.GetAsync("Account?$top=1")).StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        site.Simulator.Faults.Clear();
        (await site.GetAsync("Account?$top=1")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Html_OfAProxy_CarriesRetryAfter(int status)
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(new CrmFault.Html(status, TimeSpan.FromSeconds(30)));

        using var response = await site.GetAsync("Contact?$top=1");

        ((int)response.StatusCode).Should().Be(status);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task TooManyRequests_Is429()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(new CrmFault.TooManyRequests(TimeSpan.FromSeconds(5)));

        using var response = await site.GetAsync("Contact?$top=1");

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task SessionExpired_EndsTheSessionForGood()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(new CrmFault.SessionExpired());

        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        await site.LoginAsync();
        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SessionExpired_OfAToken_Is401()
    {
        await using var site = await CrmSite.StartedAsync();
        await site.RequestTokenAsync();
        site.Simulator.Faults.Add(new CrmFault.SessionExpired());

        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ExpireSessionEvery_ThirdRequest_LosesTheSession()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.ExpireSessionEvery = 3;

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await site.GetAsync("Contact?$top=1")).StatusCode);
        }

        statuses.Should().Equal(HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData(false, new[] { 201, 401 })]
    [InlineData(true, new[] { 201, 401, 401 })]
    public async Task SessionExpiresInBatch_LaterPartsGet401(bool continueOnError, int[] statuses)
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(new CrmFault.SessionExpiresInBatch(1), when: request => request.Kind == CrmRequestKind.Batch);

        using var response = await site.BatchAsync(
            Enumerable.Range(1, 3).Select(i => (object)new { id = $"{i}", method = "POST", url = "Contact", body = new { Name = $"{i} Test" } }), continueOnError);
        using var next = await site.GetAsync("Contact?$top=1");

        (await BatchTests.PartsAsync(response)).Select(part => part.GetProperty("status").GetInt32()).Should().Equal(statuses);
        next.StatusCode.Should().Be(HttpStatusCode.Redirect);
        site.Store.Where("Contact", row => row.Text("Name").EndsWith("Test", StringComparison.Ordinal)).Should().ContainSingle();
    }

    [Fact]
    public async Task CsrfRejected_Is403WithAGoodHeader()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(new CrmFault.CsrfRejected());

        (await site.PostAsync("Contact", new { Name = "John Best" })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await site.PostAsync("Contact", new { Name = "John Best" })).StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task FailOperation_HitsThePartOfABatchOnly()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.FailOperation("POST", "Call", status: 500);

        using var response = await site.BatchAsync(
        [
            new { id = "1", method = "POST", url = "Contact", body = new { Name = "One Test" } },
            new { id = "2", method = "POST", url = "Call", body = new { Caption = "Call" } },
        ]);
        using var again = await site.PostAsync("Call", new { Caption = "Call" });

        (await BatchTests.PartsAsync(response)).Select(part => part.GetProperty("status").GetInt32()).Should().Equal(201, 500);
        again.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("SysAdminUnit?$top=1")]
    [InlineData("SysMsgUserSettings?$expand=User($select=Id)")]
    public async Task DenyRead_SysAdminUnit_Is403AlsoThroughExpand(string path)
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.DenyRead("SysAdminUnit");

        using var denied = await site.GetAsync(path);
        site.Simulator.Faults.AllowRead("SysAdminUnit");
        using var allowed = await site.GetAsync(path);

        denied.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await denied.JsonAsync()).RootElement.GetProperty("ExceptionType").GetString().Should().Be("System.Security.SecurityException");
        allowed.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task CutAfterCommit_ClientFailsButTheRowIsThere()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(new CrmFault.CutAfterCommit());

        var post = () => site.PostAsync("Contact", new { Name = "John Best" });

        await post.Should().ThrowAsync<HttpRequestException>();
        site.Store.Where("Contact", row => row.Text("Name") == "John Best").Should().ContainSingle();
        site.Simulator.Requests[^1].Status.Should().Be(0);
        site.Simulator.Requests[^1].Operations[0].Status.Should().Be(201);
    }

    [Fact]
    public async Task CutBefore_ClientFailsAndNothingIsThere()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(new CrmFault.CutBefore());

        var post = () => site.PostAsync("Contact", new { Name = "John Best" });

        await post.Should().ThrowAsync<HttpRequestException>();
        site.Store.Where("Contact", row => row.Text("Name") == "John Best").Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hang_AnswersNothingUntilTheClientGivesUp(bool afterCommit)
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(afterCommit ? new CrmFault.HangAfterCommit() : new CrmFault.Hang());

        var post = site.SendAsync(HttpMethod.Post, "/odata/Contact", """{"Name":"John Best"}""");
        await site.Simulator.WaitUntilAsync(
            () => site.Simulator.Requests[^1] is { Kind: CrmRequestKind.ODataWrite, Status: var status } && (status == 0 || !afterCommit), CancellationToken.None);
        post.IsCompleted.Should().BeFalse();
        site.Http.CancelPendingRequests();

        await post.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        site.Store.Where("Contact", row => row.Text("Name") == "John Best").Should().HaveCount(afterCommit ? 1 : 0);
    }

    [Fact]
    public async Task Latency_WaitsOnTheStandInsClock()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Latency = TimeSpan.FromSeconds(2);
        site.Simulator.ClearJournal();

        var get = site.GetAsync("Contact?$top=1");
        await site.Simulator.WaitUntilAsync(() => site.Simulator.Requests.Count == 1, CancellationToken.None);
        get.IsCompleted.Should().BeFalse();
        // The request is recorded a moment before it begins to wait: time is moved until it answers.
        while (!get.IsCompleted)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        (await get).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Latency_ClientGivesUp_TheServerCommitsAllTheSame()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Latency = TimeSpan.FromSeconds(2);

        var post = site.SendAsync(HttpMethod.Post, "/odata/Contact", """{"Name":"John Best"}""");
        await site.Simulator.WaitUntilAsync(() => site.Simulator.Requests[^1].Kind == CrmRequestKind.ODataWrite, CancellationToken.None);
        site.Http.CancelPendingRequests();
        await post.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        while (site.Simulator.Requests[^1].Status is null)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        site.Store.Where("Contact", row => row.Text("Name") == "John Best").Should().ContainSingle();
    }

    [Fact]
    public async Task DropConnections_CutsAllUntilSwitchedOff()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.DropConnections = true;

        var get = () => site.GetAsync("Contact?$top=1");

        await get.Should().ThrowAsync<HttpRequestException>();
        site.Simulator.Faults.DropConnections = false;
        (await site.GetAsync("Contact?$top=1")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task StopListening_RefusesConnections_AndStartsAgainOnTheSamePortWithSessionAndData()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = site.Store.AddContact("John Best");
        var address = site.Simulator.BaseUrl;

        await site.Simulator.StopListeningAsync();
        var get = () => site.GetAsync($"Contact({id})");
        await get.Should().ThrowAsync<HttpRequestException>();
        await site.Simulator.StartListeningAsync(CancellationToken.None);

        site.Simulator.BaseUrl.Should().Be(address);
        (await site.GetAsync($"Contact({id})")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Dispose_WhileARequestHangs_DoesNotWaitForIt()
    {
        var site = await CrmSite.SignedInAsync();
        site.Simulator.Faults.Add(new CrmFault.Hang());
        var get = site.GetAsync("Contact?$top=1");
        await site.Simulator.WaitUntilAsync(() => site.Simulator.Requests[^1].Kind == CrmRequestKind.ODataRead, CancellationToken.None);

        await site.Simulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        await get.Invoking(task => task).Should().ThrowAsync<HttpRequestException>();
        await site.DisposeAsync();
    }
}
