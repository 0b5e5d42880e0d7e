using TelephonyHub.Cabinets;
using TelephonyHub.Control;
using TelephonyHub.Directory;
using TelephonyHub.Tests.Directory;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Control;

/// <summary>Which number a transfer dials, in words.</summary>
public sealed class TransferTargetTests
{
    private const string Client = "79161234567";
    private static readonly RegionResolver Regions = new(Company.Settings());

    [Fact]
    public void ToManager_OfTheSameCabinet_HisFirstPhoneThere()
    {
        var target = TransferTargets.ToManager(AnnaOfMoscow(), In(Company.Moscow))!;

        (target.To, target.Kind, target.OwnNumber).Should().Be(("79260000001", "phone", null));
    }

    [Fact]
    public void ToManager_WhoseFirstPhoneIsTheClientsOwn_TheNext()
    {
        TransferTargets.ToManager(AnnaOfMoscow(), In(Company.Moscow, client: "79260000001"))!.To.Should().Be("0083506");
    }

    [Theory]
    [InlineData(null, "0083506")]
    [InlineData("0083506", "79260000001")]
    public void ToManager_WhoseFirstLineIsNotRegistered_ThePhoneThatRings(string? silent, string to)
    {
        var anna = AnnaOfMoscow() with { Employees = [Employee(Company.Moscow, 8, "Анна", null, "101", "0083506", "79260000001")] };

        TransferTargets.ToManager(anna, In(Company.Moscow, silent: silent))!.To.Should().Be(to);
    }

    [Fact]
    public void ToManager_WithoutActiveNumber_HisExtension()
    {
        var anna = AnnaOfMoscow() with { Employees = [new PbxEmployee(Company.Moscow, 8, "Анна", null, [new PbxPhone("79260000001", Active: false)], "101")] };

        TransferTargets.ToManager(anna, In(Company.Moscow))!.Should().Match<TransferTarget>(t => t.To == "101" && t.Kind == "extension");
    }

    [Fact]
    public void ToManager_OfAnotherCabinet_ThatCabinetsNumber_BecauseTheSecondSessionBelongsThere()
    {
        var target = TransferTargets.ToManager(AnnaOfMoscow(), In(Company.Surgut, virtualNumber: Company.SurgutNumber))!;

        (target.To, target.Kind, target.Cabinet).Should().Be((PhoneNumber.Parse(Company.MoscowNumber).Digits, "cabinetNumber", Company.Moscow));
        target.OwnNumber.Should().Be(PhoneNumber.Parse(Company.MoscowNumber));
        target.Reason.Ru.Should().Contain("маршрутизация");
    }

    [Fact]
    public void ToManager_WithRecordsInBothCabinets_StaysInTheCallsOwn()
    {
        var both = AnnaOfMoscow(Employee(Company.Surgut, 9, "Анна", null, "909", "79220000009"));

        TransferTargets.ToManager(both, In(Company.Surgut))!.To.Should().Be("79220000009");
    }

    [Fact]
    public void ToManager_OfACabinetWithoutNumber_HisOwnPhone()
    {
        var target = TransferTargets.ToManager(AnnaOfMoscow(), In(Company.Surgut) with { NumbersOf = _ => [] })!;

        (target.To, target.Kind, target.OwnNumber).Should().Be(("79260000001", "phone", null));
    }

    [Fact]
    public void ToManager_WithoutEmployeeRecord_HisMobileOfTheCrm()
    {
        TransferTargets.ToManager(Crm(Boris, "Борис", "8 926 555-55-55"), In(Company.Moscow))!.To.Should().Be("79265555555");
    }

    [Fact]
    public void ToManager_WhoseNumberHasAPostDialTail_NotToTheSwitchboard()
    {
        var anna = AnnaOfMoscow() with { Employees = [Employee(Company.Moscow, 8, "Анна", null, "101", "74955140578...2345")] };

        var target = TransferTargets.ToManager(anna, In(Company.Moscow))!;

        (target.To, target.Kind).Should().Be(("101", "extension"));
        target.Reason.Ru.Should().Contain("донабором");
        TransferTargets.ToManager(anna, In(Company.Surgut) with { NumbersOf = _ => [] }).Should().BeNull("from outside only the switchboard could be dialled");
    }

    [Fact]
    public void ToManager_WhoHasNoNumberAtAll_IsRefused()
    {
        TransferTargets.ToManager(Crm(Boris, "Борис"), In(Company.Moscow)).Should().BeNull();
    }

    [Theory]
    [InlineData("8 (926) 000-00-01", "79260000001", "phone")]
    [InlineData("101", "101", "extension")]
    [InlineData("0083506", "0083506", "sip")]
    [InlineData(" 0083506 ", "0083506", "sip")]
    public void ToNumber_InAnyForm_IsDialledAsUisWritesIt(string typed, string to, string kind)
    {
        var target = TransferTargets.ToNumber(typed, People.Directory(AnnaOfMoscow()), In(Company.Moscow))!;

        (target.To, target.Kind, target.Manager?.ContactId).Should().Be((to, kind, Anna));
    }

    [Fact]
    public void ToNumber_OfTheCompany_IsKnownToOpenASecondSession()
    {
        var target = TransferTargets.ToNumber(Company.SurgutNumber, People.Directory(), In(Company.Moscow))!;

        (target.Kind, target.Cabinet, target.OwnNumber).Should().Be(("cabinetNumber", Company.Surgut, PhoneNumber.Parse(Company.SurgutNumber)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Анна")]
    [InlineData("1")]
    [InlineData("12a")]
    [InlineData("１０１")]
    public void ToNumber_ThatIsNone_IsRefused(string typed)
    {
        TransferTargets.ToNumber(typed, People.Directory(), In(Company.Moscow)).Should().BeNull();
    }

    private static TransferFacts In(CabinetKey cabinet, string client = Client, string? virtualNumber = null, string? silent = null) => new(
        cabinet,
        PhoneNumber.Parse(client),
        PhoneNumber.TryParse(virtualNumber ?? Company.MoscowNumber) is { } n && cabinet == Company.Moscow ? n : PhoneNumber.TryParse(virtualNumber),
        key => Company.Settings().Cabinets[key].Numbers.Where(x => x != PhoneNumber.TryParse(Company.CommonNumber)),
        Regions.CabinetOf,
        Regions.IsOwnNumber,
        key => key.Value,
        (_, number) => number == silent);
}
