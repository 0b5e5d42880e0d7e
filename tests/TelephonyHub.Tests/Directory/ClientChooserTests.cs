using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Directory.Replica;
using TelephonyHub.Tests.Hosting;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Directory;

/// <summary>Which record is the client where several bear one number; and the replica that holds them.</summary>
public sealed class ClientChooserTests
{
    private static readonly PhoneNumber Number = Company.Phone("79161234567");
    private static readonly Guid Ivan = Id(1);
    private static readonly Guid Pyotr = Id(2);
    private static readonly Guid Factory = Id(3);
    private static readonly ManagerDirectory Managers = People.Directory(AnnaOfMoscow());

    [Fact]
    public void Choose_Nobody_Null() => Choose().Should().BeNull();

    [Fact]
    public void Choose_NumberEndsTheSameButIsAnother_Null() => Choose(Contact(Ivan) with { Number = Company.Phone("+49 9161234567") }).Should().BeNull("ten equal digits are not the same number");

    [Fact]
    public void Choose_ContactAndAccount_Contact() => Choose(Account(Factory), Contact(Ivan) with { NonActual = true })!.ContactId.Should().Be(Ivan);

    [Fact]
    public void Choose_OnlyTheAccount_ItsOwnerAndPrimaryContact() =>
        Choose(Account(Factory) with { PrimaryContactId = Pyotr, OwnerContactId = Anna })!.Should().Match<Client>(c => c.AccountId == Factory && c.ContactId == Pyotr && c.OwnerContactId == Anna);

    [Fact]
    public void Choose_AccountWithoutPrimaryContact_NoContact() => Choose(Account(Factory))!.ContactId.Should().BeNull();

    [Fact]
    public void Choose_AccountWhosePrimaryContactIsAnEmployee_NoContact() =>
        Choose(Account(Factory) with { PrimaryContactId = Anna })!.Should().Match<Client>(c => c.AccountId == Factory && c.ContactId == null, "employees' contacts are never clients");

    [Fact]
    public void Choose_ActualBeforeOutdated() => Choose(Contact(Ivan) with { NonActual = true, Primary = true }, Contact(Pyotr))!.ContactId.Should().Be(Pyotr);

    [Fact]
    public void Choose_PrimaryBeforeSecondary() => Choose(Contact(Ivan), Contact(Pyotr) with { Primary = true })!.ContactId.Should().Be(Pyotr);

    [Fact]
    public void Choose_ElseTheOneChangedLast() =>
        Choose(Contact(Ivan) with { ModifiedOn = DateTimeOffset.UnixEpoch }, Contact(Pyotr) with { ModifiedOn = DateTimeOffset.UnixEpoch.AddDays(1) })!.ContactId.Should().Be(Pyotr);

    [Fact]
    public void Choose_OpenDealBeforeTheLastChange_ButNotBeforePrimaryAndActual()
    {
        var (first, changedLast) = (Contact(Ivan), Contact(Pyotr) with { ModifiedOn = DateTimeOffset.UnixEpoch.AddDays(1) });

        ClientChooser.Choose([first, changedLast], Number, Managers, chosen: Ivan)!.ContactId.Should().Be(Ivan);
        ClientChooser.Choose([first, changedLast], Number, Managers, chosen: Factory)!.ContactId.Should().Be(Pyotr, "a deal of somebody else says nothing");
        ClientChooser.Choose([first with { NonActual = true }, changedLast], Number, Managers, chosen: Ivan)!.ContactId.Should().Be(Pyotr);
        ClientChooser.Choose([first, changedLast with { Primary = true }], Number, Managers, chosen: Ivan)!.ContactId.Should().Be(Pyotr);
    }

    [Fact]
    public void Rivals_AreTheContactsThatTheNumberItselfCannotTellApart()
    {
        ClientChooser.Rivals([Contact(Ivan), Contact(Pyotr), Account(Factory), Contact(Anna)], Number, Managers).Select(r => r.ContactId).Should().BeEquivalentTo(new Guid?[] { Ivan, Pyotr });
        ClientChooser.Rivals([Contact(Ivan), Contact(Pyotr) with { Primary = true }], Number, Managers).Should().ContainSingle().Which.ContactId.Should().Be(Pyotr);
        ClientChooser.Rivals([Account(Factory)], Number, Managers).Should().BeEmpty();
    }

