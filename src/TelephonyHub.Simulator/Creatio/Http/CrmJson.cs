using System.Text.Encodings.Web;
using System.Text.Json;

namespace TelephonyHub.Simulator.Creatio.Http;

/// <summary>JSON as the server writes it: names as given, Cyrillic not escaped.</summary>
internal static class CrmJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(object value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static string Text(object value) => JsonSerializer.Serialize(value, Options);

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WriterOptions))
        {
            write(writer);
        }

        return stream.ToArray();
    }

    /// <summary>Parses a request body; a body that is no JSON object is a 400.</summary>
    public static JsonElement Object(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw CrmException.BadRequest("The request body must be a JSON object.");
        }
        catch (JsonException malformed)
        {
            throw CrmException.BadRequest("The request body is not valid JSON. " + malformed.Message);
        }
    }

    /// <summary>A text property, null when absent or of another kind.</summary>
    public static string? String(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
