using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TelephonyHub.Creatio.Wire;

/// <summary>Bodies to send. Cyrillic goes out as it is: escaped, it would take three times the bytes; nobody puts these bodies into a page.</summary>
internal static class JsonBody
{
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(JsonObject values)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            values.WriteTo(writer);
        }

        return buffer.ToArray();
    }
}
