using System.Globalization;
using TelephonyHub.Calls;

namespace TelephonyHub.Console;

/// <summary>What the journal shows, as it stands in the page's address: a link shows the same to a colleague.</summary>
/// <param name="From">First day, by the clock of each call's own city: the day that its row shows.</param>
/// <param name="To">Last day.</param>
public sealed record JournalFilter(string? Search, string? Cabinet, string? State, string? Direction, DateOnly? From, DateOnly? To)
{
    /// <summary>No call is older or younger; further days have no midnight in every zone.</summary>
    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2100, 12, 31);

    public bool IsEmpty => this == new JournalFilter(null, null, null, null, null, null);

    public static JournalFilter Read(IReadOnlyDictionary<string, string?> query) => new(
        Text(query, "q"), Text(query, "cabinet"), Text(query, "state"), Text(query, "direction"), Day(Text(query, "from")), Day(Text(query, "to")));

    /// <summary>What stands in an address, or was typed; null where that is nothing. PostgreSQL takes no text with a NUL in it.</summary>
    public static string? Text(string? typed) => typed?.Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Null where it is no day; one beyond the years of the hub is the first or last of them.</summary>
    public static DateOnly? Day(string? text) => !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? null
        : day < Earliest ? Earliest
        : day > Latest ? Latest
        : day;

    /// <summary>What <see cref="Day"/> reads.</summary>
    public static string? Written(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["q"] = Search,
        ["cabinet"] = Cabinet,
        ["state"] = State,
        ["direction"] = Direction,
        ["from"] = Written(From),
        ["to"] = Written(To),
    };

    public CallFilter ToCallFilter(ConsoleText text)
    {
        IReadOnlyList<CabinetSpan> spans = [.. (Cabinet is null ? text.Clocks : [[Cabinet]]).Select(c => new CabinetSpan(c, text.Midnight(From, c[0]), text.Midnight(To?.AddDays(1), c[0])))];
        return new CallFilter
        {
            Search = Search,
            Cabinet = Cabinet,
            State = State,
            Direction = Direction,

            // What the index bears; within it each cabinet's own days.
            From = spans.Min(s => s.From),
            To = spans.Max(s => s.To),
            Spans = spans.Count > 1 ? spans : [],
        };
    }

    private static string? Text(IReadOnlyDictionary<string, string?> query, string name) => query.TryGetValue(name, out var value) ? Text(value) : null;
}
