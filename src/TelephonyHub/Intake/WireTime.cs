namespace TelephonyHub.Intake;

/// <summary>UIS writes times in the account's zone, without offset (reference 3.2, 2.1).</summary>
public static class WireTime
{
    public static DateTimeOffset? ToUtc(DateTime? local, TimeZoneInfo zone)
    {
        if (local is not { } time)
        {
            return null;
        }

        // In the hour that a clock change skips, the later offset is as good as any; in the doubled hour the zone's standard offset is taken.
        var unspecified = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
        var offset = zone.GetUtcOffset(unspecified);
        return unspecified.Ticks - offset.Ticks is var ticks && (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            ? null
            : new DateTimeOffset(unspecified, offset).ToUniversalTime();
    }

    /// <summary>The account's clock at an instant, for report intervals.</summary>
    public static DateTime ToLocal(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(instant, zone).DateTime, DateTimeKind.Unspecified);
}
