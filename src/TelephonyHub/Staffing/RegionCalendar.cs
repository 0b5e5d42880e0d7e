using TelephonyHub.Cabinets;

namespace TelephonyHub.Staffing;

/// <param name="From">Opens.</param>
/// <param name="Till">Closes, the same day; 00:00 is its end.</param>
public sealed record Hours(TimeOnly From, TimeOnly Till)
{
    internal WorkSpan Span => new(From.ToTimeSpan(), Till == TimeOnly.MinValue ? TimeSpan.FromDays(1) : Till.ToTimeSpan());
}

public enum DayKind
{
    Off,

    /// <summary>Before a holiday: closes an hour earlier.</summary>
    Short,

    /// <summary>A day off that is worked: a Saturday to which a Monday was moved.</summary>
    Working,
}

/// <param name="Name">Of the holiday, for the reasons.</param>
/// <param name="Hours">Only of a region's own days; they win over the kind.</param>
public sealed record SpecialDay(DateOnly Date, DayKind Kind, string? Name = null, IReadOnlyList<Hours>? Hours = null);

/// <summary>Hours of the week of one region, and days on which it differs from the country's calendar.</summary>
public sealed record RegionCalendar
{
    public IReadOnlyList<Hours> Mon { get; init; } = [];

    public IReadOnlyList<Hours> Tue { get; init; } = [];

    public IReadOnlyList<Hours> Wed { get; init; } = [];

    public IReadOnlyList<Hours> Thu { get; init; } = [];

    public IReadOnlyList<Hours> Fri { get; init; } = [];

    public IReadOnlyList<Hours> Sat { get; init; } = [];

    public IReadOnlyList<Hours> Sun { get; init; } = [];

    /// <summary>Of this region alone.</summary>
    public IReadOnlyList<SpecialDay> Days { get; init; } = [];

    public static readonly RegionCalendar Default = Weekdays(new Hours(new TimeOnly(9, 0), new TimeOnly(18, 0)));

    internal IReadOnlyList<IReadOnlyList<Hours>> Week => [Mon, Tue, Wed, Thu, Fri, Sat, Sun];

    public static RegionCalendar Weekdays(params IReadOnlyList<Hours> hours) => new() { Mon = hours, Tue = hours, Wed = hours, Thu = hours, Fri = hours };
}

/// <summary>One year's days of the country on which work differs from the week: what the Russian production calendar lists.</summary>
public sealed record YearCalendar(IReadOnlyList<SpecialDay> Days);

/// <summary>A region's week and own days over the country's calendar.</summary>
internal sealed class WorkCalendar(RegionCalendar region, IEnumerable<SpecialDay> country) : IWorkCalendar
{
    private static readonly TimeSpan ShortBy = TimeSpan.FromHours(1);

    private readonly Dictionary<DateOnly, SpecialDay> _days =
        country.Concat(region.Days).GroupBy(d => d.Date).ToDictionary(g => g.Key, g => g.Last());

    private readonly IReadOnlyList<IReadOnlyList<Hours>> _week = region.Week;

    public IReadOnlyList<WorkSpan> HoursOf(DateOnly day)
    {
        var week = _week[((int)day.DayOfWeek + 6) % 7];
        if (!_days.TryGetValue(day, out var special))
        {
            return Spans(week);
        }

        if (special.Hours is { Count: > 0 } own)
        {
            return Spans(own);
        }

        // A Saturday that is worked has no hours of its own: those of the week's first working day.
        var worked = week.Count > 0 ? week : _week.FirstOrDefault(d => d.Count > 0) ?? [];
        return special.Kind switch
        {
            DayKind.Off => [],
            DayKind.Working => Spans(worked),
            _ => Shorter(Spans(worked)),
        };
    }

    /// <summary>The holiday's name, where the day is one.</summary>
    public string? NameOf(DateOnly day) => _days.GetValueOrDefault(day) is { Kind: DayKind.Off } special ? special.Name ?? "выходной" : null;

    private static IReadOnlyList<WorkSpan> Spans(IReadOnlyList<Hours> hours) => [.. hours.Select(h => h.Span).OrderBy(s => s.From)];

    private static IReadOnlyList<WorkSpan> Shorter(IReadOnlyList<WorkSpan> spans) =>
        spans.Count == 0 ? spans
        : spans[^1].Till - ShortBy > spans[^1].From ? [.. spans.SkipLast(1), spans[^1] with { Till = spans[^1].Till - ShortBy }]
        : [.. spans.SkipLast(1)];
}
