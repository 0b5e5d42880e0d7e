using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>What the page of the audit shows, as it stands in its address: a link shows the same to a colleague.</summary>
/// <param name="Action">How the action begins.</param>
/// <param name="From">First day, by the clock of <see cref="ConsoleText.Home"/>: the day that each row shows.</param>
/// <param name="To">Last day.</param>
public sealed record AuditSearch(string? Who, string? Action, DateOnly? From, DateOnly? To)
{
    public static readonly AuditSearch Everything = new(null, null, null, null);

    public bool IsEmpty => this == Everything;

    public static AuditSearch Read(string? who, string? action, string? from, string? to) =>
        new(JournalFilter.Text(who), JournalFilter.Text(action), JournalFilter.Day(from), JournalFilter.Day(to));

    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["who"] = Who,
        ["action"] = Action,
        ["from"] = JournalFilter.Written(From),
        ["to"] = JournalFilter.Written(To),
    };

    public AuditFilter ToAuditFilter(ConsoleText text) => new(Who, Action, text.Midnight(From, text.Home), text.Midnight(To?.AddDays(1), text.Home));
}
