using System.Globalization;
using System.Text;

namespace TelephonyHub.Creatio.OData;

/// <summary>Literals of filter expressions and their encoding in an address (reference 1.4).</summary>
internal static class ODataLiteral
{
    public static string Of(Guid value) => value.ToString("D");

    public static string Of(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(DateTimeOffset value) => CreatioValue.Instant(value);

    /// <summary>
    /// Percent-encodes an option's value. What RFC 3986 allows in a query and OData uses as punctuation stays readable; <c>+ # &amp; =</c> and the
    /// space are encoded, for servers take them apart otherwise.
    /// </summary>
    public static string Encode(string value) =>
        new StringBuilder(Uri.EscapeDataString(value))
            .Replace("%28", "(").Replace("%29", ")").Replace("%27", "'").Replace("%2C", ",").Replace("%2F", "/").Replace("%3A", ":")
            .Replace("%24select%3D", "$select=")
            .ToString();
}
