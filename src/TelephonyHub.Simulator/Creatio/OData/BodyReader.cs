using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TelephonyHub.Simulator.Creatio.Schema;
using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>Reads write bodies: flat columns only; a nested lookup object is silently ignored (reference 1.4, rule 7).</summary>
internal static partial class BodyReader
{
    public static Dictionary<string, object?> Read(EntitySchema entity, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw CrmException.BadRequest("The request body must be a JSON object.");
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
        {
            if (property.Name.Contains('@', StringComparison.Ordinal)
                || (entity.FindLookup(property.Name) is not null && property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Null
                    && entity.Find(property.Name) is null))
            {
                continue;
            }

            var column = entity.Find(property.Name) ?? throw CrmException.BadRequest(
                $"The property '{property.Name}' does not exist on type '{entity.TypeName}'. Make sure to only use property names that are defined by the type.");
            values[column.Property] = ColumnValues.Coerce(column, Value(column, property.Value));
        }

        return values;
    }

    private static object? Value(ColumnSchema column, JsonElement value) => (column.Kind, value.ValueKind) switch
    {
        (ColumnKind.Binary, _) => throw Wrong(column, value),
        (_, JsonValueKind.Null) => null,
        (ColumnKind.Text, JsonValueKind.String) => value.GetString(),
        (ColumnKind.Guid or ColumnKind.Lookup, JsonValueKind.String) => Guid.TryParseExact(value.GetString(), "D", out var id) ? id : throw Wrong(column, value),
        (ColumnKind.Integer, JsonValueKind.Number) => value.TryGetInt32(out var number) ? number : throw Wrong(column, value),
        (ColumnKind.Decimal, JsonValueKind.Number) => value.TryGetDecimal(out var number) ? number : throw Wrong(column, value),
        // IEEE754Compatible=true: decimals may come as text.
        (ColumnKind.Decimal, JsonValueKind.String) =>
            decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(column, value),
        (ColumnKind.Boolean, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (ColumnKind.DateTime or ColumnKind.Date, JsonValueKind.String) =>
            Zoned().IsMatch(value.GetString()!)
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw Wrong(column, value),
        _ => throw Wrong(column, value),
    };

    private static CrmException Wrong(ColumnSchema column, JsonElement value) => CrmException.BadRequest(
        $"Cannot convert the literal '{value.GetRawText()}' of '{column.Property}' to the expected type '{column.EdmType}'.");

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Zoned();
}
