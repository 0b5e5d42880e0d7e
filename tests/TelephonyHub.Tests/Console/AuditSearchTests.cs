using System.Globalization;
using TelephonyHub.Console;
using TelephonyHub.Hosting;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Console;

public sealed class AuditSearchTests
{
    [Fact]
    public void Search_WrittenIntoTheAddress_IsReadBack()
    {
        var search = new AuditSearch("admin", "user", new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30));
        var query = search.ToQuery().ToDictionary(q => q.Key, q => (string?)q.Value, StringComparer.Ordinal);

        AuditSearch.Read(query["who"], query["action"], query["from"], query["to"]).Should().Be(search);
    }

    [Fact]
    public void Search_OfAnAddressThatSomebodyTyped_LeavesOutWhatMakesNoSense() => AuditSearch.Read(" \0", "", "yesterday", "2026-02-30").IsEmpty.Should().BeTrue();

    [Fact]
    public void AuditFilter_OfDays_HasThoseOfTheFirstCity_TheLastOneToItsEnd()
    {
        var text = new ConsoleText(Company.Settings(), TimeProvider.System);

        new AuditSearch("admin", null, new DateOnly(2026, 2, 10), new DateOnly(2026, 2, 10)).ToAuditFilter(text)
            .Should().Be(new AuditFilter("admin", null, At("2026-02-10T00:00:00+03:00"), At("2026-02-11T00:00:00+03:00")));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
