using System.Text.Json;

namespace TelephonyHub.Creatio.Wire;

/// <summary>The envelope of a read (reference 1.4).</summary>
internal static class ODataPage
{
    /// <summary>Rows of a page; null when the body is no page.</summary>
    public static IReadOnlyList<CreatioRow>? Rows(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(row => new CreatioRow(row))]
            : null;

    public static string? NextLink(JsonElement body) => new CreatioRow(body).GetText("@odata.nextLink");

    public static long? Count(JsonElement body) => (long?)new CreatioRow(body).GetDecimal("@odata.count");
}
