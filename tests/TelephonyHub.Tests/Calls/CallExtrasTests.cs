using TelephonyHub.Calls;
using static TelephonyHub.Tests.Calls.CallStory;

namespace TelephonyHub.Tests.Calls;

/// <summary>Recordings, tags and the descriptive fields.</summary>
public sealed class CallExtrasTests
{
    private const string Hash = "3dd1e8815bde5e7f9bb15831e1f51e63";

    [Fact]
    public void Recordings_SameFileThroughTwoLinks_Once()
    {
        var call = Fold([
            .. AnsweredBy(8),
            Recording(60, $"https://app.uiscom.ru/system/media/talk/187020303/{Hash}/", 30),
            Finished(41, 30) with { FileLinks = [$"https://media.uiscom.ru/talk/187020303/{Hash.ToUpperInvariant()}"] },
        ]);

        call.Recordings.Should().ContainSingle().Which.Should().Match<CallRecording>(r => r.Hash == Hash && r.Seconds == 30 && r.Kind == RecordingKind.Talk);
    }

    [Fact]
    public void Recordings_LinkWithAQuery_FileOfThePathIsTheSame() =>
        Fold(Recording(1, $"https://app.uiscom.ru/system/media/talk/1/{Hash}/"), Recording(2, $"https://app.uiscom.ru/system/media/talk/1/{Hash}/?disposition=inline")).Recordings
            .Should().ContainSingle();

    [Fact]
    public void Recordings_TwoFiles_Both() =>
        Fold(Recording(1, $"https://x/{Hash}/"), Recording(2, "https://x/00000000000000000000000000000001/")).Recordings.Should().HaveCount(2);

    [Fact]
    public void Recordings_LinkOfAnotherShape_HashOfTheLink()
    {
        var recording = Fold(Recording(1, "https://x/record?id=7")).Recordings.Single();

        recording.Hash.Should().HaveLength(32).And.MatchRegex("^[0-9a-f]+$");
        Fold(Recording(9, "https://x/record?id=7")).Recordings.Single().Hash.Should().Be(recording.Hash);
        Fold(Recording(9, "https://x/record?id=8")).Recordings.Single().Hash.Should().NotBe(recording.Hash);
    }

    [Fact]
    public void Recordings_VoiceMail_SaysSo() => Fold(Incoming(), VoiceMail(30, $"https://x/{Hash}/", 12)).Recordings.Single().Kind.Should().Be(RecordingKind.VoiceMail);

    [Fact]
    public void Tags_SetThenUnset_Gone() => Fold(Tag(50, "VIP"), Untag(60, "VIP"), Tag(55, "Опт")).Tags.Should().Equal("Опт");

    [Fact]
    public void Tags_UnsetThenSetAgain_There() => Fold(Untag(50, "VIP"), Tag(60, "VIP")).Tags.Should().Equal("VIP");

    [Fact]
    public void Tags_EventThatDoesNotSaySetOrUnset_ChangesNothing() =>
        Fold(Tag(50, "VIP"), Event(CallEventKind.LegUnknown, 60) with { Tags = ["Нецелевой"] }).Tags.Should().Equal("VIP");

    [Fact]
    public void ClientPhone_HiddenNumber_Null() => Fold(Event(CallEventKind.IncomingSession, 0) with { ClientPhone = "anonymous" }).Should()
        .Match<Call>(c => c.ClientPhone == null && c.ClientPhoneRaw == "anonymous");

    [Fact]
    public void ClientPhone_SessionEventAgainstALeg_SessionEventWins() =>
        Fold(PickedUp(5, 501, 8) with { ClientPhone = Moscow }, Incoming()).ClientPhone!.Value.Digits.Should().Be(Client);

    [Fact]
    public void Texts_BlankInOneEvent_TakenFromAnother()
    {
        var call = Fold(Incoming() with { ClientName = " " }, Recording(60, "https://x/1") with { ClientName = "Пётр Петров" }, Lost(20) with { LostReason = "Не дозвонились до сотрудника" });

        (call.ClientName, call.LostReason).Should().Be(("Пётр Петров", "Не дозвонились до сотрудника"));
    }
}
