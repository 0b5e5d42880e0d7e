using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Notifications;

/// <summary>What an event is about, besides its session.</summary>
internal sealed record EventFacts
{
    public CallLeg? Leg { get; init; }

    public Talk? Talk { get; init; }

    public CallRecord? Record { get; init; }

    public SimEmployee? Employee { get; init; }

    public SimTag? Tag { get; init; }

    /// <summary>Of `call_hold_control` and `talk_record_control`; the words are not in the reference.</summary>
    public string? Status { get; init; }
}
