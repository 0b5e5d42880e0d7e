namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Shipped rows of the lookups of communications, calls, activities, files and telephony (reference, appendices B.1 and B.2).</summary>
internal static class WorkLookups
{
    public const string Text = """
        CommunicationType
            3dddb3cc-53ee-49c4-a71f-e9e257f59e49 | Work phone
            d4a2dc80-30ca-df11-9b2a-001d60e938c6 | Mobile phone
            0da6a26b-d7bc-df11-b00f-001d60e938c6 | Home phone
            6a3fb10c-67cc-df11-9b2a-001d60e938c6 | Main phone (account)
            2b387201-67cc-df11-9b2a-001d60e938c6 | Additional phone
            21c0d693-9a52-43fa-b7f1-c6d8b53975d4 | Other phone
            e9d91e45-8d92-4e38-95a0-ef8aa28c9e7a | Extension (internal) phone
            9a7ab41b-67cc-df11-9b2a-001d60e938c6 | Fax
            ee1c85c3-cfcb-df11-9b2a-001d60e938c6 | Email
            09e4bda6-cfcb-df11-9b2a-001d60e938c6 | Skype
            6a8ba927-67cc-df11-9b2a-001d60e938c6 | Web
        CallDirection
            1d96a65f-2131-4916-8825-2d142b1000b2 | Incoming | Code=Incoming
            53f71b5f-7e17-4cf5-bf14-6a59212db422 | Outgoing | Code=Outgoing
            c072be2c-3d82-4468-9d4a-6db47d1f4cca | Not defined | Code=NotDefined
        ActivityType
            fbe0acdc-cfc0-df11-b00f-001d60e938c6 | Task
            e2831dec-cfc0-df11-b00f-001d60e938c6 | Email
            e1831dec-cfc0-df11-b00f-001d60e938c6 | Call
            e3831dec-cfc0-df11-b00f-001d60e938c6 | Visit
        ActivityCategory
            f51c4643-58e6-df11-971b-001d60e938c6 | To do | ActivityType=fbe0acdc-cfc0-df11-b00f-001d60e938c6
            8038a396-7825-e011-8165-00155d043204 | Email | ActivityType=e2831dec-cfc0-df11-b00f-001d60e938c6
            e52bd583-7825-e011-8165-00155d043204 | Call | ActivityType=e1831dec-cfc0-df11-b00f-001d60e938c6
            03df85bf-6b19-4dea-8463-d5d49b80bb28 | Call as task | ActivityType=fbe0acdc-cfc0-df11-b00f-001d60e938c6
            42c74c49-58e6-df11-971b-001d60e938c6 | Meeting | ActivityType=fbe0acdc-cfc0-df11-b00f-001d60e938c6
            2365ae4f-58e6-df11-971b-001d60e938c6 | Paper work | ActivityType=fbe0acdc-cfc0-df11-b00f-001d60e938c6
        ActivityStatus
            384d4b84-58e6-df11-971b-001d60e938c6 | Not started | Code=NotStarted, Finish=False
            394d4b84-58e6-df11-971b-001d60e938c6 | In progress | Code=InProgress, Finish=False
            4bdbb88f-58e6-df11-971b-001d60e938c6 | Completed | Code=Finished, Finish=True
            201cfba8-58e6-df11-971b-001d60e938c6 | Canceled | Code=Canceled, Finish=True
        ActivityPriority
            ab96fa02-7fe6-df11-971b-001d60e938c6 | Medium
            d625a9fc-7ee6-df11-971b-001d60e938c6 | High
            ac96fa02-7fe6-df11-971b-001d60e938c6 | Low
        ActivityResult
            632afdd2-f616-4ea6-87d2-8ed38eed8aff | Completed
            fc7d2e5e-f36b-1410-6698-00155d043204 | Canceled
            5f0704a8-1749-4f65-98d8-458e7563a23c | No answer
        ActivityResultCategory
            1d2e48f2-c5fd-417d-9551-30e71f35df3d | Positive
            4fd40914-23a7-415d-bb56-14fed5092551 | Neutral
            4db33cbc-ba7c-4103-9887-6b39b8d36b77 | Fail
        ActivityParticipantRole
            1a8324e8-a6e1-df11-971b-001d60e938c6 | Participant
            53fc4a92-b0ea-e111-96c4-00165d094c12 | Responsible
        Communication
            e037f25a-d7bc-df11-b00f-001d60e938c6 | Phone | Code=Phone
            a09511b4-13f0-e011-a86b-00155d04c01d | SMS | Code=SMS
        FileType
            529bc2f8-0ee0-df11-971b-001d60e938c6 | File
            539bc2f8-0ee0-df11-971b-001d60e938c6 | Link
            549bc2f8-0ee0-df11-971b-001d60e938c6 | Entity link
        FileGroup
            efbf3a0d-d780-465a-8e4b-8c0765197cfb | default
        NotificationType
            9ee66abe-ec9d-4667-8995-29e8765de2d5 | Reminding
            685e7149-c015-4a4d-b4a6-2e5625a6314c | Notification
            5d4b76f0-953c-4f91-a8a4-b85df935074f | Anniversary
            f52ceadc-026c-4955-893b-cc0f5621c1da | Approval (visa)
        RemindingSource
            a66d08e1-2e2d-e011-ac0a-00155d043205 | Author
            a76d08e1-2e2d-e011-ac0a-00155d043205 | Owner
        ContactType
            00783ef6-f36b-1410-a883-16d83cab0980 | Customer
            60733efc-f36b-1410-a883-16d83cab0980 | Employee
            806732ee-f36b-1410-a883-16d83cab0980 | Contact person
            ac278ef3-e63f-48d9-ba34-7c52e92fecfe | Supplier
        AccountType
            03a75490-53e6-df11-971b-001d60e938c6 | Customer
            57412fad-53e6-df11-971b-001d60e938c6 | Our company
            d34b9da2-53e6-df11-971b-001d60e938c6 | Supplier
            d44b9da2-53e6-df11-971b-001d60e938c6 | Competitor
            f2c0ce97-53e6-df11-971b-001d60e938c6 | Partner
            f3c0ce97-53e6-df11-971b-001d60e938c6 | Contractor
        SysMsgLib
            3ff87567-ca97-4d3c-a224-5725db0f611d | AsteriskV2 | Code=AsteriskV2, CtiProviderName=MsgServiceCtiProvider, LicOperations=BPMonlineAsteriskConnector.Use
            a95b1e9d-5efc-48a5-a4c2-8878d20c713b | Asterisk legacy | Code=Asterisk, CtiProviderName=MsgServiceCtiProvider, LicOperations=BPMonlineAsteriskConnector.Use
            d577fd71-e039-4e19-bd11-731cd32c17de | Avaya | Code=Avaya, CtiProviderName=MsgServiceCtiProvider, LicOperations=BPMonlineAvayaConnector.Use
            525f1fe6-f624-445f-bf6d-1d58ba35177a | Infinity | Code=Infinity, CtiProviderName=MsgServiceCtiProvider, LicOperations=BPMonlineInfinityConnector.Use
            e2a22524-1999-4a1e-ba6b-da5f6bd31db7 | Ctios | Code=Ctios, CtiProviderName=MsgServiceCtiProvider, LicOperations=BPMonlineCtiosConnector.Use
            fb8f2f60-f36b-1410-a28e-00ff4c8e32d4 | Tapi | Code=Tapi, CtiProviderName=MsgServiceCtiProvider, LicOperations=MessagingService.Use
            8af6722c-b340-4145-b908-49cc74467a68 | Callway | Code=Callway, CtiProviderName=CallwayCtiProvider, LicOperations=BPMonlineCallwayConnector.Use
            97107dca-eb91-4fdc-adf4-581b981085aa | Oktell | Code=Oktell, CtiProviderName=OktellCtiProvider, LicOperations=BPMonlineOktellConnector.Use
            40e43ca9-cb79-458d-9fad-403570f113ea | Finesse | Code=Finesse, CtiProviderName=FinesseCtiProvider, LicOperations=BPMonlineFinesseConnector.Use
            294bd273-9a0f-41ad-afde-56ebb1cb2eaf | FinesseV2 | Code=FinesseV2, CtiProviderName=FinesseCtiProviderV2, LicOperations=BPMonlineFinesseConnector.Use
            dda88d7d-19d0-4009-a3ee-192069fd7e64 | Webitel | Code=Webitel, CtiProviderName=WebitelCtiProvider, LicOperations=WebitelCollaboration.Use
            fa5097af-c625-4e4a-a5f9-7ba0dd594066 | Virtual emulator | Code=Virtual, CtiProviderName=VirtualCtiProvider, LicOperations=WebitelCollaboration.Use
        """;

    /// <summary>
    /// Rows that defaults point to but the reference did not collect: the GUIDs of the first five are those of the defaults in appendix A, the
    /// names are ours; the others are placeholders, never constants of the product.
    /// </summary>
    public const string Placeholders = """
        LeadTypeDetails
            5a9a1f1a-a07a-432c-a159-b8b96f0aa127 | New need
        LeadTypeStatus
            5b3d1046-fc16-45c8-a5a1-298dfc857546 | Active
        DeliveryType
            50df77d0-7b1f-4dbc-a02d-7b6ebb95dfd0 | Pickup
        PaymentType
            c2d88243-685d-4e8b-a533-73f4cb8e869b | Bank transfer
        WeekFirstDay
            e6257269-7f7c-46a3-8431-e0119a9d88d4 | Monday
        Currency
            0c000000-0000-4000-8000-000000000643 | RUB
        SysLanguage
            0c000000-0000-4000-8000-000000000007 | ru-RU
            0c000000-0000-4000-8000-000000000009 | en-US
        TimeZone
            0c000000-0000-4000-8000-000000000003 | Europe/Moscow
        Gender
            0c000000-0000-4000-8000-000000000101 | Female
            0c000000-0000-4000-8000-000000000102 | Male
        """;
}
