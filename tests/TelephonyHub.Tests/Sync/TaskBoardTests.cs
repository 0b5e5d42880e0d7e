using System.Text.Json.Nodes;
using TelephonyHub.Storage.Model;
using TelephonyHub.Sync;

namespace TelephonyHub.Tests.Sync;

/// <summary>The tasks of one call, what they wait for, and whose work they are.</summary>
public sealed class TaskBoardTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Tasks_InTheOrderOfWriting() =>
        Board(Row(SyncKinds.RecordingLink, "call:h"), Row(SyncKinds.Call), Row(SyncKinds.FollowUp), Row(SyncKinds.Deal), Row(SyncKinds.Contact), Row(SyncKinds.Talker)).Tasks.Select(t => t.Kind)
            .Should().Equal("talker", "contact", "deal", "followUp", "call", "recordingLink");

    [Fact]
    public void Open_OnlyWhatThisWorkClaimed() =>
        Board(Row(SyncKinds.Contact), Row(SyncKinds.Deal, state: "done"), Row(SyncKinds.Call, owner: "another")).Open.Select(t => t.Kind).Should().Equal("contact");

    [Theory]
    [InlineData(SyncKinds.Deal, "", new[] { "contact" })]
    [InlineData(SyncKinds.FollowUp, "", new[] { "contact", "deal" })]
    [InlineData(SyncKinds.Call, "", new[] { "contact", "deal", "followUp" })]
    [InlineData(SyncKinds.RecordingLink, "call:h", new[] { "call" })]
    [InlineData(SyncKinds.RecordingLink, "contact:h", new[] { "contact" })]
    [InlineData(SyncKinds.RecordingLink, "deal:h", new[] { "deal" })]
    [InlineData(SyncKinds.Contact, "", new string[0])]
    public void NeededBy_Task_WhatItRefersTo(string kind, string purpose, string[] needed)
    {
        var board = Board(Row(SyncKinds.Contact), Row(SyncKinds.Deal), Row(SyncKinds.FollowUp), Row(SyncKinds.Call), Row(SyncKinds.RecordingLink, "call:h"), Row(SyncKinds.RecordingLink, "contact:h"), Row(SyncKinds.RecordingLink, "deal:h"));

        board.NeededBy(board.Tasks.Single(t => t.Kind == kind && t.Row.Purpose == purpose)).Select(t => t.Kind).Should().Equal(needed);
    }

    [Fact]
    public void NeededBy_MissedCallWithoutDeal_OnlyWhatThereIs()
    {
        var board = Board(Row(SyncKinds.Contact), Row(SyncKinds.CallBack), Row(SyncKinds.Call));

        board.NeededBy(board.Tasks.Single(t => t.Kind == SyncKinds.Call)).Select(t => t.Kind).Should().Equal("contact", "callBack");
    }

    [Fact]
    public void NeededBy_FollowUpIsDead_TheCallDoesNotWaitForIt()
    {
        var board = Board(Row(SyncKinds.Contact), Row(SyncKinds.Deal), Row(SyncKinds.FollowUp, state: "dead", owner: null), Row(SyncKinds.Call), Row(SyncKinds.RecordingLink, "call:h"));

        board.NeededBy(board.Tasks.Single(t => t.Kind == SyncKinds.Call)).Select(t => t.Kind).Should().Equal("contact", "deal");
        board.References.ActivityId.Should().BeNull();
    }

    [Theory]
    [InlineData(FailureCategory.Permanent, false)]
    [InlineData(FailureCategory.Transient, true)]
    public void NeededBy_FollowUpFailsNow_TheCallWaitsOnlyIfItMayCome(FailureCategory category, bool waits)
    {
        var board = Board(Row(SyncKinds.FollowUp), Row(SyncKinds.Call));

        board.Activity!.Fail(new SyncFailure(category, "refused"));

        board.NeededBy(board.Tasks.Single(t => t.Kind == SyncKinds.Call)).Any().Should().Be(waits);
    }

    [Fact]
    public void NeededBy_FollowUpIsRefusedAgainAndAgain_TheCallDoesNotWaitForDays()
    {
        var followUp = Row(SyncKinds.FollowUp);
        followUp.Attempts = 5;
        var board = Board(followUp, Row(SyncKinds.Call));

        board.NeededBy(board.Tasks.Single(t => t.Kind == SyncKinds.Call)).Should().ContainSingle("this time it may be taken");
        board.Activity!.Fail(new SyncFailure(FailureCategory.Transient, "a process of the CRM fails"));
        board.NeededBy(board.Tasks.Single(t => t.Kind == SyncKinds.Call)).Should().BeEmpty();
    }

    [Fact]
    public void ReopenCalls_TaskComesAfterTheCall_CallIsWrittenOnceMore()
    {
        var call = Row(SyncKinds.Call, state: "done", owner: null);
        (call.Written, call.CrmId) = ("""{"Caption":"c"}""", Guid.Parse("00000000-0000-0000-0000-000000000003"));
        var board = Board(Row(SyncKinds.FollowUp), call);

        board.ReopenCallsWithoutTask();
        board.Open.Select(t => t.Kind).Should().Equal(["followUp"], "there is no task yet");
        board.Activity!.Finish(Guid.Parse("00000000-0000-0000-0000-000000000004"), []);
        board.ReopenCallsWithoutTask();

        board.Open.Should().ContainSingle().Which.Should().Match<BoardTask>(t => t.Kind == "call" && t.Adopted);
    }

    [Fact]
    public void References_LaterCallOfAMissedClient_TheTaskOfTheFirst()
    {
        var first = Guid.Parse("00000000-0000-0000-0000-000000000005");
        var later = Row(SyncKinds.Call);
        later.Wanted = ((WantedCall)Wanted.Read(later.Wanted) with { TaskId = first }).ToJson();
        var board = Board(later);

        board.References.ActivityId.Should().Be(first);
        board.TaskOfSeriesIsGone = true;
        board.References.ActivityId.Should().BeNull();
    }

    [Fact]
    public void Activity_CallBackAndFollowUp_CallPointsToTheFollowUp() => Board(Row(SyncKinds.CallBack), Row(SyncKinds.FollowUp)).Activity!.Kind.Should().Be("followUp");

    [Fact]
    public void References_AccountOfAFoundContact_Known()
    {
        var account = Guid.Parse("00000000-0000-0000-0000-000000000002");
        var board = Board(Row(SyncKinds.Contact));

        board.Contact!.Finish(account, new JsonObject { ["AccountId"] = account.ToString(), ["Found"] = true });

        board.References.Should().Be(new CrmReferences(account, account, null, null));
    }

    [Fact]
    public void Forget_RecordOfAnotherWorkIsGone_TakenUpByThisOne()
    {
        var board = Board(Row(SyncKinds.Contact, state: "done", owner: null));

        board.Contact!.Forget();

        board.Contact.Should().Match<BoardTask>(t => t.Open && t.Adopted && t.CrmId == null && t.Written == null);
    }

    [Fact]
    public void ForgetAsIn_BoardReadAgainAfterANewPlan_WhatIsGoneStaysForgotten()
    {
        SyncTaskRow[] rows = [Row(SyncKinds.Contact, state: "done", owner: null), Row(SyncKinds.Call)];
        rows[0].CrmId = Guid.Parse("00000000-0000-0000-0000-000000000002");
        var (before, after) = (Board([.. rows]), Board([.. rows]));
        before.Contact!.Forget();

        after.ForgetAsIn(before);

        after.Contact.Should().Match<BoardTask>(t => t.Open && t.CrmId == null);
    }

    [Fact]
    public void OfReferences_AnotherClient_OnlyWhatWasSetBefore()
    {
        var written = new JsonObject { ["ContactId"] = "a", ["OpportunityId"] = "d", ["Title"] = "x" };
        var wanted = new JsonObject { ["ContactId"] = "b", ["OpportunityId"] = "d", ["AccountId"] = "c", ["Title"] = "y" };

        BodyDiff.OfReferences(written, wanted).Select(p => (p.Key, p.Value!.GetValue<string>())).Should().Equal(("ContactId", "b"));
    }

    [Fact]
    public void Failure_DeadTaskOfAnEarlierWork_BlocksWhatNeedsIt() =>
        Board(Row(SyncKinds.Contact, state: "dead", owner: null), Row(SyncKinds.Deal)).Contact!.Failure!.Category.Should().Be(FailureCategory.Blocked);

    private static TaskBoard Board(params SyncTaskRow[] rows) => new(rows.Reverse(), "me");

    private static SyncTaskRow Row(string kind, string purpose = "", string state = "running", string? owner = "me") => new()
    {
        Id = Guid.CreateVersion7(Now),
        Cabinet = "msk",
        SessionId = 1,
        Kind = kind,
        Purpose = purpose,
        Rank = SyncKinds.RankOf(kind),
        Lane = "+79161234567",
        State = state,
        LeaseOwner = owner,
        Wanted = (kind switch
        {
            SyncKinds.Contact => (Wanted)new WantedContact(MayCreate: true, "+79161234567", "Имя", null),
            SyncKinds.Deal => new WantedDeal("Звонок", "Имя", null, null),
            SyncKinds.FollowUp or SyncKinds.CallBack => new WantedActivity(Open: true, "Задача", null, Now, Now),
            SyncKinds.Call => new WantedCall { IntegrationId = "msk:1", Incoming = true, NoAnswer = false, CallerId = "", CalledId = "", Start = Now, End = Now, Caption = "" },
            SyncKinds.RecordingLink => new WantedLink(purpose.Split(':')[0], "h", "https://hub/r/h"),
            _ => new WantedTalker(),
        }).ToJson(),
    };
}
