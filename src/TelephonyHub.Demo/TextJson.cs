using System.Text.Encodings.Web;
using System.Text.Json;

namespace TelephonyHub.Demo;

internal static class TextJson
{
    /// <summary>Cyrillic as it is: people read it.</summary>
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
