using System.Globalization;
using TelephonyHub.Calls;

namespace TelephonyHub.Console;

/// <summary>What the journal shows, as it stands in the page's address: a link shows the same to a colleague.</summary>
/// <param name="From">First day, by the cabinet's clock (UTC+3 with all cabinets).</param>
/// <param name="To">Last day.</param>
public sealed record JournalFilter(string? Search, string? Cabinet, string? State, string? Direction, DateOnly? From, DateOnly? To)
{
    private static readonly TimeSpan Moscow = TimeSpan.FromHours(3);

    public bool IsEmpty => this == new JournalFilter(null, null, null, null, null, null);

    public static JournalFilter Read(IReadOnlyDictionary<string, string?> query) => new(
        Text(query, "q"), Text(query, "cabinet"), Text(query, "state"), Text(query, "direction"), Day(Text(query, "from")), Day(Text(query, "to")));

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["q"] = Search,
        ["cabinet"] = Cabinet,
        ["state"] = State,
        ["direction"] = Direction,
        ["from"] = From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["to"] = To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    public CallFilter ToCallFilter(ConsoleText text) => new()
    {
        Search = Search,
        Cabinet = Cabinet,
        State = State,
        Direction = Direction,
        From = From is { } from ? Midnight(from, text) : null,
        To = To is { } to ? Midnight(to.AddDays(1), text) : null,
    };

    private DateTimeOffset Midnight(DateOnly day, ConsoleText text)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var offset = Cabinet is null ? Moscow : text.Local(new DateTimeOffset(midnight, TimeSpan.Zero), Cabinet).Offset;
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    private static string? Text(IReadOnlyDictionary<string, string?> query, string name) =>
        query.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Replace("\0", "", StringComparison.Ordinal).Trim() : null;
}
