using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TelephonyHub.Uis.JsonRpc;

/// <summary>One request of the API: method and parameters without the key (reference 1.1).</summary>
internal sealed record RpcRequest(string Method, JsonObject Parameters, UisPriority Priority)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Body with a known length, so that it is not sent in chunks.</summary>
    internal ByteArrayContent ToContent(string id, string? accessToken)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WriteString("id", id);
            writer.WriteString("method", Method);
            writer.WriteStartObject("params");
            if (accessToken is not null)
            {
                writer.WriteString("access_token", accessToken);
            }

            foreach (var (name, value) in Parameters)
            {
                writer.WritePropertyName(name);
                if (value is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "UTF-8");
        return content;
    }
}

/// <summary>Sets only what is there: unknown parameters and stray nulls are errors (<c>unexpected_parameters</c>).</summary>
internal static class Parameters
{
    internal static JsonObject With(this JsonObject parameters, string name, JsonNode? value)
    {
        if (value is not null)
        {
            parameters[name] = value;
        }

        return parameters;
    }

    internal static JsonObject With(this JsonObject parameters, string name, IReadOnlyList<string>? values) =>
        values is null ? parameters : parameters.With(name, new JsonArray([.. values.Select(value => (JsonNode)JsonValue.Create(value))]));
}
