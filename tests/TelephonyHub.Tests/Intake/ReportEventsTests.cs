using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Intake;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Tests.Intake;

/// <summary>Rows of the cabinet's report → events (reference 2.3, 2.7).</summary>
public sealed class ReportEventsTests
{
    private const string Hash = "3dd1e8815bde5e7f9bb15831e1f51e63";
    private const string Other = "aaaaaaaabbbbbbbbccccccccdddddddd";
    private static readonly SessionKey Session = new(CabinetKey.Parse("msk"), 998);
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Uri Media = new("https://app.uiscom.ru/");

    [Theory]
    [InlineData("https://dataapi.uiscom.ru/v2.0", "https://app.uiscom.ru/")]
    [InlineData("https://dataapi.comagic.ru/v2.0", "https://app.comagic.ru/")]
    [InlineData("https://dataapi-jsonrpc.novofon.ru/v2.0", "https://app.novofon.ru/")]
    [InlineData("http://127.0.0.1:8080/v2.0", "http://127.0.0.1:8080/")]
    public void MediaAddress_OfADataApi_CabinetOfTheSameBrand(string dataApi, string media) => MediaAddress.Of(new Uri(dataApi)).ToString().Should().Be(media);

    [Fact]
    public void OfRecordings_TalksAndVoiceMail_LinksOfTheCommunication()
    {
        var events = Of(Row() with { CallRecords = [Hash], VoiceMailRecords = [Other] });

        events.Should().SatisfyRespectively(
            talk =>
            {
                talk.Kind.Should().Be(CallEventKind.RecordingReady);
                talk.FileLinks.Should().Equal($"https://app.uiscom.ru/system/media/talk/777/{Hash}/");
            },
            mail =>
            {
                mail.Kind.Should().Be(CallEventKind.VoiceMail);
                mail.FileLinks.Should().Equal($"https://app.uiscom.ru/system/media/voice_mail/777/{Other}/");
            });
    }

    [Fact]
    public void OfRecordings_WithoutCommunication_LinkOfTheSession() =>
        Of(Row() with { CommunicationId = null, CallRecords = [Hash] }).Single().FileLinks.Should().Equal($"https://app.uiscom.ru/system/media/talk/998/{Hash}/");

    [Fact]
    public void OfRecordings_OneOfTwoIsKnown_OnlyTheOther() =>
        Of(Row() with { CallRecords = [Hash, Other] }, new KnownRecording(Hash, VoiceMail: false)).Single().FileLinks.Should().ContainSingle().Which.Should().Contain(Other);

    [Fact]
    public void OfRecordings_KnownUnderAnotherHash_IsTheSameFile() =>
        Of(Row() with { CallRecords = [Hash] }, new KnownRecording(Other, VoiceMail: false)).Should().BeEmpty();

    [Fact]
    public void OfRecordings_KnownVoiceMail_IsNoTalk() =>
        Of(Row() with { CallRecords = [Hash] }, new KnownRecording(Other, VoiceMail: true)).Should().ContainSingle();

    [Fact]
    public void OfRecordings_RowWithout_Nothing() => Of(Row()).Should().BeEmpty();

    [Fact]
    public void OfRecordings_AfterTheNotificationOfTheSameFile_OneRecording()
    {
        var notified = new CallEvent { Kind = CallEventKind.RecordingReady, At = Now, FileLinks = [$"https://app.uiscom.ru/system/media/talk/998/{Hash}/"], FileSeconds = 40 };
        var events = Of(Row() with { CallRecords = [Hash] }).Append(notified).Append(new CallEvent { Kind = CallEventKind.IncomingSession, At = Now });

        CallFold.From(Session, events).Recordings.Should().ContainSingle().Which.Hash.Should().Be(Hash);
    }

    private static UisCallRow Row() => new() { Id = 998, CommunicationId = 777, StartTime = new DateTime(2026, 4, 1, 14, 0, 0), FinishTime = new DateTime(2026, 4, 1, 14, 1, 0) };

    private static List<CallEvent> Of(UisCallRow row, params KnownRecording[] known) =>
        [.. ReportEvents.OfRecordings(Session, row, known, Media, TimeZoneInfo.Utc, Now).Select(e => e.Event!)];
}
