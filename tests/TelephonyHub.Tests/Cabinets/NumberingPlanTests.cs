using System.Text;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Staffing;

namespace TelephonyHub.Tests.Cabinets;

/// <summary>The regulator's table as it is published, and the look-up in it.</summary>
public sealed class NumberingPlanTests
{
    /// <summary>Columns and spellings of the regulator's DEF-9xx.csv, newer edition; numbers of the sample are made up.</summary>
    internal const string Sample = """
        АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН
        900;0000000;0061999;62000;ООО "Т2 Мобайл";Краснодарский край;Краснодарский край;7743895280
        910;6000000;6099999;100000;ПАО "МТС";Рязанская обл.;Рязанская область;7740000076
        916;0000000;9999999;10000000;ПАО "МТС";г. Москва и Московская область;г. Москва|Московская область;7740000076
        922;0400000;0499999;100000;ООО "Екатеринбург-2000";Ханты - Мансийский - Югра АО;Ханты-Мансийский автономный округ - Югра;6661079603
        """;

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-8 with mark")]
    [InlineData("windows-1251")]
    public void Read_FileInAnyOfItsEncodings_Ranges(string encoding)
    {
        byte[] file = encoding switch
        {
            "UTF-8" => Encoding.UTF8.GetBytes(Sample),
            "UTF-8 with mark" => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Sample)],
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes(Sample),
        };

        var ranges = NumberingCsv.Read(file, out var faults);

        faults.Should().BeEmpty();
        ranges.Should().HaveCount(4).And.Contain(new NumberRange(9_106_000_000, 9_106_099_999, "Рязанская обл."));
    }

    [Fact]
    public void Read_OldEditionWithTabsAndWithoutHeader_Ranges() =>
        NumberingCsv.Read(Encoding.UTF8.GetBytes("\t910;\t6000000;\t6099999;\t100000;\tМТС;\tРязанская обл.\n"), out _).Should().Equal(new NumberRange(9_106_000_000, 9_106_099_999, "Рязанская обл."));

    [Theory]
    [InlineData("АВС/ DEF;От;До;Емкость;Оператор;Регион\n910;6000000;5000000;1;x;Рязань", "line 2")]
    [InlineData("АВС/ DEF;От;До;Емкость;Оператор;Регион\n910;6000000;6099999;1;x;Рязань\n91;1;2;3;x;y\n", "line 3")]
    [InlineData("<html>нет такой страницы</html>", "no range")]
    [InlineData("", "no range")]
    public void Read_WrongFile_NothingAndTheLineIsNamed(string text, string named)
    {
        NumberingCsv.Read(Encoding.UTF8.GetBytes(text), out var faults).Should().BeEmpty();

        faults.Should().ContainSingle().Which.Should().Contain(named);
    }

    [Theory]
    [InlineData("79106000000", "Рязанская обл.")]
    [InlineData("+7 910 609-99-99", "Рязанская обл.")]
    [InlineData("79106100000", null)]
    [InlineData("79105999999", null)]
    [InlineData("79161234567", "г. Москва и Московская область")]
    [InlineData("78990000000", null)]
    [InlineData("+49 30 901820", null)]
    public void RegionOf_Number_TheRangeItLiesIn(string number, string? region) => Plan().RegionOf(PhoneNumber.Parse(number)).Should().Be(region);

    [Fact]
    public void Pack_ThenUnpack_TheSameTable()
    {
        var ranges = NumberingCsv.Read(Encoding.UTF8.GetBytes(Sample), out _);

        NumberingFile.Pack(ranges).Unpack().Should().Equal(ranges);
    }

    [Fact]
    public void WholeCountry_FourHundredThousandRanges_TakeFewMegabytesPacked()
    {
        var ranges = Enumerable.Range(0, 400_000).Select(i => new NumberRange(3_000_000_000 + (i * 17_000L), 3_000_000_000 + (i * 17_000L) + 9_999, $"Регион {i % 300}")).ToList();

        NumberingFile.Pack(ranges).Packed.Length.Should().BeLessThan(3_000_000);
        var plan = new NumberingPlan(ranges);
        plan.RegionOf(PhoneNumber.Parse("73000170001")).Should().Be("Регион 10");
    }

    [Theory]
    [InlineData("Ханты - Мансийский - Югра АО", "Ханты-Мансийский", true)]
    [InlineData("г. Москва и Московская область", "Москва", true)]
    [InlineData("Рязанская обл.", "рязанск", true)]
    [InlineData("Рязанская обл.", "Рязань", false)]
    [InlineData("Орёл", "орел", true)]
    [InlineData("Рязанская обл.", "-", false)]
    public void Matches_NamesAsPeopleWriteThem(string region, string part, bool expected) => RegionNames.Matches(region, part).Should().Be(expected);

    private static NumberingPlan Plan() => new(NumberingCsv.Read(Encoding.UTF8.GetBytes(Sample), out _));
}
