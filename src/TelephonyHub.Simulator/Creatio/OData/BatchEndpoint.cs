using System.Text;
using System.Text.Json;
using TelephonyHub.Simulator.Creatio.Http;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>
/// <c>$batch</c> in its JSON form (reference 1.6). Every part commits by itself: whether an atomicity group is a transaction is not known, so a client
/// must not count on it.
/// </summary>
internal sealed class BatchEndpoint(ODataEndpoint odata)
{
    public const int MaxParts = 100;

    /// <summary>The operations of a batch body, for the record; none when it cannot be read.</summary>
    public static IReadOnlyList<CrmOperation> Operations(byte[] body)
    {
        try
        {
            return [.. Parts(CrmJson.Object(body)).Select(part => part.Operation)];
        }
        catch (CrmException)
        {
            // The batch itself will be refused with the reason.
            return [];
        }
    }

    /// <summary>Runs the parts in order; gives the answer and the operations with their statuses.</summary>
    /// <param name="root">OData root as the client sees it.</param>
    /// <param name="contentType">Of the whole request.</param>
    /// <param name="body">Raw body.</param>
    /// <param name="continueOnError">The request said <c>Prefer: continue-on-error</c>.</param>
    /// <param name="expireAfter">Parts after this many find the session gone; null = never.</param>
    public (CrmAnswer Answer, IReadOnlyList<CrmOperation>? Operations) Execute(
        string root, string? contentType, byte[] body, bool continueOnError, int? expireAfter)
    {
        if (contentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (CrmAnswer.Error(415, ErrorForm.OData, "The stand-in reads batches as application/json only."), null);
        }

        List<BatchPart> parts;
        try
        {
            parts = Parts(CrmJson.Object(body));
        }
        catch (CrmException refused)
        {
            return (CrmAnswer.Error(refused), null);
        }

        if (parts.Count > MaxParts)
        {
            return (CrmAnswer.Error(400, ErrorForm.OData, $"The batch has {parts.Count} operations, more than the allowed {MaxParts}."), null);
        }

        var operations = parts.Select(part => part.Operation).ToArray();
        var answers = new List<(BatchPart Part, CrmAnswer Answer)>();
        for (var index = 0; index < parts.Count; index++)
        {
            var answer = index >= expireAfter
                ? SessionAnswers.Unauthorized()
                : odata.Execute(root, operations[index], parts[index].Body);
            operations[index] = operations[index] with { Status = answer.Status };
            answers.Add((parts[index], answer));
            if (answer.Status >= 400 && !continueOnError)
            {
                break;
            }
        }

        return (CrmAnswer.OData(200, Write(answers)), operations);
    }

    private static List<BatchPart> Parts(JsonElement body)
    {
        if (!body.TryGetProperty("requests", out var requests) || requests.ValueKind != JsonValueKind.Array)
        {
            throw CrmException.BadRequest("The batch has no array 'requests'.");
        }

        var parts = new List<BatchPart>();
        foreach (var request in requests.EnumerateArray())
        {
            if (request.ValueKind != JsonValueKind.Object
                || request.String("id") is not { Length: > 0 } id
                || request.String("method") is not { } method
                || request.String("url") is not { } url)
            {
                throw CrmException.BadRequest("A batch request needs 'id', 'method' and 'url'.");
            }

            if (parts.Exists(part => part.Operation.PartId == id))
            {
                throw CrmException.BadRequest($"The request id '{id}' is used twice in the batch.");
            }

            var relative = Relative(url);
            var target = ODataTarget.Parse(relative, inBatch: true);
            parts.Add(new BatchPart(
                new CrmOperation(method.ToUpperInvariant(), target.Set, target.Key, relative, id),
                request.String("atomicityGroup"),
                request.TryGetProperty("body", out var content) ? Encoding.UTF8.GetBytes(content.GetRawText()) : []));
        }

        return parts;
    }

    // Absolute and rooted addresses are cut to what follows the OData root.
    private static string Relative(string url)
    {
        var at = url.IndexOf("/odata/", StringComparison.Ordinal);
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        return at >= 0 && (mark < 0 || at < mark) ? url[(at + "/odata/".Length)..] : url.TrimStart('/');
    }

    private static byte[] Write(List<(BatchPart Part, CrmAnswer Answer)> answers) => CrmJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("responses");
        foreach (var (part, answer) in answers)
        {
            json.WriteStartObject();
            json.WriteString("id", part.Operation.PartId);
            if (part.AtomicityGroup is not null)
            {
                json.WriteString("atomicityGroup", part.AtomicityGroup);
            }

            json.WriteNumber("status", answer.Status);
            json.WriteStartObject("headers");
            foreach (var (name, value) in answer.Headers)
            {
                json.WriteString(name.ToLowerInvariant(), value);
            }

            if (answer.ContentType is not null)
            {
                json.WriteString("content-type", answer.ContentType);
            }

            json.WriteEndObject();
            WriteBody(json, answer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteBody(Utf8JsonWriter json, CrmAnswer answer)
    {
        if (answer.Body.Length == 0)
        {
            return;
        }

        json.WritePropertyName("body");
        if (answer.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true)
        {
            json.WriteRawValue(answer.Body);
        }
        else
        {
            json.WriteStringValue(Encoding.UTF8.GetString(answer.Body));
        }
    }

    private sealed record BatchPart(CrmOperation Operation, string? AtomicityGroup, byte[] Body);
}
