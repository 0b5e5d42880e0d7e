namespace TelephonyHub.Uis;

/// <summary>Who goes first when points are short.</summary>
public enum UisPriority
{
    /// <summary>Polling and reports: waits while the rest of the minute is kept for people.</summary>
    Background,

    /// <summary>A caller or a person waits: goes before background and may use the last point.</summary>
    Interactive,
}

/// <summary>Points of both APIs as last reported; <see langword="null"/> until the first answer with metadata.</summary>
/// <param name="CallApi">Call API.</param>
/// <param name="DataApi">Data API.</param>
public sealed record UisLimits(UisApiLimits? CallApi, UisApiLimits? DataApi)
{
    /// <summary>The same flat, one entry an API and window, ready for a gauge; what no answer has told yet is left out.</summary>
    public IEnumerable<UisPoints> Points
    {
        get
        {
            foreach (var (api, limits) in new[] { ("call", CallApi), ("data", DataApi) })
            {
                if (limits?.MinuteRemaining is { } minute)
                {
                    yield return new UisPoints(api, "minute", minute, limits.MinuteLimit);
                }

                if (limits?.DayRemaining is { } day)
                {
                    yield return new UisPoints(api, "day", day, limits.DayLimit);
                }
            }
        }
    }
}

/// <summary>Points left of one window of one API.</summary>
/// <param name="Api"><c>call</c> or <c>data</c>.</param>
/// <param name="Window"><c>minute</c> or <c>day</c>.</param>
/// <param name="Remaining">Points left, not below 0; full again once the window is over.</param>
/// <param name="Limit">Points of a whole window.</param>
public sealed record UisPoints(string Api, string Window, int Remaining, int? Limit);

/// <summary>Points of one API (reference 1.4). Resets are instants, computed from the answer's seconds.</summary>
/// <param name="DayLimit">Points a day.</param>
/// <param name="DayRemaining">Points left of the day.</param>
/// <param name="DayResetAt">When the day's points come back; <see langword="null"/> once that has happened.</param>
/// <param name="MinuteLimit">Points a minute.</param>
/// <param name="MinuteRemaining">Points left of the minute.</param>
/// <param name="MinuteResetAt">When the minute's points come back; <see langword="null"/> once that has happened.</param>
/// <param name="ObservedAt">Time of the answer.</param>
public sealed record UisApiLimits(
    int? DayLimit, int? DayRemaining, DateTimeOffset? DayResetAt,
    int? MinuteLimit, int? MinuteRemaining, DateTimeOffset? MinuteResetAt, DateTimeOffset ObservedAt)
{
    // A transfer is list.calls, hold.call, make.call, transfer.talk; undoing one that failed costs two more.
    private const int Transfer = 6;

    /// <summary>Points of each minute that background work leaves to people: a quarter, at least enough for one transfer, at most half.</summary>
    public int ReservedForPeople => Math.Min(Math.Max((MinuteLimit ?? 0) / 4, Transfer), (MinuteLimit ?? 0) / 2);
}
