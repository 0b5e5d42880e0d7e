using System.Text.Json.Nodes;
using TelephonyHub.Creatio;
using TelephonyHub.Hosting;
using TelephonyHub.Sync;
using static TelephonyHub.Tests.Directory.People;

namespace TelephonyHub.Tests.Sync;

/// <summary>Wanted records as columns of Creatio.</summary>
public sealed class CrmBodiesTests
{
    private static readonly Guid Contact = Id(1);
    private static readonly Guid Account = Id(2);
    private static readonly Guid Deal = Id(3);
    private static readonly Guid Task = Id(4);
    private static readonly Guid CallId = Id(5);
    private static readonly CrmReferences All = new(Contact, Account, Deal, Task);
    private static readonly CrmReferences None = new(null, null, null, null);
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, 250, TimeSpan.FromHours(3));

    private static readonly WantedCall WantedCall = new()
    {
        IntegrationId = "msk:1",
        Incoming = true,
        NoAnswer = false,
        CallerId = "+79161234567",
        CalledId = "+74951234567",
        Start = Start,
        End = Start.AddSeconds(40),
        Duration = 40,
        BeforeConnection = 10,
        Talk = 30,
        Hold = 5,
        Caption = "Входящий звонок",
        Notes = "Employee: Анна",
    };

    [Fact]
    public void Call_Answered_EveryColumnOfTheContract()
    {
        var body = Body(WantedCall, All);

        Text(body).Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["IntegrationId"] = "msk:1",
            ["Caption"] = "Входящий звонок",
            ["DirectionId"] = CreatioIds.CallDirection.Incoming.ToString(),
            ["CallerId"] = "+79161234567",
            ["CalledId"] = "+74951234567",
            ["StartDate"] = "2026-03-02T09:00:00.250Z",
            ["EndDate"] = "2026-03-02T09:00:40.250Z",
            ["Duration"] = "40",
            ["BeforeConnectionTime"] = "10",
            ["TalkTime"] = "30",
            ["HoldTime"] = "5",
            ["Notes"] = "Employee: Анна",
            ["ContactId"] = Contact.ToString(),
            ["AccountId"] = Account.ToString(),
            ["OpportunityId"] = Deal.ToString(),
            ["ActivityId"] = Task.ToString(),
        });
    }

    [Fact]
    public void Call_NotAnswered_ResultNoAnswer() => Text(Body(WantedCall with { NoAnswer = true }, None))["ResultId"].Should().Be("5f0704a8-1749-4f65-98d8-458e7563a23c");

    [Fact]
    public void Call_NothingToReferTo_NoEmptyLookups() => Body(WantedCall with { Notes = null }, None).Should().OnlyContain(p => p.Value != null).And.NotContain(p => p.Key == "ContactId");

    [Fact]
    public void Call_Outgoing_DirectionOutgoing() => Text(Body(WantedCall with { Incoming = false }, None))["DirectionId"].Should().Be(CreatioIds.CallDirection.Outgoing.ToString());

    [Theory]
    [InlineData("+79161234567", "MobilePhone")]
    [InlineData("+74951234567", "Phone")]
    public void Contact_Number_InExactlyOneColumn(string number, string column)
    {
        var body = Text(Body(new WantedContact(MayCreate: true, number, "Пётр Петров", Anna), None));

        body[column].Should().Be(number);
        body.Keys.Intersect(["MobilePhone", "Phone", "HomePhone"]).Should().ContainSingle("the server would make two communications of two columns");
        body["OwnerId"].Should().Be(Anna.ToString());
    }

    [Fact]
    public void Task_Open_ToDoOfTheOwnerWithReminder()
    {
        var body = Text(Body(new WantedActivity(Open: true, "Перезвонить", Anna, Start, Start.AddHours(1)), All));

        body.Should().Contain(new Dictionary<string, string>
        {
            ["TypeId"] = CreatioIds.ActivityType.Task.ToString(),
            ["ActivityCategoryId"] = CreatioIds.ActivityCategory.ToDo.ToString(),
            ["StatusId"] = CreatioIds.ActivityStatus.NotStarted.ToString(),
            ["OwnerId"] = Anna.ToString(),
            ["StartDate"] = "2026-03-02T09:00:00.250Z",
            ["DueDate"] = "2026-03-02T10:00:00.250Z",
            ["RemindToOwner"] = "true",
            ["ContactId"] = Contact.ToString(),
            ["OpportunityId"] = Deal.ToString(),
        });
    }

    [Fact]
    public void Task_ReasonGone_CompletedWithoutReminder()
    {
        var body = Text(Body(new WantedActivity(Open: false, "Перезвонить", Anna, Start, Start), All));

        body["StatusId"].Should().Be(CreatioIds.ActivityStatus.Completed.ToString());
        body.Should().NotContainKey("RemindToOwner");
    }

    [Theory]
    [InlineData(DealEntity.Opportunity, "Opportunity", "OpportunityFile", "OpportunityId", "Title")]
    [InlineData(DealEntity.Lead, "Lead", "FileLead", "LeadId", "Contact")]
    [InlineData(DealEntity.Order, "Order", "OrderFile", "OrderId", "Comment")]
    public void Deal_Entity_ItsOwnTablesAndColumns(DealEntity entity, string table, string files, string column, string title)
    {
        var deal = new WantedDeal("Звонок Завод, Москва", "Завод", "+79161234567", Anna);
        var link = new WantedLink("deal", "h", "https://hub/r/1");

        CrmBodies.EntityOf(deal, entity).Should().Be(table);
        CrmBodies.EntityOf(link, entity).Should().Be(files);
        CrmBodies.Of(deal, All, CallId, entity).ContainsKey(title).Should().BeTrue();
        Text(CrmBodies.Of(link, All, CallId, entity))[column].Should().Be(Deal.ToString());
        Text(CrmBodies.Of(WantedCall, All, CallId, entity))[column].Should().Be(Deal.ToString());
    }

    [Theory]
    [InlineData(DealEntity.Opportunity, "StageId", "TypeId")]
    [InlineData(DealEntity.Lead, "QualifyStatusId", "LeadTypeId")]
    [InlineData(DealEntity.Order, "StatusId", null)]
    public void Deal_StageAndTypeOfTheRule_InTheColumnsOfItsEntity(DealEntity entity, string stage, string? type)
    {
        var deal = new WantedDeal("Звонок", "Завод", null, Anna, entity, Id(7), Id(8));

        var body = Text(CrmBodies.Of(deal, All, CallId, DealEntity.Opportunity));

        CrmBodies.EntityOf(deal, DealEntity.Opportunity).Should().Be(entity.ToString(), "the rule's word goes before the setting's");
        body[stage].Should().Be(Id(7).ToString());
        body.Values.Contains(Id(8).ToString()).Should().Be(type is not null);
        if (type is not null)
        {
            body[type].Should().Be(Id(8).ToString());
        }
    }

    [Fact]
    public void Task_ClientTriedAgain_TitleSaysHowOften() => Text(Body(new WantedActivity(Open: true, "Перезвонить: Завод", Anna, Start, Start, Calls: 3), All))["Title"].Should().Be("Перезвонить: Завод (звонков: 3)");

    [Theory]
    [InlineData("call", "CallFile", "CallId", 5)]
    [InlineData("contact", "ContactFile", "ContactId", 1)]
    [InlineData("deal", "OpportunityFile", "OpportunityId", 3)]
    public void Link_Parent_FileOfTypeLink(string parent, string table, string column, int id)
    {
        var link = new WantedLink(parent, "h", "https://hub/r/abc");
        var body = Text(Body(link, All));

        CrmBodies.EntityOf(link, DealEntity.Opportunity).Should().Be(table);
        body.Should().BeEquivalentTo(new Dictionary<string, string> { ["Name"] = "https://hub/r/abc", ["TypeId"] = CreatioIds.FileType.Link.ToString(), [column] = Id(id).ToString() });
    }

    [Fact]
    public void Texts_TooLongForTheirColumn_Cut() => Text(Body(new WantedContact(MayCreate: true, "+79161234567", new string('я', 300), null), None))["Name"].Should().HaveLength(250);

    [Fact]
    public void Diff_SameColumns_Nothing() => BodyDiff.Of(Body(WantedCall, All), Stored(Body(WantedCall, All))).Should().BeEmpty("what was written and read back from the database is equal");

    [Theory]
    [InlineData(DealEntity.Opportunity, "StageId", "736f54fd-e240-46f8-8c7c-9066c30aff59")]
    [InlineData(DealEntity.Lead, "QualifyStatusId", "128c3718-771a-4d1e-9035-6fa135ca5f70")]
    [InlineData(DealEntity.Order, "StatusId", "8ab0f830-908b-40d7-80a3-7f49ef70ce70")]
    public void Of_ClosedDeal_StageThatSaysTheCompanyDidNotWantIt(DealEntity entity, string column, string stage)
    {
        var deal = new WantedDeal("Звонок", "Завод", null, Anna, entity, Closed: true);

        Body(deal, None)[column]!.GetValue<string>().Should().Be(stage);
        Body(deal with { StageId = Id(7) }, None)[column]!.GetValue<string>().Should().Be(Id(7).ToString());
        Wanted.Read(deal.ToJson()).Should().Be(deal);
    }

    [Fact]
    public void Columns_Lead_AllThatAnyRecordOfACallMayHave()
    {
        var columns = CrmBodies.Columns(DealEntity.Lead);

        columns.Keys.Should().BeEquivalentTo("Contact", "Lead", "Activity", "Call", "CallFile", "ContactFile", "FileLead");
        columns["Contact"].Should().Contain(["MobilePhone", "Phone", "OwnerId"]).And.OnlyHaveUniqueItems();
        columns["Lead"].Should().Contain(["QualifiedContactId", "QualifiedAccountId", "QualifyStatusId", "RegisterMethodId"]);
        columns["Call"].Should().Contain(["LeadId", "ActivityId", "ParentCallId", "GloballyUniqueCallLinkageId", "Notes", "ResultId", "CreatedById"]);
    }

    [Fact]
    public void Diff_ColumnChangedAddedAndGone_OnlyThose()
    {
        var written = Body(WantedCall with { NoAnswer = true }, None);
        var wanted = Body(WantedCall with { Talk = 31 }, None with { ContactId = Contact });

        var diff = BodyDiff.Of(Stored(written), wanted);

        diff.Select(p => p.Key).Should().BeEquivalentTo("TalkTime", "ContactId", "ResultId");
        diff["ResultId"].Should().BeNull("a column that is not wanted any more becomes null");
    }

    [Fact]
    public void Wanted_EveryKind_ReadAsWritten()
    {
        Wanted[] all =
        [
            new WantedTalker(), new WantedContact(MayCreate: true, "+7", "Имя", null), new WantedDeal("т", "к", null, Anna), new WantedActivity(Open: false, "з", null, Start, Start), WantedCall,
            new WantedContact(MayCreate: false, "+7", "Имя", null, Unlinked: true), new WantedDeal("т", "к", null, Anna, DealEntity.Lead, Anna, Boris, Always: true), new WantedActivity(Open: true, "з", null, Start, Start, 2), WantedCall with { TaskId = Anna }, new WantedLink("call", "h", "u"),
        ];

        all.Should().OnlyContain(w => Wanted.Read(w.ToJson()) == w);
    }

    [Fact]
    public void Wanted_NothingNewSaid_StoredAsEarlierReleasesDid()
    {
        new WantedContact(MayCreate: true, "+7", "Имя", null).ToJson().Should().NotContain("unlinked", "else each call that is planned again would be written again");
        new WantedDeal("т", "к", null, Anna).ToJson().Should().NotContainAny("entity", "stageId", "typeId", "always");
        new WantedActivity(Open: false, "з", null, Start, Start).ToJson().Should().NotContain("calls");
    }

    private static JsonObject Body(Wanted wanted, CrmReferences refs) => CrmBodies.Of(wanted, refs, CallId, DealEntity.Opportunity);

    private static JsonObject Stored(JsonObject body) => JsonNode.Parse(BodyDiff.ToJson(body))!.AsObject();

    private static Dictionary<string, string> Text(JsonObject body) => body.ToDictionary(p => p.Key, p => p.Value!.ToString());

    private static Guid Id(int n) => new($"00000000-0000-0000-0000-{n:D12}");
}
