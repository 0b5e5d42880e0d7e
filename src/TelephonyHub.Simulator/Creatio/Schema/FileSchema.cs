namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Attachments, in the notation of the reference (appendix A).</summary>
internal static class FileSchema
{
    public const string Text = """
        CallFile 5956808f-648a-428e-be89-f2dd71f98166 Name
            Name:MediumText*; Notes:MaxSizeText; LockedBy→Contact; LockedOn:DateTime; Data:Binary; Type→FileType; Version:Integer;
            Size:Integer; SysFileStorage→SysFileContentStorage; FileGroup→FileGroup (def efbf3a0d-d780-465a-8e4b-8c0765197cfb);
            Tag:MediumText idx; Call→Call
        ContactFile e9eafee9-c4e4-4793-ad0a-003bd2c6a9b4 Name
            Name:MediumText*; Notes:MaxSizeText; LockedBy→Contact; LockedOn:DateTime; Data:Binary; Type→FileType; Version:Integer;
            Size:Integer; SysFileStorage→SysFileContentStorage; FileGroup→FileGroup (def efbf3a0d-d780-465a-8e4b-8c0765197cfb);
            Tag:MediumText idx; Contact→Contact
        AccountFile none Name
            Name:MediumText*; Notes:MaxSizeText; LockedBy→Contact; LockedOn:DateTime; Data:Binary; Type→FileType; Version:Integer;
            Size:Integer; SysFileStorage→SysFileContentStorage; FileGroup→FileGroup (def efbf3a0d-d780-465a-8e4b-8c0765197cfb);
            Tag:MediumText idx; Account→Account
        OpportunityFile none Name
            Name:MediumText*; Notes:MaxSizeText; LockedBy→Contact; LockedOn:DateTime; Data:Binary; Type→FileType; Version:Integer;
            Size:Integer; SysFileStorage→SysFileContentStorage; FileGroup→FileGroup (def efbf3a0d-d780-465a-8e4b-8c0765197cfb);
            Tag:MediumText idx; Opportunity→Opportunity
        OrderFile none Name
            Name:MediumText*; Notes:MaxSizeText; LockedBy→Contact; LockedOn:DateTime; Data:Binary; Type→FileType; Version:Integer;
            Size:Integer; SysFileStorage→SysFileContentStorage; FileGroup→FileGroup (def efbf3a0d-d780-465a-8e4b-8c0765197cfb);
            Tag:MediumText idx; Order→Order
        ActivityFile 080c9917-7ec9-42e5-86ff-75a683d4f124 Name
            Name:MediumText*; Notes:MaxSizeText; LockedBy→Contact; LockedOn:DateTime; Data:Binary; Type→FileType; Version:Integer;
            Size:Integer; SysFileStorage→SysFileContentStorage; FileGroup→FileGroup (def efbf3a0d-d780-465a-8e4b-8c0765197cfb);
            Tag:MediumText idx; Activity→Activity
        FileLead none Name
            Name:MediumText*; Notes:MaxSizeText; LockedBy→Contact; LockedOn:DateTime; Data:Binary; Type→FileType; Version:Integer;
            Size:Integer; SysFileStorage→SysFileContentStorage; FileGroup→FileGroup (def efbf3a0d-d780-465a-8e4b-8c0765197cfb);
            Tag:MediumText idx; Lead→Lead
        """;
}
