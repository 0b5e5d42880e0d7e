using System.Text;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Calls;
using TelephonyHub.Intake;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Intake;

/// <summary>A request of the PBX becomes a fact in the hub's terms, or goes whole into quarantine.</summary>
public sealed class EventReaderTests
{
    private static readonly DateTimeOffset Received = new(2026, 3, 28, 13, 30, 0, TimeSpan.Zero);
    private readonly EventReader _reader = new(new FakeTimeProvider(Received));

    [Theory]
    [InlineData("in_call_session", CallEventKind.IncomingSession)]
    [InlineData("out_call_session", CallEventKind.OutgoingSession)]
    [InlineData("in_call", CallEventKind.IncomingLeg)]
    [InlineData("out_call", CallEventKind.OutgoingLeg)]
    [InlineData("call_proceeding", CallEventKind.Ringing)]
    [InlineData("call_connected", CallEventKind.Connected)]
    [InlineData("talk_started", CallEventKind.TalkStarted)]
    [InlineData("talk_finished", CallEventKind.TalkFinished)]
    [InlineData("call_disconnected", CallEventKind.LegEnded)]
    [InlineData("call_session_finished", CallEventKind.SessionFinished)]
    [InlineData("lost_call_session", CallEventKind.SessionLost)]
    [InlineData("talk_record_file", CallEventKind.RecordingReady)]
    [InlineData("voice_message", CallEventKind.VoiceMail)]
    [InlineData("set_mark", CallEventKind.TagSet)]
    [InlineData("unset_mark", CallEventKind.TagUnset)]
    [InlineData("call_hold_control", CallEventKind.HoldControl)]
    [InlineData("talk_record_control", CallEventKind.RecordControl)]
    public void Read_NamedEvent_ItsKindWhetherNamedInBodyOrUrl(string mnemonic, CallEventKind kind)
    {
        Post($$"""{"notification_mnemonic":"{{mnemonic}}","call_session_id":187020303}""").Event!.Kind.Should().Be(kind);
        Post("""{"call_session_id":187020303}""", $"event={mnemonic}").Event!.Kind.Should().Be(kind);
    }

    [Fact]
    public void Read_AgainWithoutATimeOfItsOwn_HappenedWhenItWasReceived()
    {
        var then = Received.AddDays(-3);

        var entry = _reader.Read(
            Company.Settings().Cabinets[Company.Moscow], "POST", "", "application/json", Encoding.UTF8.GetBytes("""{"notification_mnemonic":"talk_started","call_session_id":187020303}"""), then);

        entry.Event!.At.Should().Be(then);
        entry.ReceivedAt.Should().Be(then);
    }

    [Fact]
    public void Read_LegTemplateThatDoesNotSayWhich_ProvesTheLegOnly()
    {
        var fact = Post("""
            {"notification_name":"x","notification_time":"2026-03-28 16:29:07","external_id":null,"contact_info":{"contact_phone_number":"79161234567","contact_id":null},
             "employee_info":{"employee_full_name":"Анна","employee_id":8},"call_source":"va","call_session_id":187020303,"direction":"in","leg_id":501}
            """).Event!;

        (fact.Kind, fact.EmployeeId).Should().Be((CallEventKind.LegUnknown, 8L));
        fact.LegIds.Should().Equal(501);
        CallFold.From(new SessionKey(Company.Moscow, 187020303), [fact]).Should().Match<Call>(c => !c.Answered && c.Rung.Count == 0 && c.RingingNow.Count == 0);
    }

    [Fact]
    public void Read_TagTemplateThatDoesNotSayWhich_SetsNoTag()
    {
        var fact = Post("""
            {"notification_name":"x","virtual_phone_number":"74951234567","notification_time":"2026-03-28 16:29:07","external_id":null,"contact_info":{"contact_phone_number":"79161234567","communication_number":1},
             "call_info":{"call_source":"va","call_session_id":187020303,"direction":"in"},"tag_info":{"tag_id":7,"tag_name":"Нецелевой"}}
            """).Event!;

        CallFold.From(new SessionKey(Company.Moscow, 187020303), [fact]).Tags.Should().BeEmpty();
    }

