using System.Globalization;
using TelephonyHub.Presence;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Tests.Presence;

/// <summary>Schedules of the PBX, in the account's clock. Unknown stays unknown.</summary>
public sealed class ScheduleHoursTests
{
    private static readonly TimeZoneInfo Yekaterinburg = TimeZoneInfo.FindSystemTimeZoneById("Asia/Yekaterinburg");

    private static readonly UisSchedule Weekdays = Schedule("days_of_week", ["1", "2", "3", "4", "5"], ("09:00:00", "13:00:00"), ("14:00:00", "18:00:00"));

    // 2026-01-12 is a Monday; the account's clock is UTC+5.
    [Theory]
    [InlineData("2026-01-12T09:00:00+05:00", true)]
    [InlineData("2026-01-12T04:00:00Z", true)]
    [InlineData("2026-01-12T08:59:59+05:00", false)]
    [InlineData("2026-01-12T13:00:00+05:00", false)] // lunch begins
    [InlineData("2026-01-12T13:59:00+05:00", false)]
    [InlineData("2026-01-12T14:00:00+05:00", true)]
    [InlineData("2026-01-12T18:00:00+05:00", false)]
    [InlineData("2026-01-11T10:00:00+05:00", false)] // Sunday
    [InlineData("2026-01-16T17:59:59+05:00", true)]
    [InlineData("2026-01-12T17:30:00+03:00", false)] // half past seven there
    public void At_WeekdaysWithABreak_IsOpenInTheAccountsClock(string at, bool open) => Open(Weekdays, at).Should().Be(open);

    [Theory]
    [InlineData("mon", "2026-01-12T10:00:00+05:00", true)]
    [InlineData("Пн", "2026-01-12T10:00:00+05:00", true)]
    [InlineData("sunday", "2026-01-12T10:00:00+05:00", false)]
    [InlineData("0", "2026-01-11T10:00:00+05:00", true)]
    [InlineData("7", "2026-01-11T10:00:00+05:00", true)]
    public void At_DaysByName_AreUnderstood(string day, string at, bool open) => Open(Schedule("days_of_week", [day], ("09:00", "18:00")), at).Should().Be(open);

    [Fact]
    public void At_ADayThatCannotBeRead_IsUnknownWithinItsTimesAndClosedOutside()
    {
        var odd = Schedule("days_of_week", ["moonday"], ("09:00", "18:00"));

        var state = ScheduleHours.At(odd, At("2026-01-12T10:00:00+05:00"), Yekaterinburg);
        state.Open.Should().BeNull();
        state.Note!.Ru.Should().NotBeEmpty();
        Open(odd, "2026-01-12T20:00:00+05:00").Should().BeFalse();
    }

    [Theory]
    [InlineData("business_calendar")]
    [InlineData("cycle")]
    [InlineData(null)]
    public void At_FormThatTheReferenceDoesNotExplain_IsNeverCalledOpen(string? type)
    {
        var schedule = Schedule(type, ["1", "2"], ("09:00", "18:00"));

        Open(schedule, "2026-01-12T10:00:00+05:00").Should().BeNull();
        Open(schedule, "2026-01-12T07:00:00+05:00").Should().BeFalse();
    }

    [Theory]
    [InlineData("2026-01-12T21:00:00+05:00", false)]
    [InlineData("2026-01-12T22:30:00+05:00", true)]
    [InlineData("2026-01-13T05:59:00+05:00", true)] // the night of Monday
    [InlineData("2026-01-12T05:00:00+05:00", false)] // that of Sunday
    [InlineData("2026-01-13T06:00:00+05:00", false)]
    public void At_ShiftOverMidnight_BelongsToTheDayItBegan(string at, bool open) => Open(Schedule("days_of_week", ["1"], ("22:00", "06:00")), at).Should().Be(open);

    [Theory]
    [InlineData("24:00:00")]
    [InlineData("00:00:00")]
    public void At_UntilMidnight_LastsTheWholeEvening(string till) => Open(Schedule("days_of_week", ["1"], ("09:00:00", till)), "2026-01-12T23:59:00+05:00").Should().BeTrue();

    [Theory]
    [InlineData("2026-01-12T10:00:00+05:00", true)]
    [InlineData("2026-01-13T10:00:00+05:00", false)]
    public void At_DaysOfTheMonth_AreCompared(string at, bool open) => Open(Schedule("days_of_month", ["05", "12"], ("09:00", "18:00")), at).Should().Be(open);

    [Theory]
    [InlineData("2026-01-09T10:00:00+05:00", false)]
    [InlineData("2026-01-12T10:00:00+05:00", true)]
    [InlineData("2026-01-19T10:00:00+05:00", false)]
    public void At_FirstAndLastDay_Bound(string at, bool open) => Open(Weekdays with { DateFrom = "2026-01-10", DateTill = "2026-01-18" }, at).Should().Be(open);

    [Fact]
    public void At_WithoutTimes_OnlyClosedDaysAreSure()
    {
        var days = Weekdays with { Times = [] };

        Open(days, "2026-01-11T10:00:00+05:00").Should().BeFalse();
        Open(days, "2026-01-12T10:00:00+05:00").Should().BeNull();
    }

    private static bool? Open(UisSchedule schedule, string at) => ScheduleHours.At(schedule, At(at), Yekaterinburg).Open;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static UisSchedule Schedule(string? type, IReadOnlyList<string> days, params (string From, string Till)[] times) =>
        new() { Id = 31, Name = "Рабочее время", DaysType = type, Days = days, Times = [.. times.Select(t => new UisTimeSpan(t.From, t.Till))] };
}
