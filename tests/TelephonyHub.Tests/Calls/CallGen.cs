using CsCheck;
using TelephonyHub.Calls;
using static TelephonyHub.Tests.Calls.CallStory;

namespace TelephonyHub.Tests.Calls;

/// <summary>Sessions as they happen: answered, transferred, missed, outgoing, answered on a mobile that is nobody's in the cabinet.</summary>
internal static class CallGen
{
    private static readonly Gen<long> Employee = Gen.Long[1, 5];

    /// <summary>Whole sessions, events in the order in which they happened.</summary>
    public static readonly Gen<CallEvent[]> Session = Gen.OneOf(Answered(), Transferred(), Missed(), OutgoingCall(), OnForeignMobile())
        .SelectMany(core => Extras().Select(extras => (CallEvent[])[.. core, .. extras]))
        .SelectMany(events => Gen.Int[0, 3].Array[events.Length].Select(poorness => events.Select((e, i) => Poorer(e, poorness[i])).ToArray()));

    /// <summary>Anything that a garbled template could make, extremes included.</summary>
    public static readonly Gen<CallEvent> Wild = Gen.Select(
        Gen.Enum<CallEventKind>(),
        Gen.OneOf(Gen.Int[0, 500].Select(s => Second(s)), Gen.OneOf(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Begin)),
        Gen.OneOf(Gen.Long[499, 503], Gen.Long).Array[0, 3],
        Gen.OneOf(Gen.OneOf<string?>(null, "", "anonymous", Client, ClientAsTyped, Moscow, Mobile, "100", "74951234567...23"), Gen.String[0, 12].Select(s => (string?)s)).Array[4],
        Gen.OneOf<int?>(null, 0, 1, 30, int.MaxValue, -5).Array[3],
        Gen.OneOf<long?>(null, 1, 2, long.MaxValue).Array[2],
        Gen.OneOf<bool?>(null, true, false),
        Gen.OneOf<CallDirection?>(null, CallDirection.In, CallDirection.Out)).Select((kind, at, legs, texts, numbers, ids, flag, direction) => new CallEvent
        {
            Kind = kind,
            At = at,
            LegIds = legs,
            ClientPhone = texts[0],
            VirtualNumber = texts[1],
            CallingNumber = texts[2],
            CalledNumber = texts[3],
            EmployeePhone = texts[2],
            EmployeeName = texts[3],
            Status = texts[0],
            Tags = texts[1] is { } tag ? [tag] : [],
            FileLinks = texts[2] is { } link ? [link] : [],
            TalkSeconds = numbers[0],
            TotalSeconds = numbers[1],
            WaitSeconds = numbers[2],
            EmployeeId = ids[0],
            LastTalkedEmployeeId = ids[1],
            RungEmployeeIds = legs,
            IsInternal = flag,
            Talked = flag,
            Direction = direction,
            StartedAt = flag == true ? at : null,
            FinishedAt = flag == false ? at : null,
        });

    private static Gen<CallEvent[]> Answered() => Employee.Select(e => AnsweredBy(e).ToArray());

    private static Gen<CallEvent[]> Transferred() => Gen.Select(Employee, Gen.Long[6, 9], Gen.Int[1, 60]).Select((a, b, talk) => (CallEvent[])
    [
        .. AnsweredBy(a).SkipLast(1), LegTo(41, 503, b), Rings(42, 503, b), PickedUp(45, 503, b), TalkStarts(45, b, ClientLeg, 503), TalkEnds(45 + talk, talk, b, ClientLeg, 503),
        Finished(46 + talk, 30 + talk, 46 + talk, 10, a, b),
    ]);

    private static Gen<CallEvent[]> Missed() => Employee.Select(e => (CallEvent[])
    [
        Incoming(), ClientIn(), PickedUp(1, ClientLeg), LegTo(3, 501, e), Rings(4, 501, e), HungUp(24, 501, e), LegTo(24, 502, e + 1), Rings(25, 502, e + 1), HungUp(44, 502, e + 1), Lost(45, 45, e, e + 1),
        Finished(45, 0, 45, 45),
    ]);

    private static Gen<CallEvent[]> OutgoingCall() => Gen.Select(Employee, Gen.Int[0, 40]).Select((e, talk) => (CallEvent[])
    [
        Outgoing(0, e), LegTo(1, 501, e), Rings(2, 501, e), PickedUp(4, 501, e), LegTo(5, 502) with { CalledNumber = Client },
        .. talk == 0 ? (CallEvent[])[] : [TalkStarts(12, e, 501, 502), TalkEnds(12 + talk, talk, e, 501, 502)],
        Finished(13 + talk, talk, 13 + talk, 12, e) with { Direction = CallDirection.Out },
    ]);

    private static Gen<CallEvent[]> OnForeignMobile() => Gen.Int[1, 90].Select(talk => (CallEvent[])
    [
        Incoming(), ClientIn(), LegTo(2, 501, number: Mobile), Rings(3, 501, number: Mobile), PickedUp(9, 501), TalkStarts(9, null, ClientLeg, 501), TalkEnds(9 + talk, talk, null, ClientLeg, 501),
        HungUp(9 + talk, 501), Finished(9 + talk, talk, 9 + talk, 9),
    ]);

    private static Gen<CallEvent[]> Extras() => Gen.OneOf(
        Tag(50, "VIP"), Untag(70, "VIP"), Hold(15, "hold", 502), Hold(20, "unhold", 502),
        Recording(80, "https://app.uiscom.ru/system/media/talk/1/3dd1e8815bde5e7f9bb15831e1f51e63/", 30),
        Recording(81, "https://media.uiscom.ru/talk/1/3dd1e8815bde5e7f9bb15831e1f51e63", 29),
        VoiceMail(82, "https://app.uiscom.ru/system/media/voice_mail/1/aaaaaaaabbbbbbbbccccccccdddddddd/", 9),
        Report(talk: 29, total: 41, wait: 11, lastTalked: 8), Report(talk: 0, total: 45),
        ReportedLeg(10, 502, talked: true, employee: 8), ReportedLeg(9, 501, talked: true, number: Mobile),
        Event(CallEventKind.LegUnknown, 5) with { LegIds = [501], EmployeeId = 3 }).Array[0, 4];

    /// <summary>The same event through a template that says less.</summary>
    private static CallEvent Poorer(CallEvent e, int poorness) => poorness switch
    {
        1 => e with { EmployeeId = null, EmployeeName = null },
        2 => e with { CalledNumber = null, CallingNumber = null },
        3 => e with { LegIds = [], TotalSeconds = null, WaitSeconds = null },
        _ => e,
    };
}
