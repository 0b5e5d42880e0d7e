namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Contacts, accounts and their communications, in the notation of the reference (appendix A).</summary>
internal static class PeopleSchema
{
    public const string Text = """
        Contact 16be3651-8fe2-4159-8dd0-a803d4683dd3 Name
            Name:MediumText* idx; Owner→Contact (def current user contact); Dear:MediumText; SalutationType→ContactSalutationType;
            Gender→Gender; Account→Account; DecisionRole→ContactDecisionRole; Type→ContactType; Job→Job; JobTitle:MediumText idx;
            Department→Department; BirthDate:Date; Phone:PhoneText idx; MobilePhone:PhoneText idx; HomePhone:PhoneText idx;
            Skype:MediumText idx; Email:EmailText idx; AddressType→AddressType; Address:MaxSizeText; City→City; Region→Region;
            Zip:ShortText; Country→Country; DoNotUseEmail:Boolean (def False); DoNotUseCall:Boolean (def False);
            DoNotUseFax:Boolean (def False); DoNotUseSms:Boolean (def False); DoNotUseMail:Boolean (def False); Notes:MaxSizeText;
            Facebook:MediumText idx; LinkedIn:MediumText idx; Twitter:MediumText idx; FacebookId:MediumText; LinkedInId:MediumText;
            TwitterId:MediumText; ContactPhoto:Binary; TwitterAFDA→SocialAccount; FacebookAFDA→SocialAccount; LinkedInAFDA→SocialAccount;
            Photo→SysImage; GPSN:ShortText; GPSE:ShortText; Surname:MediumText; GivenName:MediumText; MiddleName:MediumText;
            Confirmed:Boolean (def True); Language→SysLanguage (def setting DefaultMessageLanguage); Age:Integer;
            IsEmailConfirmed:Boolean; Completeness:Integer (def 0); IsNonActualEmail:Boolean; CustomerNeed→LeadType; Channel→LeadMedium;
            Source→LeadSource; RegisterMethod→RegisterMethod; LeadConversionScore:Integer; AdCampaign→AdCampaign
        ContactCommunication 004a9121-21f8-4a1e-8918-45c0f756ea41 Number
            CommunicationType→CommunicationType*; Number:MediumText* idx; Position:Integer; SocialMediaId:MediumText;
            SearchNumber:MediumText idx; Primary:Boolean; NonActual:Boolean; NonActualReason→NonActualReason; DateSetNonActual:Date;
            Contact→Contact*; IsCreatedBySynchronization:Boolean; ExternalCommunicationType:LongText
        Account 25d7c1ab-1de0-4501-b402-02e0e5a72d6e Name
            Name:MediumText* idx; Owner→Contact (def current user contact); Ownership→AccountOwnership; PrimaryContact→Contact;
            Parent→Account; Industry→AccountIndustry; Code:MediumText; Type→AccountType; Phone:PhoneText; AdditionalPhone:PhoneText;
            Fax:PhoneText; Web:WebText; AddressType→AddressType; Address:MaxSizeText; City→City; Region→Region; Zip:ShortText;
            Country→Country; AccountCategory→AccountCategory; EmployeesNumber→AccountEmployeesNumber; AnnualRevenue→AccountAnnualRevenue;
            Notes:MaxSizeText; Logo:Image; AlternativeName:MediumText; GPSN:ShortText; GPSE:ShortText; AccountLogo→SysImage;
            Completeness:Integer (def 0); AUM:Text; PriceList→Pricelist; LeadConversionScore:Integer
        AccountCommunication 81c43461-0619-44dd-8071-b724128085c6 Number
            CommunicationType→CommunicationType*; Number:MediumText* idx; Position:Integer; SocialMediaId:MediumText;
            SearchNumber:ShortText idx; Primary:Boolean; NonActual:Boolean; NonActualReason→NonActualReason; DateSetNonActual:Date;
            Account→Account
        CommunicationType d846cb4f-f18d-469e-83ff-e961f3fba873 Name
            Name:MediumText*; Description:MediumText; Image:Image; HyperlinkTemplate:MediumText; UseforAccounts:Boolean;
            UseforContacts:Boolean; ImageLink→SysImage; DisplayFormat:MediumText (def text)
        ComTypebyCommunication 2d85be2c-eb94-4486-bddd-c6b8d1f3c5d2 none
            CommunicationType→CommunicationType; Communication→Communication
        Communication 2875aefb-92b6-4b17-9ef6-22fa306f4c3f Name
            Name:MediumText*; Description:MediumText; Code:ShortText*; ImageLink→SysImage
        """;
}
