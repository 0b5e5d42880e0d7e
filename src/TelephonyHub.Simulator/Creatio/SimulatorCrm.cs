using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio;

/// <summary>A manager to create as a CRM user; names and numbers come from the caller so that they can match the PBX's employees.</summary>
public sealed record ManagerSeed(string Name, string Login, string? Email = null, string? Mobile = null, string? WorkPhone = null);

/// <summary>A seeded contact with its number in E.164; the card holds it as someone typed it.</summary>
public sealed record SeededContact(Guid Id, string Name, string Number, Guid? OwnerContactId);

/// <summary>A seeded account with its number in E.164.</summary>
public sealed record SeededAccount(Guid Id, string Name, string Number, Guid OwnerContactId, Guid? PrimaryContactId);

/// <summary>
/// The CRM of a company with offices in four cities: every case of "who is this caller and whose client" once, under a name. All numbers are invented.
/// </summary>
public sealed record SimulatorCrm
{
    /// <summary>Mobile numbers of the first contact of each manager, in the managers' order: <c>+79990000101</c>, <c>…102</c> and so on.</summary>
    public static string ClientNumber(int manager) => $"+799900001{manager + 1:00}";

    public required IReadOnlyList<SimUser> Managers { get; init; }

    /// <summary>Left the company: user not active, contact still owns clients.</summary>
    public required SimUser InactiveManager { get; init; }

    /// <summary>One contact per manager, numbers in the spellings of <see cref="TypedNumbers"/> in turn.</summary>
    public required IReadOnlyList<SeededContact> Clients { get; init; }

    /// <summary>Owner unset: comes as the zero GUID.</summary>
    public required SeededContact WithoutOwner { get; init; }

    /// <summary>Owned by <see cref="InactiveManager"/>.</summary>
    public required SeededContact OfInactiveManager { get; init; }

    /// <summary>Owned by the API user's own contact, as contacts made by integrations are.</summary>
    public required SeededContact OfApiUser { get; init; }

    /// <summary>A colleague: type Employee, never a client.</summary>
    public required SeededContact Employee { get; init; }

    /// <summary>Two contacts with one number and different owners; the second was changed later.</summary>
    public required IReadOnlyList<SeededContact> Duplicates { get; init; }

    /// <summary>The number is stored with an extension.</summary>
    public required SeededContact WithExtension { get; init; }

    /// <summary>A company with a phone and a primary contact (the first of <see cref="Clients"/>).</summary>
    public required SeededAccount AccountWithPrimary { get; init; }

    /// <summary>A company with a phone and no primary contact.</summary>
    public required SeededAccount AccountWithoutPrimary { get; init; }

    /// <summary>Open opportunity of the first client.</summary>
    public required Guid OpenOpportunity { get; init; }

    /// <summary>Won opportunity of the second client (of the first, when there is one manager only).</summary>
    public required Guid ClosedOpportunity { get; init; }

    /// <summary>Fills a store; at least one manager is needed.</summary>
    public static SimulatorCrm Seed(CreatioStore store, IReadOnlyList<ManagerSeed> managers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(managers.Count);
        var users = managers.Select(seed => store.AddUser(seed.Name, seed.Login, seed.Email, seed.Mobile, seed.WorkPhone)).ToArray();
        var inactive = store.AddUser("Олег Бывший", "o.byvshiy", "o.byvshiy@example.ru", "+79990000901", active: false);
        Func<string, string>[] spellings = [TypedNumbers.WithEight, TypedNumbers.WithPlus, TypedNumbers.Bare];
        SeededContact Contact(string name, string number, Guid? owner, Func<string, string> spelling) =>
            new(store.AddContact(name, owner, null, spelling(number)), name, number, owner);

        string[] names = ["Иван Петров", "Мария Соколова", "Сергей Волков", "Анна Зайцева", "Павел Орлов", "Елена Белова"];
        var clients = users
            .Select((user, index) => Contact(
                names[index % names.Length] + (index < names.Length ? "" : $" {index + 1}"), ClientNumber(index), user.ContactId, spellings[index % 3]))
            .ToArray();
        var last = users[^1].ContactId;
        var employee = Contact("Коллега Складов", "+79990000204", users[0].ContactId, TypedNumbers.WithPlus);
        store.Update("Contact", employee.Id, ("TypeId", CrmIds.EmployeeContact));
        var company = store.AddAccount("ООО «Ромашка»", users[0].ContactId, clients[0].Id, TypedNumbers.WithEight("+74950000301"));
        store.Update("Contact", clients[0].Id, ("AccountId", company));
        var lonely = store.AddAccount("АО «Василёк»", last, null, TypedNumbers.WithPlus("+74950000302"));
        return new SimulatorCrm
        {
            Managers = users,
            InactiveManager = inactive,
            Clients = clients,
            WithoutOwner = Contact("Ничей Клиентов", "+79990000201", null, TypedNumbers.WithEight),
            OfInactiveManager = Contact("Старый Знакомый", "+79990000202", inactive.ContactId, TypedNumbers.Bare),
            OfApiUser = Contact("Робот Созданный", "+79990000203", store.ApiUser.ContactId, TypedNumbers.WithPlus),
            Employee = employee,
            Duplicates =
            [
                Contact("Двойной Первый", "+79990000205", users[0].ContactId, TypedNumbers.WithEight),
                Contact("Двойной Второй", "+79990000205", last, TypedNumbers.WithPlus),
            ],
            WithExtension = Contact("Добавочный Номеров", "+79990000206", last, number => TypedNumbers.WithExtension(number, "101")),
            AccountWithPrimary = new SeededAccount(company, "ООО «Ромашка»", "+74950000301", users[0].ContactId, clients[0].Id),
            AccountWithoutPrimary = new SeededAccount(lonely, "АО «Василёк»", "+74950000302", last, null),
            OpenOpportunity = store.AddOpportunity("Поставка оборудования", clients[0].Id, company, CrmIds.OpenStage, users[0].ContactId),
            ClosedOpportunity = store.AddOpportunity(
                "Прошлая поставка", clients[users.Length > 1 ? 1 : 0].Id, null, CrmIds.WonStage, users[users.Length > 1 ? 1 : 0].ContactId),
        };
    }
}
