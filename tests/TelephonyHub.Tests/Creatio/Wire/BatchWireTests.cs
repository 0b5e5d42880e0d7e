using System.Text;
using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Tests.Creatio.Wire;

public sealed class BatchWireTests
{
    private static readonly Guid Id = new("5d2a6a6e-1111-4222-8333-444455556666");

    private static readonly BatchPart[] Parts =
    [
        BatchPart.Query(new ODataQuery("Contact").Where(ODataFilter.Equal("Name", "Иван"))),
        BatchPart.Create("Contact", new JsonObject { ["Id"] = Id.ToString(), ["Name"] = "John Best" }),
        BatchPart.Update("Contact", Id, new JsonObject { ["JobTitle"] = "CEO" }),
        BatchPart.Delete("Contact", Id),
    ];

    [Fact]
    public void Write_AllKinds_HasRelativeAddressesIdsAndNoAtomicityGroup()
    {
        var text = Encoding.UTF8.GetString(BatchWire.Write(Parts));
        var requests = JsonNode.Parse(text)!["requests"]!.AsArray();

        requests.Select(one => $"{one!["id"]} {one["method"]} {one["url"]}").Should().Equal(
            "p1 GET Contact?$filter=Name%20eq%20'%D0%98%D0%B2%D0%B0%D0%BD'",
            "p2 POST Contact",
            $"p3 PATCH Contact({Id})",
            $"p4 DELETE Contact({Id})");
        requests[1]!["headers"]!["Content-Type"]!.GetValue<string>().Should().Be("application/json;odata=verbose");
        requests[2]!["body"]!["JobTitle"]!.GetValue<string>().Should().Be("CEO");
        text.Should().NotContain("atomicityGroup").And.NotContain("continue-on-error");
    }

    [Fact]
    public void Write_SameValuesTwice_LeavesThemUsable()
    {
        var first = BatchWire.Write(Parts);

        BatchWire.Write(Parts).Should().Equal(first);
    }

    [Fact]
    public void Read_AnswersInAnotherOrder_AreMatchedById()
    {
        var replies = Read("""{"responses":[{"id":"p2","status":201,"headers":{},"body":{"Id":"5d2a6a6e-1111-4222-8333-444455556666"}},{"id":"p1","status":200,"body":{"value":[{"Name":"Иван"}]}}]}""")!;

        replies[0].Answer.Rows.Should().ContainSingle().Which.GetText("Name").Should().Be("Иван");
        replies[1].Answer.Should().Match<BatchPartAnswer>(answer => answer.Succeeded && answer.Status == 201);
        replies[2].Answer.WasAnswered.Should().BeFalse();
        replies[3].Answer.WasAnswered.Should().BeFalse();
    }

    [Fact]
    public void Read_FailedParts_AreJudgedLikeRequests()
    {
        var replies = Read(
            """
            {"responses":[{"id":"p1","status":404,"body":{"Message":"No HTTP resource was found","MessageDetail":"No type was found that matches the controller named 'Contact'."}},
            {"id":"p2","status":500,"body":{"error":{"code":"","message":"23505: duplicate key value"}}},{"id":"p3","status":"404"},{"id":"p4","status":429}]}
            """)!;

        replies.Select(reply => reply.Answer.Failure).Should().Equal(CreatioFailure.Permanent, CreatioFailure.Conflict, CreatioFailure.NotFound, CreatioFailure.Limit);
        replies[1].Answer.Error.Should().Contain("duplicate key");
    }

    [Fact]
    public void Read_PartsThatMetAnEndedSession_AreMarked()
    {
        var replies = Read("""{"responses":[{"id":"p1","status":401},{"id":"p2","status":302},{"id":"p3","status":200,"body":"<html>bootstrap.login</html>"},{"id":"p4","status":424}]}""")!;

        replies.Select(reply => reply.SessionEnded).Should().Equal(true, true, true, false);
        replies[3].Answer.WasAnswered.Should().BeFalse("a part that failed because of another was not tried");
    }

    [Fact]
    public void Read_PageThatWasCut_SaysSo() =>
        Read("""{"responses":[{"id":"p1","status":200,"body":{"value":[],"@odata.nextLink":"Contact?$skiptoken=1"}}]}""")![0].Answer.HasMore.Should().BeTrue();

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"responses\":[{\"id\":\"x\",\"status\":200}]}")]
    [InlineData("{\"responses\":[{\"id\":\"p1\"")]
    public void Read_NoAnswerToThisQuestion_IsNull(string body) => Read(body).Should().BeNull();

    [Fact]
    public void Create_WithoutChosenId_IsRefused() =>
        FluentActions.Invoking(() => BatchPart.Create("Contact", new JsonObject { ["Name"] = "x" })).Should().Throw<ArgumentException>().WithMessage("*chosen Id*");

    [Fact]
    public void Update_NestedLookup_IsRefusedBecauseCreatioWouldIgnoreIt() =>
        FluentActions.Invoking(() => BatchPart.Update("Call", Id, new JsonObject { ["Contact"] = new JsonObject { ["Id"] = Id.ToString() } }))
            .Should().Throw<ArgumentException>().WithMessage("*ContactId*");

    private static PartReply[]? Read(string body) => BatchWire.Read(new CreatioReply(200, Encoding.UTF8.GetBytes(body)), Parts);
}
