namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Calls, activities and reminders, in the notation of the reference (appendix A).</summary>
internal static class CallSchema
{
    public const string Text = """
        Call 2f81fa05-11ae-400d-8e07-5ef6a620d1ad Caption
            IntegrationId:MediumText idx; ParentCallId:MediumText; CallerId:MediumText idx; CalledId:MediumText idx;
            RedirectingId:MediumText; RedirectionId:MediumText; StartDate:DateTime idx; EndDate:DateTime; Duration:Integer;
            BeforeConnectionTime:Integer; TalkTime:Integer; HoldTime:Integer;
            Direction→CallDirection (def c072be2c-3d82-4468-9d4a-6db47d1f4cca); Caption:MediumText idx; Contact→Contact; Account→Account;
            Result→ActivityResult; Comment:LongText; Notes:MaxSizeText; Activity→Activity; GloballyUniqueCallLinkageId:MediumText;
            Lead→Lead; Case→Case; Opportunity→Opportunity; Order→Order
        CallDirection c58a425d-5e45-49ed-bfbe-bd15a9340b7e Name
            Name:MediumText*; Description:MediumText; Code:ShortText*; Image→SysImage
        Activity c449d832-a4cc-4b01-b9d5-8a12c42a9f89 Title
            Title:LongText* idx; StartDate:DateTime* (def now) idx; DueDate:DateTime* (def now) idx;
            Priority→ActivityPriority* (def ab96fa02-7fe6-df11-971b-001d60e938c6); Author→Contact (def current user contact);
            RemindToAuthor:Boolean; RemindToAuthorDate:DateTime; Owner→Contact (def current user contact); RemindToOwner:Boolean;
            RemindToOwnerDate:DateTime; Type→ActivityType (def fbe0acdc-cfc0-df11-b00f-001d60e938c6);
            ActivityCategory→ActivityCategory* (def f51c4643-58e6-df11-971b-001d60e938c6); ShowInScheduler:Boolean idx;
            Status→ActivityStatus* (def 384d4b84-58e6-df11-971b-001d60e938c6); Result→ActivityResult; DetailedResult:MaxSizeText;
            TimeZone→TimeZone; Account→Account; Contact→Contact; Sender:MediumText idx; Recepient:MaxSizeText; CopyRecepient:MaxSizeText;
            BlindCopyRecepient:MaxSizeText; Body:MaxSizeText; Notes:MaxSizeText; Color:Color (def #405f97); SendDate:DateTime idx;
            EmailSendStatus→EmailSendStatus; DurationInMinutes:Integer; ErrorOnSend:LongText; DurationInMnutesAndHours:ShortText;
            AllowedResult:MaxSizeText; CreatedByInvCRM:Boolean; MessageType→EmailType; IsHtmlBody:Boolean; MailHash:ShortText idx;
            ProcessElementId:Guid idx; GlobalActivityID:MediumText; IsNeedProcess:Boolean; ActivityConnection→Activity;
            Organizer→Contact (def current user contact); CallDirection→CallDirection (def 1d96a65f-2131-4916-8825-2d142b1000b2);
            HeaderProperties:MaxSizeText; IsAutoSubmitted:Boolean; SenderContact→Contact; Preview:MediumText; OwnerRole→VwSysRole;
            UserEmailAddress:MediumText idx; Location:LongText; RemoteCreatedOn:DateTime; EnrchEmailData→EnrchEmailData;
            EnrichStatus:ShortText idx; OmniChat→OmniChat; Lead→Lead; Case→Case; ServiceProcessed:Boolean; Document→Document;
            IsNotPublished:Boolean; Invoice→Invoice; QueueItem→VwQueueItem; Opportunity→Opportunity; ConfItem→ConfItem; Contract→Contract;
            Problem→Problem; Project→Project; FullProjectName:MaxSizeText; Order→Order; Change→Change; Release→Release; Event→Event
        ActivityParticipant 1aa6373c-1122-403d-9e75-9bffdf6bdcae none
            Activity→Activity*; Participant→Contact; Description:LongText;
            Role→ActivityParticipantRole (def 1a8324e8-a6e1-df11-971b-001d60e938c6); ReadMark:Boolean; InviteParticipant:Boolean;
            InviteResponse→ParticipantResponse
        ActivityStatus 805aace4-8604-40e7-a9eb-0f54174593c0 Name
            Name:MediumText*; Description:MediumText; Code:ShortText*; Finish:Boolean; Color:Color
        ActivityCategory 961e2086-a12b-4d27-b095-40b1e64d6cc0 Name
            Name:MediumText*; Description:MediumText; ActivityType→ActivityType*
        Reminding ae7a5bc6-115f-4ed2-97c5-13f5c5142c37 SubjectCaption
            Author→Contact; Contact→Contact; Source→RemindingSource; RemindTime:DateTime; Description:LongText; SubjectId:Guid;
            SysEntitySchema→VwSysModuleEntity; SubjectCaption:LongText; TypeCaption:MediumText; PopupTitle:MediumText; Hash:MaxSizeText;
            IsRead:Boolean; NotificationType→NotificationType (def 685e7149-c015-4a4d-b4a6-2e5625a6314c); Loader→VwSysModuleEntity;
            SenderId:Guid; IsNeedToSend:Boolean; AnniversaryDate:Date; Config:MaxSizeText
        """;
}
