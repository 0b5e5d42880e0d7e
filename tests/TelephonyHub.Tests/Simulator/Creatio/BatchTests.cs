using System.Net;
using System.Text.Json;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class BatchTests
{
    [Fact]
    public async Task Batch_VendorsSample_RunsInOrderWithBothKeyStyles()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = new Guid("5d2a6a6e-1111-4222-8333-444455556666");

        using var response = await site.BatchAsync(
        [
            new { id = "t1", atomicityGroup = "g1", method = "POST", url = "Contact", headers = new { Accept = "application/json" }, body = new { Id = id, Name = "John Best" } },
            new { id = "t2", atomicityGroup = "g1", method = "PATCH", url = $"Contact/{id}", body = new { JobTitle = "CEO" } },
            new { id = "t3", method = "PATCH", url = $"Contact({id})", body = new { Dear = "John" } },
            new { id = "t4", method = "GET", url = $"Contact?$filter=Id eq {id}&$select=Id,JobTitle" },
            new { id = "t5", method = "DELETE", url = $"/Contact({id})" },
        ]);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var parts = await PartsAsync(response);
        parts.Select(part => (part.GetProperty("id").GetString(), part.GetProperty("status").GetInt32()))
            .Should().Equal(("t1", 201), ("t2", 204), ("t3", 204), ("t4", 200), ("t5", 204));
        parts[0].GetProperty("atomicityGroup").GetString().Should().Be("g1");
        parts[0].GetProperty("headers").GetProperty("location").GetString().Should().Be($"{site.Root}/odata/Contact({id})");
        parts[0].GetProperty("headers").GetProperty("odata-version").GetString().Should().Be("4.0");
        parts[0].GetProperty("body").GetProperty("Name").GetString().Should().Be("John Best");
        parts[1].GetProperty("headers").EnumerateObject().Should().BeEmpty();
        parts[1].TryGetProperty("body", out _).Should().BeFalse();
        parts[3].GetProperty("body").GetProperty("value")[0].GetProperty("JobTitle").GetString().Should().Be("CEO");
    }

    [Fact]
    public async Task Batch_AbsoluteUrl_IsUnderstood()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.BatchAsync([new { id = "1", method = "GET", url = site.Root + "/odata/Contact/$count" }]);

        (await PartsAsync(response))[0].GetProperty("body").GetString().Should().Be("1");
    }

    [Fact]
    public async Task Batch_FailedPart_StopsTheRest()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.BatchAsync(Three());

        (await PartsAsync(response)).Select(part => part.GetProperty("status").GetInt32()).Should().Equal(201, 400);
        site.Store.Where("Contact", row => row.Text("Name").EndsWith("Test", StringComparison.Ordinal)).Should().ContainSingle();
        site.Simulator.Requests[^1].Operations.Select(operation => operation.Status).Should().Equal(201, 400, null);
    }

    [Fact]
    public async Task Batch_ContinueOnError_RunsAll()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.BatchAsync(Three(), continueOnError: true);

        (await PartsAsync(response)).Select(part => part.GetProperty("status").GetInt32()).Should().Equal(201, 400, 201);
        site.Store.Where("Contact", row => row.Text("Name").EndsWith("Test", StringComparison.Ordinal)).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(100, HttpStatusCode.OK)]
    [InlineData(101, HttpStatusCode.BadRequest)]
    public async Task Batch_Size_IsLimitedTo100(int size, HttpStatusCode status)
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.BatchAsync(Enumerable.Range(0, size).Select(i => (object)new { id = $"{i}", method = "GET", url = "Contact/$count" }));

        response.StatusCode.Should().Be(status);
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"requests":[{"method":"GET","url":"Contact"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"Contact/$count"},{"id":"1","method":"GET","url":"Contact/$count"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""nonsense""", HttpStatusCode.BadRequest)]
    public async Task Batch_BadBody_IsRefused(string body, HttpStatusCode status)
    {
        await using var site = await CrmSite.SignedInAsync();

        (await site.SendAsync(HttpMethod.Post, "/odata/$batch", body)).StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task Batch_Multipart_IsNotSupported()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.SendAsync(HttpMethod.Post, "/odata/$batch", "--b", contentType: "multipart/mixed");

        response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Batch_UnknownSetInAPart_Is404OfThatPart()
    {
        await using var site = await CrmSite.SignedInAsync();

        using var response = await site.BatchAsync([new { id = "1", method = "GET", url = "Contacts" }]);

        var part = (await PartsAsync(response))[0];
        part.GetProperty("status").GetInt32().Should().Be(404);
        part.GetProperty("body").GetProperty("MessageDetail").GetString().Should().Contain("'Contacts'");
    }

    [Fact]
    public async Task Requests_Batch_IsOneRequestWithItsParts()
    {
        await using var site = await CrmSite.SignedInAsync();
        site.Simulator.ClearJournal();

        await site.BatchAsync(
        [
            new { id = "a", method = "GET", url = "ContactCommunication?$filter=startswith(SearchNumber,'7654321999')" },
            new { id = "b", method = "GET", url = "AccountCommunication?$filter=startswith(SearchNumber,'7654321999')" },
        ]);

        var request = site.Simulator.Requests.Should().ContainSingle().Subject;
        request.Kind.Should().Be(CrmRequestKind.Batch);
        request.Status.Should().Be(200);
        request.Operations.Select(operation => (operation.Method, operation.Entity, operation.PartId, operation.Status))
            .Should().Equal(("GET", "ContactCommunication", "a", 200), ("GET", "AccountCommunication", "b", 200));
    }

    internal static async Task<JsonElement[]> PartsAsync(HttpResponseMessage response) =>
        [.. (await response.JsonAsync()).RootElement.GetProperty("responses").EnumerateArray()];

    private static object[] Three() =>
    [
        new { id = "1", method = "POST", url = "Contact", body = new { Name = "One Test" } },
        new { id = "2", method = "POST", url = "Contact", body = new { Nam = "Two Test" } },
        new { id = "3", method = "POST", url = "Contact", body = new { Name = "Three Test" } },
    ];
}
