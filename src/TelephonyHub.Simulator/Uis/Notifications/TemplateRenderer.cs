using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TelephonyHub.Simulator.Uis.Notifications;

/// <summary>Replaces {{name}} by a JSON literal (section 3.2); a name without braces stays as it is.</summary>
internal static partial class TemplateRenderer
{
    // The PBX sends Cyrillic as it is, not as \u escapes.
    private static readonly JsonSerializerOptions Literal = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Body(string template, IReadOnlyDictionary<string, object?> values, NotificationFaults faults) => Placeholder().Replace(
        template,
        match =>
        {
            var literal = ToLiteral(Value(match.Groups["name"].Value, values, faults));
            return faults.QuotedPlaceholders ? $"\"{literal}\"" : literal;
        });

    public static string Query(string template, IReadOnlyDictionary<string, object?> values, NotificationFaults faults, GetValueStyle style) =>
        Placeholder().Replace(template, match => Uri.EscapeDataString(Value(match.Groups["name"].Value, values, faults) switch
        {
            null when style == GetValueStyle.Plain => string.Empty,
            string text when style == GetValueStyle.Plain => text,
            var value => ToLiteral(value),
        }));

    private static object? Value(string name, IReadOnlyDictionary<string, object?> values, NotificationFaults faults) =>
        faults.NullVariables.Contains(name) ? null : values.GetValueOrDefault(name);

    private static string ToLiteral(object? value) => JsonSerializer.Serialize(value, Literal);

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
