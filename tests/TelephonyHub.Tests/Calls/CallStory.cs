using TelephonyHub.Cabinets;
using TelephonyHub.Calls;

namespace TelephonyHub.Tests.Calls;

/// <summary>What the PBX reports of one call, second by second from its first event; and the fold of it.</summary>
internal static class CallStory
{
    public const string Client = "79161234567";
    public const string ClientAsTyped = "+7 (916) 123-45-67";
    public const string Moscow = "74951234567";
    public const string Mobile = "79260000002";
    public const long ClientLeg = 500;

    public static readonly SessionKey Key = new(CabinetKey.Parse("msk"), 187020303);

    /// <summary>Monday noon in Moscow.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static Call Fold(params IEnumerable<CallEvent> events) => CallFold.From(Key, events);

    public static DateTimeOffset Second(double seconds) => Begin.AddSeconds(seconds);

    public static CallEvent Event(CallEventKind kind, double at) => new() { Kind = kind, At = Second(at) };

    public static CallEvent Incoming(double at = 0) => Event(CallEventKind.IncomingSession, at) with { ClientPhone = Client, VirtualNumber = Moscow };

    public static CallEvent ClientIn(double at = 0) => Event(CallEventKind.IncomingLeg, at) with
    {
        LegIds = [ClientLeg],
        ClientPhone = Client,
        CallingNumber = Client,
        CalledNumber = Moscow,
        Direction = CallDirection.In,
    };

    public static CallEvent Outgoing(double at = 0, long? employee = null) => Event(CallEventKind.OutgoingSession, at) with
    {
        ClientPhone = Client,
        VirtualNumber = Moscow,
        EmployeeId = employee,
        EmployeeName = NameOf(employee),
    };

    /// <summary>A leg to a phone of the company; without employee the number is nobody's in this cabinet.</summary>
    public static CallEvent LegTo(double at, long leg, long? employee = null, string? number = null) => OfLeg(CallEventKind.OutgoingLeg, at, leg, employee) with { CalledNumber = number, CallingNumber = Moscow };

    public static CallEvent Rings(double at, long leg, long? employee = null, string? number = null) => OfLeg(CallEventKind.Ringing, at, leg, employee) with { CalledNumber = number };

    public static CallEvent PickedUp(double at, long leg, long? employee = null) => OfLeg(CallEventKind.Connected, at, leg, employee);

    public static CallEvent HungUp(double at, long leg, long? employee = null) => OfLeg(CallEventKind.LegEnded, at, leg, employee);

    public static CallEvent TalkStarts(double at, long? employee = null, params long[] legs) => Talk(CallEventKind.TalkStarted, at, employee, legs);

    public static CallEvent TalkEnds(double at, int? seconds = null, long? employee = null, params long[] legs) => Talk(CallEventKind.TalkFinished, at, employee, legs) with { TalkSeconds = seconds };

    public static CallEvent Finished(double at, int? talk = null, int? total = null, int? wait = null, long? employee = null, long? lastTalked = null) => Event(CallEventKind.SessionFinished, at) with
    {
        ClientPhone = Client,
        VirtualNumber = Moscow,
        TalkSeconds = talk,
        TotalSeconds = total,
        WaitSeconds = wait,
        EmployeeId = employee,
        EmployeeName = NameOf(employee),
        LastTalkedEmployeeId = lastTalked,
    };

    public static CallEvent Lost(double at, int? wait = null, params long[] rung) => Event(CallEventKind.SessionLost, at) with { ClientPhone = Client, WaitSeconds = wait, RungEmployeeIds = rung };

    public static CallEvent Recording(double at, string link, int? seconds = null) => Event(CallEventKind.RecordingReady, at) with { FileLinks = [link], FileSeconds = seconds };

    public static CallEvent VoiceMail(double at, string link, int? seconds = null) => Event(CallEventKind.VoiceMail, at) with { ClientPhone = Client, FileLinks = [link], FileSeconds = seconds };

    public static CallEvent Tag(double at, string tag) => Event(CallEventKind.TagSet, at) with { Tags = [tag] };

    public static CallEvent Untag(double at, string tag) => Event(CallEventKind.TagUnset, at) with { Tags = [tag] };

    public static CallEvent Hold(double at, string status, long leg = 501) => Event(CallEventKind.HoldControl, at) with { LegIds = [leg], Status = status };

    /// <summary>A row of the cabinet's own report; it lies at the start of the call, as the report's rows do.</summary>
    public static CallEvent Report(int? talk = null, int? total = null, int? wait = null, long? lastTalked = null, CallDirection direction = CallDirection.In, double? finishedAt = 60) => Event(CallEventKind.ReportSession, 0) with
    {
        StartedAt = Second(0),
        FinishedAt = finishedAt is { } end ? Second(end) : null,
        Direction = direction,
        ClientPhone = Client,
        VirtualNumber = Moscow,
        TalkSeconds = talk,
        TotalSeconds = total,
        WaitSeconds = wait,
        LastTalkedEmployeeId = lastTalked,
        Talked = lastTalked is not null || talk > 0,
    };

    public static CallEvent ReportedLeg(double at, long leg, bool talked, long? employee = null, string? number = null) => Event(CallEventKind.ReportLeg, at) with
    {
        LegIds = [leg],
        EmployeeId = employee,
        EmployeeName = NameOf(employee),
        CalledNumber = number,
        Talked = talked,
    };

    public static string? NameOf(long? employee) => employee is { } id ? $"Employee {id}" : null;

    /// <summary>Two phones ring, the second is answered.</summary>
    public static IReadOnlyList<CallEvent> AnsweredBy(long employee) =>
    [
        Incoming(), ClientIn(), LegTo(3, 501, 77), Rings(4, 501, 77), LegTo(3, 502, employee), Rings(4, 502, employee), PickedUp(10, 502, employee),
        TalkStarts(10, employee, ClientLeg, 502), TalkEnds(40, 30, employee, ClientLeg, 502), HungUp(40, 502, employee), HungUp(10, 501, 77), Finished(40, 30, 40, 10, employee),
    ];

    public static CallEvent OfLeg(CallEventKind kind, double at, long leg, long? employee) => Event(kind, at) with
    {
        LegIds = [leg],
        ClientPhone = Client,
        EmployeeId = employee,
        EmployeeName = NameOf(employee),
    };

    private static CallEvent Talk(CallEventKind kind, double at, long? employee, long[] legs) => Event(kind, at) with
    {
        LegIds = legs,
        ClientPhone = Client,
        EmployeeId = employee,
        EmployeeName = NameOf(employee),
    };
}
