using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Simulator.Uis.Notifications;

namespace TelephonyHub.Tests.Simulator.Uis;

public sealed class TemplateTests
{
    [Fact]
    public void Default_CallSessionFinished_IsTheTextOfTheReference() =>
        NotificationTemplates.Default.Find("call_session_finished", "POST").Should().Be("""
            {"notification_name":{{notification_name}},"virtual_phone_number":{{virtual_phone_number}},"notification_time":{{notification_time}},"external_id":{{external_id}},
             "contact_info":{"contact_phone_number":{{contact_phone_number}},"communication_number":{{communication_number}}},
             "employee_info":{"employee_full_name":{{employee_full_name}},"employee_id":{{employee_id}}},
             "call_info":{"call_source":{{call_source}},"direction":{{direction}},"call_session_id":{{call_session_id}},"scenario_name":{{scenario_name}},
               "talk_time_duration":{{talk_time_duration}},"total_time_duration":{{total_time_duration}},"wait_time_duration":{{wait_time_duration}},"tag_names":{{tag_names}}}}
            """);

    [Theory]
    [InlineData("in_call_session", "notification_name,virtual_phone_number,notification_time,scenario_name,contact_info{contact_phone_number,communication_number,contact_id,contact_full_name},call_session_id")]
    [InlineData("lost_call_session", "notification_name,virtual_phone_number,notification_time,scenario_name,contact_info{contact_phone_number,communication_number,contact_id,contact_full_name},call_session_id,wait_time_duration,employee_ids")]
    [InlineData("out_call_session", "notification_name,virtual_phone_number,notification_time,contact_info{contact_phone_number,contact_id,contact_full_name},call_session_id,employee_info{employee_full_name,employee_id,employee_phone_number}")]
    [InlineData("in_call", "notification_name,notification_time,external_id,contact_info{contact_phone_number,contact_id},employee_info{employee_full_name,employee_id},call_source,call_session_id,direction,leg_id")]
    [InlineData("talk_started", "notification_name,notification_time,external_id,contact_info{contact_phone_number,contact_id},employee_info{employee_full_name,employee_id},call_source,call_session_id,direction,leg_ids")]
    [InlineData("talk_finished", "notification_name,virtual_phone_number,notification_time,external_id,contact_info{contact_phone_number,communication_number},employee_info{employee_full_name,employee_id},call_info{call_source,call_session_id,direction,scenario_name,talk_time_duration},leg_ids")]
    [InlineData("talk_record_file", "notification_name,virtual_phone_number,notification_time,scenario_name,contact_info{contact_phone_number,communication_number,contact_id,contact_full_name},call_session_id,employee_info{employee_full_name,employee_id},call_record_file_info{file_link,call_record_duration},tag_ids,tag_names")]
    [InlineData("voice_message", "notification_name,virtual_phone_number,notification_time,scenario_name,contact_info{contact_phone_number,communication_number,contact_id,contact_full_name},call_session_id,voice_mail_file_info{file_link,file_duration}")]
    [InlineData("set_mark", "notification_name,virtual_phone_number,notification_time,external_id,contact_info{contact_phone_number,communication_number},call_info{call_source,call_session_id,direction},tag_info{tag_id,tag_name}")]
    [InlineData("call_hold_control", "notification_name,notification_time,virtual_phone_number,employee_full_name,employee_phone_number,employee_id,contact_full_name,contact_phone_number,status,leg_id,direction,call_session_id")]
    [InlineData("talk_record_control", "notification_name,notification_time,virtual_phone_number,employee_full_name,employee_phone_number,employee_id,contact_full_name,contact_phone_number,status,leg_ids,direction,call_session_id,file_link")]
    public void Default_Post_HasTheShapeOfTheReference(string mnemonic, string shape)
    {
        var body = TemplateRenderer.Body(NotificationTemplates.Default.Find(mnemonic, "POST")!, Values(), new NotificationFaults());

        Shape(JsonNode.Parse(body)!.AsObject()).Should().Be(shape);
    }

