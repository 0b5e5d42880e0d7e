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
public sealed record UisLimits(UisApiLimits? CallApi, UisApiLimits? DataApi);

/// <summary>Points of one API (reference 1.4). Resets are instants, computed from the answer's seconds.</summary>
/// <param name="DayLimit">Points a day.</param>
/// <param name="DayRemaining">Points left of the day.</param>
/// <param name="DayResetAt">When the day's points come back.</param>
/// <param name="MinuteLimit">Points a minute.</param>
/// <param name="MinuteRemaining">Points left of the minute.</param>
/// <param name="MinuteResetAt">When the minute's points come back.</param>
/// <param name="ObservedAt">Time of the answer.</param>
public sealed record UisApiLimits(
    int? DayLimit, int? DayRemaining, DateTimeOffset? DayResetAt,
    int? MinuteLimit, int? MinuteRemaining, DateTimeOffset? MinuteResetAt, DateTimeOffset ObservedAt);
