using TelephonyHub.Calls;

namespace TelephonyHub.Rules;

/// <summary>
/// The table that a new hub begins with (row F of the product), one rule a kind of call. Never change it: calls of hubs without a stored table refer to it as
/// version 1. Internal calls have no rule, nothing is written of them.
/// </summary>
internal static class DefaultRules
{
    private static readonly IReadOnlyList<RecordingParent> Everywhere = [RecordingParent.Call, RecordingParent.Contact, RecordingParent.Deal];

    // A voice mail, if the client left one.
    private static readonly IReadOnlyList<RecordingParent> WithoutDeal = [RecordingParent.Call, RecordingParent.Contact];

    public static IReadOnlyList<CallRule> All { get; } =
    [
        Answered("in-answered-known", "Входящий, отвечен, известный клиент", CallDirection.In, known: true) with { Card = CardTiming.OnRing },
        Answered("in-answered-unknown", "Входящий, отвечен, неизвестный номер", CallDirection.In, known: false) with { Card = CardTiming.OnRing },
        Missed("in-missed-known", "Входящий, пропущен, известный клиент", CallDirection.In, known: true, TaskAction.Create),
        Missed("in-missed-unknown", "Входящий, пропущен, неизвестный номер", CallDirection.In, known: false, TaskAction.Create),
        Answered("out-answered-known", "Исходящий, отвечен, известный клиент", CallDirection.Out, known: true),
        Answered("out-answered-unknown", "Исходящий, отвечен, неизвестный номер", CallDirection.Out, known: false),
        Missed("out-missed-known", "Недозвон, известный клиент", CallDirection.Out, known: true, TaskAction.None),
        Missed("out-missed-unknown", "Недозвон, неизвестный номер", CallDirection.Out, known: false, TaskAction.None),
    ];

    private static CallRule Answered(string id, string name, CallDirection direction, bool known) => new()
    {
        Id = id,
        Name = name,
        When = new RuleKey(null, direction, known, Answered: true),
        Contact = ContactAction.FindOrCreate,
        Deal = new DealRule(DealAction.IfNoneOpen),
        Task = new TaskRule(TaskAction.Create),
        RecordingLinks = Everywhere,
    };

    private static CallRule Missed(string id, string name, CallDirection direction, bool known, TaskAction task) => new()
    {
        Id = id,
        Name = name,
        When = new RuleKey(null, direction, known, Answered: false),
        Contact = ContactAction.Find,
        Task = new TaskRule(task, Text: TaskRule.CallBackText, Amount: 1, Unit: DueUnit.WorkingHours),
        RecordingLinks = WithoutDeal,
    };
}
