using System.Globalization;
using System.Text.Json;
using TelephonyHub.Simulator.Creatio.Http;
using TelephonyHub.Simulator.Creatio.OData;
using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.Services;

/// <summary>
/// <c>SelectQuery</c> and <c>QuerySysSettings</c> (reference 6.1): plain and lookup paths, compare, null and in filters, groups. Aggregates, reverse
/// joins and the writing queries are not there.
/// </summary>
internal sealed class DataService(CreatioStore store, CreatioFaults faults)
{
    public CrmAnswer Select(byte[] body)
    {
        try
        {
            return Run(CrmJson.Object(body));
        }
        catch (CrmException refused) when (refused.Status != 403)
        {
            return CrmAnswer.Json(
                200,
                new { rows = Array.Empty<object>(), rowsAffected = -1, success = false, responseStatus = new { ErrorCode = refused.Type, refused.Message, Errors = Array.Empty<object>() } });
        }
    }

    public CrmAnswer Settings(byte[] body)
    {
        var request = CrmJson.Object(body);
        if (!request.TryGetProperty("sysSettingsNameCollection", out var names) && !request.TryGetProperty("SysSettingsNameCollection", out names))
        {
            throw CrmException.BadRequest("sysSettingsNameCollection is required.");
        }

        var values = names.EnumerateArray()
            .Select(name => name.GetString() ?? "")
            .Where(store.Settings.ContainsKey)
            .ToDictionary(name => name, name => (object)new { code = name, value = store.Settings[name] }, StringComparer.Ordinal);
        return CrmAnswer.Json(200, new { values, success = true });
    }

    private CrmAnswer Run(JsonElement query)
    {
        var name = query.String("rootSchemaName") ?? "";
        var entity = store.Schema.Find(name) ?? throw CrmException.Failed($"Schema \"{name}\" not found.", "Terrasoft.Common.ItemNotFoundException");
        if (faults.IsReadDenied(name))
        {
            throw new CrmException(403, ErrorForm.Exception, $"Insufficient rights to read \"{name}\".", "System.Security.SecurityException");
        }

        var columns = Columns(entity, query);
        var filter = query.TryGetProperty("filters", out var filters) ? Filter(entity, filters) : null;
        var limit = query.TryGetProperty("rowCount", out var count) && count.TryGetInt32(out var number) && number > 0 ? number : int.MaxValue;
        return store.Read(() =>
        {
            var table = store.Table(entity);
            var candidates = filter?.Candidates(table) is { } ids ? ids.Select(table.Find).OfType<CrmRow>() : table.Rows;
            var rows = candidates
                .Where(row => filter?.Matches(row, store) != false)
                .Take(limit)
                .Select(row => columns.ToDictionary(column => column.Alias, column => Cell(row, column.Path), StringComparer.Ordinal))
                .ToArray();
            return CrmAnswer.Json(
                200,
                new { rowConfig = new { }, rows, notFoundColumns = Array.Empty<string>(), rowsAffected = rows.Length, nextPrcElReady = false, success = true });
        });
    }

    private List<(string Alias, PropertyPath Path)> Columns(EntitySchema entity, JsonElement query)
    {
        var columns = new List<(string Alias, PropertyPath Path)> { ("Id", Path(entity, "Id")) };
        if (query.TryGetProperty("allColumns", out var all) && all.ValueKind == JsonValueKind.True)
        {
            columns.AddRange(entity.Columns.Skip(1).Where(column => column.Kind != ColumnKind.Binary).Select(column => (column.Name, Path(entity, column.Name))));
        }
        else if (query.TryGetProperty("columns", out var named) && named.TryGetProperty("items", out var items))
        {
            columns.AddRange(items.EnumerateObject()
                .Where(item => item.Name != "Id")
                .Select(item => (item.Name, Path(entity, item.Value.GetProperty("expression").String("columnPath") ?? ""))));
        }

        return columns;
    }

