using TelephonyHub.Rules;

namespace TelephonyHub.Console.Drafts;

/// <summary>A rule while a person writes or edits it.</summary>
public sealed class RuleDraft(RuleItem rule)
{
    /// <summary>A new one that does nothing but the Call record, until its writer says more.</summary>
    public static RuleDraft New() => new(new RuleItem(
        "",
        0,
        "",
        new RuleWhenItem(null, "in", "known", "answered", null, null, null, null),
        "find",
        new RuleDealItem("none", null, null, null, DealRule.DefaultTitle),
        new RuleTaskItem("none", TaskRule.FollowUpText, TaskRule.DefaultReviewText, new RuleDueItem(1, "workingDays"), "owner", null),
        "none",
        true,
        ["call", "contact"]));

    /// <summary>As it was when the editing began, or as somebody else has left it since.</summary>
    public RuleItem Seen { get; private set; } = rule;

    public bool IsNew => Seen.Id.Length == 0;

    /// <summary>The rules for any cabinet without conditions must stay: something has to be said of every call.</summary>
    public bool MayGo => !IsNew && Seen.When is not { Cabinet: null, DialledNumber: null, MinTalkSeconds: null, Tag: null, MinWaitSeconds: null };

    public string Name { get; set; } = rule.Name;

    public string? Cabinet { get; set; } = rule.When.Cabinet;

    public string? Direction { get; set; } = rule.When.Direction;

    public string? Client { get; set; } = rule.When.Client;

    public string? Result { get; set; } = rule.When.Result;

    public string DialledNumber { get; set; } = rule.When.DialledNumber ?? "";

    public int? MinTalkSeconds { get; set; } = rule.When.MinTalkSeconds;

    public string Tag { get; set; } = rule.When.Tag ?? "";

    public int? MinWaitSeconds { get; set; } = rule.When.MinWaitSeconds;

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

    /// <summary>Where links to the recording hang: <c>call, contact, deal</c>.</summary>
    public IReadOnlySet<string> Links { get; private set; } = rule.RecordingLinks.ToHashSet(StringComparer.Ordinal);

    public void Link(string parent, bool wanted) => Links = (wanted ? Links.Append(parent) : Links.Where(l => l != parent)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Keeps what is typed and goes on from what somebody else has saved.</summary>
    public void Rebase(RuleItem newer) => Seen = newer;

    public RuleItem ToItem() => Seen with
    {
        Name = Name,
        When = IsNew ? new RuleWhenItem(Cabinet, Direction ?? "in", Client ?? "known", Result ?? "answered", Text(DialledNumber), MinTalkSeconds, Text(Tag), MinWaitSeconds) : Seen.When,
        Contact = Contact ?? "none",
        Deal = Seen.Deal with { Action = Deal ?? "none", Title = DealTitle },
        Task = Seen.Task with { Action = Task ?? "none", Text = TaskText, Due = new RuleDueItem(DueAmount, DueUnit ?? Seen.Task.Due.Unit), Whose = Whose ?? "owner", PersonId = Whose == "person" ? Seen.Task.PersonId : null },
        Card = Card ?? "none",
        CallRecord = CallRecord,
        RecordingLinks = [.. Links.Order(StringComparer.Ordinal)],
    };

    private static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
