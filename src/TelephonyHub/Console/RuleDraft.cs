using TelephonyHub.Rules;

namespace TelephonyHub.Console;

/// <summary>A rule while a person edits it.</summary>
public sealed class RuleDraft(RuleItem rule)
{
    /// <summary>As it was when the editing began, or as somebody else has left it since.</summary>
    public RuleItem Seen { get; private set; } = rule;

    public string Name { get; set; } = rule.Name;

    public string? Contact { get; set; } = rule.Contact;

    public string? Deal { get; set; } = rule.Deal.Action;

    public string DealTitle { get; set; } = rule.Deal.Title;

    public string? Task { get; set; } = rule.Task.Action;

    public string TaskText { get; set; } = rule.Task.Text;

    public int DueAmount { get; set; } = rule.Task.Due.Amount;

    public string? DueUnit { get; set; } = rule.Task.Due.Unit;

    public string? Whose { get; set; } = rule.Task.Whose;

    public string? Card { get; set; } = rule.Card;

    public bool CallRecord { get; set; } = rule.CallRecord;

    /// <summary>Keeps what is typed and goes on from what somebody else has saved.</summary>
    public void Rebase(RuleItem newer) => Seen = newer;

    public RuleItem ToItem() => Seen with
    {
        Name = Name,
        Contact = Contact ?? "none",
        Deal = Seen.Deal with { Action = Deal ?? "none", Title = DealTitle },
        Task = Seen.Task with { Action = Task ?? "none", Text = TaskText, Due = new RuleDueItem(DueAmount, DueUnit ?? Seen.Task.Due.Unit), Whose = Whose ?? "owner", PersonId = Whose == "person" ? Seen.Task.PersonId : null },
        Card = Card ?? "none",
        CallRecord = CallRecord,
    };
}
