using System.Net;
using TelephonyHub.IntegrationTests.Cabinets;

namespace TelephonyHub.IntegrationTests.Control;

/// <summary>Transfers inside one cabinet: hold, make.call, transfer.talk, and the way back when one of them fails.</summary>
public sealed class TransferTests
{
    [Fact]
    public async Task Attended_ToAManagerOfTheSameCabinet_HisPhoneAndOneSession()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();

        var begun = await world.ActAsync(live, "transfer", world.ToManager(ControlWorld.Anna, "attended"));
        (begun.Status, begun.Json.Text("state"), begun.Json["target"].Text("number"), begun.Json["target"].Text("kind")).Should().Be((HttpStatusCode.OK, "dialing", "0101001", "sip"));
        begun.Json["target"].Text("manager").Should().Contain("Иванова");
        begun.Json["target"]!["reason"].Text("ru").Should().MatchRegex("[а-я]");
        await live.AnswerAsync("0101001");
        live.State.Should().Be("OperatorTalk");

        var done = await world.ActAsync(live, "transfer/complete");

        (done.Status, done.Json.Text("state")).Should().Be((HttpStatusCode.OK, "talk"));
        live.State.Should().Be("Talk");
        world.Asked().Should().Equal("hold.call", "make.call", "transfer.talk");
    }

    [Fact]
    public async Task Attended_ThenRestore_TheClientIsBackWithTheFirstManager()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        await world.ActAsync(live, "transfer", world.ToManager(ControlWorld.Anna, "attended"));
        await live.AnswerAsync("0101001");

        (await world.ActAsync(live, "restore")).Json.Text("state").Should().Be("talk");

        live.State.Should().Be("Talk");
        live.Call.Legs.Single(l => l.Called == "0101001").EndedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task Blind_TheManagerLeavesAtOnceAndTheThirdTalksWithTheClient()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();

        var answer = await world.ActAsync(live, "transfer", world.ToManager(ControlWorld.Anna));
        (answer.Status, answer.Json.Text("state"), answer.Json.Text("mode")).Should().Be((HttpStatusCode.OK, "transferring", "blind"));
        live.State.Should().Be("Transferring");
        await live.AnswerAsync("0101001");
        await live.AdvanceAsync(TimeSpan.FromSeconds(10));
        await live.HangUpAsync();

        var call = await world.Hub.SettledAsync("msk", live.SessionId);
        call["call"].Text("owner").Should().Contain("Иванова", "who talked last owns the call");
    }

    [Fact]
    public async Task AClientOnHold_IsNotHeldAgain()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        await world.ActAsync(live, "hold");

        (await world.ActAsync(live, "transfer", """{"phone":"101","mode":"attended"}""")).Status.Should().Be(HttpStatusCode.OK);

        world.Asked().Should().Equal("hold.call", "make.call");
    }

    [Theory]
    [InlineData("make.call", true)]
    [InlineData("make.call", false)]
    [InlineData("transfer.talk", true)]
    public async Task UisBreaksHalfWay_TheClientIsBackWithTheManager(string method, bool blind)
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        world.Hub.Uis.Faults.Api.Only = m => m == method;
        world.Hub.Uis.Faults.Api.BadGateway = true;

        var answer = await world.ActAsync(live, "transfer", world.ToManager(ControlWorld.Anna, blind ? "blind" : "attended"));

        answer.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Json.Text("title").Should().Contain("back with the manager");
        live.State.Should().Be("Talk");
    }

    [Fact]
    public async Task ANumberThatCannotBeDialled_Is422AndTheClientIsBack()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();

        var answer = await world.ActAsync(live, "transfer", """{"phone":"199"}""");

        (answer.Status, answer.Json.Text("mnemonic")).Should().Be((HttpStatusCode.UnprocessableEntity, "no_active_phone_number"));
        live.State.Should().Be("Talk");
    }

    [Theory]
    [InlineData("make.call")]
    [InlineData("transfer.talk")]
    [InlineData("hold.call")]
    public async Task AnswerOfUisIsLost_TheTransferGoesOn(string method)
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        world.Hub.Uis.Faults.Api.Only = m => m == method;
        world.Hub.Uis.Faults.Api.LoseAnswer = true;

        (await world.ActAsync(live, "transfer", world.ToManager(ControlWorld.Anna))).Status.Should().Be(HttpStatusCode.OK);

        live.State.Should().Be("Transferring");
        world.Asked().Should().Equal("hold.call", "make.call", "transfer.talk");
    }

    [Theory]
    [InlineData("""{}""", 400, "manager")]
    [InlineData("""{"phone":"101","manager":"msk:101001"}""", 400, "phone")]
    [InlineData("""{"phone":"101","mode":"warm"}""", 400, "mode")]
    [InlineData("""{"phone":"Анна"}""", 422, "phone")]
    [InlineData("""{"phone":"+7 903 555-00-01"}""", 422, "phone")]
    [InlineData("""{"manager":"00000000-0000-0000-0000-000000000001"}""", 422, "manager")]
    [InlineData("""{"manager":"msk:1"}""", 422, "manager")]
    [InlineData("""{"manager":"msk:101002"}""", 422, "manager")]
    public async Task BadInput_NamesTheFieldAndNothingIsDone(string body, int status, string field)
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();

        var answer = await world.ActAsync(live, "transfer", body);

        ((int)answer.Status).Should().Be(status);
        answer.Json["errors"]![field].Should().NotBeNull();
        (live.State, world.Asked().Count).Should().Be(("Talk", 0));
    }

    [Fact]
    public async Task TheSameKeyTwice_TransfersOnceAndAnswersTheSame()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        var body = world.ToManager(ControlWorld.Anna);

        var first = await world.ActAsync(live, "transfer", body, "k1");
        var second = await world.ActAsync(live, "transfer", body, "k1");
        var other = await world.ActAsync(live, "transfer", """{"phone":"104"}""", "k1");

        first.Status.Should().Be(HttpStatusCode.OK);
        (second.Status, second.Text).Should().Be((first.Status, first.Text));
        second.Header("Idempotency-Replayed").Should().Be("true");
        other.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        world.Asked().Count(m => m == "make.call").Should().Be(1);
        (await world.ActAsync(live, "transfer", body, new string('k', 201))).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task TheSameKeyAtTheSameMoment_ActsOnce()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        world.Hub.Uis.Faults.Api.Only = m => m == "hold.call";
        world.Hub.Uis.Faults.Api.Latency = TimeSpan.FromMilliseconds(300);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.ActAsync(live, "hold", "", "k2")));

        answers.Count(a => a.Status == HttpStatusCode.OK && a.Header("Idempotency-Replayed") is null).Should().Be(1);
        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.OK || a.Status == HttpStatusCode.Conflict);
        world.Asked().Should().Equal("hold.call");
    }

    [Fact]
    public async Task ARefusalOfTheMoment_MayBeTriedAgainUnderItsKey()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.RingingAsync();
        (await world.ActAsync(live, "hold", "", "k3")).Status.Should().Be(HttpStatusCode.Conflict);
        await live.AnswerAsync();

        (await world.ActAsync(live, "hold", "", "k3")).Status.Should().Be(HttpStatusCode.OK);
    }
}
