namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Users, employees and telephony settings, in the notation of the reference (appendix A).</summary>
internal static class UserSchema
{
    public const string Text = """
        SysAdminUnit 84f44b9a-4bc3-4cbf-a1a8-cec02c1c029c Name
            Name:MediumText*; Description:MediumText; SysAdminUnitTypeValue:Integer; ParentRole→SysAdminUnit; Contact→Contact;
            Account→Account; IsDirectoryEntry:Boolean; TimeZoneId:Text; UserPassword:HashText; Active:Boolean;
            SynchronizeWithLDAP:Boolean; LDAPEntry:MediumText; LDAPEntryId:MediumText idx; LDAPEntryDN:LongText; LoggedIn:Boolean;
            SysCulture→SysCulture; LoginAttemptCount:Integer; SourceControlLogin:MediumText; SourceControlPassword:SecureText;
            PasswordExpireDate:DateTime; HomePage→SysModule; ConnectionType:Integer; UnblockTime:DateTime; ForceChangePassword:Boolean;
            DateTimeFormat→SysLanguage; SessionTimeout:Integer; Email:MediumText idx; OpenIDSub:MediumText; Phone:PhoneText;
            WeekFirstDay→WeekFirstDay (def e6257269-7f7c-46a3-8431-e0119a9d88d4); PortalAccount→Account; LDAPElement→LDAPElement
        VwSysAdminUnit d5d01fcd-6d8c-4b29-9e58-cca3ffe62364 Name
            Name:MediumText*; Description:MediumText; SysAdminUnitType→SysAdminUnitType; ParentRole→VwSysAdminUnit; Contact→Contact;
            Account→Account; IsDirectoryEntry:Boolean; TimeZone→TimeZone (def setting DefaultTimeZone); UserPassword:HashText;
            Active:Boolean (def True); LoggedIn:Boolean; LDAPEntry:MediumText; SynchronizeWithLDAP:Boolean; LDAPEntryId:MediumText;
            LDAPEntryDN:LongText; SysCulture→SysCulture; PasswordExpireDate:DateTime; HomePage→SysModule; ConnectionType:Integer;
            UserConnectionType→ConnectionType; ForceChangePassword:Boolean; DateTimeFormat→SysLanguage; SysAdminUnit→SysAdminUnit;
            SessionTimeout:Integer; Email:MediumText; Phone:PhoneText; LDAPElement→LDAPElement
        SysUserInRole 4b27f502-c296-47cf-af5d-3197d54e0d2a none
            SysUser→SysAdminUnit; SysRole→SysAdminUnit
        Employee fb1c2bed-91d4-4b06-a28c-621a3d187008 Name
            Contact→Contact*; Name:MediumText*; OrgStructureUnit→OrgStructureUnit; Notes:MaxSizeText; Job→EmployeeJob;
            FullJobTitle:MediumText; Owner→Contact (def current user contact); CareerStartDate:Date (def today); CareerDueDate:Date;
            ProbationDueDate:Date; ReasonForDismissal→ReasonForLeaving; Account→Account; Manager→Employee
        SysMsgLib 89b9f170-8aed-4f41-8659-c787b50df837 Name
            Name:MediumText*; Description:MediumText; Code:ShortText*; FullClassName:LongText; SetupPageSchemaName:ShortText;
            LicOperations:MediumText*; CtiProviderName:MediumText* (def MsgServiceCtiProvider)
        SysMsgUserSettings 275886f1-0236-4087-bd52-02ddab97b088 none
            User→SysAdminUnit*; ConnectionParams:MaxSizeText; SysMsgLib→SysMsgLib
        """;
}
