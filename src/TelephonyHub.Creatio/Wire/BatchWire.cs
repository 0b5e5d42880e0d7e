using System.Globalization;
using System.Text.Json;

namespace TelephonyHub.Creatio.Wire;

/// <summary>
/// JSON form of <c>$batch</c> (reference 1.6). No atomicityGroup: nobody knows whether it is a transaction. No continue-on-error: what follows a
/// failure often depends on what failed.
/// </summary>
internal static class BatchWire
{
    /// <summary>Most operations that the server takes in one request (reference 1.7).</summary>
    public const int MostParts = 100;

    private const string PartType = "application/json;odata=verbose";

    public static byte[] Write(IReadOnlyList<BatchPart> parts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonBody.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartArray("requests");
            for (var i = 0; i < parts.Count; i++)
            {
                var part = parts[i];
                json.WriteStartObject();
                json.WriteString("id", Id(i));
                json.WriteString("method", part.Method);
                json.WriteString("url", part.Url);
                json.WriteStartObject("headers");
                json.WriteString("Content-Type", PartType);
                json.WriteString("Accept", PartType);
                json.WriteEndObject();
                if (part.Values is not null)
                {
                    json.WritePropertyName("body");
                    part.Values.WriteTo(json);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Answers by id, in the order of the parts; null when the answer as a whole cannot be read.</summary>
    public static PartReply[]? Read(CreatioReply reply, IReadOnlyList<BatchPart> parts)
    {
        if (!reply.TryJson(out var json) || !json.TryGetProperty("responses", out var responses) || responses.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var replies = new PartReply[parts.Count];
        Array.Fill(replies, PartReply.NotAnswered);
        foreach (var response in responses.EnumerateArray())
        {
            var row = new CreatioRow(response);
            var index = Index(row.GetText("id"));
            if (index >= 0 && index < parts.Count && row.GetInt("status") is { } status)
            {
                replies[index] = Judge(parts[index], status, response.TryGetProperty("body", out var body) ? body : default);
            }
        }

        // Parts were asked for and none is recognised: that is no answer to this question.
        return responses.GetArrayLength() > 0 && Array.TrueForAll(replies, one => one == PartReply.NotAnswered) ? null : replies;
    }

    private static string Id(int index) => "p" + (index + 1).ToString(CultureInfo.InvariantCulture);

    private static int Index(string? id) =>
        id is ['p', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : -1;

    private static PartReply Judge(BatchPart part, int status, JsonElement body)
    {
        var isPage = body.ValueKind == JsonValueKind.String && body.GetString()!.TrimStart().StartsWith('<');

        // A part that was not tried because another one failed (424) is as good as not answered.
        if (status == 424)
        {
            return PartReply.NotAnswered;
        }

        if (status is >= 200 and < 300 && !isPage)
        {
            return new PartReply(
                new BatchPartAnswer(true, status, null, null, RowsOf(body)) { HasMore = body.ValueKind == JsonValueKind.Object && ODataPage.NextLink(body) is not null },
                SessionEnded: false);
        }

        var error = body.ValueKind == JsonValueKind.Undefined ? ErrorBody.None : ErrorBody.Of(body);
        var isRecord = part.Kind is BatchPartKind.Update or BatchPartKind.Delete && !isPage;
        var sessionEnded = status is 401 or 302 || (isPage && status < 300);
        var failure = sessionEnded ? CreatioFailure.Authentication : FailureRules.Categorise(status, error, isRecord, part.Kind == BatchPartKind.Create);
        var words = error.Message.Length > 0 ? error.Message : $"Creatio answered {part.Method} {part.Entity} with {status}";
        return new PartReply(new BatchPartAnswer(true, status, failure, words, []), sessionEnded || failure == CreatioFailure.Authentication);
    }

    private static IReadOnlyList<CreatioRow> RowsOf(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.String)
        {
            return new CreatioReply(200, System.Text.Encoding.UTF8.GetBytes(body.GetString()!)).TryJson(out var inner) ? RowsOf(inner) : [];
        }

        return body.ValueKind == JsonValueKind.Object ? ODataPage.Rows(body) ?? [new CreatioRow(body)] : [];
    }
}

/// <summary>Answer to a part, and whether it only failed because the session was over.</summary>
internal sealed record PartReply(BatchPartAnswer Answer, bool SessionEnded)
{
    public static PartReply NotAnswered { get; } = new(BatchPartAnswer.NotAnswered, false);
}
