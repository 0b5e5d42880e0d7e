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
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\n=1", "\"'\n=1\"")]
    public void Cell_IsReadBackAsItIs_AndIsNoFormula(string? value, string expected) => JournalExport.Cell(value).Should().Be(expected);
}
