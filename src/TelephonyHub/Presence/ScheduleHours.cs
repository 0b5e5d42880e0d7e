using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Presence;

/// <summary>Whether a schedule of the PBX is open.</summary>
/// <param name="Open">Null: the schedule's form does not tell.</param>
/// <param name="Note">Why it does not.</param>
public sealed record ScheduleState(bool? Open, Words? Note);

/// <summary>
/// A schedule of <c>get.schedules</c> at an instant (reference 2.6): days, times of the day (a break is the gap between two), first and last day. Pure.
/// The reference does not say how days of a business calendar or of a cycle are meant: then only "closed" can be known, never "open".
/// </summary>
public static class ScheduleHours
{
    private static readonly Words UnknownForm = new(
        "The PBX's API does not tell which days of this schedule are working days.",
        "API АТС не сообщает, какие дни этого расписания рабочие.");

    private static readonly string[][] DayNames =
    [
        ["1", "mon", "monday", "пн", "понедельник"],
        ["2", "tue", "tuesday", "вт", "вторник"],
        ["3", "wed", "wednesday", "ср", "среда"],
        ["4", "thu", "thursday", "чт", "четверг"],
        ["5", "fri", "friday", "пт", "пятница"],
        ["6", "sat", "saturday", "сб", "суббота"],
        ["7", "0", "sun", "sunday", "вс", "воскресенье"],
    ];

    /// <param name="schedule">As imported.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The account's: its schedules are in the clock of its cabinet, whatever the city's.</param>
    public static ScheduleState At(UisSchedule schedule, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        bool? open = false;
        foreach (var covers in Covering(schedule, local))
        {
            if (covers == true)
            {
                return new ScheduleState(true, null);
            }

            open = covers is null ? null : open;
        }

        return new ScheduleState(open, open is null ? UnknownForm : null);
    }

    /// <summary>For each of the times that holds the instant: whether its day is one of the schedule's.</summary>
    private static IEnumerable<bool?> Covering(UisSchedule schedule, DateTime local)
    {
        if (schedule.Times.Count == 0)
        {
            // Days without times: "closed" is sure on other days, "open" on these is not.
            yield return IsDay(schedule, local.Date) == false ? false : null;
            yield break;
        }

        foreach (var span in schedule.Times)
        {
            if (Time(span.From) is not { } from || Time(span.Till) is not { } till)
            {
                yield return IsDay(schedule, local.Date) == false ? false : null;
                continue;
            }

            till = till == TimeSpan.Zero ? TimeSpan.FromDays(1) : till;
            var time = local.TimeOfDay;
            if (from < till)
            {
                yield return from <= time && time < till ? IsDay(schedule, local.Date) : false;
                continue;
            }

            // Over midnight: the small hours belong to the day before.
            yield return time >= from ? IsDay(schedule, local.Date) : time < till ? IsDay(schedule, local.Date.AddDays(-1)) : false;
        }
    }

    private static bool? IsDay(UisSchedule schedule, DateTime day)
    {
        var (from, till) = (Date(schedule.DateFrom), Date(schedule.DateTill));
        if (day < from || day > till)
        {
            return false;
        }

        return schedule.DaysType switch
        {
            "days_of_week" => AnyDay(schedule.Days, DayNames.SelectMany(n => n), DayNames[((int)day.DayOfWeek + 6) % 7]),
            "days_of_month" => AnyDay(schedule.Days, Enumerable.Range(1, 31).Select(d => d.ToString(CultureInfo.InvariantCulture)), [day.Day.ToString(CultureInfo.InvariantCulture)]),
            _ => null,
        };
    }

    /// <summary>True when the day is named; unknown when a name cannot be read, since it might be this one.</summary>
    private static bool? AnyDay(IReadOnlyList<string> days, IEnumerable<string> known, string[] wanted)
    {
        var names = days.Select(d => d.Trim().TrimStart('0') is { Length: > 0 } text ? text.ToLowerInvariant() : "0").ToList();
        return names.Exists(n => wanted.Contains(n, StringComparer.Ordinal)) ? true
            : names.Count == 0 || names.Except(known, StringComparer.Ordinal).Any() ? null
            : false;
    }

    private static TimeSpan? Time(string? text) => text switch
    {
        "24:00" or "24:00:00" => TimeSpan.FromDays(1),
        _ => TimeSpan.TryParseExact(text, [@"hh\:mm\:ss", @"hh\:mm", @"h\:mm"], CultureInfo.InvariantCulture, out var time) ? time : null,
    };

    private static DateTime? Date(string? text) =>
        DateTime.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.Date : null;
}
