using System.Globalization;
using System.Text.Json;

namespace TelephonyHub.Creatio;

/// <summary>
/// One record as read. Creatio has no null: an unset lookup is the zero GUID, an unset text is "", an unset date is the year 1 (reference 1.4). All
/// of these, an absent column and JSON null read as null here.
/// </summary>
/// <param name="json">The record's object.</param>
public sealed class CreatioRow(JsonElement json)
{
    /// <summary>Key of the record; the zero GUID when it was not selected.</summary>
    public Guid Id => GetGuid("Id") ?? Guid.Empty;

    /// <summary>Reads a row from JSON text, for tests and stores.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static CreatioRow Parse(string json) => new(JsonElement.Parse(json));

    /// <summary>Whether the server sent the column at all (a column denied to the user may come back empty, reference 2.3).</summary>
    public bool Has(string column) => TryGet(column, out _);

    /// <summary>GUID of a key or lookup (<c>OwnerId</c>).</summary>
    public Guid? GetGuid(string column) =>
        TryGet(column, out var value) && value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out var id) && id != Guid.Empty
            ? id
            : null;

    /// <summary>Text, as stored.</summary>
    public string? GetText(string column)
    {
        if (!TryGet(column, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
    }

    /// <summary>Instant, in UTC.</summary>
    public DateTimeOffset? GetInstant(string column) =>
        TryGet(column, out var value)
        && value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(
            value.GetString(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant)
        && instant.Year > 1
            ? instant
            : null;

    /// <summary>Whole number; zero is a value, for Creatio cannot tell it from unset.</summary>
    public int? GetInt(string column) =>
        GetDecimal(column) is { } number && number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>Number; may arrive as a JSON string (IEEE754Compatible, reference 1.3).</summary>
    public decimal? GetDecimal(string column)
    {
        if (!TryGet(column, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : null,
            JsonValueKind.String => decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ => null,
        };
    }

    /// <summary>Flag; false when unset.</summary>
    public bool GetFlag(string column) =>
        TryGet(column, out var value) && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.String => bool.TryParse(value.GetString(), out var flag) && flag,
            JsonValueKind.Number => value.TryGetInt32(out var number) && number != 0,
            _ => false,
        };

    /// <summary>An expanded lookup (<c>Contact</c>); null when the lookup is unset.</summary>
    public CreatioRow? GetRow(string lookup)
    {
        if (!TryGet(lookup, out var value) || value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var row = new CreatioRow(value);
        return row.Has("Id") && row.Id == Guid.Empty ? null : row;
    }

    /// <summary>The key only: rows hold personal data.</summary>
    public override string ToString() => $"row {Id}";

    private bool TryGet(string column, out JsonElement value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(column, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
