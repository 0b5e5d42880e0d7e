using System.Text.Json;
using TelephonyHub.Calls;
using TelephonyHub.Uis.CallApi;

namespace TelephonyHub.Control;

/// <summary>
/// The state machine of a live call (UIS reference 1.8). Flags, because the journal alone cannot tell some of them apart: then several are possible and
/// UIS has the last word.
/// </summary>
[Flags]
public enum CallStates
{
    None = 0,

    /// <summary>Rings; nobody talks yet.</summary>
    Session = 1,

    /// <summary>Client and employee talk.</summary>
    Talk = 2,

    /// <summary>The client waits.</summary>
    Hold = 4,

    /// <summary>The client waits, a third party is being rung.</summary>
    Dialing = 8,

    /// <summary>The client waits, employee and third party talk.</summary>
    OperatorTalk = 16,

    /// <summary>The employee has left, the third party is still being rung.</summary>
    Transferring = 32,

    /// <summary>Over.</summary>
    Finishing = 64,
}

/// <summary>Reads the state of a call. Pure.</summary>
public static class CallStateReader
{
    /// <summary>What may be while somebody has answered and no more is known.</summary>
    private const CallStates AnyTalk = CallStates.Talk | CallStates.Hold | CallStates.Dialing | CallStates.OperatorTalk | CallStates.Transferring;

    /// <summary>From <c>list.calls</c>: the truth of this moment. Its texts are documented, which leg shows which is not: any of them counts.</summary>
    public static CallStates Of(UisLiveCall call)
    {
        var legs = call.Legs.Where(l => l.State != UisLegState.Disconnected).ToList();
        var thirdRings = legs.Exists(l => l.State == UisLegState.Dialing);
        return legs switch
        {
            _ when legs.Exists(l => l.State == UisLegState.OperatorTalk) => CallStates.OperatorTalk,
            _ when legs.Exists(l => l.State == UisLegState.OnHold) => thirdRings ? CallStates.Dialing : CallStates.Hold,
            _ when legs.Exists(l => l.State == UisLegState.Transfer) => CallStates.Transferring,
            _ when legs.Exists(l => l.State is UisLegState.Talk or UisLegState.SendingDtmf) => CallStates.Talk,
            _ when legs.Exists(l => l.State == UisLegState.Unknown) => CallStates.Session | AnyTalk,
            _ => CallStates.Session,
        };
    }

    /// <summary>From the journal, while UIS cannot be asked.</summary>
    public static CallStates Of(Call call) => call switch
    {
        { Ended: true } => CallStates.Finishing,
        { Answered: true } => AnyTalk,
        _ => CallStates.Session | AnyTalk, // the event of the answer may be on its way
    };

    /// <summary>As the API spells it: <c>talk</c>, or <c>talk|hold</c> where only that much is known.</summary>
    public static string NameOf(CallStates states) =>
        states == CallStates.None ? "unknown" : string.Join('|', Enum.GetValues<CallStates>().Where(s => s != CallStates.None && states.HasFlag(s)).Select(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString())));
}
