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
    /// <param name="call">As folded now.</param>
    /// <param name="managerOf">Participant → manager; null where nobody is known.</param>
    /// <returns>Ringing and answered go out at once; an end only to those who were told before.</returns>
    public static IReadOnlyList<(Manager Manager, CardEvent Event)> For(Call call, Func<Participant, Manager?> managerOf)
    {
        if (call.Direction != CallDirection.In)
        {
            return [];
        }

        var rung = Managers(call.Rung, managerOf);
        if (call.Ended)
        {
            var talked = call.LastTalked is { } last ? Managers([last], managerOf) : [];
            return [.. rung.Concat(talked).DistinctBy(m => m.ContactId).Select(m => (m, CardEvent.Ended))];
        }

        if (call.Answered)
        {
            var talker = call.LastTalked is { } who ? Managers([who], managerOf) : [];
            return [.. talker.Select(m => (m, CardEvent.Answered)), .. rung.Where(m => talker.All(t => t.ContactId != m.ContactId)).Select(m => (m, CardEvent.Ended))];
        }

        var ringing = Managers(call.RingingNow, managerOf);
        var stopped = Managers([.. call.Legs.Where(l => l is { RangAt: not null, EndedAt: not null, Participant: not null }).Select(l => l.Participant!)], managerOf);
        return
        [
            .. ringing.Select(m => (m, CardEvent.Ringing)),
            .. stopped.Where(m => ringing.All(r => r.ContactId != m.ContactId)).Select(m => (m, CardEvent.Ended)),
        ];
    }

    private static List<Manager> Managers(IReadOnlyList<Participant> participants, Func<Participant, Manager?> managerOf) =>
        [.. participants.Select(managerOf).Where(m => m is { UserId: not null, CanOwn: true }).Select(m => m!).DistinctBy(m => m.ContactId)];
}
