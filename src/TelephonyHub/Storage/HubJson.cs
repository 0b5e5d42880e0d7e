using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TelephonyHub.Storage;

/// <summary>How the hub writes JSON of its own. Cyrillic stays readable, which only costs safety inside HTML, and there it never stands.</summary>
internal static class HubJson
{
    /// <summary>Camel case, unset values left out. Enums as numbers: who has some adds a converter.</summary>
    public static readonly JsonSerializerOptions Compact = Frozen(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The same with enums by name in camel case: for columns that people read.</summary>
    public static readonly JsonSerializerOptions Stored = Frozen(With(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));

    /// <returns>A copy of <see cref="Compact"/> that knows these, too; not frozen yet.</returns>
    public static JsonSerializerOptions With(params ReadOnlySpan<JsonConverter> converters)
    {
        var options = new JsonSerializerOptions(Compact);
        foreach (var converter in converters)
        {
            options.Converters.Add(converter);
        }

        return options;
    }

    private static JsonSerializerOptions Frozen(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
