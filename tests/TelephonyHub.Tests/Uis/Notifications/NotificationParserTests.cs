using System.Text;
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

    [Fact]
    public void Parse_BodyAndQuery_BodyWinsQueryFillsIn()
    {
        var call = Notify.Post(
            """{"call_session_id":5,"direction":"in","external_id":null}""",
            "token=secret&event=in_call_session&direction=out&external_id=e1&app_id=77").Event();

        call.Direction.Should().Be("in");
        call.ExternalId.Should().Be("e1");
        call.AppId.Should().Be(77);
        call.Fields.Should().NotContainKeys("token", "event");
    }

    [Fact]
    public void Parse_FormBody_FieldsAndArrays()
    {
        var call = Notify.Post(
            "notification_mnemonic=talk_started&call_session_id=5&leg_ids=%5B1%2C2%5D&tag_names[]=a&tag_names[]=%D0%B1&contact_info[contact_phone_number]=%2B79161234567&employee_full_name=%D0%98%D0%B2%D0%B0%D0%BD+%D0%9F").Event();

        call.LegIds.Should().Equal(1, 2);
        call.TagNames.Should().Equal("a", "б");
        call.ContactPhoneNumber.Should().Be("+79161234567");
        call.EmployeeFullName.Should().Be("Иван П");
    }

    [Fact]
    public void Parse_JsonAsFormKeySplitInsideStrings_Whole()
    {
        var json = """{"notification_mnemonic":"talk_record_file","call_session_id":5,"file_link":"https://m.ru/a?x=1&y=2","contact_full_name":"A & B = 100%"}""";

        foreach (var body in new[] { json, json + "=", Uri.EscapeDataString(json) + "=&extra=1", Uri.EscapeDataString(json).Replace("%3D", "=").Replace("%26", "&") })
        {
            var call = Notify.Post(body, contentType: "application/x-www-form-urlencoded").Event();
            call.FileLink.Should().Be("https://m.ru/a?x=1&y=2");
            call.ContactFullName.Should().Be("A & B = 100%");
        }
    }

    [Fact]
    public void Parse_GetTemplateBug_MissingAmpersandUnderstood()
    {
        var call = Notify.Get(
            "event=call_session_finished&contact_phone_number=79161234567&communication_number=3employee_full_name=Иван Петров&contact_phone_number=79161234567&employee_id=5&call_session_id=9").Event();

        call.CommunicationNumber.Should().Be(3);
        call.EmployeeFullName.Should().Be("Иван Петров");
        call.EmployeeId.Should().Be(5);
    }

    [Theory]
    [InlineData("communication_number=nullemployee_full_name=%22X%22", null, "X")]
    [InlineData("communication_number=employee_full_name=X", null, "X")]
    [InlineData("communication_number=%223%22employee_full_name=null", 3, null)]
    public void Parse_GetTemplateBug_OtherValues(string fault, int? number, string? name)
    {
        var call = Notify.Get($"event=call_session_finished&call_session_id=9&{fault}").Event();

        call.CommunicationNumber.Should().Be(number);
        call.EmployeeFullName.Should().Be(name);
    }

    [Fact]
    public void Parse_ContactFullnameOfEvent18_IsContactFullName() =>
        Notify.Get("event=talk_finished&call_session_id=9&contact_fullname=%22Пётр%22").Event().ContactFullName.Should().Be("Пётр");

    [Fact]
    public void Parse_TemplateAppendedWithQuestionMark_Understood() =>
        Notify.Get("token=T&event=in_call?call_session_id=9&leg_id=4").Event().Should().BeEquivalentTo(new { Mnemonic = "in_call", CallSessionId = 9L, LegId = 4L });

    [Theory]
    [InlineData("2026-03-28 16:29:07", 0)]
    [InlineData("2026-03-28T16:29:07", 0)]
    [InlineData("2026-03-28 16:29:07.5", 500)]
    [InlineData("2026-03-28T16:29:07.234", 234)]
    public void Parse_TimeForms_AllRead(string text, int milliseconds) =>
        Notify.Post($$"""{"call_session_id":5,"notification_time":"{{text}}"}""", "event=in_call").Event()
            .NotificationTime.Should().Be(new DateTime(2026, 3, 28, 16, 29, 7, milliseconds));

    [Theory]
    [InlineData("\"notification_time\"")]
    [InlineData("{{notification_time}}")]
    [InlineData("\"{{notification_time}}\"")]
    [InlineData("notification_time")]
    [InlineData("\"2026-03-28 16:29:07Z\"")]
    [InlineData("1774700947")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    public void Parse_UnreadableTime_Absent(string literal) =>
        Notify.Post($$"""{"call_session_id":5,"notification_time":{{literal}}}""", "event=in_call").Event().NotificationTime.Should().BeNull();

    [Theory]
    [InlineData("\"\"in\"\"", "in")]
    [InlineData("\"\"\"in\"\"\"", "in")]
    [InlineData("\" in \"", "in")]
    [InlineData("\"null\"", null)]
    [InlineData("\"\"\"\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("direction", null)]
    public void Parse_QuotedPlaceholder_Repaired(string literal, string? expected)
    {
        var call = Notify.Post($$"""{"call_session_id":"5","direction": {{literal}} , "contact_full_name":"","external_id":"e"}""", "event=in_call").Event();

        call.Direction.Should().Be(expected);
        call.ExternalId.Should().Be("e");
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"[1,2]\"")]
    [InlineData("[\"1\", \"2\"]")]
    [InlineData("\"[\"1\",\"2\"]\"")]
    [InlineData("\"1,2\"")]
    public void Parse_Arrays_ReadHoweverWritten(string literal) =>
        Notify.Post($$"""{"call_session_id":5,"leg_ids":{{literal}},"direction":"in"}""", "event=talk_started").Event().LegIds.Should().Equal(1, 2);

    [Fact]
    public void Parse_TextInBrackets_StaysText()
    {
        var call = Notify.Post("""{"call_session_id":5,"contact_full_name":"[VIP]","tag_name":"a \"b\", c"}""", "event=set_mark").Event();

        call.ContactFullName.Should().Be("[VIP]");
        call.TagName.Should().Be("a \"b\", c");
    }

    [Fact]
    public void Parse_NulAndLoneSurrogates_MadeHarmless()
    {
        var call = Notify.Post("""{"call_session_id":5,"contact_full_name":"a\u0000b\ud800c","tag_name":"\ud83d\ude00"}""", "event=set_mark").Event();

        call.ContactFullName.Should().Be("a\uFFFDb\uFFFDc");
        call.TagName.Should().Be("😀");
        Notify.Bytes([.. "{\"call_session_id\":5,\"tag_name\":\"x"u8, 0, 0xFF, .. "\"}"u8], "event=set_mark").Event().TagName.Should().Be("x\uFFFD\uFFFD");
    }

    [Fact]
    public void Parse_HostileBodies_QuickAndWithoutException()
    {
        string[] hostile =
        [
            new string('[', 500_000), new string('{', 500_000), string.Concat(Enumerable.Repeat("{\"a\":", 100_000)),
            "{\"a\":" + string.Concat(Enumerable.Repeat("\"[x", 200_000)), "{\"a\":" + string.Concat(Enumerable.Repeat("\"\"a", 200_000)),
            "{" + string.Concat(Enumerable.Repeat("\"a\":\"\"x", 100_000)), string.Concat(Enumerable.Repeat("%7B&", 200_000)),
            string.Concat(Enumerable.Repeat("{{", 300_000)), "[" + string.Concat(Enumerable.Repeat("{{a", 200_000)),
            string.Concat(Enumerable.Repeat("a=[&", 200_000)), new string('"', 500_000), string.Concat(Enumerable.Repeat("\"\\", 300_000)),
        ];
        var started = TimeProvider.System.GetTimestamp();

        foreach (var body in hostile)
        {
            Notify.Post(body, "event=in_call").Should().BeOfType<NotificationResult.NotUnderstood>();
        }

        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Parse_NothingAtAll_NotUnderstood()
    {
        Notify.Bytes([], "").Reason().Should().NotBeEmpty();
        Notify.Post("hello").Reason().Should().NotBeEmpty();
        NotificationParser.Parse(new NotificationRequest(null!, null!, null, default)).Reason().Should().NotBeEmpty();
    }

    [Fact]
    public void Parse_Utf8Bom_Ignored() =>
        Notify.Bytes([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"call_session_id":5}""")], "event=in_call").Event().CallSessionId.Should().Be(5);
}
