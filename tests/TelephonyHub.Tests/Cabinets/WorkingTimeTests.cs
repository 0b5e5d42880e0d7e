using TelephonyHub.Cabinets;

namespace TelephonyHub.Tests.Cabinets;

/// <summary>Monday to Friday 09:00–18:00 in the region's own zone. 2 March 2026 is a Monday.</summary>
public sealed class WorkingTimeTests
{
    private static readonly WorkingTime Moscow = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"));
    private static readonly WorkingTime Surgut = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Yekaterinburg"));
    private static readonly WorkingTime Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    [Theory]
    [InlineData("within the day", "2026-03-02T12:00+03:00", "2026-03-02T13:00+03:00")]
    [InlineData("before opening", "2026-03-02T07:30+03:00", "2026-03-02T10:00+03:00")]
    [InlineData("the last hour", "2026-03-02T17:00+03:00", "2026-03-02T18:00+03:00")]
    [InlineData("over closing", "2026-03-02T17:30+03:00", "2026-03-03T09:30+03:00")]
    [InlineData("after closing", "2026-03-02T20:00+03:00", "2026-03-03T10:00+03:00")]
    [InlineData("closing itself", "2026-03-02T18:00+03:00", "2026-03-03T10:00+03:00")]
    [InlineData("Friday evening", "2026-03-06T19:00+03:00", "2026-03-09T10:00+03:00")]
    [InlineData("Friday, over closing", "2026-03-06T17:45+03:00", "2026-03-09T09:45+03:00")]
    [InlineData("Saturday", "2026-03-07T12:00+03:00", "2026-03-09T10:00+03:00")]
    [InlineData("Sunday night", "2026-03-08T23:59+03:00", "2026-03-09T10:00+03:00")]
    [InlineData("told in another offset", "2026-03-02T14:30Z", "2026-03-03T09:30+03:00")]
    public void Add_OneWorkingHour_Due(string why, string from, string due) => Moscow.Add(At(from), TimeSpan.FromHours(1)).Should().Be(At(due), why);

    [Fact]
    public void Add_SeveralDaysOfWork_GoesOnOverTheWeekend() => Moscow.Add(At("2026-03-06T09:00+03:00"), TimeSpan.FromHours(20)).Should().Be(At("2026-03-10T11:00+03:00"));

    [Fact]
    public void Add_TwoHoursAheadOfMoscow_ClosesTwoHoursEarlier() => Surgut.Add(At("2026-03-02T16:30+03:00"), TimeSpan.FromHours(1)).Should().Be(At("2026-03-03T10:00+05:00"));

    [Fact]
    public void Add_OverAClockChange_CountsWorkingTimeOnly() => Berlin.Add(At("2026-03-27T17:30+01:00"), TimeSpan.FromHours(1)).Should().Be(At("2026-03-30T09:30+02:00"));

    [Theory]
    [InlineData("2026-03-02T12:00+03:00", "2026-03-03")]
    [InlineData("2026-03-02T23:30+03:00", "2026-03-03")]
    [InlineData("2026-03-06T12:00+03:00", "2026-03-09")]
    [InlineData("2026-03-07T12:00+03:00", "2026-03-09")]
    [InlineData("2026-03-08T12:00+03:00", "2026-03-09")]
    public void NextWorkingDay_From_OpensAtNineDueAnHourBeforeClosing(string from, string day) =>
        Moscow.NextWorkingDay(At(from)).Should().Be((At($"{day}T09:00+03:00"), At($"{day}T17:00+03:00")));

    [Theory]
    [InlineData(1, "2026-03-06")]
    [InlineData(2, "2026-03-09")]
    [InlineData(6, "2026-03-13")]
    [InlineData(7, "2026-03-16")]
    public void WorkingDay_DaysAfterAThursday_WeekendsDoNotCount(int days, string day) => Moscow.WorkingDay(At("2026-03-05T12:00+03:00"), days).Start.Should().Be(At($"{day}T09:00+03:00"));

    [Fact]
    public void NextWorkingDay_AlreadyTomorrowInSurgut_DayAfterThat() =>
        Surgut.NextWorkingDay(At("2026-03-02T22:30+03:00")).Start.Should().Be(At("2026-03-04T09:00+05:00"));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
