using TelephonyHub.Console;

namespace TelephonyHub.Tests.Console;

public sealed class JournalExportTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("Иванова Анна", "Иванова Анна")]
    [InlineData("ООО «Ромашка»; склад", "\"ООО «Ромашка»; склад\"")]
    [InlineData("a \"quoted\" name", "\"a \"\"quoted\"\" name\"")]
    [InlineData("+79165550101", "+79165550101")]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+1+cmd", "'+1+cmd")]
    [InlineData("@sum", "'@sum")]
    public void Cell_IsReadBackAsItIs_AndIsNoFormula(string? value, string expected) => JournalExport.Cell(value).Should().Be(expected);
}
