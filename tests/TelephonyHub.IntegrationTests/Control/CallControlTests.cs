using System.Net;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.IntegrationTests.Cabinets;
using TelephonyHub.IntegrationTests.Support;

namespace TelephonyHub.IntegrationTests.Control;

/// <summary>Live calls by the API: each step of the state machine, and a 409 that names the state before UIS is asked to act.</summary>
public sealed class CallControlTests
{
    [Fact]
    public async Task HoldAndUnhold_OfATalk_DoThat()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();

        var held = await world.ActAsync(live, "hold");
        live.State.Should().Be("Hold");
        var back = await world.ActAsync(live, "unhold");

        (held.Status, held.Json.Text("state")).Should().Be((HttpStatusCode.OK, "hold"));
        (back.Status, back.Json.Text("state")).Should().Be((HttpStatusCode.OK, "talk"));
        live.State.Should().Be("Talk");
    }

    [Theory]
    [InlineData("hold", "")]
    [InlineData("unhold", "")]
    [InlineData("transfer", """{"phone":"79161000001"}""")]
    [InlineData("transfer/complete", "")]
    [InlineData("restore", "")]
    [InlineData("record", """{"on":true}""")]
    [InlineData("coach", """{"phone":"103"}""")]
    [InlineData("blacklist", "")]
    [InlineData("dtmf", """{"symbol":"1"}""")]
    public async Task WhatNeedsATalk_WhileItRings_Is409ThatNamesTheStateAndUisIsNotAsked(string action, string body)
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.RingingAsync();

        var answer = await world.ActAsync(live, action, body);

        (answer.Status, answer.Json.Text("state")).Should().Be((HttpStatusCode.Conflict, "session"));
        answer.Json.Text("title").Should().Contain("in state session");
        world.Asked().Should().BeEmpty();
    }

    [Fact]
    public async Task ACallThatIsOver_Is409AndUisIsNotEvenListed()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        var ended = await live.HangUpAsync();
        await HubWorld.EventuallyAsync(async () => (await world.Hub.CallAsync("msk", ended.SessionId))?["call"]!["endedAt"] is not null, "the hub knows of the end");
        var before = world.Hub.RequestsOf("msk", m => m == "list.calls");

        foreach (var action in new[] { "hold", "release", "restore" })
        {
            var answer = await world.ActAsync(live, action);
            (answer.Status, answer.Json.Text("state")).Should().Be((HttpStatusCode.Conflict, "finishing"));
        }

        world.Hub.RequestsOf("msk", m => m == "list.calls").Should().Be(before);
    }

    [Theory]
    [InlineData("msk", 42)]
    [InlineData("nowhere", 42)]
    public async Task ACallThatNobodyKnows_Is404(string cabinet, long session)
    {
        await using var world = await ControlWorld.StartAsync();

        (await world.ActAsync(cabinet, session, "hold")).Status.Should().Be(HttpStatusCode.NotFound);
        (await world.ActAsync(cabinet, session, "transfer", """{"phone":"101"}""")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ACallWhoseWebhooksNeverCame_IsControlledAllTheSame()
    {
        await using var world = await ControlWorld.StartAsync();
        world.Hub.Uis.Cabinets["msk"].Options.EventsUrl = null;
        var live = await world.RingingAsync();
        await live.AnswerAsync();

        (await world.ActAsync(live, "hold")).Status.Should().Be(HttpStatusCode.OK);
        live.State.Should().Be("Hold");
    }

    [Fact]
    public async Task UisDoesNotListCalls_TheJournalIsEnoughToTry()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        world.Hub.Uis.Faults.Api.Only = m => m == "list.calls";
        world.Hub.Uis.Faults.Api.InternalError = true;

        (await world.ActAsync(live, "hold")).Status.Should().Be(HttpStatusCode.OK);
        var again = await world.ActAsync(live, "hold");

        (again.Status, again.Json.Text("state"), again.Json.Text("mnemonic")).Should().Be((HttpStatusCode.Conflict, "unknown", "invalid_state"), "UIS has the last word");
    }

    [Fact]
    public async Task DropLeg_OfAnOperator_EndsHisPart_AndAnUnknownLegIs404()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        var leg = live.Call.Legs.Single(l => l.IsOperator);

        (await world.ActAsync(live, "legs/1/drop")).Status.Should().Be(HttpStatusCode.NotFound);
        (await world.ActAsync(live, "legs/x/drop")).Status.Should().Be(HttpStatusCode.NotFound);
        (await world.ActAsync(live, $"legs/{leg.Id}/drop")).Status.Should().Be(HttpStatusCode.OK);

        live.State.Should().Be("Finished");
    }

    [Fact]
    public async Task Release_EndsTheCall()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();

        (await world.ActAsync(live, "release")).Json.Text("state").Should().Be("finishing");

        live.State.Should().Be("Finished");
    }

    [Fact]
    public async Task Tag_OnceOfALiveCall_TwiceIsAConflict_AndAFinishedOneIsTaggedThroughTheReports()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();

        (await world.ActAsync(live, "tags", """{"tagId":101}""")).Status.Should().Be(HttpStatusCode.OK);
        (await world.ActAsync(live, "tags", """{"tagId":101}""")).Status.Should().Be(HttpStatusCode.Conflict);
        (await world.ActAsync(live, "tags", """{"tagId":999}""")).Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        var missing = await world.ActAsync(live, "tags", "{}");
        missing.Status.Should().Be(HttpStatusCode.BadRequest);
        missing.Json["errors"]!["tagId"].Should().NotBeNull();

        var ended = await live.HangUpAsync();
        await HubWorld.EventuallyAsync(async () => (await world.Hub.CallAsync("msk", ended.SessionId))?["call"]!["endedAt"] is not null, "the hub knows of the end");
        (await world.ActAsync(live, "tags", """{"tagId":102}""")).Status.Should().Be(HttpStatusCode.OK);

        world.Hub.Uis.ApiCalls.Where(c => c.Error is null).Select(c => c.Method).Should().ContainSingle(m => m == "tag.call").And.ContainSingle(m => m == "set.tag_communications");
    }

    [Fact]
    public async Task RecordCoachBlacklistDtmf_OfATalk_ReachUis()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();

        var record = await world.ActAsync(live, "record", """{"on":true}""");
        (await world.ActAsync(live, "coach", """{"phone":"103"}""")).Status.Should().Be(HttpStatusCode.OK);
        (await world.ActAsync(live, "dtmf", """{"symbol":"9"}""")).Status.Should().Be(HttpStatusCode.OK);
        (await world.ActAsync(live, "dtmf", """{"symbol":"12"}""")).Status.Should().Be(HttpStatusCode.BadRequest);
        (await world.ActAsync(live, "record", "{}")).Status.Should().Be(HttpStatusCode.BadRequest);
        (await world.ActAsync(live, "blacklist")).Status.Should().Be(HttpStatusCode.OK);
        var twice = await world.ActAsync(live, "blacklist");

        (record.Status, record.Json.Text("mnemonic")).Should().Be((HttpStatusCode.Conflict, "record_already_started"), "the stand-in records every talk");
        (twice.Status, twice.Json.Text("mnemonic")).Should().Be((HttpStatusCode.Conflict, "duplicate_contact"));
        world.Asked().Should().Equal("record.call", "add.coach", "send.dtmf", "block.contact", "block.contact");
    }

    [Fact]
    public async Task AnswerOfUisIsLost_TheEffectIsLookedUp()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        world.Hub.Uis.Faults.Api.Only = m => m == "hold.call";
        world.Hub.Uis.Faults.Api.LoseAnswer = true;

        var answer = await world.ActAsync(live, "hold");

        (answer.Status, live.State).Should().Be((HttpStatusCode.OK, "Hold"));
        world.Asked().Should().Equal(["hold.call"], "nothing is sent twice");
    }

    [Fact]
    public async Task UisBreaksBeforeItActs_IsSaidAsNothingDone()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        world.Hub.Uis.Faults.Api.Only = m => m == "hold.call";
        world.Hub.Uis.Faults.Api.BadGateway = true;

        var answer = await world.ActAsync(live, "hold");

        answer.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Json.Text("title").Should().Contain("Nothing was done");
        live.State.Should().Be("Talk");
    }

    [Fact]
    public async Task TokenRevoked_Is502InWordsThatSayWhatToDo()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        world.Hub.Uis.Faults.Cabinet("msk").TokenRevoked = true;

        var answer = await world.ActAsync(live, "hold");

        answer.Status.Should().Be(HttpStatusCode.BadGateway);
        answer.Json.Text("title").Should().Contain("access key");
    }

    [Fact]
    public async Task PointsOfTheDayUsedUp_Is429WithRetryAfter()
    {
        await using var world = await ControlWorld.StartAsync(configure: o => o.Cabinets = all => [.. all.Select(c => c.Key == "msk" ? c with { CallDayPoints = 9 } : c)]);
        var live = await world.TalkingAsync();

        var answers = new List<Answer>();
        for (var i = 0; i < 10 && answers.TrueForAll(a => a.Status != HttpStatusCode.TooManyRequests); i++)
        {
            answers.Add(await world.ActAsync(live, i % 2 == 0 ? "hold" : "unhold"));
        }

        answers.SkipLast(1).Should().NotBeEmpty("a person may use the last point").And.OnlyContain(a => a.Status == HttpStatusCode.OK);
        answers[^1].Status.Should().Be(HttpStatusCode.TooManyRequests);
        int.Parse(answers[^1].Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture).Should().BeInRange(1, 86_400);
    }

    [Fact]
    public async Task PointsOfTheMinuteDoNotSufficeForATransfer_TheClientIsNotPutOnHold()
    {
        // The points come back with the full minute: a try that lasts over its end says nothing.
        while (true)
        {
            await using var world = await ControlWorld.StartAsync(configure: o => o.Cabinets = all => [.. all.Select(c => c.Key == "msk" ? c with { CallMinutePoints = 6 } : c)]);
            var live = await world.TalkingAsync();
            var minute = TimeProvider.System.GetUtcNow().Minute;
            (await world.ActAsync(live, "hold")).Status.Should().Be(HttpStatusCode.OK);
            (await world.ActAsync(live, "unhold")).Status.Should().Be(HttpStatusCode.OK);

            var answer = await world.ActAsync(live, "transfer", world.ToManager(ControlWorld.Anna));

            if (minute == TimeProvider.System.GetUtcNow().Minute)
            {
                answer.Status.Should().Be(HttpStatusCode.TooManyRequests);
                answer.Header("Retry-After").Should().NotBeNull();
                live.State.Should().Be("Talk", "half a transfer is worse than none");
                return;
            }
        }
    }

    [Fact]
    public async Task EveryAction_IsAudited()
    {
        await using var world = await ControlWorld.StartAsync();
        var live = await world.TalkingAsync();
        await world.ActAsync(live, "hold");
        await world.ActAsync(live, "transfer", world.ToManager(ControlWorld.Anna, "attended"));

        var rows = await world.Hub.InDatabaseAsync(c => c.Audit.AsNoTracking().Where(a => a.Who == "tests").OrderBy(a => a.Id).ToListAsync());

        rows.Select(r => r.Action).Should().Equal("call.hold", "call.transfer");
        rows.Should().OnlyContain(r => r.Details!.Contains($"msk:{live.SessionId}") && r.Who.Length > 1);
        rows[1].Details.Should().Contain("Иванова");
    }
}
