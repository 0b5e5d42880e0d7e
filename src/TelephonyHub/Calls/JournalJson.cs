using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TelephonyHub.Calls;

/// <summary>How the hub writes its own facts as JSON into the database: compact, enums by name, unset facts left out.</summary>
[JsonSerializable(typeof(CallEvent))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    private static readonly JournalJson Readable = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<CallEventKind>(), new JsonStringEnumConverter<CallDirection>() },
    });

    public static string Write(CallEvent value) => JsonSerializer.Serialize(value, Readable.CallEvent);

    public static CallEvent Read(string json) =>
        JsonSerializer.Deserialize(json, Readable.CallEvent) ?? throw new JsonException("The journal holds 'null' where an event belongs.");
}
