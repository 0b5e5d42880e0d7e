using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio;

/// <content>Typed shortcuts for tests and fixtures.</content>
public sealed partial class CreatioStore
{
    /// <summary>Adds a user with the contact that stands for the person (type Employee).</summary>
    public SimUser AddUser(string name, string login, string? email = null, string? mobile = null, string? workPhone = null, bool active = true)
    {
        var contactId = Add(
            "Contact",
            ("Name", name),
            ("TypeId", CrmIds.EmployeeContact),
            ("Email", email),
            ("MobilePhone", mobile),
            ("Phone", workPhone));
        var userId = Add(
            "SysAdminUnit",
            ("Name", login),
            ("ContactId", contactId),
            ("SysAdminUnitTypeValue", 4),
            ("ConnectionType", 0),
            ("Active", active),
            ("Email", email));
        return new SimUser(contactId, userId, name, login);
    }

    /// <summary>Adds a contact: the first number is its mobile phone, the others are of type Other; all are kept as typed.</summary>
    public Guid AddContact(string name, Guid? ownerContactId = null, Guid? accountId = null, params string[] numbers)
    {
        var id = Add(
            "Contact",
            ("Name", name),
            ("OwnerId", ownerContactId),
            ("AccountId", accountId),
            ("TypeId", CrmIds.CustomerContact),
            ("MobilePhone", numbers.FirstOrDefault()));
        foreach (var number in numbers.Skip(1))
        {
            AddContactNumber(id, number, CrmIds.OtherPhone);
        }

        return id;
    }

    /// <summary>Adds one more number of a contact; type Other phone unless named.</summary>
    public Guid AddContactNumber(Guid contactId, string number, Guid? typeId = null) =>
        Add("ContactCommunication", ("ContactId", contactId), ("Number", number), ("CommunicationTypeId", typeId ?? CrmIds.OtherPhone));

    /// <summary>Adds an account: the first number is its main phone, the others are additional.</summary>
    public Guid AddAccount(string name, Guid? ownerId = null, Guid? primaryContactId = null, params string[] numbers)
    {
        var id = Add(
            "Account",
            ("Name", name),
            ("OwnerId", ownerId),
            ("PrimaryContactId", primaryContactId),
            ("TypeId", CrmIds.CustomerAccount),
            ("Phone", numbers.FirstOrDefault()));
        foreach (var number in numbers.Skip(1))
        {
            Add("AccountCommunication", ("AccountId", id), ("Number", number), ("CommunicationTypeId", CrmIds.AdditionalPhone));
        }

        return id;
    }

    /// <summary>Adds an opportunity; Qualification (open) and the API user's contact unless named.</summary>
    public Guid AddOpportunity(string title, Guid? contactId = null, Guid? accountId = null, Guid? stage = null, Guid? ownerId = null) => Add(
        "Opportunity",
        ("Title", title),
        ("ContactId", contactId),
        ("AccountId", accountId),
        ("StageId", stage ?? CrmIds.OpenStage),
        ("OwnerId", ownerId ?? ApiUser.ContactId));
}
