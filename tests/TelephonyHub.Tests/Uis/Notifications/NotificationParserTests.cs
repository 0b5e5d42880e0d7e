using TelephonyHub.Uis.Notifications;

namespace TelephonyHub.Tests.Uis.Notifications;

public sealed class NotificationParserTests
{
    public static TheoryData<string> Events => [.. DefaultTemplates.All.Keys];

    [Theory]
    [MemberData(nameof(Events))]
    public void Parse_DefaultPostTemplate_KindByShape(string @event)
    {
        var notification = Notify.Post(DefaultTemplates.Post(@event)).Event();

        notification.Mnemonic.Should().Be(DefaultTemplates.All[@event].Kind);
        notification.NotificationTime.Should().Be(new DateTime(2026, 3, 28, 16, 29, 7, 234));
        notification.NotificationTime!.Value.Kind.Should().Be(DateTimeKind.Unspecified);
        notification.Fields.Should().NotContainKeys("contact_info", "call_info", "employee_info", "contact_id");
        if (notification.IsCallEvent)
        {
            notification.CallSessionId.Should().Be(187020303);
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Parse_DefaultTemplateWithAllNull_KindStillByShape(string @event)
    {
        var body = DefaultTemplates.Post(@event, name => name is "call_session_id" ? "5" : "null");

        Notify.Post(body).Event().Mnemonic.Should().Be(DefaultTemplates.All[@event].Kind);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Parse_DefaultGetTemplate_SameEventAsPost(string @event)
    {
        var post = Notify.Post(DefaultTemplates.Post(@event)).Event();

        foreach (var quoted in new[] { false, true })
        {
            var get = Notify.Get("token=T&" + DefaultTemplates.Get(@event, quoted)).Event();

            get.Mnemonic.Should().Be(post.Mnemonic);
            get.Fields.Should().BeEquivalentTo(post.Fields);
            get.ContentKey.Should().Be(post.ContentKey);
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Parse_EventInUrl_NamesTheKind(string @event)
    {
        Notify.Post(DefaultTemplates.Post(@event), $"event={@event}&token=T").Event().Mnemonic.Should().Be(@event);
        Notify.Get($"token=T&event={@event}&{DefaultTemplates.Get(@event, quoted: true)}").Event().Mnemonic.Should().Be(@event);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Parse_EveryNotation_SameContentKey(string @event)
    {
        var body = DefaultTemplates.Post(@event);
        var expected = Notify.Post(body, $"event={@event}").Event().ContentKey;
        string[] bodies =
        [
            Uri.EscapeDataString(body),
            Uri.EscapeDataString(body) + "=",
            body + "=",
            '\uFEFF' + body,
            "  \r\n" + body,
            DefaultTemplates.Get(@event, quoted: true),
            DefaultTemplates.Post(@event, name => $"\"{DefaultTemplates.Value(name)}\""),
        ];

        foreach (var sent in bodies)
        {
            foreach (var contentType in new[] { "application/json", "text/plain", "application/x-www-form-urlencoded", null })
            {
                Notify.Post(sent, $"event={@event}", contentType).Event().ContentKey.Should().Be(expected, "of {0}", sent);
            }
        }
    }

    [Fact]
    public void Parse_CallSessionFinished_AllFields()
    {
        var call = Notify.Post(DefaultTemplates.Post("call_session_finished")).Event();

        call.VirtualPhoneNumber.Should().Be("74951234567");
        call.ContactPhoneNumber.Should().Be("79161234567");
        call.CommunicationNumber.Should().Be(3);
        call.EmployeeFullName.Should().Be("Иванова Анна \"АТС\"");
        call.EmployeeId.Should().Be(323409);
        call.ExternalId.Should().Be("t456uy");
        call.CallSource.Should().Be("va");
        call.Direction.Should().Be("in");
        call.ScenarioName.Should().Be("Рабочее время");
        (call.TalkTimeDuration, call.TotalTimeDuration, call.WaitTimeDuration).Should().Be((12, 23, 11));
        call.TagNames.Should().Equal("VIP", "Опт");
    }

    [Fact]
    public void Parse_TalkRecordFile_LinkLengthAndTags()
    {
        var file = Notify.Post(DefaultTemplates.Post("talk_record_file")).Event();

        file.FileLink.Should().StartWith("https://app.uiscom.ru/system/media/talk/187020303/");
        file.FileDuration.Should().Be(12);
        file.TagIds.Should().Equal(7, 8);
        file.ContactFullName.Should().Be("Пётр Петров");
    }

    [Fact]
    public void Parse_ObservedBody_Exactly()
    {
        var call = Notify.Post("""
            {"notification_name":"crm-out","virtual_phone_number":"78630000000","notification_time":"2019-12-16 14:40:47.234","external_id":null,
             "contact_phone_number":"79500000000","employee_full_name":"…","employee_id":323409,"call_source":"va","direction":"in",
             "call_session_id":998677427,"scenario_name":"…","talk_time_duration":12,"total_time_duration":23,"wait_time_duration":11,
             "tag_names":null,"is_transfer":false,"last_talked_employee_id":323409}
            """).Event();

        call.Mnemonic.Should().Be(NotificationKinds.CallSessionFinished);
        call.CallSessionId.Should().Be(998677427);
        call.NotificationTime.Should().Be(new DateTime(2019, 12, 16, 14, 40, 47, 234));
        call.IsTransfer.Should().BeFalse();
        call.LastTalkedEmployeeId.Should().Be(323409);
        call.TagNames.Should().BeEmpty();
        call.Fields.Should().NotContainKeys("external_id", "tag_names");
    }

    [Theory]
    [InlineData("in_call_session", "notification_mnemonic,notification_name,virtual_phone_number,notification_time,scenario_name,contact_phone_number,communication_number,contact_id,contact_full_name,call_session_id")]
    [InlineData("call_session_finished", "notification_mnemonic,notification_name,virtual_phone_number,notification_time,scenario_name,contact_phone_number,communication_number,call_session_id,external_id,employee_full_name,employee_id,call_source,direction,talk_time_duration,total_time_duration,wait_time_duration,tag_names")]
    [InlineData("talk_record_file", "notification_mnemonic,notification_name,virtual_phone_number,notification_time,scenario_name,contact_phone_number,communication_number,contact_id,contact_full_name,call_session_id,employee_full_name,employee_id,file_link,file_duration,tag_ids,tag_names")]
    [InlineData("call_proceeding", "notification_mnemonic,notification_name,notification_time,external_id,contact_phone_number,contact_id,employee_full_name,employee_id,call_source,call_session_id,direction,leg_id")]
    [InlineData("out_call_session", "notification_mnemonic,notification_name,virtual_phone_number,notification_time,contact_phone_number,contact_id,contact_full_name,call_session_id,employee_full_name,employee_id,employee_phone_number")]
    [InlineData("talk_started", "notification_mnemonic,notification_name,notification_time,external_id,contact_phone_number,contact_id,employee_full_name,employee_id,call_source,call_session_id,direction,leg_ids")]
    [InlineData("talk_finished", "notification_mnemonic,notification_name,virtual_phone_number,notification_time,external_id,contact_phone_number,communication_number,employee_full_name,employee_id,call_source,call_session_id,direction,scenario_name,talk_time_duration,leg_ids")]
    [InlineData("lost_call_session", "notification_mnemonic,notification_name,virtual_phone_number,notification_time,scenario_name,wait_time_duration,employee_ids,contact_phone_number,communication_number,contact_id,contact_full_name,call_session_id")]
    public void Parse_FlatVariant_NamedKindAndShapeAgree(string mnemonic, string names)
    {
        var members = names.Split(',').Select(name => (name, value: name is "notification_mnemonic" ? $"\"{mnemonic}\"" : DefaultTemplates.Value(name))).ToList();
        var named = "{" + string.Join(",", members.Select(member => $"\"{member.name}\":{member.value}")) + "}";
        var unnamed = "{" + string.Join(",", members.Skip(1).Select(member => $"\"{member.name}\":{member.value}")) + "}";

        Notify.Post(named).Event().Mnemonic.Should().Be(mnemonic);
        Notify.Post(unnamed).Event().Mnemonic.Should().Be(DefaultTemplates.All[mnemonic].Kind);
    }

    [Theory]
    [InlineData("""{"notification_mnemonic":"talk_started","call_session_id":5}""", "event=in_call_session", "talk_started")]
    [InlineData("""{"event_type":"in_call_session","call_session_id":5}""", "", "in_call_session")]
    [InlineData("""{"notification_mnemonic":null,"call_session_id":5}""", "event=out_call", "out_call")]
    [InlineData("""{"notification_mnemonic":{{notification_mnemonic}},"call_session_id":5}""", "event=out_call", "out_call")]
    [InlineData("""{"notification_mnemonic":"notification_mnemonic","call_session_id":5}""", "event=out_call", "out_call")]
    [InlineData("""{"notification_mnemonic":""call_connected"","call_session_id":"5"}""", "", "call_connected")]
    [InlineData("""{"call_session_id":5}""", "event=%22in_call%22", "in_call")]
    public void Parse_KindByPrecedence_Expected(string body, string query, string expected) =>
        Notify.Post(body, query).Event().Mnemonic.Should().Be(expected);

    [Theory]
    [InlineData("""{"notification_mnemonic":"NOTIFY_START","call_session_id":5}""", "event=in_call", "NOTIFY_START")]
    [InlineData("""{"call_session_id":5,"leg_id":7}""", "event=incoming_call", "incoming_call")]
    [InlineData("""{"notification_mnemonic":"leg_unknown","call_session_id":5}""", "", "leg_unknown")]
    public void Parse_UnknownMnemonic_NotUnderstoodNamingIt(string body, string query, string named) =>
        Notify.Post(body, query).Reason().Should().Contain(named);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"call_session_id":null}""")]
    [InlineData("""{"call_session_id":0}""")]
    [InlineData("""{"call_session_id":-5}""")]
    [InlineData("""{"call_session_id":"abc"}""")]
    [InlineData("""{"call_session_id":[5]}""")]
    [InlineData("""{"call_session_id":{"call_session_id":{}}}""")]
    [InlineData("""{"call_session_id":99999999999999999999999}""")]
    [InlineData("""{"call_session_id":5.5}""")]
    [InlineData("""{"call_session_id":{{call_session_id}}}""")]
    [InlineData("""{"call_session_id":call_session_id}""")]
    public void Parse_CallEventWithoutSession_NotUnderstood(string body) =>
        Notify.Post(body, "event=in_call_session").Should().BeOfType<NotificationResult.NotUnderstood>();

    [Fact]
    public void Parse_TruncatedJson_NotUnderstoodInsteadOfAWrongNumber()
    {
        var body = """{"notification_mnemonic":"in_call_session","call_session_id":187020303}""";

        for (var length = 1; length < body.Length; length++)
        {
            Notify.Post(body[..length]).Should().BeOfType<NotificationResult.NotUnderstood>("cut at {0}", length);
        }
    }

    [Theory]
    [InlineData("chat_finished")]
    [InlineData("lost_chat")]
    [InlineData("offline_message")]
    [InlineData("event")]
    [InlineData("fax_receive_finished")]
    [InlineData("sip_line_unregister")]
    [InlineData("unanswered_chats")]
    public void Parse_KindWithoutCall_UnderstoodWithoutSession(string mnemonic)
    {
        var notification = Notify.Post("""{"notification_name":"x"}""", $"event={mnemonic}").Event();

        notification.Mnemonic.Should().Be(mnemonic);
        notification.IsCallEvent.Should().BeFalse();
    }

    [Fact]
    public void Parse_MarkOnChat_IsNoCallEvent() =>
        Notify.Post("""{"notification_mnemonic":"set_mark","communication_type":"chat","communication_id":12323,"tag_id":7,"tag_name":"VIP"}""")
            .Event().IsCallEvent.Should().BeFalse();

    [Fact]
    public void Parse_NovofonEnvelope_FallsThroughToTheShape()
    {
        var call = Notify.Post("""
            {"event":"CALL_END","integration_key":"k","notification_name":"n","notification_time":"2026-03-28 16:29:07",
             "contact_info":{"contact_phone_number":"79161234567"},"employee_info":{"employee_id":5,"employee_email":"a@b.ru","extension":"101"},
             "call_info":{"call_session_id":187020303,"total_time_duration":20,"talk_time_duration":0,"is_lost":true}}
            """).Event();

        call.Mnemonic.Should().Be(NotificationKinds.CallSessionFinished);
        call.IsLost.Should().BeTrue();
        call.EmployeeEmail.Should().Be("a@b.ru");
    }
}
