using System.Text.Json;
using CsCheck;
using TelephonyHub.Calls;
using static TelephonyHub.Tests.Calls.CallStory;

namespace TelephonyHub.Tests.Calls;

/// <summary>Promises 3 and 4: order, repeats and gaps of delivery do not change what a call was.</summary>
public sealed class CallFoldPropertyTests
{
    [Fact]
    public void Fold_AnyOrderAndAnyRepeats_SameCall() =>
        CallGen.Session.SelectMany(events => Delivered(events).Select(delivered => (events, delivered)))
            .Sample(s => Json(s.events) == Json(s.delivered), print: s => Json(s.events) + "\n" + Json(s.delivered));

    [Fact]
    public void Fold_WildEventsInAnyOrder_SameCall() =>
        CallGen.Wild.Array[1, 6].SelectMany(events => Delivered(events).Select(delivered => (events, delivered)))
            .Sample(s => Json(s.events) == Json(s.delivered), print: s => Json(s.events) + "\n" + Json(s.delivered));

    [Fact]
    public void Fold_AnswerKnownThenAnythingComes_StaysAnswered() =>
        Gen.Select(CallGen.Session, CallGen.Wild.Array[1, 3]).Where((known, _) => Fold(known).Answered).Sample((known, later) =>
        {
            var call = Fold(known.Concat(later));
            return call.Answered && call.State is CallState.Answered or CallState.Talking;
        });

    [Fact]
    public void Fold_EventsMissing_FoldsWhatIsThere() =>
        CallGen.Session.SelectMany(events => Gen.Bool.Array[events.Length].Select(kept => events.Where((_, i) => kept[i]).ToArray())).Where(events => events.Length > 0).Sample(events =>
        {
            var call = Fold(events);
            return call.StartedAt >= Begin && (call.Answered || call.LastTalked is null) && (call.Ended == call.EndedAt is not null);
        });

    [Fact]
    public void Fold_Transfer_WhoTookOverTalkedLastHoweverDelivered() =>
        Delivered([.. AnsweredBy(8).SkipLast(1), LegTo(41, 503, 9), TalkStarts(45, 9, ClientLeg, 503), TalkEnds(60, 15, 9, ClientLeg, 503), Finished(60, 45, 60, 10, 8)])
            .Sample(events => Fold(events).LastTalked!.EmployeeId == 9);

    [Fact]
    public void Journal_AnyEvent_ReadAsWritten() =>
        CallGen.Wild.Sample(e => JournalJson.Write(JournalJson.Read(JournalJson.Write(e))) == JournalJson.Write(e));

    /// <summary>Every event at least once, some again, in any order.</summary>
    private static Gen<CallEvent[]> Delivered(CallEvent[] events) =>
        Gen.Int[0, events.Length - 1].Array[0, 5].SelectMany(again => Gen.Shuffle((CallEvent[])[.. events, .. again.Select(i => events[i])]));

    private static string Json(CallEvent[] events) => JsonSerializer.Serialize(Fold(events));
}
