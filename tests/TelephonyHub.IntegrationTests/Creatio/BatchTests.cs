using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using WireMock;

namespace TelephonyHub.IntegrationTests.Creatio;

public sealed class BatchTests
{
    private static readonly Guid Id = new("5d2a6a6e-1111-4222-8333-444455556666");

    [Fact]
    public async Task Batch_SampleOfReference16_IsSentAndReadLikeIt()
    {
        using var crm = Stub(_ => CreatioStub.Reply(
            200,
            $$$"""
            {"responses":[{"id":"p1","atomicityGroup":"g1","status":201,"headers":{"location":"x","content-type":"application/json","odata-version":"4.0"},"body":{"Id":"{{{Id}}}"}},
                          {"id":"p2","status":204,"headers":{}},{"id":"p3","status":200,"headers":{},"body":{"@odata.context":"x","value":[{"Id":"{{{Id}}}"}]}}]}
            """));

        var answer = await crm.Client.BatchAsync([Create(1), Update(), BatchPart.Query(new ODataQuery("Contact"))], CancellationToken.None);

        answer.AllSucceeded.Should().BeTrue();
        answer.Parts.Select(part => part.Status).Should().Equal(201, 204, 200);
        answer.Parts[2].Rows.Should().ContainSingle().Which.Id.Should().Be(Id);
        CreatioStub.Header(crm.Requests[^1], "Content-Type").Should().Be("application/json; odata=verbose; IEEE754Compatible=true");
        CreatioStub.Header(crm.Requests[^1], "BPMCSRF").Should().Be("csrf-1");
        CreatioStub.Header(crm.Requests[^1], "Prefer").Should().BeNull("the server shall stop at a failure");
    }

    [Fact]
    public async Task Batch_ServerStoppedAtAFailure_TellsWhatWasNotDone()
    {
        using var crm = Stub(_ => CreatioStub.Reply(
            200, """{"responses":[{"id":"p1","status":201},{"id":"p2","status":400,"body":{"error":{"code":"","message":"Could not find a property named 'X'"}}}]}"""));

        var answer = await crm.Client.BatchAsync([Create(1), Create(2), Create(3)], CancellationToken.None);

        answer.Parts[0].Succeeded.Should().BeTrue();
        answer.Parts[1].Should().Match<BatchPartAnswer>(part => part.WasAnswered && part.Failure == CreatioFailure.Permanent && part.Error!.Contains("'X'"));
        answer.Parts[2].Should().Match<BatchPartAnswer>(part => !part.WasAnswered && part.Failure == null && !part.Succeeded);
        crm.Log.Lines.Should().ContainSingle(line => line.Contains("batch part POST Contact failed: status 400, category Permanent"));
    }

    [Fact]
    public async Task Batch_SessionEndsInTheMiddle_SendsOnlyTheRestAgain()
    {
        var bodies = new List<JsonArray>();
        using var crm = Stub(request =>
        {
            var parts = PartsOf(request);
            bodies.Add(parts);
            return CreatioStub.SessionOf(request) == 1
                ? CreatioStub.Reply(200, """{"responses":[{"id":"p1","status":201},{"id":"p2","status":401,"body":{"Message":"Authentication failed."}}]}""")
                : Done(parts);
        });

        var answer = await crm.Client.BatchAsync([Create(1), Create(2), Create(3)], CancellationToken.None);

        answer.AllSucceeded.Should().BeTrue();
        bodies.Should().HaveCount(2);
        bodies[1].Select(part => part!["body"]!["Name"]!.GetValue<string>()).Should().Equal("n2", "n3");
        crm.Logins.Should().Be(2);
    }

    [Fact]
    public async Task Batch_AnotherFailureCameBeforeTheSessionEnded_LeavesWhatWasNotTriedAlone()
    {
        var sizes = new List<int>();
        using var crm = Stub(request =>
        {
            sizes.Add(PartsOf(request).Count);
            return CreatioStub.SessionOf(request) == 1
                ? CreatioStub.Reply(200, """{"responses":[{"id":"p1","status":400},{"id":"p2","status":401}]}""")
                : Done(PartsOf(request));
        });

        var answer = await crm.Client.BatchAsync([Create(1), Create(2), Create(3)], CancellationToken.None);

        sizes.Should().Equal(3, 1);
        answer.Parts[0].Failure.Should().Be(CreatioFailure.Permanent);
        answer.Parts[1].Succeeded.Should().BeTrue();
        answer.Parts[2].WasAnswered.Should().BeFalse("it may depend on the part that failed");
    }

    [Fact]
    public async Task Batch_ServerGoesOnAfter401_SendsEachRefusedPartAgain()
    {
        using var crm = Stub(request => CreatioStub.SessionOf(request) == 1
            ? CreatioStub.Reply(200, """{"responses":[{"id":"p1","status":302},{"id":"p2","status":302}]}""")
            : Done(PartsOf(request)));

        var answer = await crm.Client.BatchAsync([Create(1), Create(2)], CancellationToken.None);

        answer.AllSucceeded.Should().BeTrue();
    }

    [Fact]
    public async Task Batch_RefusedAgainAfterLogin_IsAuthenticationOfThePart()
    {
        using var crm = Stub(_ => CreatioStub.Reply(200, """{"responses":[{"id":"p1","status":401}]}"""));

        var answer = await crm.Client.BatchAsync([Create(1), Create(2)], CancellationToken.None);

        answer.Parts[0].Failure.Should().Be(CreatioFailure.Authentication);
        answer.Parts[1].WasAnswered.Should().BeFalse();
        crm.Logins.Should().Be(2);
    }

