using System.Globalization;
using TelephonyHub.Control;
using TelephonyHub.Tests.Calls;
using TelephonyHub.Uis.CallApi;

namespace TelephonyHub.Tests.Control;

/// <summary>The state machine of a live call (UIS reference 1.8): read from the legs, and what it allows.</summary>
public sealed class CallStateTests
{
    [Theory]
    [InlineData("Dialing", CallStates.Session)]
    [InlineData("Queued", CallStates.Session)]
    [InlineData("Queued Dialing", CallStates.Session)]
    [InlineData("", CallStates.Session)]
    [InlineData("Talk Talk", CallStates.Talk)]
    [InlineData("Talk SendingDtmf", CallStates.Talk)]
    [InlineData("Talk Talk Disconnected", CallStates.Talk)]
    [InlineData("OnHold Talk", CallStates.Hold)]
    [InlineData("OnHold OnHold", CallStates.Hold)]
    [InlineData("OnHold Talk Dialing", CallStates.Dialing)]
    [InlineData("OnHold Talk Disconnected", CallStates.Hold)]
    [InlineData("OnHold OperatorTalk OperatorTalk", CallStates.OperatorTalk)]
    [InlineData("Transfer Dialing", CallStates.Transferring)]
    public void Of_TheLegsOfListCalls_IsTheStateOfTheDiagram(string legs, CallStates expected)
    {
        var call = new UisLiveCall
        {
            CallSessionId = 1,
            Legs = [.. legs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((state, i) => new UisLiveLeg { LegId = i, State = Enum.Parse<UisLegState>(state) })],
        };

        CallStateReader.Of(call).Should().Be(expected);
    }

    [Fact]
    public void Of_ATextThatTheReferenceDoesNotHave_LeavesUisTheLastWord()
    {
        var call = new UisLiveCall { CallSessionId = 1, Legs = [new UisLiveLeg { LegId = 1, State = UisLegState.Unknown }] };

        foreach (var action in Enum.GetValues<CallAction>())
        {
            CallActions.IsAllowed(action, CallStateReader.Of(call)).Should().BeTrue(action.ToString());
        }
    }

    [Fact]
    public void Of_TheJournalAlone_SaysOnlyWhatItKnows()
    {
        var rings = CallStory.Fold(CallStory.Incoming(), CallStory.Rings(2, 1, 8));
        var talks = CallStory.Fold(CallStory.Incoming(), CallStory.Rings(2, 1, 8), CallStory.TalkStarts(5, 8, 1));
        var over = CallStory.Fold(CallStory.Incoming(), CallStory.Finished(9));

        CallStateReader.NameOf(CallStateReader.Of(over)).Should().Be("finishing");
        CallStateReader.NameOf(CallStateReader.Of(talks)).Should().Be("talk|hold|dialing|operatorTalk|transferring");
        CallStateReader.Of(rings).Should().HaveFlag(CallStates.Session).And.HaveFlag(CallStates.Talk, "the event of the answer may be on its way");
        CallStateReader.NameOf(CallStates.None).Should().Be("unknown");
    }

    /// <summary>The diagram as a table: a plus where the action is possible. Columns: session, talk, hold, dialing, operatorTalk, transferring, finishing.</summary>
    [Theory]
    [InlineData(CallAction.Hold, "-+-----")]
    [InlineData(CallAction.Unhold, "--+----")]
    [InlineData(CallAction.Transfer, "-++----")]
    [InlineData(CallAction.CompleteTransfer, "---++--")]
    [InlineData(CallAction.Restore, "---++--")]
    [InlineData(CallAction.DropLeg, "++++++-")]
    [InlineData(CallAction.Release, "++++++-")]
    [InlineData(CallAction.Tag, "+++++++")]
    [InlineData(CallAction.Record, "-+-----")]
    [InlineData(CallAction.Coach, "-+-----")]
    [InlineData(CallAction.Blacklist, "-+-----")]
    [InlineData(CallAction.Dtmf, "-+-----")]
    public void IsAllowed_InEachState_IsTheDiagram(CallAction action, string row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var state = (CallStates)(1 << i);
            CallActions.IsAllowed(action, state).Should().Be(row[i] == '+', string.Create(CultureInfo.InvariantCulture, $"{action} in {state}"));
        }

        CallActions.IsAllowed(action, CallStates.None).Should().BeFalse();
    }

    [Fact]
    public void Proof_OfAnAction_IsNoStateInWhichItCouldBeAskedAgain()
    {
        foreach (var action in Enum.GetValues<CallAction>())
        {
            if (CallActions.Proof(action) is { } proof)
            {
                (proof & CallActions.AllowedIn(action)).Should().Be(CallStates.None, $"else a lost answer to {action} could not be told from a lost request");
            }
        }
    }
}
