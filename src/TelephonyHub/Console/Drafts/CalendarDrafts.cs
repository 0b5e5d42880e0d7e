using System.Globalization;
using TelephonyHub.Console.Texts;
using TelephonyHub.Staffing;

namespace TelephonyHub.Console.Drafts;

/// <summary>A day that is not as its week.</summary>
public sealed class DayRow
{
    public DateOnly? Date { get; set; }

    /// <summary><c>off | short | working</c></summary>
    public string? Kind { get; set; } = "off";

    /// <summary>As <see cref="HoursText"/>; only of a region's own days.</summary>
    public string Hours { get; set; } = "";

    public string? Name { get; set; }

    internal static List<DayRow> Of(IEnumerable<SpecialDay> days) =>
        [.. days.Select(d => new DayRow { Date = d.Date, Kind = d.Kind.ToString().ToLowerInvariant(), Hours = HoursText.Of(d.Hours), Name = d.Name })];

    internal static IReadOnlyList<SpecialDay> Read(IReadOnlyList<DayRow> rows, DraftFaults faults) => [.. rows.Select((row, i) =>
    {
        var hours = HoursText.Read(row.Hours);
        if (hours is null)
        {
            faults.Add($"days[{i}].hours", StaffingTexts.HoursWrong);
        }

        if (row.Date is null)
        {
            faults.Add($"days[{i}].date", StaffingTexts.DateWrong);
        }

        return new SpecialDay(row.Date ?? default, Enum.Parse<DayKind>(row.Kind ?? "off", ignoreCase: true), string.IsNullOrWhiteSpace(row.Name) ? null : row.Name.Trim(), hours is { Count: > 0 } ? hours : null);
    })];
}

/// <summary>A region's working hours.</summary>
public sealed class CalendarDraft(string cabinet, StaffingDocument<RegionCalendar>? seen, RegionCalendar value) : StaffingDraft<RegionCalendar>(cabinet, seen)
{
    private static readonly string[] Names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>From Monday on, as <see cref="HoursText"/>.</summary>
    public string[] Week { get; } = [.. value.Week.Select(HoursText.Of)];

    public List<DayRow> Days { get; } = DayRow.Of(value.Days);

    public override RegionCalendar ToValue(ConsoleText text, DraftFaults faults)
    {
        var week = Week.Select((typed, i) =>
        {
            var hours = HoursText.Read(typed);
            if (hours is null)
            {
                faults.Add(Names[i], StaffingTexts.HoursWrong);
            }

            return hours ?? [];
        }).ToList();
        return new RegionCalendar { Mon = week[0], Tue = week[1], Wed = week[2], Thu = week[3], Fri = week[4], Sat = week[5], Sun = week[6], Days = DayRow.Read(Days, faults) };
    }
}

/// <summary>The country's days of one year.</summary>
public sealed class HolidaysDraft(string year, StaffingDocument<YearCalendar>? seen) : StaffingDraft<YearCalendar>(year, seen)
{
    public List<DayRow> Days { get; } = DayRow.Of(seen?.Value.Days ?? []);

    public static HolidaysDraft New(DateTimeOffset now) => new((now.Year + 1).ToString(CultureInfo.InvariantCulture), null);

    public override YearCalendar ToValue(ConsoleText text, DraftFaults faults) => new(DayRow.Read(Days, faults));
}
