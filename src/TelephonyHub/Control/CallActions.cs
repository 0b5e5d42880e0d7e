namespace TelephonyHub.Control;

/// <summary>What can be done with a live call.</summary>
public enum CallAction
{
    Hold,
    Unhold,
    Transfer,
    CompleteTransfer,
    Restore,
    DropLeg,
    Release,
    Tag,
    Record,
    Coach,
    Blacklist,
    Dtmf,
}

/// <summary>Which action is possible in which state, and what it leads to (UIS reference 1.8). Pure.</summary>
public static class CallActions
{
    private const CallStates Live = CallStates.Session | CallStates.Talk | CallStates.Hold | CallStates.Dialing | CallStates.OperatorTalk | CallStates.Transferring;

    public static CallStates AllowedIn(CallAction action) => action switch
    {
        CallAction.Hold => CallStates.Talk,
        CallAction.Unhold => CallStates.Hold,

        // A client who is on hold already need not be held again.
        CallAction.Transfer => CallStates.Talk | CallStates.Hold,
        CallAction.CompleteTransfer or CallAction.Restore => CallStates.Dialing | CallStates.OperatorTalk,
        CallAction.DropLeg or CallAction.Release => Live,

        // A finished call is tagged through the Data API.
        CallAction.Tag => Live | CallStates.Finishing,

        // The diagram hangs recording, coach and blacklist on TALK.
        CallAction.Record or CallAction.Coach or CallAction.Blacklist or CallAction.Dtmf => CallStates.Talk,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    /// <summary>Possible in one of the states that the call may be in.</summary>
    public static bool IsAllowed(CallAction action, CallStates states) => (AllowedIn(action) & states) != CallStates.None;

    /// <summary>The state that proves the action done, where one does: an answer that was lost is looked up by it.</summary>
    public static CallStates? Proof(CallAction action) => action switch
    {
        CallAction.Hold => CallStates.Hold,
        CallAction.Unhold or CallAction.Restore => CallStates.Talk,
        CallAction.CompleteTransfer => CallStates.Talk | CallStates.Transferring,
        CallAction.Transfer => CallStates.Dialing | CallStates.OperatorTalk, // the third party rings, or talks already
        CallAction.Release => CallStates.Finishing,
        _ => null,
    };
}
