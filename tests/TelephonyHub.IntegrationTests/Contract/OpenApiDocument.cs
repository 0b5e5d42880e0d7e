using System.Text.Json;
using System.Text.Json.Nodes;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>What a client that was made of the older document would miss, or be surprised by, in the newer one.</summary>
public static class OpenApiDocument
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In a fixed order, so that a difference is one of content.</summary>
    public static string Normal(JsonNode document) => Sorted(document)!.ToJsonString(Indented) + "\n";

    /// <summary>Each with the place where it is.</summary>
    public static IEnumerable<string> Breaks(JsonNode older, JsonNode newer)
    {
        foreach (var (path, methods) in Fields(older["paths"]))
        {
            foreach (var (method, operation) in Fields(methods))
            {
                var at = $"{method.ToUpperInvariant()} {path}";
                if (newer["paths"]?[path]?[method] is not { } now)
                {
                    yield return $"{at} is gone.";
                    continue;
                }

                foreach (var fault in OperationBreaks(at, operation!, now))
                {
                    yield return fault;
                }
            }
        }

        var requests = RequestSchemas(newer).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, schema) in Fields(older["components"]?["schemas"]))
        {
            var now = newer["components"]!["schemas"]![name];
            foreach (var fault in now is null ? [$"schema {name} is gone."] : SchemaBreaks(name, schema!, now, requests.Contains(name)))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> OperationBreaks(string at, JsonNode was, JsonNode now)
    {
        if (was["operationId"]?.ToString() != now["operationId"]?.ToString())
        {
            yield return $"{at}: operationId was {was["operationId"]}, is {now["operationId"]}: generated clients lose their method.";
        }

        var before = Parameters(was).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        var after = Parameters(now).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        foreach (var (name, parameter) in before)
        {
            if (!after.TryGetValue(name, out var same))
            {
                yield return $"{at}: parameter {name} is gone.";
            }
            else if (TypeOf(parameter["schema"]) != TypeOf(same["schema"]))
            {
                yield return $"{at}: parameter {name} was {TypeOf(parameter["schema"])}, is {TypeOf(same["schema"])}.";
            }
        }

        foreach (var (name, parameter) in after.Where(p => p.Value["required"]?.GetValue<bool>() == true && before.GetValueOrDefault(p.Key)?["required"]?.GetValue<bool>() != true))
        {
            yield return $"{at}: parameter {name} is required now.";
        }

        if (TypeOf(Body(was)) != TypeOf(Body(now)))
        {
            yield return $"{at}: the body was {TypeOf(Body(was))}, is {TypeOf(Body(now))}.";
        }

        foreach (var (status, answer) in Fields(was["responses"]).Where(r => r.Key.StartsWith('2')))
        {
            if (now["responses"]?[status] is not { } same)
            {
                yield return $"{at}: answer {status} is gone.";
            }
            else if (TypeOf(Content(answer)) != TypeOf(Content(same)))
            {
                yield return $"{at}: answer {status} was {TypeOf(Content(answer))}, is {TypeOf(Content(same))}.";
            }
        }
    }

    private static IEnumerable<string> SchemaBreaks(string name, JsonNode was, JsonNode now, bool isRequest)
    {
        foreach (var (field, schema) in Fields(was["properties"]))
        {
            if (now["properties"]?[field] is not { } same)
            {
                yield return $"{name}.{field} is gone.";
            }
            else if (TypeOf(schema) != TypeOf(same))
            {
                yield return $"{name}.{field} was {TypeOf(schema)}, is {TypeOf(same)}.";
            }
        }

        var required = (was["required"]?.AsArray() ?? []).Select(r => r!.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var field in (now["required"]?.AsArray() ?? []).Select(r => r!.ToString()).Where(r => isRequest && !required.Contains(r)))
        {
            yield return $"{name}.{field} must be sent now.";
        }
    }

    /// <summary>Schemas that are sent to the hub; what is inside them as well.</summary>
    private static IEnumerable<string> RequestSchemas(JsonNode document)
    {
        var open = new Queue<string>(Fields(document["paths"]).SelectMany(p => Fields(p.Value)).SelectMany(o => References(Body(o.Value))));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var name))
        {
            if (seen.Add(name))
            {
                yield return name;
                foreach (var inside in References(document["components"]!["schemas"]![name]))
                {
                    open.Enqueue(inside);
                }
            }
        }
    }

    /// <summary>Names of the schemas that stand in it.</summary>
    internal static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(f => f.Key == "$ref" ? [f.Value!.ToString().Split('/')[^1]] : References(f.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, JsonNode>> Parameters(JsonNode operation) =>
        (operation["parameters"]?.AsArray() ?? []).Select(p => new KeyValuePair<string, JsonNode>($"{p!["in"]} {p["name"]}", p));

    private static JsonNode? Body(JsonNode? operation) => Content(operation?["requestBody"]);

    private static JsonNode? Content(JsonNode? holder) => Fields(holder?["content"]).Select(c => c.Value?["schema"]).FirstOrDefault();

    private static string TypeOf(JsonNode? schema) => schema switch
    {
        null => "nothing",
        _ when schema["$ref"] is { } reference => reference.ToString().Split('/')[^1],
        _ when schema["type"]?.ToString() == "array" => $"{TypeOf(schema["items"])}[]",
        _ when (schema["oneOf"] ?? schema["allOf"] ?? schema["anyOf"]) is JsonArray choices => string.Join('|', choices.Select(TypeOf)),
        _ => $"{schema["type"]?.ToJsonString()} {schema["format"]}{(schema["nullable"]?.GetValue<bool>() == true ? "?" : "")}".Trim(),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(JsonNode? node) => node is JsonObject fields ? fields : [];

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, Sorted(f.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