    // DataService paths name lookups themselves and use dots: Contact.Owner.
    private PropertyPath Path(EntitySchema entity, string path)
    {
        var names = path.Split('.');
        var owner = names.SkipLast(1).Aggregate(
            (EntitySchema?)entity, (current, step) => current?.FindLookup(step) is { } lookup ? store.Schema[lookup.Target!] : null);
        var last = owner?.FindAny(names[^1]) ?? throw CrmException.Failed(
            $"Column by path {path} not found in schema {entity.Name}.", "Terrasoft.Common.ItemNotFoundException");
        return PropertyPath.Parse(store.Schema, entity, [.. names.SkipLast(1), last.Property]);
    }

    private object? Cell(CrmRow row, PropertyPath path)
    {
        var value = path.Value(row, store);
        if (!path.Final.IsLookup)
        {
            return value is DateTimeOffset time ? EntityJson.Time(time) : value ?? "";
        }

        if (value is not Guid id || store.Table(path.Final.Target!).Find(id) is not { } target)
        {
            return "";
        }

        return new { value = id, displayValue = target.Schema.DisplayColumn is { } display ? target.Text(display) : "" };
    }

    private FilterNode? Filter(EntitySchema entity, JsonElement filter)
    {
        if (filter.TryGetProperty("isEnabled", out var enabled) && enabled.ValueKind == JsonValueKind.False)
        {
            return null;
        }

        return Int(filter, "filterType") switch
        {
            6 => Group(entity, filter),
            1 => Compare(Left(entity, filter), Int(filter, "comparisonType"), Value(filter.GetProperty("rightExpression"))),
            2 => new CompareNode(
                Left(entity, filter), Int(filter, "comparisonType") == 2 ? CompareOperator.NotEqual : CompareOperator.Equal, null),
            4 => filter.GetProperty("rightExpressions").EnumerateArray()
                .Select(item => Compare(Left(entity, filter), 3, Value(item)))
                .Aggregate((left, right) => new OrNode(left, right)),
            var other => throw CrmException.Failed($"Filter type {other} is not supported by the stand-in.", "System.NotSupportedException"),
        };
    }

    private FilterNode? Group(EntitySchema entity, JsonElement filter)
    {
        if (!filter.TryGetProperty("items", out var items))
        {
            return null;
        }

        var or = Int(filter, "logicalOperation") == 1;
        return items.EnumerateObject()
            .Select(item => Filter(entity, item.Value))
            .OfType<FilterNode>()
            .Aggregate((FilterNode?)null, (left, right) => left is null ? right : or ? new OrNode(left, right) : new AndNode(left, right));
    }

    private PropertyPath Left(EntitySchema entity, JsonElement filter) =>
        Path(entity, filter.GetProperty("leftExpression").String("columnPath") ?? "");

    private static FilterNode Compare(PropertyPath path, int comparison, object? value)
    {
        var literal = (path.Final.Kind, value) switch
        {
            (ColumnKind.Guid or ColumnKind.Lookup, string text) => Guid.Parse(text),
            // The UI passes times as text that holds quotes of its own (reference 6.1).
            (ColumnKind.DateTime or ColumnKind.Date, string text) =>
                DateTimeOffset.Parse(text.Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime(),
            _ => value,
        };
        return comparison switch
        {
            3 => new CompareNode(path, CompareOperator.Equal, literal),
            4 => new CompareNode(path, CompareOperator.NotEqual, literal),
            5 => new CompareNode(path, CompareOperator.Less, literal),
            6 => new CompareNode(path, CompareOperator.LessOrEqual, literal),
            7 => new CompareNode(path, CompareOperator.Greater, literal),
            8 => new CompareNode(path, CompareOperator.GreaterOrEqual, literal),
            9 => new TextNode(TextFunction.StartsWith, path, Text()),
            10 => new NotNode(new TextNode(TextFunction.StartsWith, path, Text())),
            11 => new TextNode(TextFunction.Contains, path, Text()),
            12 => new NotNode(new TextNode(TextFunction.Contains, path, Text())),
            13 => new TextNode(TextFunction.EndsWith, path, Text()),
            _ => throw CrmException.Failed($"Comparison type {comparison} is not supported by the stand-in.", "System.NotSupportedException"),
        };

        string Text() => Convert.ToString(literal, CultureInfo.InvariantCulture) ?? "";
    }

    private static object? Value(JsonElement expression)
    {
        var value = expression.GetProperty("parameter").GetProperty("value");
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetDecimal(),
            JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
            _ => null,
        };
    }

    private static int Int(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : -1;
}
