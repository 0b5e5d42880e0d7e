namespace TelephonyHub.Cabinets;

/// <summary>Part of a working day, from midnight on; what is left between two parts is a break.</summary>
public sealed record WorkSpan(TimeSpan From, TimeSpan Till);

/// <summary>Days of a region → its hours.</summary>
public interface IWorkCalendar
{
    /// <summary>In order, without overlaps; empty on a day off.</summary>
    IReadOnlyList<WorkSpan> HoursOf(DateOnly day);
}

/// <summary>Working hours of a region in its own zone. Routing asks whether it is open, due dates count along it.</summary>
public sealed class WorkingTime(TimeZoneInfo zone, IWorkCalendar? calendar = null)
{
    /// <summary>A calendar whose next working day is farther away than that is a mistake; then the default week counts.</summary>
    private const int Farthest = 400;

    /// <summary>Before closing: what is due then can still be done that day.</summary>
    private static readonly TimeSpan ControlTime = TimeSpan.FromHours(1);

    private readonly IWorkCalendar _calendar = calendar ?? DefaultWeek.Instance;

    public TimeZoneInfo Zone => zone;

    public bool IsOpen(DateTimeOffset at)
    {
        var local = Local(at);
        return _calendar.HoursOf(DateOnly.FromDateTime(local)).Any(s => s.From <= local.TimeOfDay && local.TimeOfDay < s.Till);
    }

    /// <summary>When it opens next; null when no day within a year is a working one.</summary>
    public DateTimeOffset? OpensAfter(DateTimeOffset at)
    {
        var local = Local(at);
        for (var day = local.Date; day <= local.Date.AddDays(Farthest); day = day.AddDays(1))
        {
            foreach (var span in _calendar.HoursOf(DateOnly.FromDateTime(day)).Where(s => day + s.From > local))
            {
                return ToInstant(day + span.From);
            }
        }

        return null;
    }

    /// <summary>The instant after <paramref name="work"/> of working time from <paramref name="from"/> on.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan work)
    {
        var at = Local(from);
        var left = work;
        var empty = 0;
        for (var day = at.Date; empty < Farthest; day = day.AddDays(1))
        {
            var spans = _calendar.HoursOf(DateOnly.FromDateTime(day));
            empty = spans.Count == 0 ? empty + 1 : 0;
            foreach (var (opens, closes) in spans)
            {
                var begin = at > day + opens ? at : day + opens;
                var span = day + closes - begin;

                // Closing time itself still belongs to the day: an hour from 17:00 is 18:00, not tomorrow.
                if (span > TimeSpan.Zero && left <= span)
                {
                    return ToInstant(begin + left);
                }

                left -= span > TimeSpan.Zero ? span : TimeSpan.Zero;
            }
        }

        return new WorkingTime(zone).Add(from, work);
    }

    /// <summary>When the next working day opens, and by when a follow-up of that day is due.</summary>
    public (DateTimeOffset Start, DateTimeOffset Due) NextWorkingDay(DateTimeOffset from) => WorkingDay(from, 1);

    /// <summary>The same of the working day that is <paramref name="days"/> (1 or more) after that of <paramref name="from"/>.</summary>
    public (DateTimeOffset Start, DateTimeOffset Due) WorkingDay(DateTimeOffset from, int days)
    {
        var day = Local(from).Date;
        var (left, empty) = (days, 0);
        IReadOnlyList<WorkSpan> hours = [];
        while (left > 0)
        {
            day = day.AddDays(1);
            hours = _calendar.HoursOf(DateOnly.FromDateTime(day));
            (left, empty) = hours.Count > 0 ? (left - 1, 0) : (left, empty + 1);
            if (empty > Farthest)
            {
                return new WorkingTime(zone).WorkingDay(from, days);
            }
        }

        var due = hours[^1].Till - ControlTime;
        return (ToInstant(day + hours[0].From), ToInstant(day + (due > hours[0].From ? due : hours[^1].Till)));
    }

    private DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    private DateTimeOffset ToInstant(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();

    /// <summary>While the database holds no calendar: Monday to Friday, 09:00–18:00 (contract, section 1).</summary>
    private sealed class DefaultWeek : IWorkCalendar
    {
        public static readonly DefaultWeek Instance = new();
        private static readonly IReadOnlyList<WorkSpan> Workday = [new(TimeSpan.FromHours(9), TimeSpan.FromHours(18))];

        public IReadOnlyList<WorkSpan> HoursOf(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? [] : Workday;
    }
}
