using System.Text.Json.Nodes;

namespace TelephonyHub.Creatio.Wire;

/// <summary>What may be written: mistakes that Creatio would swallow silently are refused here.</summary>
internal static class WriteValues
{
    /// <summary>A create without a chosen Id could not be repeated after a lost answer.</summary>
    public static Guid RequireId(JsonObject values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values["Id"] is JsonValue value && Guid.TryParse(value.ToString(), out var id) && id != Guid.Empty
            ? id
            : throw new ArgumentException("A record is created under a chosen Id: put \"Id\" into the values.", nameof(values));
    }

    /// <summary>A nested <c>Contact:{Id:…}</c> is ignored by the server (reference 1.4, rule 7).</summary>
    public static JsonObject RequireFlat(JsonObject values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (column, value) in values)
        {
            ODataColumn(column);
            if (value is JsonObject or JsonArray)
            {
                throw new ArgumentException($"Column '{column}' is nested; write a lookup as '{column}Id'.", nameof(values));
            }
        }

        return values;
    }

    private static void ODataColumn(string column) => OData.ODataNames.Column(column);
}
