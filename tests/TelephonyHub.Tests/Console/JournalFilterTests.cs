using TelephonyHub.Console;

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
}
