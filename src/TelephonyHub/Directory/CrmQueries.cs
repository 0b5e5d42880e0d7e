using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;

namespace TelephonyHub.Directory;

/// <summary>
/// What the hub asks the CRM about people and numbers, and how answers become the directory's terms. Candidates come by the last ten digits
/// (reversed, an indexed prefix: reference 4.3) and are accepted on E.164 equality.
/// </summary>
public static class CrmQueries
{
    /// <summary>A number that stands in more places is a made-up one; nobody chooses among so many.</summary>
    public const int MostOfOneNumber = 500;

    // An e-mail can begin with digits, too; whatever is no phone, by its type or its text, falls out when it is read.
    private static readonly ODataQuery Contacts = new ODataQuery("ContactCommunication")
        .Selecting("Id", "Number", "ContactId", "CommunicationTypeId", "Primary", "NonActual", "ModifiedOn")
        .Expanding("Contact", "Id", "Name", "OwnerId", "AccountId", "TypeId");

    private static readonly ODataQuery Accounts = new ODataQuery("AccountCommunication")
        .Selecting("Id", "Number", "AccountId", "CommunicationTypeId", "Primary", "NonActual", "ModifiedOn")
        .Expanding("Account", "Id", "Name", "OwnerId", "PrimaryContactId");

    public static ODataQuery ContactsByNumber(PhoneNumber number) => ByNumber(Contacts, number);

    public static ODataQuery AccountsByNumber(PhoneNumber number) => ByNumber(Accounts, number);

    /// <summary>Of a whole load by id: a row that is changed meanwhile must not move to another page.</summary>
    public static ODataQuery AllContactNumbers(DateTimeOffset? since) => since is { } from ? Since(Contacts, from) : Contacts.OrderedBy("Id");

    public static ODataQuery AllAccountNumbers(DateTimeOffset? since) => since is { } from ? Since(Accounts, from) : Accounts.OrderedBy("Id");

    public static ODataQuery Numbers(bool ofContacts, IEnumerable<Guid> ids) => (ofContacts ? Contacts : Accounts).Where(ODataFilter.AnyOf("Id", ids));

    public static ODataQuery ChangedContacts(DateTimeOffset since) =>
        Since(new ODataQuery("Contact").Selecting("Id", "Name", "OwnerId", "AccountId", "TypeId", "ModifiedOn"), since);

    public static ODataQuery ChangedAccounts(DateTimeOffset since) =>
        Since(new ODataQuery("Account").Selecting("Id", "Name", "OwnerId", "PrimaryContactId", "ModifiedOn"), since);

    /// <param name="entity"><c>SysAdminUnit</c>, or the view where reading it is not permitted.</param>
    /// <param name="columns">What the installation has; older versions lack <c>Phone</c> and <c>Email</c>.</param>
    public static ODataQuery Users(string entity, IReadOnlySet<string>? columns)
    {
        string[] wanted = ["Id", "Name", "ContactId", "Active", "ConnectionType", "Email", "Phone"];
        var present = wanted.Where(c => columns is null || columns.Contains(c)).ToArray();
        var query = new ODataQuery(entity).Selecting(present).Expanding("Contact", "Id", "Name", "MobilePhone", "Phone", "Email");

        // 4 = user; the view has a lookup instead, whose ids are not known: there, rows without a contact fall out when they are read.
        return entity == "SysAdminUnit" ? query.Where(ODataFilter.Equal("SysAdminUnitTypeValue", 4)) : query;
    }

    /// <summary>The types of communication that are phones; by the code, for the rows are the customer's to edit.</summary>
    public static ODataQuery PhoneKinds { get; } = new ODataQuery("ComTypebyCommunication")
        .Where(ODataFilter.Or(ODataFilter.Equal("Communication/Id", CreatioIds.Communication.Phone), ODataFilter.Equal("Communication/Code", "Phone")))
        .Selecting("Id", "CommunicationTypeId");

    /// <summary>Extensions as contacts have them; those of users are the managers' (reference 3.2).</summary>
    public static ODataQuery Extensions { get; } = new ODataQuery("ContactCommunication")
        .Where(ODataFilter.Equal("CommunicationType/Id", CreatioIds.CommunicationType.ExtensionPhone))
        .Selecting("Id", "Number", "ContactId", "NonActual");

    /// <summary>What users have entered for the telephony that comes with the CRM (reference 3.2).</summary>
    public static ODataQuery TelephonySettings { get; } = new ODataQuery("SysMsgUserSettings").Selecting("Id", "UserId", "ConnectionParams");

    public static ClientCandidate? ToCandidate(CreatioRow row, PhoneTypes types)
    {
        if (!types.Has(row.GetGuid("CommunicationTypeId")) || PhoneNumber.TryParse(row.GetText("Number")) is not { } number)
        {
            return null;
        }

        var contact = row.GetRow("Contact");
        var account = row.GetRow("Account");
        var contactId = row.GetGuid("ContactId") ?? contact?.GetGuid("Id");
        var accountId = row.GetGuid("AccountId") ?? account?.GetGuid("Id");
        return contactId is null && accountId is null
            ? null
            : new ClientCandidate
            {
                CommunicationId = row.Id,
                Number = number,
                ContactId = contactId,
                AccountId = contactId is null ? accountId : contact?.GetGuid("AccountId"),
                Name = (contact ?? account)?.GetText("Name"),
                OwnerContactId = (contact ?? account)?.GetGuid("OwnerId"),
                ContactTypeId = contact?.GetGuid("TypeId"),
                FoundBySearch = SearchNumber.Of(row.GetText("Number") ?? "")?.StartsWith(Reversed(number), StringComparison.Ordinal) == true,
                Primary = row.GetFlag("Primary"),
                NonActual = row.GetFlag("NonActual"),
                ModifiedOn = row.GetInstant("ModifiedOn"),
                PrimaryContactId = contactId is null ? account?.GetGuid("PrimaryContactId") : null,
            };
    }

    public static CrmUser? ToUser(CreatioRow row)
    {
        var contact = row.GetRow("Contact");

        // ConnectionType 1 is a portal user: a client, not an employee.
        return (row.GetGuid("ContactId") ?? contact?.GetGuid("Id")) is not { } contactId || row.GetInt("ConnectionType") == 1
            ? null
            : new CrmUser(
                row.Id,
                contactId,
                contact?.GetText("Name") ?? row.GetText("Name") ?? "",
                row.GetText("Email") ?? contact?.GetText("Email"),
                contact?.GetText("MobilePhone"),
                contact?.GetText("Phone") ?? row.GetText("Phone"),
                row.GetFlag("Active"));
    }

    /// <summary>In a fixed order, for they may come on several pages.</summary>
    private static ODataQuery ByNumber(ODataQuery query, PhoneNumber number) =>
        query.Where(ODataFilter.StartsWith("SearchNumber", Reversed(number))).OrderedBy("Id").Taking(MostOfOneNumber);

    private static ODataQuery Since(ODataQuery query, DateTimeOffset since) => query.Where(ODataFilter.GreaterOrEqual("ModifiedOn", since)).OrderedBy("ModifiedOn", "Id");

    private static string Reversed(PhoneNumber number) =>
        SearchNumber.LastTenReversed(number.E164) ?? SearchNumber.Of(number.Digits) ?? throw new InvalidOperationException("A parsed number has digits.");
}
