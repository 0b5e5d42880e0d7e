using System.Globalization;
using CsCheck;
using TelephonyHub.Intake;

namespace TelephonyHub.Tests.Intake;

/// <summary>UIS writes times in the account's zone, without offset.</summary>
public sealed class WireTimeTests
{
    [Theory]
    [InlineData("Europe/Moscow", "2026-03-28 16:29:07", "2026-03-28T13:29:07Z")]
    [InlineData("Europe/Moscow", "2026-03-28 16:29:07.234", "2026-03-28T13:29:07.234Z")]
    [InlineData("Asia/Yekaterinburg", "2026-03-28 16:29:07", "2026-03-28T11:29:07Z")]
    [InlineData("Europe/Berlin", "2026-01-15 12:00:00", "2026-01-15T11:00:00Z")]
    [InlineData("Europe/Berlin", "2026-07-15 12:00:00", "2026-07-15T10:00:00Z")]
    [InlineData("UTC", "2026-03-28 16:29:07", "2026-03-28T16:29:07Z")]
    public void ToUtc_TimeOfTheAccount_Instant(string zone, string local, string expected) =>
        WireTime.ToUtc(DateTime.Parse(local, CultureInfo.InvariantCulture), Zone(zone)).Should().Be(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));

    [Fact]
    public void ToUtc_NoTime_Null() => WireTime.ToUtc(null, Zone("Europe/Moscow")).Should().BeNull();

    [Fact]
    public void ToUtc_HourThatTheClockSkips_StillAnInstantNearby() =>
        WireTime.ToUtc(new DateTime(2026, 3, 29, 2, 30, 0), Zone("Europe/Berlin")).Should().BeCloseTo(new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1));

    [Fact]
    public void ToUtc_HourThatComesTwice_OneOfTheTwo() =>
        WireTime.ToUtc(new DateTime(2026, 10, 25, 2, 30, 0), Zone("Europe/Berlin"))!.Value.UtcDateTime.Should().BeOneOf(new DateTime(2026, 10, 25, 0, 30, 0), new DateTime(2026, 10, 25, 1, 30, 0));

    [Theory]
    [InlineData("Asia/Yekaterinburg")]
    [InlineData("America/New_York")]
    public void ToUtc_EdgesOfTime_NullOrAnInstantNeverAnError(string zone)
    {
        foreach (var edge in new[] { DateTime.MinValue, DateTime.MaxValue })
        {
            FluentActions.Invoking(() => WireTime.ToUtc(edge, Zone(zone))).Should().NotThrow();
        }
    }

    [Fact]
    public void ToLocal_AnyInstant_ComesBack() =>
        Gen.Select(Gen.Int[0, 400_000_000], Gen.OneOf("Europe/Moscow", "Asia/Yekaterinburg", "UTC")).Sample((seconds, zone) =>
        {
            var instant = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
            return WireTime.ToUtc(WireTime.ToLocal(instant, Zone(zone)), Zone(zone)) == instant;
        });

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
