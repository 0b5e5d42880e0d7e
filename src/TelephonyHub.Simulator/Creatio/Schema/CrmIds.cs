namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>GUIDs of appendix B that the behaviour of the stand-in hangs on.</summary>
internal static class CrmIds
{
    public static readonly Guid WorkPhone = new("3dddb3cc-53ee-49c4-a71f-e9e257f59e49");
    public static readonly Guid MobilePhone = new("d4a2dc80-30ca-df11-9b2a-001d60e938c6");
    public static readonly Guid HomePhone = new("0da6a26b-d7bc-df11-b00f-001d60e938c6");
    public static readonly Guid MainPhone = new("6a3fb10c-67cc-df11-9b2a-001d60e938c6");
    public static readonly Guid AdditionalPhone = new("2b387201-67cc-df11-9b2a-001d60e938c6");
    public static readonly Guid OtherPhone = new("21c0d693-9a52-43fa-b7f1-c6d8b53975d4");
    public static readonly Guid Extension = new("e9d91e45-8d92-4e38-95a0-ef8aa28c9e7a");
    public static readonly Guid Fax = new("9a7ab41b-67cc-df11-9b2a-001d60e938c6");
    public static readonly Guid Email = new("ee1c85c3-cfcb-df11-9b2a-001d60e938c6");
    public static readonly Guid Web = new("6a8ba927-67cc-df11-9b2a-001d60e938c6");
    public static readonly Guid PhoneCommunication = new("e037f25a-d7bc-df11-b00f-001d60e938c6");
    public static readonly Guid EmployeeContact = new("60733efc-f36b-1410-a883-16d83cab0980");
    public static readonly Guid CustomerContact = new("00783ef6-f36b-1410-a883-16d83cab0980");
    public static readonly Guid CustomerAccount = new("03a75490-53e6-df11-971b-001d60e938c6");
    public static readonly Guid OpenStage = new("c2067b11-0ee0-df11-971b-001d60e938c6");
    public static readonly Guid WonStage = new("60d5310c-5be6-df11-971b-001d60e938c6");
    public static readonly Guid QualificationLead = new("d790a45d-03ff-4ddb-9dea-8087722c582c");
    public static readonly Guid MarketingQualifiedLead = new("0198bb53-c5da-41a7-98ad-c92a61706867");
    public static readonly Guid DraftOrder = new("1f3ad326-effd-4ac3-a3e2-957e7def3684");
    public static readonly Guid PlannedPayment = new("bfe38d3d-bd57-48d7-a2d7-82435cd274ca");
    public static readonly Guid PlannedDelivery = new("867ca155-bfa5-4aaa-9172-7813dd4e85f5");
    public static readonly Guid Participant = new("1a8324e8-a6e1-df11-971b-001d60e938c6");
    public static readonly Guid Responsible = new("53fc4a92-b0ea-e111-96c4-00165d094c12");
    public static readonly Guid RemindingNotification = new("9ee66abe-ec9d-4667-8995-29e8765de2d5");
    public static readonly Guid AuthorSource = new("a66d08e1-2e2d-e011-ac0a-00155d043205");
    public static readonly Guid OwnerSource = new("a76d08e1-2e2d-e011-ac0a-00155d043205");
    public static readonly Guid FileKind = new("529bc2f8-0ee0-df11-971b-001d60e938c6");

    // Not collected in the reference: the stand-in's own placeholders (WorkLookups.Placeholders).
    public static readonly Guid Rouble = new("0c000000-0000-4000-8000-000000000643");
    public static readonly Guid Russian = new("0c000000-0000-4000-8000-000000000007");
    public static readonly Guid Moscow = new("0c000000-0000-4000-8000-000000000003");
}
