namespace TelephonyHub.Creatio;

public static partial class CreatioIds
{
    /// <summary>Type of a communication row (number, address).</summary>
    public static class CommunicationType
    {
        /// <summary>Work phone.</summary>
        public static readonly Guid WorkPhone = new("3dddb3cc-53ee-49c4-a71f-e9e257f59e49");

        /// <summary>Mobile phone.</summary>
        public static readonly Guid MobilePhone = new("d4a2dc80-30ca-df11-9b2a-001d60e938c6");

        /// <summary>Home phone.</summary>
        public static readonly Guid HomePhone = new("0da6a26b-d7bc-df11-b00f-001d60e938c6");

        /// <summary>Main phone (account).</summary>
        public static readonly Guid MainPhone = new("6a3fb10c-67cc-df11-9b2a-001d60e938c6");

        /// <summary>Additional phone.</summary>
        public static readonly Guid AdditionalPhone = new("2b387201-67cc-df11-9b2a-001d60e938c6");

        /// <summary>Other phone.</summary>
        public static readonly Guid OtherPhone = new("21c0d693-9a52-43fa-b7f1-c6d8b53975d4");

        /// <summary>Extension (internal) phone.</summary>
        public static readonly Guid ExtensionPhone = new("e9d91e45-8d92-4e38-95a0-ef8aa28c9e7a");

        /// <summary>Fax.</summary>
        public static readonly Guid Fax = new("9a7ab41b-67cc-df11-9b2a-001d60e938c6");

        /// <summary>Email.</summary>
        public static readonly Guid Email = new("ee1c85c3-cfcb-df11-9b2a-001d60e938c6");

        /// <summary>Skype.</summary>
        public static readonly Guid Skype = new("09e4bda6-cfcb-df11-9b2a-001d60e938c6");

        /// <summary>Web.</summary>
        public static readonly Guid Web = new("6a8ba927-67cc-df11-9b2a-001d60e938c6");
    }

    /// <summary>Kind above the communication types.</summary>
    public static class Communication
    {
        /// <summary>Phone.</summary>
        public static readonly Guid Phone = new("e037f25a-d7bc-df11-b00f-001d60e938c6");

        /// <summary>SMS.</summary>
        public static readonly Guid SMS = new("a09511b4-13f0-e011-a86b-00155d04c01d");
    }

    /// <summary>Type of a contact.</summary>
    public static class ContactType
    {
        /// <summary>Customer / Клиент.</summary>
        public static readonly Guid Customer = new("00783ef6-f36b-1410-a883-16d83cab0980");

        /// <summary>Employee / Сотрудник.</summary>
        public static readonly Guid Employee = new("60733efc-f36b-1410-a883-16d83cab0980");

        /// <summary>Contact person / Контактное лицо.</summary>
        public static readonly Guid ContactPerson = new("806732ee-f36b-1410-a883-16d83cab0980");

        /// <summary>Supplier / Поставщик.</summary>
        public static readonly Guid Supplier = new("ac278ef3-e63f-48d9-ba34-7c52e92fecfe");
    }

    /// <summary>Type of an account.</summary>
    public static class AccountType
    {
        /// <summary>Customer / Клиент.</summary>
        public static readonly Guid Customer = new("03a75490-53e6-df11-971b-001d60e938c6");

        /// <summary>Our company / Наша компания.</summary>
        public static readonly Guid OurCompany = new("57412fad-53e6-df11-971b-001d60e938c6");

        /// <summary>Supplier / Поставщик.</summary>
        public static readonly Guid Supplier = new("d34b9da2-53e6-df11-971b-001d60e938c6");

        /// <summary>Competitor / Конкурент.</summary>
        public static readonly Guid Competitor = new("d44b9da2-53e6-df11-971b-001d60e938c6");

        /// <summary>Partner / Партнер.</summary>
        public static readonly Guid Partner = new("f2c0ce97-53e6-df11-971b-001d60e938c6");

        /// <summary>Contractor / Подрядчик.</summary>
        public static readonly Guid Contractor = new("f3c0ce97-53e6-df11-971b-001d60e938c6");
    }

    /// <summary>Type of an attachment.</summary>
    public static class FileType
    {
        /// <summary>File.</summary>
        public static readonly Guid File = new("529bc2f8-0ee0-df11-971b-001d60e938c6");

        /// <summary>Link.</summary>
        public static readonly Guid Link = new("539bc2f8-0ee0-df11-971b-001d60e938c6");

        /// <summary>Entity link.</summary>
        public static readonly Guid EntityLink = new("549bc2f8-0ee0-df11-971b-001d60e938c6");
    }

    /// <summary>Group of attachments.</summary>
    public static class FileGroup
    {
        /// <summary>Default.</summary>
        public static readonly Guid Default = new("efbf3a0d-d780-465a-8e4b-8c0765197cfb");
    }

    /// <summary>Type of a notification row (section 5.2).</summary>
    public static class NotificationType
    {
        /// <summary>Reminding.</summary>
        public static readonly Guid Reminding = new("9ee66abe-ec9d-4667-8995-29e8765de2d5");

        /// <summary>Notification (default).</summary>
        public static readonly Guid Notification = new("685e7149-c015-4a4d-b4a6-2e5625a6314c");

        /// <summary>Anniversary.</summary>
        public static readonly Guid Anniversary = new("5d4b76f0-953c-4f91-a8a4-b85df935074f");

        /// <summary>Approval (visa).</summary>
        public static readonly Guid Approval = new("f52ceadc-026c-4955-893b-cc0f5621c1da");
    }

    /// <summary>For whom a notification is.</summary>
    public static class RemindingSource
    {
        /// <summary>Author.</summary>
        public static readonly Guid Author = new("a66d08e1-2e2d-e011-ac0a-00155d043205");

        /// <summary>Owner.</summary>
        public static readonly Guid Owner = new("a76d08e1-2e2d-e011-ac0a-00155d043205");
    }

    /// <summary>UIds of entity schemas, for <c>Reminding.SysEntitySchemaId</c> and file addresses (Appendix A).</summary>
    public static class Schema
    {
        /// <summary>Contact.</summary>
        public static readonly Guid Contact = new("16be3651-8fe2-4159-8dd0-a803d4683dd3");

        /// <summary>Account.</summary>
        public static readonly Guid Account = new("25d7c1ab-1de0-4501-b402-02e0e5a72d6e");

        /// <summary>Activity.</summary>
        public static readonly Guid Activity = new("c449d832-a4cc-4b01-b9d5-8a12c42a9f89");

        /// <summary>Call.</summary>
        public static readonly Guid Call = new("2f81fa05-11ae-400d-8e07-5ef6a620d1ad");

        /// <summary>Lead.</summary>
        public static readonly Guid Lead = new("41af89e9-750b-4ebb-8cac-ff39b64841ec");

        /// <summary>Opportunity.</summary>
        public static readonly Guid Opportunity = new("ae46fb87-c02c-4ae8-ad31-a923cdd994cf");

        /// <summary>Order.</summary>
        public static readonly Guid Order = new("80294582-06b5-4faa-a85f-3323e5536b71");

        /// <summary>CallFile.</summary>
        public static readonly Guid CallFile = new("5956808f-648a-428e-be89-f2dd71f98166");

        /// <summary>ActivityFile.</summary>
        public static readonly Guid ActivityFile = new("080c9917-7ec9-42e5-86ff-75a683d4f124");

        /// <summary>ContactFile.</summary>
        public static readonly Guid ContactFile = new("e9eafee9-c4e4-4793-ad0a-003bd2c6a9b4");
    }
}
