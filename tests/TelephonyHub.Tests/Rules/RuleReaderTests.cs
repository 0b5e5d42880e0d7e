using System.Text.Json;
using System.Text.Json.Nodes;
using TelephonyHub.Calls;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Rules;
using TelephonyHub.Tests.Directory;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Rules;

/// <summary>What is wrong with a rule is said by field.</summary>
public sealed class RuleReaderTests
{
    private const string Whole = """
        {"id":"x","version":3,"name":"Москва, реклама",
         "when":{"cabinet":"MSK","direction":"in","client":"unknown","result":"answered","dialledNumber":"8 (800) 123-45-67","minTalkSeconds":30,"tag":"target"},
         "contact":"create",
         "deal":{"action":"always","entity":"lead","stageId":"0198bb53-c5da-41a7-98ad-c92a61706867","typeId":"84c42d58-10af-4a63-9ca7-845bab573daa","title":"Лид {client}"},
         "task":{"action":"create","text":"Обработать {client}","reviewText":"Проверить {client}","due":{"amount":45,"unit":"workingMinutes"},"whose":"talked"},
         "card":"none","callRecord":true,"recordingLinks":["call","deal"]}
        """;

    private readonly DirectoryService _directory = new(null!, Company.Settings(), TimeProvider.System) { Managers = People.Directory(People.AnnaOfMoscow()) };

    [Fact]
    public void Read_WholeRule_AsWritten()
    {
        var (rule, version, faults) = Read(Whole);

        faults.Should().BeEmpty();
        version.Should().Be(3);
        rule.When.Should().Be(new RuleKey("msk", CallDirection.In, KnownClient: false, Answered: true, "+78001234567", 30, "target"));
        rule.Contact.Should().Be(ContactAction.FindOrCreate);
        rule.Deal.Should().Be(new DealRule(DealAction.Always, DealEntity.Lead, Guid.Parse("0198bb53-c5da-41a7-98ad-c92a61706867"), CreatioIds.LeadType.Software, "Лид {client}"));
        rule.Task.Should().Be(new TaskRule(TaskAction.Create, "Обработать {client}", "Проверить {client}", 45, DueUnit.WorkingMinutes, TaskAssignee.Talked));
        rule.RecordingLinks.Should().Equal(RecordingParent.Call, RecordingParent.Deal);
    }

    [Fact]
    public void Read_WhatIsShown_ReadsAsItself()
    {
        foreach (var rule in RuleTable.BuiltIn.Rules)
        {
            var (read, version, faults) = Read(JsonSerializer.Serialize(RuleItem.Of(rule), JsonSerializerOptions.Web), rule.Id);

            faults.Should().BeEmpty(rule.Id);
            version.Should().Be(1);
            read.Should().BeEquivalentTo(rule);
        }
    }

    [Fact]
    public void Read_MissedCallWithoutTexts_CallBackWithinAWorkingHour()
    {
        var (rule, _, faults) = Read("""{"name":"n","when":{"direction":"in","client":"known","result":"missed"},"contact":"find","task":{"action":"create"}}""");

        faults.Should().BeEmpty();
        rule.Task.Should().Be(new TaskRule(TaskAction.Create, TaskRule.CallBackText, Amount: 1, Unit: DueUnit.WorkingHours));
    }

    [Theory]
    [InlineData("$.name", "\"\"", "name")]
    [InlineData("$.when.cabinet", "\"moon\"", "when.cabinet")]
    [InlineData("$.when.direction", "\"sideways\"", "when.direction")]
    [InlineData("$.when.direction", "null", "when.direction")]
    [InlineData("$.when.client", "true", "when.client")]
    [InlineData("$.when.result", "\"missed\"", "when.minTalkSeconds")]
    [InlineData("$.when.dialledNumber", "\"reception\"", "when.dialledNumber")]
    [InlineData("$.when.minTalkSeconds", "0", "when.minTalkSeconds")]
    [InlineData("$.when.minTalkSeconds", "1.5", "when.minTalkSeconds")]
    [InlineData("$.when.minWaitSeconds", "5", "when.minWaitSeconds")]
    [InlineData("$.when.colour", "1", "when.colour")]
    [InlineData("$.contact", "\"perhaps\"", "contact")]
    [InlineData("$.contact", "\"find\"", "deal.action")]
    [InlineData("$.deal.entity", "\"order\"", "deal.typeId")]
    [InlineData("$.deal.entity", "null", "deal.entity")]
    [InlineData("$.deal.stageId", "\"first\"", "deal.stageId")]
    [InlineData("$.deal.title", "\"{nmae}\"", "deal.title")]
    [InlineData("$.deal", "\"always\"", "deal")]
    [InlineData("$.deal.action", "\"none\"", "recordingLinks")]
    [InlineData("$.deal.action", "\"close\"", "deal.typeId")]
    [InlineData("$.deal.action", "\"close\"", "recordingLinks")]
    [InlineData("$.task.due.amount", "0", "task.due.amount")]
    [InlineData("$.task.due.unit", "\"fortnights\"", "task.due.unit")]
    [InlineData("$.task.whose", "\"person\"", "task.personId")]
    [InlineData("$.task.personId", "\"a0000000-0000-0000-0000-000000000001\"", "task.personId")]
    [InlineData("$.card", "\"onRing\"", "card")]
    [InlineData("$.callRecord", "\"yes\"", "callRecord")]
    [InlineData("$.callRecord", "false", "recordingLinks")]
    [InlineData("$.recordingLinks", "[\"call\",\"call\"]", "recordingLinks")]
    [InlineData("$.recordingLinks", "\"call\"", "recordingLinks")]
    [InlineData("$.colour", "\"red\"", "colour")]
    public void Read_Fault_NamesTheField(string path, string value, string field)
    {
        var json = JsonNode.Parse(Whole)!;
        var steps = path[2..].Split('.');
        var at = steps[..^1].Aggregate(json, (node, step) => node[step]!);
        at[steps[^1]] = JsonNode.Parse(value);

        var faults = Read(json.ToJsonString()).Faults;

        faults.Keys.Should().Contain(field);
        faults[field].Should().ContainSingle().Which.Should().NotBeEmpty();
    }

    [Fact]
    public void Read_CloseTheDeal_OnlyOfRulesWithATag()
    {
        var json = JsonNode.Parse("""{"name":"n","when":{"direction":"in","client":"known","result":"answered","tag":"Нецелевой"},"contact":"find","deal":{"action":"close"}}""")!;

        Read(json.ToJsonString()).Faults.Should().BeEmpty();
        json["when"]!.AsObject().Remove("tag");
        Read(json.ToJsonString()).Faults.Keys.Should().Equal("deal.action");
    }

    [Fact]
    public void Read_PersonOfTheCrm_MayHaveTheTasks()
    {
        var json = JsonNode.Parse(Whole)!;
        (json["task"]!["whose"], json["task"]!["personId"]) = ("person", People.Anna.ToString());

        Read(json.ToJsonString()).Faults.Should().BeEmpty();
        json["task"]!["personId"] = "00000000-0000-0000-0000-00000000000b";
        Read(json.ToJsonString()).Faults.Keys.Should().Equal("task.personId");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    public void Read_NoObject_SaysSo(string body) => Read(body).Faults.Keys.Should().Contain("$");

    private (CallRule Rule, int? Version, Dictionary<string, string[]> Faults) Read(string json, string id = "x")
    {
        using var document = JsonDocument.Parse(json);
        var rule = new RuleReader(Company.Settings(), _directory).Read(document.RootElement, id, out var version, out var faults);
        return (rule, version, faults);
    }
}
