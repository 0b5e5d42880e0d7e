using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Tests.Hosting;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Tests.Cabinets;

/// <summary>Row B of the product: which city a call belongs to.</summary>
public sealed class RegionResolverTests
{
    private const string Mobile = "79161234567";
    private readonly RegionResolver _regions = new(Company.Settings());

    [Theory]
    [InlineData("the digit, on the city's own number", "3", Company.MoscowNumber, "78125550000", "rzn", RegionSource.Digit)]
    [InlineData("the digit, on the common number", "4", Company.CommonNumber, "74955550000", "sgt", RegionSource.Digit)]
    [InlineData("the dialled number, though the caller is from elsewhere", null, Company.PetersburgNumber, "74955550000", "spb", RegionSource.DialledNumber)]
    [InlineData("common number: the caller's code 495", null, Company.CommonNumber, "74955550000", "msk", RegionSource.CallerNumber)]
    [InlineData("common number: the caller's code 499", null, Company.CommonNumber, "74995550000", "msk", RegionSource.CallerNumber)]
    [InlineData("common number: the caller's code 812", null, Company.CommonNumber, "78125550000", "spb", RegionSource.CallerNumber)]
    [InlineData("common number: the caller's code 4912", null, Company.CommonNumber, "74912555000", "rzn", RegionSource.CallerNumber)]
    [InlineData("common number: the caller's code 3462", null, Company.CommonNumber, "73462555000", "sgt", RegionSource.CallerNumber)]
    [InlineData("unlisted number: the caller's code", null, "74957777777", "73462555000", "sgt", RegionSource.CallerNumber)]
    [InlineData("a digit that is nobody's does not count", "9", Company.RyazanNumber, Mobile, "rzn", RegionSource.DialledNumber)]
    [InlineData("several digits are no choice", "12", Company.RyazanNumber, Mobile, "rzn", RegionSource.DialledNumber)]
    [InlineData("common number, mobile: nothing tells", null, Company.CommonNumber, Mobile, null, RegionSource.Unknown)]
    [InlineData("common number, a city without cabinet", null, Company.CommonNumber, "78432555000", null, RegionSource.Unknown)]
    [InlineData("common number, hidden caller", null, Company.CommonNumber, null, null, RegionSource.Unknown)]
    [InlineData("nothing known at all", null, null, null, null, RegionSource.Unknown)]
    public void Resolve_Case_RegionAndItsSource(string why, string? digit, string? dialled, string? caller, string? expected, RegionSource source)
    {
        var region = _regions.Resolve(digit, PhoneNumber.TryParse(dialled), PhoneNumber.TryParse(caller));

        region.Cabinet?.Value.Should().Be(expected, why);
        region.Source.Should().Be(source, why);
    }

    [Fact]
    public void Resolve_CommonNumberListedAsACabinetsOwn_StillCommon()
    {
        var regions = new RegionResolver(Company.Settings(("Cabinets:msk:Numbers:1", Company.CommonNumber)));

        regions.Resolve(null, Company.Phone(Company.CommonNumber), Company.Phone("78125550000")).Cabinet.Should().Be(Company.Petersburg);
    }

    [Fact]
    public void Resolve_TwoCabinetsInOneTown_CodeDecidesNothing()
    {
        var regions = new RegionResolver(Company.Settings(("Cabinets:spb:Numbers:0", "74997770000")));

        regions.Resolve(null, null, Company.Phone("74955550000")).Source.Should().Be(RegionSource.Unknown);
    }

    [Theory]
    [InlineData(Company.SurgutNumber, true)]
    [InlineData(Company.CommonNumber, true)]
    [InlineData(Mobile, false)]
    public void IsOwnNumber_RentedInAnyCabinet(string number, bool expected) => _regions.IsOwnNumber(Company.Phone(number)).Should().Be(expected);

    [Fact]
    public void IsOwnNumber_ListedByUisAndNotConfigured_IsOwnAndMeansNoRegion()
    {
        var settings = Company.Settings();
        var book = new CabinetBook(settings);
        var regions = new RegionResolver(settings, book);
        var number = PhoneNumber.Parse("74957777777");
        regions.IsOwnNumber(number).Should().BeFalse();

        book.Put(Company.Moscow, new DictionaryFacts(default) { Numbers = [new UisVirtualNumber { Id = 1, VirtualPhoneNumber = "74957777777" }] });

        regions.IsOwnNumber(number).Should().BeTrue();
        regions.Resolve(null, number, null).Source.Should().Be(RegionSource.Unknown, "only the settings say which region a number means");
    }
}
