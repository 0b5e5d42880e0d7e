using System.Text;
using TelephonyHub.Cabinets;
using TelephonyHub.Staffing;

namespace TelephonyHub.Tests.Staffing;

/// <summary>Calendars of regions, the country's production calendar, and due dates that follow them.</summary>
public sealed class CalendarTests
{
    /// <summary>Form of xmlcalendar.ru; an excerpt of 2026.</summary>
    internal const string Xml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <calendar year="2026" lang="ru" date="2025.09.30">
          <holidays><holiday id="1" title="Новогодние каникулы"/><holiday id="4" title="Международный женский день"/></holidays>
          <days><day d="01.01" t="1" h="1"/><day d="01.09" t="1" f="01.03"/><day d="03.09" t="1" f="03.08" h="4"/><day d="04.30" t="2"/><day d="11.03" t="2"/><day d="10.31" t="3"/></days>
        </calendar>
        """;

    private const string Csv = """
        Год/Месяц,Январь,Февраль,Март,Апрель,Май,Июнь,Июль,Август,Сентябрь,Октябрь,Ноябрь,Декабрь,Всего рабочих дней
        2026,"1,2,3,4,5,6,7,8,9+,10,11,17,18,24,25,31","1,7,8,14,15,21,22,23,28","1,7,8,9+,14,15,21,22,28,29","4,5,11,12,18,19,25,26,30*","1,2,3,9,10,11+,16,17,23,24,30,31","6,7,11*,12,13,14,20,21,27,28","4,5,11,12,18,19,25,26","1,2,8,9,15,16,22,23,29,30","5,6,12,13,19,20,26,27","3,4,10,11,17,18,24,25","1,3*,4,7,8,14,15,21,22,28,29","5,6,12,13,19,20,26,27,31+",247
        """;

    private static readonly Hours NineToSix = new(new TimeOnly(9, 0), new TimeOnly(18, 0));
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    [Fact]
    public void Read_XmlOfXmlcalendar_DaysWithKindsAndNames()
    {
        var days = ProductionCalendar.Read(Encoding.UTF8.GetBytes(Xml), out var faults)[2026].Days;

        faults.Should().BeEmpty();
        days.Should().HaveCount(6);
        days[0].Should().Be(new SpecialDay(new DateOnly(2026, 1, 1), DayKind.Off, "Новогодние каникулы"));
        days.Should().Contain(new SpecialDay(new DateOnly(2026, 4, 30), DayKind.Short)).And.Contain(new SpecialDay(new DateOnly(2026, 10, 31), DayKind.Working));
    }

    [Fact]
    public void Read_CsvOfOpenData_OnlyWhatDiffersFromTheWeek()
    {
        var days = ProductionCalendar.Read(Encoding.UTF8.GetBytes(Csv), out var faults)[2026].Days.ToDictionary(d => d.Date, d => d.Kind);

        faults.Should().BeEmpty();
        days[new DateOnly(2026, 1, 1)].Should().Be(DayKind.Off);
        days[new DateOnly(2026, 3, 9)].Should().Be(DayKind.Off, "a Monday to which the holiday was moved");
        days[new DateOnly(2026, 4, 30)].Should().Be(DayKind.Short);
        days[new DateOnly(2026, 10, 31)].Should().Be(DayKind.Working, "a Saturday that is not listed");
        days.Should().NotContainKey(new DateOnly(2026, 1, 10), "a Saturday like any other");
    }

    [Theory]
    [InlineData("<calendar year=\"2026\"><days><day d=\"02.30\" t=\"1\"/></days></calendar>", "'02.30' is no day of the year")]
    [InlineData("<calendar year=\"2026\"><days><day d=\"0101\" t=\"1\"/></days></calendar>", "'0101' is no day of the year")]
    [InlineData("<calendar year=\"2026\"><days><day d=\"01.01\" t=\"9\"/></days></calendar>", "a day of type '9' is unknown")]
    [InlineData("<calendar year=\"1\"/>", "'1' is no year")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><calendar year=\"2026\">&e;</calendar>", "its XML holds what a calendar does not")]
    [InlineData("Год/Месяц,Январь\n2026,1", "holds no year")]
    [InlineData("<calendar", "its XML is wrong in line 1")]
    [InlineData("", "holds no year")]
    public void Read_WrongFile_ReasonAndNothing(string text, string reason)
    {
        ProductionCalendar.Read(Encoding.UTF8.GetBytes(text), out var faults).Should().BeEmpty();

        faults.Should().ContainSingle().Which.Should().Contain(reason);
    }

    [Theory]
    [InlineData("an hour before the holidays goes on after them", "2025-12-31T17:30+03:00", "2026-01-12T09:30+03:00")]
    [InlineData("the short day closes at five", "2026-04-30T16:30+03:00", "2026-05-01T09:30+03:00")]
    [InlineData("the Saturday that is worked counts", "2026-10-30T17:30+03:00", "2026-10-31T09:30+03:00")]
    public void Add_OneWorkingHour_FollowsTheCalendar(string why, string from, string due) =>
        Hours(Plan()).Add(At(from), TimeSpan.FromHours(1)).Should().Be(At(due), why);

    [Fact]
    public void WorkingTime_RegionWithoutCalendar_DefaultWeekWithoutTheCountrysHolidays()
    {
        var settings = Tests.Hosting.Company.Settings();
        var plan = new StaffingPlan(null, Days());

        plan.CalendarOf(settings.Cabinets[Tests.Hosting.Company.Moscow]).Should().BeNull("routing treats every hour as working");
        plan.WorkingTimeOf(settings.Cabinets[Tests.Hosting.Company.Moscow]).NextWorkingDay(At("2026-03-06T12:00+03:00")).Start.Should().Be(At("2026-03-10T09:00+03:00"), "the 9th is a holiday");
    }

    [Fact]
    public void LunchBreak_ClosesAndCountsNot()
    {
        var hours = new WorkingTime(Moscow, new WorkCalendar(RegionCalendar.Weekdays(new Hours(new TimeOnly(9, 0), new TimeOnly(13, 0)), new Hours(new TimeOnly(14, 0), new TimeOnly(18, 0))), []));

        hours.IsOpen(At("2026-03-02T13:30+03:00")).Should().BeFalse();
        hours.OpensAfter(At("2026-03-02T13:30+03:00")).Should().Be(At("2026-03-02T14:00+03:00"));
        hours.Add(At("2026-03-02T12:30+03:00"), TimeSpan.FromHours(1)).Should().Be(At("2026-03-02T14:30+03:00"));
    }

    [Fact]
    public void OwnDayOfTheRegion_WinsOverTheCountrys()
    {
        var region = RegionCalendar.Weekdays(NineToSix) with { Days = [new SpecialDay(new DateOnly(2026, 3, 9), DayKind.Working, null, [new Hours(new TimeOnly(10, 0), TimeOnly.MinValue)])] };

        new WorkingTime(Moscow, new WorkCalendar(region, Days())).IsOpen(At("2026-03-09T23:59+03:00")).Should().BeTrue();
    }

    [Fact]
    public void NobodyEverWorks_DueDatesStillCome()
    {
        var never = new WorkingTime(Moscow, new WorkCalendar(new RegionCalendar(), []));

        never.OpensAfter(At("2026-03-02T12:00+03:00")).Should().BeNull();
        never.Add(At("2026-03-02T12:00+03:00"), TimeSpan.FromHours(1)).Should().Be(At("2026-03-02T13:00+03:00"));
        never.WorkingDay(At("2026-03-02T12:00+03:00"), 1).Start.Should().Be(At("2026-03-03T09:00+03:00"));
    }

    [Theory]
    [InlineData("the first day of the first turn", "2026-03-02T09:00+05:00", 0)]
    [InlineData("the seventh day, before the handover of the next turn", "2026-03-09T08:59+05:00", 0)]
    [InlineData("the next turn", "2026-03-09T09:00+05:00", 1)]
    [InlineData("round the list", "2026-03-16T12:00+05:00", 0)]
    [InlineData("an exchanged shift wins", "2026-03-04T12:00+05:00", 2)]
    public void Rota_WeeklyTurnsInSurgutsTime(string why, string at, int person)
    {
        DutyPerson[] people = [new(Guid.Parse("10000000-0000-0000-0000-000000000001")), new(Guid.Parse("20000000-0000-0000-0000-000000000002")), new(null, ["73462110009"])];
        var rota = new DutyRota { From = new DateOnly(2026, 3, 2), DaysPerTurn = 7, People = people[..2], Shifts = [new DutyShift(At("2026-03-04T09:00+05:00"), At("2026-03-05T09:00+05:00"), people[2])] };

        rota.At(At(at), TimeZoneInfo.FindSystemTimeZoneById("Asia/Yekaterinburg")).Should().Be(people[person], why);
    }

    private static IReadOnlyList<SpecialDay> Days() => ProductionCalendar.Read(Encoding.UTF8.GetBytes(Csv), out _)[2026].Days;

    private static WorkCalendar Plan() => new(RegionCalendar.Weekdays(NineToSix), [.. Days().Where(d => d.Date != new DateOnly(2026, 5, 1)), new SpecialDay(new DateOnly(2025, 12, 31), DayKind.Working)]);

    private static WorkingTime Hours(WorkCalendar calendar) => new(Moscow, calendar);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
