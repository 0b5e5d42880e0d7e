using System.Globalization;

namespace TelephonyHub.Creatio;

/// <summary>Spelling of values that JSON has no type for.</summary>
public static class CreatioValue
{
    /// <summary>Instant as Creatio reads and writes it: UTC, <c>Z</c>, up to seven digits of a second (reference 1.4).</summary>
    public static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
