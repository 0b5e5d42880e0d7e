using TelephonyHub.Cabinets;

namespace TelephonyHub.Tests.Cabinets;

public sealed class CabinetKeyTests
{
    [Theory]
    [InlineData("msk", "msk")]
    [InlineData("MSK-2", "msk-2")]
    public void TryParse_AllowedKey_KeptInLowerCase(string text, string expected)
    {
        CabinetKey.TryParse(text, out var key).Should().BeTrue();
        key.Value.Should().Be(expected);
        key.Should().Be(CabinetKey.Parse(expected));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a_b")]
    [InlineData("мск")]
    [InlineData("msk\n")]
    [InlineData("a/b")]
    [InlineData("0123456789012345678901234567890123456789x")]
    public void TryParse_AnythingElse_Refused(string? text) => CabinetKey.TryParse(text, out _).Should().BeFalse();
}
