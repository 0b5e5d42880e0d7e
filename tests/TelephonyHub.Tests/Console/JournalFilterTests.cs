using System.Globalization;
using TelephonyHub.Console;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Console;

public sealed class JournalFilterTests
{
    [Fact]
    public void Filter_WrittenIntoTheAddress_IsReadBack()
    {
        var filter = new JournalFilter("8 (916) 555-01-01", "msk", "missed", "in", new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30));

        JournalFilter.Read(filter.ToQuery().ToDictionary(q => q.Key, q => (string?)q.Value, StringComparer.Ordinal)).Should().Be(filter);
    }

    [Fact]
    public void Filter_OfAnAddressThatSomebodyTyped_LeavesOutWhatMakesNoSense() =>
        JournalFilter.Read(new Dictionary<string, string?>(StringComparer.Ordinal) { ["q"] = "  ", ["from"] = "yesterday", ["to"] = "2026-02-30" }).IsEmpty.Should().BeTrue();

    [Theory]
    [InlineData("0001-01-01", "2000-01-01")]
    [InlineData("2026-02-10", "2026-02-10")]
    [InlineData("9999-12-31", "2100-12-31")]
    public void Day_BeyondTheYearsOfTheHub_IsTheFirstOrLastOfThem(string text, string expected) =>
        JournalFilter.Day(text).Should().Be(DateOnly.ParseExact(expected, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void CallFilter_OfAllCabinets_HasEachCitysOwnDay()
    {
        var filter = new JournalFilter(null, null, null, null, new DateOnly(2026, 2, 10), new DateOnly(2026, 2, 10)).ToCallFilter(Text);

        (filter.From, filter.To).Should().Be((At("2026-02-10T00:00:00+05:00"), At("2026-02-11T00:00:00+03:00")), "from its first begin to its last end");
        filter.Spans.Select(s => (string.Join(' ', s.Cabinets), s.From, s.To)).Should().BeEquivalentTo(
        [
            ("msk spb rzn", At("2026-02-10T00:00:00+03:00"), At("2026-02-11T00:00:00+03:00")),
            ("sgt", (DateTimeOffset?)At("2026-02-10T00:00:00+05:00"), (DateTimeOffset?)At("2026-02-11T00:00:00+05:00")),
        ]);
    }

    [Fact]
    public void CallFilter_OfOneCabinet_HasItsDay()
    {
        var filter = new JournalFilter(null, "sgt", null, null, new DateOnly(2026, 2, 10), null).ToCallFilter(Text);

        (filter.From, filter.To).Should().Be((At("2026-02-10T00:00:00+05:00"), null));
        filter.Spans.Should().BeEmpty();
    }

    private static ConsoleText Text => new(Company.Settings(), TimeProvider.System);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