    [Fact]
    public void Choose_EmployeesContactByUserOrByType_NeverAClient()
    {
        Choose(Contact(Anna)).Should().BeNull();
        Choose(Contact(Ivan) with { ContactTypeId = CreatioIds.ContactType.Employee }).Should().BeNull();
    }

    [Fact]
    public void Choose_SeveralContacts_TheOthersAreNamed() =>
        Choose(Contact(Ivan) with { Primary = true }, Contact(Pyotr), Account(Factory))!.Others.Should().HaveCount(2);

    [Fact]
    public void Choose_SameContactTwice_NotItsOwnOther() => Choose(Contact(Ivan), Contact(Ivan) with { CommunicationId = Id(9) })!.Others.Should().BeEmpty();

    [Fact]
    public void Choose_EqualCandidatesInAnyOrder_SameChoice() =>
        Choose(Contact(Ivan), Contact(Pyotr))!.ContactId.Should().Be(Choose(Contact(Pyotr), Contact(Ivan))!.ContactId);

    [Fact]
    public void Put_NumberOfACommunicationChanged_FoundUnderTheNewOneOnly()
    {
        var clients = new ClientDirectory();
        var other = Company.Phone("79160000000");
        clients.Put(Contact(Ivan));

        clients.Put(Contact(Ivan) with { Number = other });

        clients.Find(Number).Should().BeEmpty();
        clients.Find(other).Should().ContainSingle();
        clients.Count.Should().Be(1);
    }

    [Fact]
    public void Replace_LiveAnswerHoldsLess_RestIsGone()
    {
        var clients = new ClientDirectory();
        clients.Put(Contact(Ivan));
        clients.Put(Contact(Pyotr));

        clients.Replace(Number, [Contact(Pyotr)]);

        clients.Find(Number).Should().ContainSingle().Which.ContactId.Should().Be(Pyotr);
        clients.Count.Should().Be(1);
    }

    [Fact]
    public void UpdateContact_OwnerChanged_SeenUnderEveryNumber()
    {
        var clients = new ClientDirectory();
        clients.Put(Contact(Ivan));
        clients.Put(Account(Factory));

        clients.Put(new ReplicaRecord(Ivan, true, "Иван", null, Anna, null)).Should().BeTrue();
        clients.Put(new ReplicaRecord(Factory, false, "Завод", null, null, null)).Should().BeFalse("nothing of it changed");

        clients.Find(Number).Should().Contain(c => c.ContactId == Ivan && c.OwnerContactId == Anna).And.Contain(c => c.AccountId == Factory && c.Name == "Завод");
    }

    [Fact]
    public void Unseen_AfterAFullLoad_IsWhatItLacked()
    {
        var clients = new ClientDirectory();
        clients.Put(Contact(Ivan));
        clients.Put(Contact(Pyotr));
        clients.Put(Account(Factory));

        clients.BeginSweep();
        clients.Put(Contact(Pyotr));

        clients.Unseen().Should().BeEquivalentTo([(Contact(Ivan).CommunicationId, true), (Account(Factory).CommunicationId, false)]);
        clients.Find(Number).Should().HaveCount(3, "a question by their ids has to say so, too");
    }

    private static Client? Choose(params ClientCandidate[] candidates) => ClientChooser.Choose(candidates, Number, Managers);

    private static ClientCandidate Contact(Guid id) => new() { CommunicationId = new Guid($"c{id.ToString()[1..]}"), Number = Number, ContactId = id, Name = "Клиент" };

    private static ClientCandidate Account(Guid id) => new() { CommunicationId = new Guid($"d{id.ToString()[1..]}"), Number = Number, AccountId = id, Name = "Завод" };

    private static Guid Id(int n) => new($"00000000-0000-0000-0000-{n:D12}");
}
