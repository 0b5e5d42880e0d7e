using TelephonyHub.Calls;
using TelephonyHub.Directory;

namespace TelephonyHub.Sync.Cards;

/// <summary>Spelled in the payload in lower case.</summary>
public enum CardEvent
{
    Ringing = 1,
    Answered = 2,
    Ended = 3,
}

/// <summary>Which manager is to be told what of a call. Pure.</summary>
/// <remarks>Only managers whose phones ring get a card; it goes away for the others when one answers, and for all at the end.</remarks>
public static class CardRules
{
    /// <summary>False while no phone rang: then nobody is to see the call, and nobody's card is over.</summary>
    public static bool Concerns(Call call) => call.Answered || call.Ended || call.RingingNow.Count > 0 || call.Legs.Any(l => l.RangAt is not null);

    /// <summary>Who is to see the call.</summary>
    /// <param name="call">As folded now.</param>
    /// <param name="managerOf">Participant → manager; null where nobody is known.</param>
    public static IReadOnlyList<(Manager Manager, CardEvent Event)> For(Call call, Func<Participant, Manager?> managerOf)
    {
        if (call.Direction != CallDirection.In || call.Ended)
        {
            return [];
        }

        return call.Answered
            ? [.. Managers(Talker(call), managerOf).Select(m => (m, CardEvent.Answered))]
            : [.. Managers(call.RingingNow, managerOf).Select(m => (m, CardEvent.Ringing))];
    }

    /// <summary>Whose card is over: everybody's at the end, all but the talker's on answer; before that, whose phone stopped ringing.</summary>
    /// <param name="call">As folded now.</param>
    /// <param name="told">Contacts of all who have a card, also by a routing answer whose phone never rang.</param>
    /// <param name="managerOf">Participant → manager; null where nobody is known.</param>
    /// <param name="patient">
    /// Others have been ringing for a while: then a phone that has not rung by now was passed over. At once that is not known, for events come in any order,
    /// and a card that was taken away does not come again.
    /// </param>
    public static IReadOnlyList<Guid> Over(Call call, IEnumerable<Guid> told, Func<Participant, Manager?> managerOf, bool patient)
    {
        if (call.Ended)
        {
            return [.. told];
        }

        if (call.Answered)
        {
            var talker = Contacts(Talker(call), managerOf);
            return [.. told.Where(t => !talker.Contains(t))];
        }

        var rung = call.Legs.Where(l => l is { RangAt: not null, Participant: not null }).ToLookup(l => l.EndedAt is null, l => l.Participant!);
        var (rings, stopped) = (Contacts(rung[true], managerOf), Contacts(rung[false], managerOf));
        return [.. told.Where(t => !rings.Contains(t) && (stopped.Contains(t) || (patient && rings.Count > 0)))];
    }

    private static IEnumerable<Participant> Talker(Call call) => call.LastTalked is { } last ? [last] : [];

    private static HashSet<Guid> Contacts(IEnumerable<Participant> participants, Func<Participant, Manager?> managerOf) =>
        [.. Managers(participants, managerOf).Select(m => m.ContactId!.Value)];

    private static List<Manager> Managers(IEnumerable<Participant> participants, Func<Participant, Manager?> managerOf) =>
        [.. participants.Select(managerOf).Where(m => m is { UserId: not null, CanOwn: true }).Select(m => m!).DistinctBy(m => m.ContactId)];
}
