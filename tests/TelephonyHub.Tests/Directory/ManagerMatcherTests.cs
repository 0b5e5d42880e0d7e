using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Directory;

/// <summary>Contract, section 1: the setting, else e-mail, else a phone number, else the full name if unique.</summary>
public sealed class ManagerMatcherTests
{
    [Fact]
    public void Match_SettingAgainstEmail_SettingWins()
    {
        var managers = ManagerMatcher.Match(
            [User(Anna, "Анна Иванова", "anna@x.ru"), User(Boris, "Борис Котов", "boris@x.ru")],
            [Employee(Company.Moscow, 8, "А. Иванова", "anna@x.ru")],
            [new ManagerMapping(Boris, [(Company.Moscow, 8)])]);

        Of(managers, Boris).Should().Match<Manager>(m => m.MatchedBy == ManagerMatch.Setting && m.Employees.Count == 1);
        Of(managers, Anna).Employees.Should().BeEmpty();
    }

    [Fact]
    public void Match_EmailAgainstPhone_EmailWins()
    {
        var managers = ManagerMatcher.Match(
            [User(Anna, "Анна Иванова", " Anna@X.ru "), User(Boris, "Борис Котов", mobile: "8 926 000-00-02")],
            [Employee(Company.Moscow, 8, "Кто-то", "anna@x.ru", phones: "79260000002")],
            []);

        Of(managers, Anna).MatchedBy.Should().Be(ManagerMatch.Email);
    }

    [Theory]
    [InlineData("8 (926) 000-00-02", null)]
    [InlineData(null, "+7 926 000-00-02")]
    public void Match_PhoneAgainstName_PhoneWins(string? mobile, string? work)
    {
        var managers = ManagerMatcher.Match(
            [User(Anna, "Борис Котов"), User(Boris, "Другое Имя", mobile: mobile, work: work)],
            [Employee(Company.Moscow, 8, "Борис Котов", phones: "79260000002")],
            []);

        Of(managers, Boris).MatchedBy.Should().Be(ManagerMatch.Phone);
    }

    [Fact]
    public void Match_OnlyTheNameFits_ByNameWhateverCaseSpacesAndYo()
    {
        var managers = ManagerMatcher.Match([User(Anna, "Алёна  Королёва")], [Employee(Company.Moscow, 8, "алена королева ")], []);

        Of(managers, Anna).MatchedBy.Should().Be(ManagerMatch.FullName);
    }

    [Fact]
    public void Match_TwoUsersOfOneName_DecidesNothing()
    {
        var managers = ManagerMatcher.Match([User(Anna, "Анна Иванова"), User(Boris, "Анна Иванова")], [Employee(Company.Moscow, 8, "Анна Иванова")], []);

        managers.Where(m => m.ContactId is not null).Should().OnlyContain(m => m.Employees.Count == 0);
    }

    [Fact]
    public void Match_TwoEmployeesOfOneNameInOneCabinet_DecidesNothing()
    {
        var managers = ManagerMatcher.Match([User(Anna, "Анна Иванова")], [Employee(Company.Moscow, 8, "Анна Иванова"), Employee(Company.Moscow, 9, "Анна Иванова")], []);

        Of(managers, Anna).Employees.Should().BeEmpty();
    }

    [Fact]
    public void Match_TwoUsersOfOneEmail_DecidesNothingAndThePhoneDecides()
    {
        var managers = ManagerMatcher.Match(
            [User(Anna, "Анна Иванова", "office@x.ru"), User(Boris, "Борис Котов", "office@x.ru", mobile: "79260000002")],
            [Employee(Company.Moscow, 8, "Кто-то", "office@x.ru", phones: "79260000002")],
            []);

        Of(managers, Boris).MatchedBy.Should().Be(ManagerMatch.Phone);
    }

    [Fact]
    public void Match_OneActiveOneFormerUserOfOneEmail_ActiveOneIsMeant()
    {
        var managers = ManagerMatcher.Match(
            [User(Anna, "Анна Иванова", "sales@x.ru", active: false), User(Boris, "Борис Котов", "sales@x.ru")],
            [Employee(Company.Moscow, 8, "Кто-то", "sales@x.ru")],
            []);

        Of(managers, Boris).Employees.Should().ContainSingle();
    }

