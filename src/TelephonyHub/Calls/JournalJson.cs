using System.Text.Json;
using System.Text.Json.Serialization;
using TelephonyHub.Storage;

namespace TelephonyHub.Calls;

/// <summary>How the hub writes its own facts as JSON into the database: compact, enums by name, unset facts left out.</summary>
[JsonSerializable(typeof(CallEvent))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    private static readonly JournalJson Readable = new(HubJson.With(new JsonStringEnumConverter<CallEventKind>(), new JsonStringEnumConverter<CallDirection>()));

    public static string Write(CallEvent value) => JsonSerializer.Serialize(value, Readable.CallEvent);

    public static CallEvent Read(string json) =>
        JsonSerializer.Deserialize(json, Readable.CallEvent) ?? throw new JsonException("The journal holds 'null' where an event belongs.");
}
