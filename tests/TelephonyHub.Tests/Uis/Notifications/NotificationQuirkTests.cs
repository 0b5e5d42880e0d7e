using System.Text;
using TelephonyHub.Uis.Notifications;

namespace TelephonyHub.Tests.Uis.Notifications;

/// <summary>What templates and frameworks do to a body on its way (reference 3.2, 3.4, 6).</summary>
public sealed class NotificationQuirkTests
{
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
    public void Parse_HostileBodies_CostGrowsWithTheirLengthOnly()
    {
        foreach (var (n, hostile) in HostileBodies(1).Zip(HostileBodies(8)).Index())
        {
            var (small, large) = (CostOf(hostile.First), CostOf(hostile.Second));

            // In one run, eight times the length: nested scans would take 64 times as long. The least of a few, because the machine has other work, too.
            large.Should().BeLessThan((30 * small) + TimeSpan.FromMilliseconds(100), $"body {n} is {hostile.Second.Length} characters long");
        }
    }

    private static string[] HostileBodies(int times)
    {
        string Repeated(string part, int count) => string.Concat(Enumerable.Repeat(part, count * times / 8));
        return
        [
            Repeated("[", 500_000), Repeated("{", 500_000), Repeated("{\"a\":", 100_000),
            "{\"a\":" + Repeated("\"[x", 200_000), "{\"a\":" + Repeated("\"\"a", 200_000),
            "{" + Repeated("\"a\":\"\"x", 100_000), Repeated("%7B&", 200_000),
            Repeated("{{", 300_000), "[" + Repeated("{{a", 200_000),
            Repeated("a=[&", 200_000), Repeated("\"", 500_000), Repeated("\"\\", 300_000),
        ];
    }

    private static TimeSpan CostOf(string body) => Enumerable.Range(0, 3).Min(_ =>
    {
        var started = TimeProvider.System.GetTimestamp();
        Notify.Post(body, "event=in_call").Should().BeOfType<NotificationResult.NotUnderstood>();
        return TimeProvider.System.GetElapsedTime(started);
    });

    [Fact]
    public void Parse_NothingAtAll_NotUnderstood()
    {
        Notify.Bytes([], "").Reason().Should().NotBeEmpty();
        Notify.Post("hello").Reason().Should().NotBeEmpty();
        NotificationParser.Parse(new NotificationRequest(null!, null!, null, default)).Reason().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("""{"":"","call_session_id":5,"call_session_id":6}""")]
    [InlineData("""{"":null,"":[],"":{"":""},"call_session_id":"5"}""")]
    public void Parse_EmptyAndDoubleNames_FirstValueCounts(string body) => Notify.Post(body, "event=in_call").Event().CallSessionId.Should().Be(5);

    [Fact]
    public void Parse_Utf8Bom_Ignored() =>
        Notify.Bytes([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"call_session_id":5}""")], "event=in_call").Event().CallSessionId.Should().Be(5);
}
