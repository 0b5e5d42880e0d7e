using TelephonyHub.Recordings;
using TelephonyHub.Recordings.Archive;

namespace TelephonyHub.Tests.Recordings;

public sealed class ArchivePolicyTests
{
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Old = TimeSpan.FromDays(4);

    [Theory]
    [InlineData(MediaFaultKind.HostNotAllowed)]
    [InlineData(MediaFaultKind.Gone)]
    [InlineData(MediaFaultKind.TooLarge)]
    public void PermanentFault_IsGivenUpAtOnce(MediaFaultKind kind) => Pause(kind, 1, Young).Should().BeNull();

    [Theory]
    [InlineData(MediaFaultKind.Missing)]
    [InlineData(MediaFaultKind.Redirected)]
    [InlineData(MediaFaultKind.Unreachable)]
    [InlineData(MediaFaultKind.Refused)]
    [InlineData(MediaFaultKind.NotAudio)]
    [InlineData(MediaFaultKind.Incomplete)]
    public void PassingFault_IsTriedForThreeDays_EverMoreRarely(MediaFaultKind kind)
    {
        Pause(kind, 1, Young).Should().Be(TimeSpan.FromSeconds(4));
        Pause(kind, 4, Young).Should().Be(TimeSpan.FromSeconds(32));
        Pause(kind, 30, Young).Should().Be(TimeSpan.FromHours(1));
        Pause(kind, 30, Old).Should().BeNull();
        Pause(kind, 1, Old).Should().NotBeNull("a recording of before the archive was switched on has its tries, too");
    }

    [Fact]
    public void DiskFault_IsNeverGivenUp() => Pause(MediaFaultKind.Disk, 1000, TimeSpan.FromDays(400)).Should().Be(TimeSpan.FromHours(1));

    [Fact]
    public void RetryAfterOfThePbx_IsObeyed_WithinReason()
    {
        ArchivePolicy.Pause(new MediaFault(MediaFaultKind.Unreachable, "", TimeSpan.FromSeconds(77)), 1, Young, 1).Should().Be(TimeSpan.FromSeconds(77));
        ArchivePolicy.Pause(new MediaFault(MediaFaultKind.Unreachable, "", TimeSpan.FromDays(9)), 1, Young, 1).Should().Be(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("RIFF----WAVE", "audio/wav")]
    [InlineData("ID3---------", "audio/mpeg")]
    [InlineData("ÿû-", "audio/mpeg")]
    [InlineData("OggS", "audio/ogg")]
    [InlineData("<!DOCTYPE ht", null)]
    [InlineData("{\"error\":1}", null)]
    [InlineData("RIFF", null)]
    [InlineData("", null)]
    public void File_IsWhatItsFirstBytesSay(string head, string? type) => AudioType.Of(System.Text.Encoding.Latin1.GetBytes(head)).Should().Be(type);

    private static TimeSpan? Pause(MediaFaultKind kind, int attempts, TimeSpan age) => ArchivePolicy.Pause(new MediaFault(kind, ""), attempts, age, 1);
}
