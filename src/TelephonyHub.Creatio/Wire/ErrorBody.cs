using System.Text.Json;
using System.Text.RegularExpressions;

namespace TelephonyHub.Creatio.Wire;

/// <summary>What an error body says, in any of the three forms of reference 1.8, or a page, or nothing.</summary>
/// <param name="Message">The most telling sentence, masked and shortened; empty if there is none.</param>
/// <param name="AllText">Everything said, inner exceptions included; for recognition only, never shown.</param>
/// <param name="IsJson">Creatio itself has answered, not something in front of it.</param>
/// <param name="NamesUnknownSet">The third form: there is no such entity set.</param>
internal sealed partial record ErrorBody(string Message, string AllText, bool IsJson, bool NamesUnknownSet)
{
    private const int LongestMessage = 400;
    private const int DeepestException = 6;

    public static ErrorBody None { get; } = new(string.Empty, string.Empty, false, false);

    public static ErrorBody Of(CreatioReply reply) => reply.TryJson(out var json) ? Of(json) : None;

    public static ErrorBody Of(JsonElement json)
    {
        // Parts of a batch may carry their body as a text.
        if (json.ValueKind == JsonValueKind.String)
        {
            var inner = new CreatioReply(0, System.Text.Encoding.UTF8.GetBytes(json.GetString() ?? string.Empty));
            return inner.TryJson(out var parsed) ? Of(parsed) : None;
        }

        var texts = new List<string>();
        string? message = null;
        Collect(json, texts, ref message, DeepestException);
        if (texts.Count == 0)
        {
            return None with { IsJson = json.ValueKind == JsonValueKind.Object };
        }

        var namesUnknownSet = texts.Exists(text => text.Contains("matches the controller", StringComparison.OrdinalIgnoreCase)
            || text.Contains("No HTTP resource was found", StringComparison.OrdinalIgnoreCase)
            || text.Contains("Resource not found for the segment", StringComparison.OrdinalIgnoreCase));
        return new ErrorBody(Mask(message ?? texts[0]), string.Join('\n', texts), true, namesUnknownSet);
    }

    /// <summary>Masks what looks like a phone number or an address, keeps GUIDs, cuts what is long: servers quote the filter in their messages.</summary>
    public static string Mask(string text)
    {
        var masked = PersonalPattern().Replace(text, match => match.Groups["keep"].Success ? match.Value : "***");
        return masked.Length <= LongestMessage ? masked : string.Concat(masked.AsSpan(0, LongestMessage), "…");
    }

    private static void Collect(JsonElement json, List<string> texts, ref string? message, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object || depth == 0)
        {
            return;
        }

        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Collect(property.Value, texts, ref message, depth - 1);
            }
            else if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: > 0 } text)
            {
                switch (property.Name.ToUpperInvariant())
                {
                    case "EXCEPTIONMESSAGE" or "MESSAGEDETAIL":
                        message = text;
                        texts.Add(text);
                        break;
                    case "MESSAGE" or "VALUE" or "ERRORMESSAGE" or "ERROR_DESCRIPTION":
                        // "An error has occurred." says nothing; a sentence from deeper inside replaces it.
                        message = message is null || message.StartsWith("An error has occurred", StringComparison.OrdinalIgnoreCase) ? text : message;
                        texts.Add(text);
                        break;
                    case "EXCEPTIONTYPE" or "TYPE" or "CODE" or "ERRORCODE" or "ERROR":
                        texts.Add(text);
                        break;
                }
            }
        }
    }

    [GeneratedRegex(
        @"(?<keep>\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b)|[\w.+-]+@[\w-]+\.[\w.-]+|\+?\d[\d\s()\-]{5,}\d",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex PersonalPattern();
}
