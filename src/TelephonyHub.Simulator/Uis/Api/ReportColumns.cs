using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

internal static class ReportColumns
{
    /// <summary>Columns from a list "name:flags name:flags"; a name without facts reads null.</summary>
    public static IEnumerable<Column<TRow>> Parse<TRow>(string flags, IReadOnlyDictionary<string, Func<TRow, JsonNode?>> facts) => flags
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(item => item.Split(':'))
        .Select(item => new Column<TRow>(item[0], item[1], facts.GetValueOrDefault(item[0]) ?? (_ => null)));
}
