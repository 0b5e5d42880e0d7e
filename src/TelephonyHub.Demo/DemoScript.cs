using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Demo;

public enum ContactWish
{
    None,
    Found,
    Created,
}

public enum DealWish
{
    None,
    Created,

    /// <summary>An open one is there: it is linked, none is made.</summary>
    Linked,
}

public enum TaskWish
{
    None,
    FollowUp,
    CallBack,
}

/// <summary>What row F of the product's rules wants in the CRM after a call; the demo counts it there.</summary>
/// <param name="Owner">Of the task, and of what is created; null where no record has an owner.</param>
public sealed record Expected(bool CallRecord, ContactWish Contact, DealWish Deal, TaskWish Task, string? Owner)
{
    public static readonly Expected Nothing = new(CallRecord: false, ContactWish.None, DealWish.None, TaskWish.None, null);
}

/// <summary>One call of the script.</summary>
public sealed record DemoCall(string Cabinet, string Title, Expected Expected)
{
    public IncomingCall? Incoming { get; init; }

    public OutgoingCall? Outgoing { get; init; }

    /// <summary>The digit is pressed and does not arrive.</summary>
    public bool LoseDigit { get; init; }

    /// <summary>Every webhook comes twice, and the last comes first.</summary>
    public bool Chaos { get; init; }

    public string Client => Incoming?.From ?? Outgoing!.To;
}

/// <summary>The calls, in the order in which they are told.</summary>
public static class DemoScript
{
    private static readonly TimeSpan Ring = TimeSpan.FromSeconds(9);

    public static IReadOnlyList<DemoCall> Calls(DemoCompany company) =>
    [
        In("msk", "a known client calls, her manager answers", company.Moscow.Phone, SimulatorCompany.MoscowNumber, Answers.First,
            new(true, ContactWish.Found, DealWish.Created, TaskWish.FollowUp, company.Moscow.Owner)),
        In("msk", "an unknown client calls, the group answers", "79165550199", SimulatorCompany.MoscowNumber, Answers.First,
            new(true, ContactWish.Created, DealWish.Created, TaskWish.FollowUp, "Петров Борис"), c => c with { ContactFullName = "Лыков Иван" }),
        In("msk", "a known client hangs up before anybody answers", company.MoscowImpatient.Phone, SimulatorCompany.MoscowSecondNumber, answeredBy: null,
            new(true, ContactWish.Found, DealWish.None, TaskWish.CallBack, company.MoscowImpatient.Owner), c => c with { GivesUpAfter = TimeSpan.FromSeconds(14) }),
        In("msk", "a client of Surgut calls Moscow; his manager answers on a mobile that is nobody's in this cabinet", company.Surgut.Phone,
            SimulatorCompany.MoscowNumber, Answers.Phone("79221000002"), new(true, ContactWish.Found, DealWish.Created, TaskWish.FollowUp, company.Surgut.Owner)),
        In("msk", "8-800, the caller presses 4 (Surgut)", "79995550502", SimulatorCompany.CommonNumber, Answers.First,
            new(true, ContactWish.Created, DealWish.Created, TaskWish.FollowUp, "Павлова Нина"), c => c with { Digit = "4" }),
        In("msk", "8-800, nothing pressed: the area code of the caller's landline tells Ryazan", "74912550303", SimulatorCompany.CommonNumber, Answers.First,
            new(true, ContactWish.Created, DealWish.Created, TaskWish.FollowUp, "Новикова Ирина")),
        In("msk", "8-800, the digit is lost on the way, a mobile tells no region: the duty manager answers", "79995550501", SimulatorCompany.CommonNumber, Answers.First,
            new(true, ContactWish.Created, DealWish.Created, TaskWish.FollowUp, "Егорова Татьяна"), c => c with { Digit = "3" }) with { LoseDigit = true },
        In("spb", "an unknown client hangs up: a task, but no contact and no deal", "79215550299", SimulatorCompany.PetersburgNumber, answeredBy: null,
            new(true, ContactWish.None, DealWish.None, TaskWish.CallBack, "Соколов Дмитрий"), c => c with { GivesUpAfter = TimeSpan.FromSeconds(14) }),
        Out("spb", "outgoing, reached; the client has an open deal, so none is made", 102_002, company.Petersburg.Phone, answered: true,
            new(true, ContactWish.Found, DealWish.Linked, TaskWish.FollowUp, company.Petersburg.Owner)),
        Out("spb", "one employee calls another: internal, nothing goes to the CRM", 102_002, "79211000004", answered: true, Expected.Nothing),
        In("rzn", "a known client calls; the desk phone rings in vain, the mobile is answered", company.Ryazan.Phone, SimulatorCompany.RyazanNumber,
            Answers.Phone("79101000001"), new(true, ContactWish.Found, DealWish.Created, TaskWish.FollowUp, company.Ryazan.Owner)),
        Out("rzn", "outgoing, not reached: a Call record and nothing else", 103_002, company.RyazanAbsent.Phone, answered: false,
            new(true, ContactWish.Found, DealWish.None, TaskWish.None, null)),
        In("sgt", "an unknown client; every webhook comes twice and in reverse order", "79225550499", SimulatorCompany.SurgutNumber, Answers.First,
            new(true, ContactWish.Created, DealWish.Created, TaskWish.FollowUp, "Павлова Нина")) with { Chaos = true },
    ];

    private static DemoCall In(
        string cabinet, string title, string from, string to, Func<string, bool>? answeredBy, Expected expected, Func<IncomingCall, IncomingCall>? more = null)
    {
        var call = new IncomingCall(from, to) { AnsweredBy = answeredBy, Ring = Ring };
        return new DemoCall(cabinet, title, expected) { Incoming = more is null ? call : more(call) };
    }

    private static DemoCall Out(string cabinet, string title, long employeeId, string to, bool answered, Expected expected) =>
        new(cabinet, title, expected) { Outgoing = new OutgoingCall(employeeId, to, answered) };
}
