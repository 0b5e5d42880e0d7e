namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Leads, opportunities and orders, in the notation of the reference (appendix A).</summary>
internal static class SalesSchema
{
    public const string Text = """
        Lead 41af89e9-750b-4ebb-8cac-ff39b64841ec LeadName
            Notes:MaxSizeText; LeadName:LongText; Status→LeadStatus (def bd3511f8-f36b-1410-4493-1c6f65e16a07); Commentary:MaxSizeText;
            QualifiedContact→Contact; QualifiedAccount→Account; LeadType→LeadType; LeadDisqualifyReason→LeadDisqualifyReason;
            Department→Department; DecisionRole→ContactDecisionRole; QualifyStatus→QualifyStatus (def setting DefaultLeadStage);
            Owner→Contact (def current user contact); SalesOwner→Contact; Budget:Money; DecisionDate:Date; LeadSource→LeadSource;
            LeadMedium→LeadMedium; Group→SysAdminUnit; LeadTypeDetails→LeadTypeDetails (def 5a9a1f1a-a07a-432c-a159-b8b96f0aa127);
            MeetingDate:DateTime; AccountCategory→AccountCategory; AccountOwnership→AccountOwnership; Address:MaxSizeText;
            AddressType→AddressType; AnnualRevenue→AccountAnnualRevenue; Dear:MediumText; DoNotUseEmail:Boolean (def False);
            DoNotUseFax:Boolean (def False); DoNotUseMail:Boolean (def False); DoNotUsePhone:Boolean (def False);
            DoNotUseSMS:Boolean (def False); EmployeesNumber→AccountEmployeesNumber; Fax:MediumText; FullJobTitle:MediumText;
            Gender→Gender; Industry→AccountIndustry; InformationSource→InformationSource; Job→Job;
            LeadTypeStatus→LeadTypeStatus (def 5b3d1046-fc16-45c8-a5a1-298dfc857546); NextActualizationDate:DateTime;
            QualificationProcessId:Guid; Region→Region; RegisterMethod→LeadRegisterMethod (def 240ab9c6-4d7c-4688-b380-af44dd147d7a);
            RemindToOwner:Boolean; ShowDistributionPage:Boolean (def True); Title→ContactSalutationType; Zip:ShortText;
            Account:MediumText idx; Contact:MediumText idx; City→City; BusinesPhone:MediumText; Country→Country; Email:MediumText;
            MobilePhone:MediumText; Website:MediumText; PredictiveScore:Integer; MovedToFinalStateOn:DateTime;
            OpportunityDepartment→OpportunityDepartment; IdentificationPassed:Boolean; StartLeadManagementProcess:Boolean (def False);
            SaleType:ShortText (def Opportunity); Score:Float2; QualificationPassed:Boolean; WebForm→GeneratedWebForm;
            BpmHref:MaxSizeText; BpmRef:MaxSizeText; UtmCampaignStr:LongText; UtmSourceStr:LongText; UtmMediumStr:LongText;
            UtmContentStr:LongText; UtmTermStr:LongText; CountryStr:MediumText; RegionStr:MediumText; CityStr:MediumText;
            Qualified:Integer; SaleParticipant:Integer; QualifiedPercent:Float2; SalePercent:Float2; BpmSessionId:Guid;
            SalesChannel→OpportunityType (def 3c3865f2-ada4-480c-ac91-e2d39c5bbaf9); Opportunity→Opportunity;
            ProductSuggestions:MaxSizeText; BusinessCase:MaxSizeText; ClosingDetails:MaxSizeText; Partner→Account; PartnerOwner→Contact;
            PartnerType→PartnerType; Order→Order; Campaign→Campaign; BulkEmail→BulkEmail;
            LeadGenExtendedLeadInfo→LeadGenExtendedLeadInformation; SocialMetadata:MaxSizeText; Event→Event
        QualifyStatus 22341cd1-5b33-4c40-9011-6f7693ef6e44 Name
            Name:MediumText*; Description:MediumText; StageNumber:Integer; Color:ShortText; IsDisplayed:Boolean; StageOrder:Integer;
            StageInnerOrder:Integer; IsFinal:Boolean; Successful:Boolean
        Opportunity ae46fb87-c02c-4ae8-ad31-a923cdd994cf Title
            Title:LongText*; Type→OpportunityType; Stage→OpportunityStage* (def c2067b11-0ee0-df11-971b-001d60e938c6); DueDate:Date idx;
            CloseReason→OpportunityCloseReason; Owner→Contact* (def current user contact); Notes:MaxSizeText; Account→Account;
            Category→OpportunityCategory; Mood→OpportunityMood (def a9f89fe0-dd26-4b96-8736-471d72c428d5); IsPrimary:Boolean (def True);
            Partner→Account; Budget:Float2; Probability:Integer; Amount:Float2; Source→OpportunitySource;
            ResponsibleDepartment→OpportunityDepartment; Weaknesses:LongText; Strength:LongText; Tactic:LongText; CheckDate:Date;
            ProcessId:Guid; Winner→Account; Contact→Contact; Completeness:Integer; Description:MaxSizeText; MoodValue:Integer (def 45);
            ByProcess:Boolean; PredictiveProbability:Integer idx; Group→SysAdminUnit; ProductSuggestions:MaxSizeText;
            BuyingProcess:LongText; WhyNow:LongText; Why:LongText; What:LongText; EngagementTactic:LongText; WhyOurCompany:LongText;
            ForecastCommit:Boolean; DecisionMaker→Contact; ClosingDetails:MaxSizeText; LeadType→LeadType
        OpportunityContact fa274f3d-57a3-44ee-b644-d93441a31de2 none
            Opportunity→Opportunity*; Contact→Contact*; IsMainContact:Boolean; Role→OppContactRole; Influence→OppContactInfluence;
            ContactMotivator:LongText; ContactLoyality→OppContactLoyality; Description:LongText
        OpportunityInStage 670a893d-5eed-421d-b5d9-1db15b5d9ab6 none
            Opportunity→Opportunity*; Stage→OpportunityStage; StartDate:DateTime; DueDate:DateTime; Owner→Contact; Comments:LongText;
            Historical:Boolean
        OpportunityStage ccf7d813-fc83-47ad-be61-8f3b3b98a54f Name
            Name:MediumText*; Description:MediumText; End:Boolean; Successful:Boolean; Number:Integer; MaxProbability:Integer;
            NextStepTerm:Integer; ShowInFunnel:Boolean; Color:ShortText; ShowInProgressBar:Boolean (def True)
        Order 80294582-06b5-4faa-a85f-3323e5536b71 Number
            Number:MediumText idx; Account→Account; Date:DateTime* (def now); Owner→Contact* (def current user contact);
            Status→OrderStatus (def setting OrderStatusDef); PaymentStatus→OrderPaymentStatus (def setting OrderPaymentStatusDef);
            DeliveryStatus→OrderDeliveryStatus (def setting OrderDeliveryStatusDef); Contact→Contact; DueDate:DateTime;
            ActualDate:DateTime; Currency→Currency* (def setting PrimaryCurrency); CurrencyRate:Float8* (def 1); Amount:Money;
            PaymentAmount:Money; PrimaryAmount:Money; PrimaryPaymentAmount:Money; SourceOrder→SourceOrder; Notes:MaxSizeText;
            DeliveryAddress:LongText; DeliveryType→DeliveryType (def 50df77d0-7b1f-4dbc-a02d-7b6ebb95dfd0);
            PaymentType→PaymentType (def c2d88243-685d-4e8b-a533-73f4cb8e869b); ReceiverName:ShortText; Comment:LongText;
            ContactNumber:ShortText; Opportunity→Opportunity
        OrderStatus 41201050-146e-47a5-8952-c3d0242e0787 Name
            Name:MediumText*; Description:MediumText; Position:Integer; FinalStatus:Boolean
        """;
}
