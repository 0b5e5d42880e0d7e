using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>A column of a get.* method. Flags as in the reference: F filterable, S sortable, D shown by default.</summary>
internal sealed record Column<TRow>(string Name, string Flags, Func<TRow, JsonNode?> Read)
{
    public bool IsFilterable => Flags.Contains('F', StringComparison.Ordinal);

    public bool IsSortable => Flags.Contains('S', StringComparison.Ordinal);

    public bool IsDefault => Flags.Contains('D', StringComparison.Ordinal);
}
