namespace TelephonyHub.Routing;

/// <summary>What speaks against ringing somebody now. What is not known, or too old to be believed, never does.</summary>
internal static class PersonCheck
{
    /// <summary>Points are few, so a status may be a quarter of an hour old; one that was not renewed for an hour tells nothing any more.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromHours(1);

    public static Reason? Against(Colleague who, RoutingFacts facts)
    {
        if (!who.Manager.CanOwn)
        {
            return Reasons.NotActive;
        }

        if (who.Absent is { } absent)
        {
            return Reasons.Absent(absent);
        }

        if (who.Hours is { Open: false } hours)
        {
            return Reasons.Closed(hours);
        }

        // While the database holds no calendar, every hour is working (contract): then his schedule of the PBX does not count either.
        if (who is { Hours.HasCalendar: true, Presence.InSchedule: false })
        {
            return Reasons.OutsideSchedule;
        }

        return who.Presence is { TakesCalls: false, StatusAge: { } age } && age <= Believed ? Reasons.Away(who.Presence.Status, age) : null;
    }

    /// <summary>He is on a call, in truth or by assumption.</summary>
    public static Reason? OnCall(Colleague who) => who.Presence.OnCall ? Reasons.OnCall(who.Presence) : null;
}
