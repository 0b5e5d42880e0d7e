using TelephonyHub.Directory;

namespace TelephonyHub.Calls;

/// <summary>
/// The sessions of one conversation seen as one call: a transfer to another cabinet, or a call forwarded there, opens a second session. Pure. Its
/// owner is whoever talked with the client last, in whichever session.
/// </summary>
public sealed class Conversation
{
    private readonly IReadOnlyDictionary<SessionKey, IReadOnlyList<Call>> _children;

    /// <param name="first">The session that began it.</param>
    /// <param name="others">Each with the session that dialled it.</param>
    public Conversation(Call first, IReadOnlyList<(Call Call, SessionKey Parent)> others)
    {
        First = first;
        Others = [.. others.Select(o => o.Call).OrderBy(c => c.StartedAt).ThenBy(c => c.Key.IntegrationId, StringComparer.Ordinal)];
        _children = others.GroupBy(o => o.Parent).ToDictionary(g => g.Key, g => (IReadOnlyList<Call>)[.. g.Select(o => o.Call).OrderBy(c => c.StartedAt)]);
        ParentOf = others.ToDictionary(o => o.Call.Key, o => o.Parent);
        Talker = LastTalk(first)?.Talker;

        // A first session talks with the second one's greeting, too: that is no answer, unless somebody talked there.
        Answered = Talker is not null || (first.Answered && Others.Any(o => !o.Ended));
    }

    public Call First { get; }

    /// <summary>Second sessions and those that followed from them, in the order of beginning.</summary>
    public IReadOnlyList<Call> Others { get; }

    public IReadOnlyDictionary<SessionKey, SessionKey> ParentOf { get; }

    /// <summary>Somebody of the company talked with the client.</summary>
    public bool Answered { get; }

    /// <summary>Who talked last with the client, and in which session; the participant is null where no event names him.</summary>
    public SessionParticipant? Talker { get; }

    public DateTimeOffset? EndedAt => Others.Append(First).Max(c => c.EndedAt);

    /// <summary>Employees and numbers rung, each with the session it was in; numbers that led to another session are not people.</summary>
    public IEnumerable<SessionParticipant> Rung =>
        Others.Prepend(First).SelectMany(c => c.Rung.Where(p => !IsOnward(c, p)).Select(p => new SessionParticipant(c.Key, p)));

    /// <summary>Who of a session's own people talked last there; a number that led to another session is nobody.</summary>
    public Participant? LastPersonIn(Call call) =>
        call.LastTalked is { } last && IsOnward(call, last) ? call.Talks.Where(t => !IsOnward(call, t.Who)).MaxBy(t => t.LastBegin)?.Who : call.LastTalked;

    /// <summary>
    /// The latest talk of a session with a person. Where a leg names the second session's number, the talk over that leg is the second session's, at
    /// the moment it began here: a consultation before the transfer is none, and after "restore" the client is back with the first.
    /// </summary>
    private (SessionParticipant Talker, DateTimeOffset At)? LastTalk(Call call)
    {
        var talks = call.Talks.Where(t => !IsOnward(call, t.Who)).Select(t => (new SessionParticipant(call.Key, t.Who), t.LastBegin)).ToList();
        if (talks.Count == 0 && call.Answered && call.Talks.Count == 0)
        {
            talks.Add((new SessionParticipant(call.Key, call.LastTalked), call.AnsweredAt ?? call.StartedAt));
        }

        foreach (var child in _children.GetValueOrDefault(call.Key) ?? [])
        {
            if (LastTalk(child) is not { } there)
            {
                continue;
            }

            var legs = call.Legs.Where(l => IsSame(l.CalledNumber, child.VirtualNumber)).ToList();
            if (legs.Count == 0)
            {
                talks.Add((there.Talker, there.At));
            }
            else if (call.Talks.FirstOrDefault(t => IsSame(t.Who.Number, child.VirtualNumber)) is { } over)
            {
                talks.Add((there.Talker, over.LastBegin));
            }
        }

        if (talks.Count == 0)
        {
            return null;
        }

        // At one moment the transfer comes after the consultation that it ended.
        var last = talks.OrderBy(t => t.Item2).Last();

        // The PBX's own word on who talked last in its session is better than the order of talks there.
        return last.Item1.Session == call.Key && call.LastTalked is { IsKnown: true } named && !IsOnward(call, named) ? (new SessionParticipant(call.Key, named), last.Item2) : last;
    }

    private bool IsOnward(Call call, Participant who) =>
        who.EmployeeId is null && (_children.GetValueOrDefault(call.Key)?.Any(c => IsSame(who.Number, c.VirtualNumber)) ?? false);

    private static bool IsSame(string? number, string? other) => PhoneNumber.TryParse(number) is { } parsed && parsed == PhoneNumber.TryParse(other);
}

/// <summary>Somebody of the company in one of the sessions.</summary>
/// <param name="Session">Which: an employee id counts in its own cabinet.</param>
/// <param name="Who">Null where no event names him.</param>
public sealed record SessionParticipant(SessionKey Session, Participant? Who);
