using TelephonyHub.Directory;

namespace TelephonyHub.Calls;

/// <summary>Leg events → legs, each with the company's participant where an event names one.</summary>
internal static class LegFold
{
    public static IReadOnlyList<CallLeg> From(IReadOnlyList<CallEvent> ordered, PhoneNumber? client, string? virtualNumber)
    {
        var legs = new SortedDictionary<long, CallLeg>();
        foreach (var e in ordered)
        {
            foreach (var id in e.LegIds)
            {
                // An event about several legs (a talk) proves each leg, but its employee and numbers belong to one of them only.
                var alone = e.LegIds.Count == 1;
                legs[id] = Add(legs.GetValueOrDefault(id) ?? new CallLeg { Id = id, FirstSeenAt = SeenAt(e) }, e, alone);
            }
        }

        return [.. legs.Values.Select(l => Close(l, client, virtualNumber)).OrderBy(l => l.FirstSeenAt).ThenBy(l => l.Id)];
    }

    private static CallLeg Add(CallLeg leg, CallEvent e, bool alone) => leg with
    {
        FirstSeenAt = Earlier(leg.FirstSeenAt, SeenAt(e))!.Value,
        CallingNumber = leg.CallingNumber ?? (alone ? e.CallingNumber : null),
        CalledNumber = leg.CalledNumber ?? (alone ? e.CalledNumber : null),
        Participant = alone && (e.EmployeeId is not null || e.EmployeePhone is not null)
            ? Merge(leg.Participant, new Participant(e.EmployeeId, e.EmployeeName, e.EmployeePhone))
            : leg.Participant,
        IsClientLeg = leg.IsClientLeg || (e.Kind == CallEventKind.IncomingLeg && e.Direction != CallDirection.Out && e.EmployeeId is null),
        RangAt = e.Kind is CallEventKind.Ringing or CallEventKind.OutgoingLeg ? Earlier(leg.RangAt, e.At) : leg.RangAt,
        ConnectedAt = e.Kind == CallEventKind.Connected ? Earlier(leg.ConnectedAt, e.At) : leg.ConnectedAt,
        TalkedAt = e.Kind == CallEventKind.TalkStarted || e is { Kind: CallEventKind.ReportLeg, Talked: true } ? Earlier(leg.TalkedAt, e.At) : leg.TalkedAt,
        EndedAt = e.Kind == CallEventKind.LegEnded ? e.At : leg.EndedAt,
    };

    /// <summary>A report row stands at the leg's talk and says when the leg began.</summary>
    private static DateTimeOffset SeenAt(CallEvent e) => e.Kind == CallEventKind.ReportLeg && e.StartedAt < e.At ? e.StartedAt.Value : e.At;

    /// <summary>The number on the company's side is the leg's number that is neither the client's nor the cabinet's own.</summary>
    private static CallLeg Close(CallLeg leg, PhoneNumber? client, string? virtualNumber)
    {
        var isClient = leg.IsClientLeg || IsSame(leg.CalledNumber, client);
        if (isClient && leg.Participant?.EmployeeId is null)
        {
            return leg with { IsClientLeg = true, Participant = null, RangAt = IsSame(leg.CalledNumber, client) ? leg.RangAt : null };
        }

        var number = new[] { leg.CalledNumber, leg.Participant?.Number, leg.CallingNumber }
            .FirstOrDefault(n => !string.IsNullOrWhiteSpace(n) && !IsSame(n, client) && !IsSame(n, PhoneNumber.TryParse(virtualNumber)) && n != virtualNumber);
        var participant = leg.Participant is { } known ? known with { Number = known.Number ?? number } : number is null ? null : new Participant(null, null, number);
        return leg with { Participant = participant };
    }

    private static Participant Merge(Participant? a, Participant b) =>
        a is null ? b : new Participant(a.EmployeeId ?? b.EmployeeId, a.Name ?? b.Name, a.Number ?? b.Number);

    private static bool IsSame(string? number, PhoneNumber? other) => other is not null && PhoneNumber.TryParse(number) == other;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset b) => a < b ? a : b;
}
