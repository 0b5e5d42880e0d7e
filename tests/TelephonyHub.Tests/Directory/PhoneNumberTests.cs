using CsCheck;
using TelephonyHub.Directory;

namespace TelephonyHub.Tests.Directory;

/// <summary>One client, however his number is written.</summary>
public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("79161234567")]
    [InlineData("+79161234567")]
    [InlineData("89161234567")]
    [InlineData("9161234567")]
    [InlineData("8 (916) 123-45-67")]
    [InlineData("+7 916 123 45 67")]
    [InlineData("+7 (916) 123-45-67")]
    [InlineData("8-916-123-45-67")]
    [InlineData("  79161234567 ")]
    [InlineData("79161234567...2345")]
    [InlineData("79161234567...9.2.3.3")]
    [InlineData("+7 916 123-45-67 доб. 12")]
    [InlineData("+7 916 123-45-67 ext. 12")]
    [InlineData("\u202A+7 916 123-45-67\u202C")]
    public void TryParse_OneNumberInManySpellings_Same(string raw) => PhoneNumber.TryParse(raw)!.Value.E164.Should().Be("+79161234567");

    [Theory]
    [InlineData("+49 30 901820", "+4930901820")]
    [InlineData("+375 29 123-45-67", "+375291234567")]
    [InlineData("8 800 123-45-67", "+78001234567")]
    [InlineData("77011234567", "+77011234567")]
    public void TryParse_OtherNumbers_E164(string raw, string expected) => PhoneNumber.TryParse(raw)!.Value.E164.Should().Be(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("anonymous")]
    [InlineData("unknown")]
    [InlineData("None")]
    [InlineData("101")]
    [InlineData("0083506")]
    [InlineData("...2345")]
    [InlineData("+")]
    [InlineData("{{contact_phone_number}}")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("sip:101@example")]
    public void TryParse_NoNumber_Null(string? raw) => PhoneNumber.TryParse(raw).Should().BeNull();

    [Fact]
    public void TryParse_EndlessText_NullAtOnce() => PhoneNumber.TryParse(new string('7', 100_000)).Should().BeNull();

    [Fact]
    public void Parse_NoNumber_Refused() => FluentActions.Invoking(() => PhoneNumber.Parse("anonymous")).Should().Throw<FormatException>();

    [Fact]
    public void Forms_OneNumber_AsEachSystemWantsIt()
    {
        var number = PhoneNumber.Parse("8 (916) 123-45-67");

        number.Digits.Should().Be("79161234567", "UIS dials without the plus");
        number.LastTen.Should().Be("9161234567");
        number.Display.Should().Be("+7 916 123-45-67");
        number.Masked.Should().Be("+7***67");
        number.ToString().Should().Be("+79161234567");
        number.Should().Be(PhoneNumber.Parse("79161234567"));
    }

    [Theory]
    [InlineData("74951234567", "Moscow")]
    [InlineData("74991234567", "Moscow")]
    [InlineData("78121234567", "St Petersburg")]
    [InlineData("74912123456", "Ryazan")]
    [InlineData("73462123456", "Surgut")]
    public void Town_Landline_ItsTown(string number, string town) => PhoneNumber.Parse(number).Town().Should().Be(town);

    [Theory]
    [InlineData("79161234567")]
    [InlineData("78001234567")]
    public void Town_MobileOrTollFree_None(string number) => PhoneNumber.Parse(number).Town().Should().BeNull();

    [Theory]
    [InlineData("78001234567", true)]
    [InlineData("74951234567", false)]
    public void IsTollFree_ByNumber(string number, bool expected) => PhoneNumber.Parse(number).IsTollFree.Should().Be(expected);

    [Fact]
    public void TryParse_AnyText_NeverThrowsAndIsStable() =>
        Gen.OneOf(Gen.String[0, 40], Gen.String[Gen.Char["0123456789+-() .,#;*доб ext"], 0, 25]).Sample(raw =>
            PhoneNumber.TryParse(raw) is not { } number
            || (PhoneNumber.TryParse(number.E164) == number && number.E164[0] == '+' && number.Digits.All(char.IsAsciiDigit) && number.Display.Length > 0 && !number.Masked.Contains(number.Digits)
                && (number.Town() ?? "x").Length > 0));
}
