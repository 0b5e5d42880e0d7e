using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Directory;

/// <summary>Whose hours and holidays are those of somebody with records in several cabinets.</summary>
public sealed class ManagerHomeTests
{
    private const string Mobile = "79260000001";

    // By their keys Moscow comes before Surgut.
    private static readonly PbxEmployee InMoscow = Employee(Company.Moscow, 8, "Анна", null, "101", Mobile);
    private static readonly PbxEmployee InSurgut = Employee(Company.Surgut, 9, "Анна", null, "401", "0104001", Mobile);

    [Fact]
    public void Of_OneRecord_ThatCabinet() => ManagerHome.Of([InMoscow]).Should().Be((Company.Moscow, HomeRule.OnlyCabinet));

    [Fact]
    public void Of_NoRecord_None() => ManagerHome.Of([]).Should().BeNull();

    [Fact]
    public void Of_HisSipLineIsInOneCabinet_ThatOneWhateverItsName() => ManagerHome.Of([InMoscow, InSurgut]).Should().Be((Company.Surgut, HomeRule.SipNumber));

    [Fact]
    public void Of_SipNumberSwitchedOff_IsNoDesk()
    {
        var off = InSurgut with { Phones = [new PbxPhone("0104001", Active: false), new PbxPhone(Mobile, Active: true)] };

        ManagerHome.Of([InMoscow with { InGroup = true }, off]).Should().Be((Company.Moscow, HomeRule.Group));
    }

    [Fact]
    public void Of_SipNumbersInTwo_TheOneWhoseGroupHeIsIn() =>
        ManagerHome.Of([Employee(Company.Petersburg, 7, "Анна", phones: "0102001"), InSurgut with { InGroup = true }, InMoscow with { InGroup = true }]).Should().Be((Company.Surgut, HomeRule.Group));

    [Fact]
    public void Of_OnlyOneRecordHasANumberThatIsOn_ThatOne() =>
        ManagerHome.Of([InMoscow with { Phones = [new PbxPhone(Mobile, Active: false)] }, Employee(Company.Surgut, 9, "Анна", phones: Mobile)]).Should().Be((Company.Surgut, HomeRule.ActivePhone));

    [Fact]
    public void Of_NothingTellsThemApart_TheFirstAndItIsSaid() =>
        ManagerHome.Of([InMoscow, Employee(Company.Surgut, 9, "Анна", phones: Mobile)]).Should().Be((Company.Moscow, HomeRule.Order));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Match_SettingNamesHisRecords_TheFirstOfThemIsHome(bool hasUser)
    {
        var users = hasUser ? new[] { User(Anna, "Анна") } : [];

        var anna = ManagerMatcher.Match(users, [InMoscow, InSurgut], [new ManagerMapping(Anna, [(Company.Surgut, 9), (Company.Moscow, 8)])]).Single(m => m.ContactId == Anna);
        var turned = ManagerMatcher.Match(users, [InMoscow, InSurgut], [new ManagerMapping(Anna, [(Company.Moscow, 8), (Company.Surgut, 9)])]).Single(m => m.ContactId == Anna);

        ManagerHome.Of(anna.Employees).Should().Be((Company.Surgut, HomeRule.Setting));
        turned.HomeCabinet.Should().Be(Company.Moscow);
    }

    [Fact]
    public void Match_RecordThatTheSettingDoesNotName_IsNoHome()
    {
        var managers = ManagerMatcher.Match([User(Anna, "Анна", mobile: Mobile)], [InMoscow, InSurgut], [new ManagerMapping(Anna, [(Company.Surgut, 9)])]);

        managers.Single(m => m.ContactId == Anna).Employees.Select(e => e.Cabinet).Should().Equal(Company.Surgut, Company.Moscow);
    }
}
