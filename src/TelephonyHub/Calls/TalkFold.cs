using TelephonyHub.Directory;

namespace TelephonyHub.Calls;

/// <summary>What one participant talked with the client, in one talk or several.</summary>
/// <param name="LastBegin">Of the latest of them: after a consultation the client may be back with the first.</param>
internal sealed record Talk(Participant Who, DateTimeOffset Begin, DateTimeOffset LastBegin, int? Seconds, bool IsOpen);

/// <summary>Who talked, when, in the order of beginning.</summary>
internal static class TalkFold
{
    public static IReadOnlyList<Talk> From(IReadOnlyList<CallEvent> ordered, IReadOnlyList<CallLeg> legs, PhoneNumber? client, string? virtualNumber)
    {
        var cabinet = PhoneNumber.TryParse(virtualNumber);
        var byId = legs.ToDictionary(l => l.Id);
        var facts = ordered
            .Where(e => e.Kind is CallEventKind.TalkStarted or CallEventKind.TalkFinished || e is { Kind: CallEventKind.ReportLeg, Talked: true } || IsTalkedFinish(e))
            .Select(e => (Event: e, Who: WhoOf(e, byId, client, cabinet)))
            .ToList();

        // A talk whose participant no event names adds nothing to one that is named: it is the same talk seen through a poorer template.
        var named = facts.Where(f => f.Who.IsKnown).ToList();
        return
        [
            .. (named.Count > 0 ? named : facts)
                .GroupBy(f => KeyOf(f.Who), StringComparer.Ordinal)
                .Select(g => Summarise([.. g]))
                .OrderBy(t => t.Begin)
                .ThenBy(t => KeyOf(t.Who), StringComparer.Ordinal),
        ];
    }

    // The finish event names an employee also when nobody talked; only with talk time does it prove who did.
    private static bool IsTalkedFinish(CallEvent e) =>
        e.Kind == CallEventKind.SessionFinished && e.TalkSeconds > 0 && (e.EmployeeId ?? e.LastTalkedEmployeeId) is not null;

    private static Talk Summarise(List<(CallEvent Event, Participant Who)> facts)
    {
        var who = facts.Select(f => f.Who).Aggregate((a, b) => new Participant(a.EmployeeId ?? b.EmployeeId, a.Name ?? b.Name, a.Number ?? b.Number));
        var starts = facts.Where(f => f.Event.Kind == CallEventKind.TalkStarted).Select(f => f.Event.At).ToList();
        var ends = facts.Where(f => f.Event.Kind == CallEventKind.TalkFinished).Select(f => f.Event).ToList();
        var begin = starts.Count > 0 ? starts.Min() : facts.Min(f => BeginOf(f.Event));
        var own = facts.Where(f => f.Event.Kind != CallEventKind.SessionFinished).Select(f => BeginOf(f.Event)).ToList();
        var stated = ends.Where(e => e.TalkSeconds is not null).Sum(e => (long)e.TalkSeconds!.Value);
        int? seconds = stated > 0 ? (int)Math.Min(stated, int.MaxValue) : ends.Count > 0 ? (int)Math.Max(0, Math.Round((ends.Max(e => e.At) - begin).TotalSeconds)) : null;
        return new Talk(who, begin, own.Count > 0 ? own.Max() : begin, seconds, starts.Count > 0 && (ends.Count == 0 || ends.Max(e => e.At) < starts.Max()));
    }

    /// <summary>A finish says how long the talk was; a garbled one could lead before the beginning of time.</summary>
    private static DateTimeOffset BeginOf(CallEvent e)
    {
        var seconds = e.Kind is CallEventKind.TalkFinished or CallEventKind.SessionFinished ? Math.Max(0, e.TalkSeconds ?? 0) : 0;
        return (e.At - DateTimeOffset.MinValue).TotalSeconds > seconds ? e.At.AddSeconds(-seconds) : e.At;
    }

    private static Participant WhoOf(CallEvent e, Dictionary<long, CallLeg> legs, PhoneNumber? client, PhoneNumber? cabinet)
    {
        if (e.Kind == CallEventKind.SessionFinished)
        {
            var id = e.LastTalkedEmployeeId ?? e.EmployeeId;
            return new Participant(id, id == e.EmployeeId ? e.EmployeeName : null, null);
        }

        var ofLegs = e.LegIds.Select(id => legs.GetValueOrDefault(id)).Where(l => l is { IsClientLeg: false, Participant: not null }).Select(l => l!.Participant!).ToList();
        if (e.EmployeeId is { } employee)
        {
            return new Participant(employee, e.EmployeeName, e.EmployeePhone ?? ofLegs.Find(p => p.EmployeeId == employee)?.Number);
        }

        return ofLegs.Find(p => p.EmployeeId is not null) ?? ofLegs.Find(p => p.IsKnown) ?? new Participant(null, e.EmployeeName, e.EmployeePhone ?? OwnNumber(e, client, cabinet));
    }

    /// <summary>The called number of a talk, unless it is the client's own or the cabinet's, in whatever spelling.</summary>
    private static string? OwnNumber(CallEvent e, PhoneNumber? client, PhoneNumber? cabinet)
    {
        if (string.IsNullOrWhiteSpace(e.CalledNumber) || e.CalledNumber == e.ClientPhone || e.CalledNumber == e.VirtualNumber)
        {
            return null;
        }

        return PhoneNumber.TryParse(e.CalledNumber) is { } called && (called == client || called == cabinet) ? null : e.CalledNumber;
    }

    private static string KeyOf(Participant who) => who.EmployeeId is { } id ? $"e{id}" : $"n{who.Number}";
}
