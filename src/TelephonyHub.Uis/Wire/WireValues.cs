using System.Globalization;

namespace TelephonyHub.Uis.Wire;

/// <summary>Readings of a field's text; what cannot be read is null or empty, never an error.</summary>
internal static class WireValues
{
    // Documented and observed forms (reference 1.1, 3.2, 3.4.2); no offset, because the account's zone is meant.
    private static readonly string[] TimeForms =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm",
    ];

    internal static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static long? Long(string? text)
    {
        text = Text(text);
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return Decimal(text) is { } value && decimal.Truncate(value) == value && value is >= long.MinValue and <= long.MaxValue ? (long)value : null;
    }

    internal static int? NonNegativeInt(string? text) => Decimal(text) is { } value and >= 0 and <= int.MaxValue ? (int)decimal.Truncate(value) : null;

    internal static decimal? Decimal(string? text) =>
        decimal.TryParse(
            Text(text), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    internal static bool? Flag(string? text) => Text(text)?.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    internal static DateTime? LocalTime(string? text) =>
        DateTime.TryParseExact(Text(text), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    internal static IReadOnlyList<long> Longs(string? text) =>
        [.. Texts(text).SelectMany(item => item.Split(',')).Select(Long).Where(number => number is not null).Select(number => number!.Value)];

    internal static IReadOnlyList<string> Texts(string? text)
    {
        text = Text(text);
        if (text is null)
        {
            return [];
        }

        if (text[0] != '[' || TolerantJson.ReadStrict(text) is not WireNode.Items items)
        {
            return [text];
        }

        return [.. items.Values.OfType<WireNode.Scalar>().Select(item => Text(item.Text)).OfType<string>()];
    }

    /// <summary><c>12.0</c> is <c>12</c>; everything that is not a plain decimal number stays.</summary>
    internal static string Canonical(string text)
    {
        if (!text.Contains('.', StringComparison.Ordinal) || text.AsSpan().IndexOfAny('e', 'E') >= 0 || !TolerantJson.IsNumber(text))
        {
            return text;
        }

        return text.TrimEnd('0').TrimEnd('.');
    }
}
