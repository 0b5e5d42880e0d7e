using System.Globalization;
using System.Text.Json;
using TelephonyHub.Uis.Wire;

namespace TelephonyHub.Uis.JsonRpc;

/// <summary>
/// Object of an answer, read leniently: numbers come as text now and then, arrays as null, times in three forms (reference 1.1, 6).
/// </summary>
internal readonly struct UisRow(JsonElement element)
{
    // Documented: "…Z" in the text, "YYYY-MM-DD hh:mm:ss" in a table, "…T….418" in a sample.
    private static readonly string[] UtcForms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    internal bool IsObject => element.ValueKind == JsonValueKind.Object;

    internal static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => WireValues.Text(StringOf(value)),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    internal string? Text(string name) => Member(name) is { } value ? TextOf(value) : null;

    internal long? Long(string name) => WireValues.Long(Text(name));

    internal int? Int(string name) => WireValues.Long(Text(name)) is { } number and >= int.MinValue and <= int.MaxValue
        ? (int)number
        : WireValues.NonNegativeInt(Text(name));

    internal decimal? Decimal(string name) => decimal.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    internal bool? Flag(string name) => WireValues.Flag(Text(name));

    internal DateTime? Time(string name)
    {
        var text = Text(name);
        return WireValues.LocalTime(text)
            ?? (DateTime.TryParseExact(
                text, UtcForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var utc)
                ? utc
                : null);
    }

    /// <summary>New reports give <c>{"value":"Пропущенный","value_id":"lost"}</c>: the code is meant.</summary>
    internal string? Code(string name) => Object(name) is { } coded ? coded.Text("value_id") ?? coded.Text("value") : Text(name);

    internal UisRow? Object(string name) => Member(name) is { ValueKind: JsonValueKind.Object } value ? new UisRow(value) : null;

    internal IReadOnlyList<UisRow> Rows(string name) => Member(name) is { } value ? RowsOf(value) : [];

    internal IReadOnlyList<string> Texts(string name) => Member(name) switch
    {
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(TextOf).OfType<string>()],
        { ValueKind: JsonValueKind.String } text => WireValues.Texts(StringOf(text)),
        _ => [],
    };

    internal static IReadOnlyList<UisRow> RowsOf(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new UisRow(item))]
        : [];

    internal JsonElement? Member(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    // GetString refuses lone surrogates, which the PBX's own texts may hold.
    private static string StringOf(JsonElement value) => TolerantJson.ReadQuoted(value.GetRawText()) ?? string.Empty;
}
