using CsCheck;
using TelephonyHub.Creatio;

namespace TelephonyHub.Tests.Creatio;

public sealed class SearchNumberTests
{
    [Theory]
    [InlineData("+7 (999) 123-45-67", "76543219997")]
    [InlineData("8-999-123-45-67", "76543219998")]
    [InlineData("101", "101")]
    [InlineData("102", "201")]
    public void Of_VectorsOfTheReference_AreDigitsReversed(string number, string expected) => SearchNumber.Of(number).Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData("anonymous")]
    [InlineData("٣٤٥")]
    public void Of_NoDigits_IsNull(string number) => SearchNumber.Of(number).Should().BeNull();

    [Theory]
    [InlineData("+79991234567", "7654321999")]
    [InlineData("8 (999) 123-45-67", "7654321999")]
    [InlineData("9991234567", "7654321999")]
    public void LastTenReversed_SevenEightOrNothingInFront_IsTheSame(string number, string expected) => SearchNumber.LastTenReversed(number).Should().Be(expected);

    [Theory]
    [InlineData("101")]
    [InlineData("999123456")]
    public void LastTenReversed_ShorterNumber_IsNull(string number) => SearchNumber.LastTenReversed(number).Should().BeNull();

    [Fact]
    public void Of_AnyDigits_TwiceIsTheSameAgain() =>
        Gen.String[Gen.Char['0', '9'], 1, 100].Sample(digits => SearchNumber.Of(SearchNumber.Of(digits)!).Should().Be(digits));
}