    [Fact]
    public void Match_RecordsInTwoCabinets_OneManager()
    {
        var managers = ManagerMatcher.Match(
            [User(Anna, "Анна Иванова", "anna@x.ru")],
            [Employee(Company.Moscow, 8, "Анна Иванова", "anna@x.ru"), Employee(Company.Surgut, 8, "Иванова Анна", "ANNA@x.ru")],
            []);

        managers.Should().ContainSingle().Which.Employees.Should().HaveCount(2);
    }

    [Fact]
    public void Match_EmployeeWithoutUser_ManagerWithoutContactInsteadOfNobody()
    {
        var managers = ManagerMatcher.Match([], [Employee(Company.Moscow, 8, "Новый Человек", phones: "79260000002")], []);

        managers.Should().ContainSingle().Which.Should().Match<Manager>(m => m.ContactId == null && !m.CanOwn && m.Name == "Новый Человек");
    }

    [Fact]
    public void Match_StrangerWithRecordsInTwoCabinets_JoinedByPhone() =>
        ManagerMatcher.Match([], [Employee(Company.Moscow, 8, "Н. Человек", phones: "79260000002"), Employee(Company.Surgut, 3, "Новый Человек", phones: "+7 926 000-00-02")], [])
            .Should().ContainSingle().Which.Employees.Should().HaveCount(2);

    [Fact]
    public void Match_SettingNamesAContactWithoutReadableUser_TrustedAsOwner()
    {
        var managers = ManagerMatcher.Match([], [Employee(Company.Moscow, 8, "Анна Иванова")], [new ManagerMapping(Anna, [(Company.Moscow, 8)])]);

        Of(managers, Anna).CanOwn.Should().BeTrue();
        managers.Should().ContainSingle();
    }

    [Fact]
    public void Match_PersonWithAFormerAndAnActiveUser_Active() =>
        ManagerMatcher.Match([User(Anna, "Анна", active: false), User(Anna, "Анна")], [], []).Should().ContainSingle().Which.CanOwn.Should().BeTrue();

    [Fact]
    public void Match_SameIdInAnotherCabinet_AnotherPerson()
    {
        var managers = ManagerMatcher.Match([User(Anna, "Анна Иванова")], [Employee(Company.Surgut, 8, "Сургутянин")], [new ManagerMapping(Anna, [(Company.Moscow, 8)])]);

        Of(managers, Anna).Employees.Should().BeEmpty();
    }

    [Fact]
    public void Match_RecordsOfOnePersonByDifferentRules_EachSaysItsOwnAndTheStrongestSpeaksForAll()
    {
        var managers = ManagerMatcher.Match(
            [User(Anna, "Анна Иванова", "anna@x.ru", mobile: "79260000001")],
            [
                Employee(Company.Moscow, 1, "А.", "anna@x.ru"),
                Employee(Company.Petersburg, 2, "Кто-то", phones: "79260000001"),
                Employee(Company.Ryazan, 3, "анна иванова"),
                Employee(Company.Surgut, 4, "Не она"),
            ],
            [new ManagerMapping(Anna, [(Company.Surgut, 4)])]);

        Of(managers, Anna).Employees.ToDictionary(e => e.Id, e => e.MatchedBy).Should().Equal(new Dictionary<long, ManagerMatch>
        {
            [1] = ManagerMatch.Email,
            [2] = ManagerMatch.Phone,
            [3] = ManagerMatch.FullName,
            [4] = ManagerMatch.Setting,
        });
        Of(managers, Anna).MatchedBy.Should().Be(ManagerMatch.Setting);
    }

    [Fact]
    public void Match_RecordsOfSomebodyWithoutACrmUser_AreJoinedByEmailOrAnyPhone()
    {
        var managers = ManagerMatcher.Match(
            [],
            [
                Employee(Company.Moscow, 1, "Сидоров", "sidorov@x.ru", phones: ["0083506"]),
                Employee(Company.Petersburg, 2, "Сидоров С.", phones: ["79260000007", "79260000002"]),
                Employee(Company.Ryazan, 3, "Другой", "drugoy@x.ru", phones: "79260000003"),
                Employee(Company.Surgut, 4, "С. Сидоров", "sidorov@x.ru", phones: ["79260000002"]),
            ],
            []);

        managers.Select(m => m.Employees.Select(e => e.Id)).Should().BeEquivalentTo([new long[] { 1, 2, 4 }, [3]]);
    }

    private static Manager Of(IReadOnlyList<Manager> managers, Guid contact) => managers.Single(m => m.ContactId == contact);
}