    [Fact]
    public void Default_LegEvents_AreIdentical() =>
        new[] { "call_connected", "call_disconnected", "call_proceeding", "in_call", "out_call" }
            .Select(mnemonic => NotificationTemplates.Default.Find(mnemonic, "POST")).Distinct(StringComparer.Ordinal).Should().ContainSingle();

    [Fact]
    public void DefaultGet_CallSessionFinished_KeepsTheVendorsSlips()
    {
        var template = NotificationTemplates.Default.Find("call_session_finished", "GET")!;

        template.Should().Contain("communication_number={{communication_number}}employee_full_name={{employee_full_name}}&");
        template.Split("&contact_phone_number=").Should().HaveCount(3, "the key is repeated");
    }

    [Fact]
    public void DefaultGet_TalkFinished_SpellsContactFullname() =>
        NotificationTemplates.Default.Find("talk_finished", "GET").Should().Contain("&contact_fullname={{contact_full_name}}&");

    [Fact]
    public void Flat_Mnemonics_AreTheEightOfPlanfix() => NotificationTemplates.Flat.Mnemonics.Should().BeEquivalentTo(
        "in_call_session", "call_session_finished", "talk_record_file", "call_proceeding", "out_call_session", "talk_started", "talk_finished", "lost_call_session");

    [Fact]
    public void Recommended_EveryCallEvent_NamesEventAccountAndNumbers()
    {
        foreach (var mnemonic in NotificationTemplates.Recommended.Mnemonics.Where(mnemonic => mnemonic != "sip_line_unregister"))
        {
            NotificationTemplates.Recommended.Find(mnemonic, "POST").Should().ContainAll(
                "\"notification_mnemonic\":{{notification_mnemonic}}", "{{app_id}}", "{{is_internal}}", "{{calling_phone_number}}", "{{called_phone_number}}");
        }
    }

    [Fact]
    public void Body_Values_AreJsonLiterals() => TemplateRenderer.Body(
            """{"a":{{text}},"b":{{number}},"c":{{list}},"d":{{missing}},"e":{{flag}},"f":bare}""", Values(), new NotificationFaults())
        .Should().Be("""{"a":"Анна \"A\"","b":7,"c":[1,2],"d":null,"e":true,"f":bare}""");

    [Fact]
    public void Body_QuotedPlaceholders_DoublesQuotes() => TemplateRenderer.Body(
            """{"a":{{text2}},"b":{{number}}}""", Values(), new NotificationFaults { QuotedPlaceholders = true })
        .Should().Be("""{"a":""in"","b":"7"}""");

    [Fact]
    public void Body_NullVariables_AreNull()
    {
        var faults = new NotificationFaults();
        faults.NullVariables.Add("number");

        TemplateRenderer.Body("{{number}} {{text2}}", Values(), faults).Should().Be("null \"in\"");
    }

    [Fact]
    public void Query_Styles_PlainOrLiteral()
    {
        const string Template = "a={{text2}}&b={{missing}}&c={{list}}";

        TemplateRenderer.Query(Template, Values(), new NotificationFaults(), GetValueStyle.Plain).Should().Be("a=in&b=&c=%5B1%2C2%5D");
        TemplateRenderer.Query(Template, Values(), new NotificationFaults(), GetValueStyle.JsonLiteral).Should().Be("a=%22in%22&b=null&c=%5B1%2C2%5D");
    }

    private static Dictionary<string, object?> Values() => new(StringComparer.Ordinal)
    {
        ["text"] = "Анна \"A\"",
        ["text2"] = "in",
        ["number"] = 7L,
        ["list"] = new[] { 1L, 2L },
        ["flag"] = true,
    };

    private static string Shape(JsonObject node) => string.Join(',', node.Select(member =>
        member.Value is JsonObject inner ? member.Key + "{" + Shape(inner) + "}" : member.Key));
}
