using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TelephonyHub.Uis.Wire;

/// <summary>What the tolerant reader found: a scalar (null text = JSON null), an array or an object.</summary>
internal abstract record WireNode
{
    internal sealed record Scalar(string? Text, bool IsLiteral) : WireNode;

    internal sealed record Items(IReadOnlyList<WireNode> Values) : WireNode;

    internal sealed record Block(IReadOnlyList<KeyValuePair<string, WireNode>> Members) : WireNode;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Scalar Null { get; } = new(null, IsLiteral: true);

    /// <summary>Compact JSON. Canonical: scalars as text, so that <c>[1]</c> and <c>["1"]</c> are one.</summary>
    internal string ToJson(bool canonical = false)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            Write(writer, this, canonical);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, WireNode node, bool canonical)
    {
        switch (node)
        {
            case Scalar { Text: null }:
                writer.WriteNullValue();
                break;
            case Scalar { IsLiteral: true } literal when !canonical:
                writer.WriteRawValue(literal.Text!);
                break;
            case Scalar scalar:
                writer.WriteStringValue(canonical ? WireValues.Canonical(scalar.Text!) : scalar.Text);
                break;
            case Items items:
                writer.WriteStartArray();
                foreach (var value in items.Values)
                {
                    Write(writer, value, canonical);
                }

                writer.WriteEndArray();
                break;
            case Block block:
                writer.WriteStartObject();
                foreach (var (name, value) in canonical ? block.Members.OrderBy(member => member.Key, StringComparer.Ordinal) : block.Members.AsEnumerable())
                {
                    writer.WritePropertyName(name);
                    Write(writer, value, canonical);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
