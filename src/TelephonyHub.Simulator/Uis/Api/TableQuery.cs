using System.Text.Json;
using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>limit, offset, filter, sort and fields of the get.* methods (section 2.1).</summary>
internal static class TableQuery
{
    public static readonly ParamSpec[] Params =
    [
        CallApi.Token,
        ParamSpec.Number("user_id"),
        ParamSpec.Number("limit", accepts: limit => limit is >= 1 and <= 10_000 && limit == decimal.Truncate(limit)),
        ParamSpec.Number("offset", accepts: offset => offset is >= 0 and <= 100_000 && offset == decimal.Truncate(offset)),
        new("filter", ParamType.Object),
        new("sort", ParamType.List),
        new("fields", ParamType.List),
    ];

    public static RpcResult Run<TRow>(IEnumerable<TRow> rows, IReadOnlyList<Column<TRow>> columns, JsonObject parameters)
    {
        var shown = Shown(columns, parameters["fields"] as JsonArray);
        var sorting = Sorting(columns, parameters["sort"] as JsonArray);
        var filter = parameters["filter"] is JsonObject condition ? TableFilter.Compile(columns, condition) : _ => true;
        var found = rows.Where(filter).ToList();
        IEnumerable<TRow> ordered = found;

        // Stable sorts from the last key to the first give the order of all keys.
        foreach (var (column, descending) in sorting.AsEnumerable().Reverse())
        {
            var comparer = Comparer<JsonNode?>.Create(TableFilter.Compare);
            ordered = descending ? ordered.OrderByDescending(column.Read, comparer) : ordered.OrderBy(column.Read, comparer);
        }

        var offset = (int)(parameters["offset"]?.GetValue<decimal>() ?? 0);
        var limit = (int)(parameters["limit"]?.GetValue<decimal>() ?? 1000);
        var page = ordered.Skip(offset).Take(limit)
            .Select(row => new JsonObject(shown.Select(column => KeyValuePair.Create(column.Name, column.Read(row)))));
        return new RpcResult(new JsonArray([.. page]), found.Count);
    }

    internal static Column<TRow> Find<TRow>(IReadOnlyList<Column<TRow>> columns, JsonNode? name, string where)
    {
        var text = name is JsonValue value && value.TryGetValue<string>(out var given) ? given : throw RpcErrors.WrongType(where, name);
        return columns.FirstOrDefault(column => string.Equals(column.Name, text, StringComparison.Ordinal))
            ?? throw RpcErrors.Unexpected(where, text);
    }

    private static List<Column<TRow>> Shown<TRow>(IReadOnlyList<Column<TRow>> columns, JsonArray? fields) => fields is null or { Count: 0 }
        ? [.. columns.Where(column => column.IsDefault)]
        : [.. fields.Select(field => Find(columns, field, "fields"))];

    private static List<(Column<TRow> Column, bool Descending)> Sorting<TRow>(IReadOnlyList<Column<TRow>> columns, JsonArray? sort)
    {
        var keys = new List<(Column<TRow>, bool)>();
        foreach (var item in sort ?? [])
        {
            if (item is not JsonObject key)
            {
                throw RpcErrors.WrongType("sort", item);
            }

            if (key.FirstOrDefault(member => member.Key is not ("field" or "order")).Key is { } unknown)
            {
                throw RpcErrors.Unexpected("sort." + unknown);
            }

            var column = Find(columns, key["field"] ?? throw RpcErrors.Missing("sort.field"), "sort.field");
            if (!column.IsSortable)
            {
                throw RpcErrors.SortProhibited(column.Name);
            }

            var order = key["order"] is null ? "asc" : key["order"]!.GetValueKind() == JsonValueKind.String ? (string)key["order"]! : string.Empty;
            keys.Add((column, order switch
            {
                "asc" => false,
                "desc" => true,
                _ => throw RpcErrors.InvalidValue("sort.order", key["order"]),
            }));
        }

        return keys;
    }
}
