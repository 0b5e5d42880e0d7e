using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace TelephonyHub.Uis.Interactive;

/// <summary>Instruction to the PBX (reference 4.4). What is not set is left out of the JSON.</summary>
public sealed record InteractiveAnswer
{
    private static readonly AnswerJson Json = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Whether the PBX unescapes \u0410 is not documented, so Cyrillic goes out as it is.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <summary>Numbers to dial: <c>7XXXXXXXXXX</c>, with a post-dial tail if any (<c>...2345</c>), SIP number or extension; no <c>+</c>.</summary>
    [JsonPropertyName("phones")]
    public IReadOnlyList<string>? Phones { get; init; }

    /// <summary>Spoken to the employee before connecting.</summary>
    [JsonPropertyName("operator_text")]
    public string? OperatorText { get; init; }

    /// <summary>File of the media library played to the employee before connecting, under the key of the documented example.</summary>
    [JsonPropertyName("operator_message")]
    public string? OperatorMessage { get; init; }

    /// <summary>Spoken to the caller.</summary>
    [JsonPropertyName("text")]
    public string? Text { get; init; }

    /// <summary>File of the account's media library played to the caller.</summary>
    [JsonPropertyName("message_name")]
    public string? MessageName { get; init; }

    /// <summary>Leave the operation by the branch "return code n"; 0 to 9, in newer cabinets up to 24 and more.</summary>
    [JsonPropertyName("returned_code")]
    public int? ReturnedCode { get; init; }

    /// <summary>The answer's body.</summary>
    /// <returns>JSON object as UTF-8 without BOM.</returns>
    public byte[] ToUtf8Json() => JsonSerializer.SerializeToUtf8Bytes(this, Json.InteractiveAnswer);

    /// <summary>The answer's body.</summary>
    /// <returns>JSON object.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, Json.InteractiveAnswer);
}

[JsonSerializable(typeof(InteractiveAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
