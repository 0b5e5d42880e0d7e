using System.Globalization;
using System.Text.Json.Nodes;

namespace TelephonyHub.Demo;

/// <summary>The hub's reasons, as its API gives them, in lines.</summary>
internal static class DecisionText
{
    /// <param name="explanation">Stored with a decision, or the answer of <c>POST /api/v1/routing/explain</c>.</param>
    public static IEnumerable<string> Lines(JsonNode explanation)
    {
        yield return $"region: {English(explanation["regionReason"])}";
        var place = 0;
        foreach (var step in explanation["chain"]!.AsArray().GroupBy(e => (Kind: Text(e, "kind"), Name: Text(e, "name"), Reason: English(e!["reason"]))))
        {
            place++;
            var phones = string.Join(", ", step.Select(e => Text(e, "phone")));
            yield return string.Create(CultureInfo.InvariantCulture, $"{place}. {step.Key.Name ?? step.Key.Kind} ({phones}): {step.Key.Reason}");
        }

        foreach (var left in explanation["leftOut"]!.AsArray().GroupBy(e => (Kind: Text(e, "kind"), Name: Text(e, "name"), Reason: English(e!["reason"]))))
        {
            var phones = string.Join(", ", left.Select(e => Text(e, "phone")).Where(p => p is not null));
            yield return $"not {left.Key.Name ?? left.Key.Kind}{(phones.Length > 0 ? $" ({phones})" : "")}: {left.Key.Reason}";
        }
    }

    private static string? Text(JsonNode? node, string key) => node?[key]?.GetValue<string>();

    private static string English(JsonNode? reason) => Text(reason, "en") ?? "?";
}
