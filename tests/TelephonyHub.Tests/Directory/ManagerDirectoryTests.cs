using TelephonyHub.Directory;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Directory;

public sealed class ManagerDirectoryTests
{
    private readonly ManagerDirectory _directory = People.Directory(
        AnnaOfMoscow(),
        Crm(Boris, "Борис Котов", mobile: "79260000002", active: false),
        Crm(Hub, "Интеграция"));

    [Fact]
    public void Responsible_ActiveOwner_Himself() => _directory.Responsible(Anna)!.Name.Should().Be("Анна Иванова");

    [Fact]
    public void Responsible_FormerEmployee_Nobody() => _directory.Responsible(Boris).Should().BeNull();

    [Fact]
    public void Responsible_ApiUsersOwnContact_Nobody() => _directory.Responsible(Hub).Should().BeNull();

    [Fact]
    public void Responsible_NoOwnerOrUnknownOne_Nobody()
    {
        _directory.Responsible(null).Should().BeNull();
        _directory.Responsible(Guid.Parse("99999999-0000-0000-0000-000000000000")).Should().BeNull();
    }

    [Theory]
    [InlineData("79260000001", true)]
    [InlineData("8 926 000-00-01", true)]
    [InlineData("+7 (926) 000-00-01", true)]
    [InlineData("79269999999", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void ByNumber_FullNumber_InAnyCabinetAndSpelling(string? number, bool found) => (_directory.ByNumber(Company.Surgut, number) is not null).Should().Be(found);

    [Theory]
    [InlineData("101")]
    [InlineData("0083506")]
    public void ByNumber_ShortNumber_OnlyInItsOwnCabinet(string number)
    {
        _directory.ByNumber(Company.Moscow, number)!.ContactId.Should().Be(Anna);
        _directory.ByNumber(Company.Surgut, number).Should().BeNull();
    }

    [Fact]
    public void ByNumber_ExtensionThatOnlyTheCrmHas_IsHisWhereHeIsAndEverywhereWithoutAPbxRecord()
    {
        var anna = AnnaOfMoscow() with { Extensions = ["777", "101"] };
        var boris = Crm(Boris, "Борис") with { Extensions = ["101", "555"] };
        var directory = People.Directory(anna, boris);

        directory.ByNumber(Company.Moscow, "777")!.ContactId.Should().Be(Anna);
        directory.ByNumber(Company.Surgut, "777").Should().BeNull("each cabinet has its own extensions");
        directory.ByNumber(Company.Surgut, "555")!.ContactId.Should().Be(Boris);
        directory.ByNumber(Company.Moscow, "101")!.ContactId.Should().Be(Anna, "what the PBX says wins");
        directory.IsEmployeeNumber("555").Should().BeTrue();
        directory.ByNumber(Company.Moscow, "7777").Should().BeNull("an extension is matched whole");
    }

    [Fact]
    public void ByNumber_ExtensionOfTwoPeople_IsNobodys() =>
        People.Directory(Crm(Anna, "Анна") with { Extensions = ["555"] }, Crm(Boris, "Борис") with { Extensions = ["555"] }).ByNumber(Company.Moscow, "555").Should().BeNull("it is never guessed");

    [Theory]
    [InlineData("89260000001", true)]
    [InlineData("79260000002", true)]
    [InlineData("101", true)]
    [InlineData("102", false)]
    public void IsEmployeeNumber_NumberOrExtensionOfAnyCabinet(string number, bool expected) => _directory.IsEmployeeNumber(number).Should().Be(expected);

    [Fact]
    public void IsEmployeeContact_FormerEmployeeToo() => _directory.IsEmployeeContact(Boris).Should().BeTrue("his contact does not turn into a client");

    [Fact]
    public void ByEmployee_IdOfAnotherCabinet_Nobody()
    {
        _directory.ByEmployee(Company.Moscow, 8)!.ContactId.Should().Be(Anna);
        _directory.ByEmployee(Company.Surgut, 8).Should().BeNull();
    }
}
