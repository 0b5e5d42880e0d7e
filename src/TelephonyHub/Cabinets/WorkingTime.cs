namespace TelephonyHub.Cabinets;

/// <summary>Working hours of a region while the database holds no calendar: Monday to Friday, 09:00–18:00 in the region's zone (contract, section 1).</summary>
public sealed class WorkingTime(TimeZoneInfo zone)
{
    private static readonly TimeSpan Opens = TimeSpan.FromHours(9);
    private static readonly TimeSpan Closes = TimeSpan.FromHours(18);

    /// <summary>An hour before closing: what is due then can still be done that day.</summary>
    private static readonly TimeSpan ControlTime = TimeSpan.FromHours(17);

    /// <summary>The instant after <paramref name="work"/> of working time from <paramref name="from"/> on.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan work)
    {
        var at = TimeZoneInfo.ConvertTime(from, zone).DateTime;
        while (true)
        {
            if (!IsWorkingDay(at) || at.TimeOfDay >= Closes)
            {
                at = at.Date.AddDays(1) + Opens;
                continue;
            }

            if (at.TimeOfDay < Opens)
            {
                at = at.Date + Opens;
            }

            var left = Closes - at.TimeOfDay;
            // Closing time itself still belongs to the day: an hour from 17:00 is 18:00, not tomorrow.
            if (work <= left)
            {
                return ToInstant(at + work);
            }

            work -= left;
            at = at.Date.AddDays(1) + Opens;
        }
    }

    /// <summary>When the next working day opens, and by when a follow-up of that day is due.</summary>
    public (DateTimeOffset Start, DateTimeOffset Due) NextWorkingDay(DateTimeOffset from) => WorkingDay(from, 1);

    /// <summary>The same of the working day that is <paramref name="days"/> (1 or more) after that of <paramref name="from"/>.</summary>
    public (DateTimeOffset Start, DateTimeOffset Due) WorkingDay(DateTimeOffset from, int days)
    {
        var day = TimeZoneInfo.ConvertTime(from, zone).DateTime.Date;
        for (var left = days; left > 0; left -= IsWorkingDay(day) ? 1 : 0)
        {
            day = day.AddDays(1);
        }

        return (ToInstant(day + Opens), ToInstant(day + ControlTime));
    }

    private static bool IsWorkingDay(DateTime day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private DateTimeOffset ToInstant(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
}