    [Theory]
    [InlineData("2026-03-28 16:29:07.234", "2026-03-28T13:29:07.234Z")]
    [InlineData("2026-03-28 16:29:07", "2026-03-28T13:29:07Z")]
    [InlineData("{{notification_time}}", "2026-03-28T13:30:00Z")]
    [InlineData("soon", "2026-03-28T13:30:00Z")]
    public void Read_Time_OfTheAccountsZoneElseWhenReceived(string time, string expected) =>
        Post($$"""{"notification_mnemonic":"in_call_session","call_session_id":1,"notification_time":"{{time}}"}""").Event!.At
            .Should().Be(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Read_FinishedSession_EveryFact()
    {
        var fact = Post("""
            {"notification_mnemonic":"call_session_finished","virtual_phone_number":"74951234567","notification_time":"2026-03-28 16:30:00","external_id":"t1","contact_phone_number":"79161234567",
             "employee_full_name":"Анна","employee_id":8,"direction":"in","call_session_id":187020303,"talk_time_duration":12,"total_time_duration":23,"wait_time_duration":11,"tag_names":["VIP"],
             "is_internal":false,"is_lost":false,"last_talked_employee_id":9,"start_time":"2026-03-28 16:29:37","record_file_links":["https://app.uiscom.ru/a"]}
            """).Event!;

        fact.Should().BeEquivalentTo(new CallEvent
        {
            Kind = CallEventKind.SessionFinished,
            At = new DateTimeOffset(2026, 3, 28, 13, 30, 0, TimeSpan.Zero),
            StartedAt = new DateTimeOffset(2026, 3, 28, 13, 29, 37, TimeSpan.Zero),
            VirtualNumber = "74951234567",
            ExternalId = "t1",
            ClientPhone = "79161234567",
            EmployeeId = 8,
            EmployeeName = "Анна",
            LastTalkedEmployeeId = 9,
            Direction = CallDirection.In,
            TalkSeconds = 12,
            TotalSeconds = 23,
            WaitSeconds = 11,
            IsInternal = false,
            IsLost = false,
            Tags = ["VIP"],
            FileLinks = ["https://app.uiscom.ru/a"],
        });
    }

    [Fact]
    public void Read_TalkWithLegs_EachLegOnce() =>
        Post("""{"notification_mnemonic":"talk_started","call_session_id":1,"leg_id":502,"leg_ids":"[502,501]"}""").Event!.LegIds.Should().Equal(501, 502);

    [Fact]
    public void Read_RecordControlWithALink_NoRecordingYet() =>
        Post("""{"notification_mnemonic":"talk_record_control","call_session_id":1,"status":"on","file_link":"https://x/1"}""").Event!.FileLinks.Should().BeEmpty("the file is not ready");

    [Theory]
    [InlineData("chat_finished")]
    [InlineData("lost_chat")]
    [InlineData("fax_receive_finished")]
    [InlineData("offline_message")]
    [InlineData("sip_line_unregister")]
    public void Read_EventWithoutCall_AcceptedAndNoCall(string mnemonic)
    {
        var entry = Post($$"""{"notification_mnemonic":"{{mnemonic}}","chat_id":1}""");

        entry.Should().Match<JournalEntry>(e => e.Event == null && e.SessionId == null && e.QuarantineReason == null && e.Mnemonic == mnemonic);
    }

    [Theory]
    [InlineData("""{"notification_mnemonic":"talk_started"}""")]
    [InlineData("""{"notification_mnemonic":"talk_started","call_session_id":"x"}""")]
    [InlineData("""{"notification_mnemonic":"brand_new_event","call_session_id":1}""")]
    [InlineData("""{"call_session_id":1,"what":"is this"}""")]
    [InlineData("{\"call_session_id\":")]
    [InlineData("")]
    [InlineData("\0\0")]
    public void Read_NotUnderstood_QuarantinedWholeWithAReason(string body)
    {
        var entry = Post(body);

        entry.QuarantineReason.Should().NotBeNullOrEmpty();
        entry.Event.Should().BeNull();
        entry.Body.Should().Equal(Encoding.UTF8.GetBytes(body));
        entry.ContentKey.Should().HaveLength(64);
    }

    [Fact]
    public void Read_BytesThatAreNoText_KeptAsTheyCame()
    {
        byte[] body = [0xFF, 0x00, 0xFE, 0x80];

        _reader.Read(Company.Settings().Cabinets[Company.Moscow], "POST", "", null, body).Body.Should().Equal(body);
    }

    [Fact]
    public void Read_SameEventTwiceInAnotherNotation_SameKey()
    {
        var flat = Post("""{"notification_mnemonic":"talk_started","call_session_id":1,"notification_time":"2026-03-28 16:29:07","leg_ids":[1,2]}""");
        var again = Post("""{ "leg_ids":[1,2], "call_session_id":1, "notification_time":"2026-03-28 16:29:07", "notification_mnemonic":"talk_started" }""");

        again.ContentKey.Should().Be(flat.ContentKey);
        Post("""{"notification_mnemonic":"talk_started","call_session_id":1,"notification_time":"2026-03-28 16:29:08","leg_ids":[1,2]}""").ContentKey.Should().NotBe(flat.ContentKey);
    }

    [Fact]
    public void Read_GarbageTwice_SameKeyAndOtherGarbageAnother()
    {
        Post("garbage{").ContentKey.Should().Be(Post("garbage{").ContentKey);
        Post("garbage{").ContentKey.Should().NotBe(Post("garbage}").ContentKey);
    }

    private JournalEntry Post(string body, string query = "") => _reader.Read(Company.Settings().Cabinets[Company.Moscow], "POST", query, "application/json", Encoding.UTF8.GetBytes(body));
}
