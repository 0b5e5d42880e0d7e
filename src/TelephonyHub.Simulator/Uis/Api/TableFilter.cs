using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>The filter of section 2.1: a condition, or a tree of them. `jsquery` is refused: PostgreSQL's language is not played.</summary>
internal static class TableFilter
{
    private static readonly TimeSpan RegexBudget = TimeSpan.FromSeconds(1);

    public static Func<TRow, bool> Compile<TRow>(IReadOnlyList<Column<TRow>> columns, JsonObject condition)
    {
        if (condition.TryGetPropertyValue("filters", out var filters))
        {
            Allow(condition, "filters", "condition");
            if (filters is not JsonArray branches)
            {
                throw RpcErrors.WrongType("filter.filters", filters);
            }

            var parts = branches.Select(branch => branch is JsonObject inner
                ? Compile(columns, inner)
                : throw RpcErrors.WrongType("filter.filters", branch)).ToList();
            return RpcErrors.Text(condition["condition"]) switch
            {
                "and" => row => parts.TrueForAll(part => part(row)),
                "or" => row => parts.Exists(part => part(row)),
                null => throw RpcErrors.Missing("filter.condition"),
                _ => throw RpcErrors.InvalidValue("filter.condition", condition["condition"]),
            };
        }

        Allow(condition, "field", "operator", "value");
        var column = TableQuery.Find(columns, condition["field"] ?? throw RpcErrors.Missing("filter.field"), "filter.field");
        if (!column.IsFilterable)
        {
            throw RpcErrors.FilterProhibited(column.Name);
        }

        var operation = RpcErrors.Text(condition["operator"]) ?? throw RpcErrors.Missing("filter.operator");
        var test = Test(operation, condition["value"]) ?? throw RpcErrors.InvalidValue("filter.operator", condition["operator"]);
        return row => test(Code(column.Read(row)));
    }

    /// <summary>Numbers by value, text by code point, nothing first.</summary>
    public static int Compare(JsonNode? left, JsonNode? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        return (left.GetValueKind(), right.GetValueKind()) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => Number(left).CompareTo(Number(right)),
            (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal((string)left!, (string)right!),
            _ => string.CompareOrdinal(left.ToJsonString(), right.ToJsonString()),
        };
    }

    /// <summary>Coded values of the new reports are compared by their code.</summary>
    private static JsonNode? Code(JsonNode? cell) => cell is JsonObject coded && coded.TryGetPropertyValue("value_id", out var code) ? code : cell;

    private static Func<JsonNode?, bool>? Test(string operation, JsonNode? value) => operation switch
    {
        "=" => cell => Compare(cell, value) == 0,
        "!=" => cell => Compare(cell, value) != 0,
        "<" => cell => cell is not null && Compare(cell, value) < 0,
        ">" => cell => cell is not null && Compare(cell, value) > 0,
        "<=" => cell => cell is not null && Compare(cell, value) <= 0,
        ">=" => cell => cell is not null && Compare(cell, value) >= 0,
        "like" => Like(value, RegexOptions.None, wanted: true),
        "ilike" => Like(value, RegexOptions.IgnoreCase, wanted: true),
        "not_like" => Like(value, RegexOptions.None, wanted: false),
        "not_ilike" => Like(value, RegexOptions.IgnoreCase, wanted: false),
        "regexp" => Matches(Pattern(value), RegexOptions.None, wanted: true),
        "in" => In(List(value), wanted: true),
        "not_in" => In(List(value), wanted: false),
        "overlap" => Overlap(List(value), wanted: true),
        "not_overlap" => Overlap(List(value), wanted: false),
        "is_null" => cell => cell is null,
        "is_not_null" => cell => cell is not null,
        _ => null,
    };

    private static Func<JsonNode?, bool> Like(JsonNode? value, RegexOptions options, bool wanted) =>
        Matches("^" + Regex.Escape(Pattern(value)).Replace("%", ".*", StringComparison.Ordinal) + "$", options | RegexOptions.Singleline, wanted);

    private static Func<JsonNode?, bool> Matches(string pattern, RegexOptions options, bool wanted)
    {
        var regex = new Regex(pattern, options | RegexOptions.CultureInvariant, RegexBudget);
        return cell => cell?.GetValueKind() == JsonValueKind.String && regex.IsMatch((string)cell!) == wanted;
    }

    private static Func<JsonNode?, bool> In(JsonArray list, bool wanted) => cell => list.Any(item => Compare(item, cell) == 0) == wanted;

    private static Func<JsonNode?, bool> Overlap(JsonArray list, bool wanted) =>
        cell => (cell is JsonArray cells && cells.Any(item => list.Any(other => Compare(item, other) == 0))) == wanted;

    private static string Pattern(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? (string)value! : throw RpcErrors.WrongType("filter.value", value);

    private static JsonArray List(JsonNode? value) => value as JsonArray ?? throw RpcErrors.WrongType("filter.value", value);

    // Cells are made from long, int or decimal, values come parsed: the text is their common form.
    private static decimal Number(JsonNode node) => decimal.Parse(
        node.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);

    private static void Allow(JsonObject condition, params string[] names)
    {
        foreach (var (name, _) in condition)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                throw RpcErrors.Unexpected("filter." + name);
            }
        }
    }
}