    [Fact]
    public async Task Batch_LoginPageInsteadOfAnAnswer_IsSentAgainWhole()
    {
        using var crm = Stub(request => CreatioStub.SessionOf(request) == 1 ? CreatioStub.LoginShell() : Done(PartsOf(request)));

        (await crm.Client.BatchAsync([Create(1), Create(2)], CancellationToken.None)).AllSucceeded.Should().BeTrue();
        crm.Logins.Should().Be(2);
    }

    [Fact]
    public async Task Batch_LoginRefusedAfterAPartWasWritten_SaysThatSomethingMayBeDone()
    {
        using var crm = Stub(_ => CreatioStub.Reply(200, """{"responses":[{"id":"p1","status":201},{"id":"p2","status":401}]}"""));
        await crm.Client.QueryAsync(new ODataQuery("Contact"), CancellationToken.None);
        crm.RefusesLogin();

        var act = () => crm.Client.BatchAsync([Create(1), Create(2)], CancellationToken.None);

        (await act.Should().ThrowAsync<CreatioException>()).Which.Should()
            .Match<CreatioException>(failure => failure.Failure == CreatioFailure.Authentication && failure.MayHaveBeenApplied);
    }

    [Fact]
    public async Task Batch_MoreThanAHundred_IsSplitAndKeepsItsOrder()
    {
        var sizes = new List<int>();
        using var crm = Stub(request =>
        {
            var parts = PartsOf(request);
            sizes.Add(parts.Count);
            return Done(parts);
        });

        var answer = await crm.Client.BatchAsync([.. Enumerable.Range(0, 250).Select(Create)], CancellationToken.None);

        sizes.Should().Equal(100, 100, 50);
        answer.Parts.Select(part => part.Rows[0].GetText("Name")).Should().Equal(Enumerable.Range(0, 250).Select(n => $"n{n}"));
    }

    [Fact]
    public async Task Batch_FailureInTheFirstHundred_LeavesTheSecondUnsent()
    {
        using var crm = Stub(_ => CreatioStub.Reply(200, """{"responses":[{"id":"p1","status":500}]}"""));

        var answer = await crm.Client.BatchAsync([.. Enumerable.Range(0, 150).Select(Create)], CancellationToken.None);

        answer.Parts.Should().HaveCount(150);
        answer.Parts.Skip(1).Should().OnlyContain(part => !part.WasAnswered);
        crm.Requests.Count(request => request.Path.EndsWith("$batch", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Batch_SecondHundredFailsAsAWhole_SaysThatTheFirstMayBeDone()
    {
        var calls = 0;
        using var crm = Stub(request => ++calls == 1 ? Done(PartsOf(request)) : CreatioStub.Reply(503));

        var act = () => crm.Client.BatchAsync([.. Enumerable.Range(0, 150).Select(Create)], CancellationToken.None);

        (await act.Should().ThrowAsync<CreatioException>()).Which.Should()
            .Match<CreatioException>(failure => failure.Failure == CreatioFailure.Transient && failure.MayHaveBeenApplied);
    }

    [Theory]
    [InlineData("{\"responses\":[{\"id\":")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Batch_AnswerThatCannotBeRead_IsTransientAndMayHaveBeenApplied(string body)
    {
        using var crm = Stub(_ => CreatioStub.Reply(200, body));

        var write = () => crm.Client.BatchAsync([Create(1)], CancellationToken.None);
        var read = () => crm.Client.BatchAsync([BatchPart.Query(new ODataQuery("Contact"))], CancellationToken.None);

        (await write.Should().ThrowAsync<CreatioException>()).Which.MayHaveBeenApplied.Should().BeTrue();
        (await read.Should().ThrowAsync<CreatioException>()).Which.MayHaveBeenApplied.Should().BeFalse("reads change nothing");
    }

    [Fact]
    public async Task Batch_Nothing_SendsNothing()
    {
        using var crm = new CreatioStub();

        (await crm.Client.BatchAsync([], CancellationToken.None)).Parts.Should().BeEmpty();
        crm.Requests.Should().BeEmpty();
    }

    private static CreatioStub Stub(Func<IRequestMessage, ResponseMessage> answer)
    {
        var crm = new CreatioStub();
        crm.AcceptsLogin();
        crm.On("GET", "/0/odata/Contact", _ => CreatioStub.Reply(200, """{"value":[]}"""));
        crm.On("POST", "/0/odata/$batch", answer);
        return crm;
    }

    private static BatchPart Create(int number) =>
        BatchPart.Create("Contact", new JsonObject { ["Id"] = Guid.CreateVersion7().ToString(), ["Name"] = $"n{number}" });

    private static BatchPart Update() => BatchPart.Update("Contact", Id, new JsonObject { ["JobTitle"] = "CEO" });

    private static JsonArray PartsOf(IRequestMessage request) => JsonNode.Parse(request.Body!)!["requests"]!.AsArray();

    /// <summary>Everything done, answered from the last to the first: the order of answers is nobody's promise.</summary>
    private static ResponseMessage Done(JsonArray parts)
    {
        var responses = parts.Reverse().Select(part => (JsonNode)new JsonObject
        {
            ["id"] = part!["id"]!.GetValue<string>(),
            ["status"] = 201,
            ["body"] = part["body"]!.DeepClone(),
        });
        return CreatioStub.Reply(200, new JsonObject { ["responses"] = new JsonArray([.. responses]) }.ToJsonString());
    }
}
