using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>The query options of a read, parsed and ready to run.</summary>
internal sealed class ODataQuery
{
    private static readonly HashSet<string> Known = new(
        ["$filter", "$select", "$expand", "$orderby", "$top", "$skip", "$count", "$skiptoken", "$format"], StringComparer.Ordinal);

    private readonly CreatioStore _store;
    private readonly EntitySchema _entity;
    private readonly Dictionary<string, StringValues> _options;
    private readonly FilterNode? _filter;
    private readonly (PropertyPath Path, bool Descending)[] _order;
    private readonly int? _top;
    private readonly int _skip;

    public ODataQuery(CreatioStore store, EntitySchema entity, string query)
    {
        _store = store;
        _entity = entity;
        _options = QueryHelpers.ParseQuery(query);
        foreach (var name in _options.Keys.Where(name => name.StartsWith('$') && !Known.Contains(name)))
        {
            throw CrmException.BadRequest($"The query parameter '{name}' is not supported.");
        }

        Selection = Selection.Parse(store.Schema, entity, Option("$select"), Option("$expand"));
        _filter = Option("$filter") is { } filter ? FilterParser.Parse(store.Schema, entity, filter) : null;
        _order = [.. Selection.Split(Option("$orderby") ?? "", ',').Select(Order)];
        _top = Number("$top");
        _skip = Option("$skiptoken") is null ? Number("$skip") ?? 0 : Number("$skiptoken")!.Value;
        Count = Option("$count") switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw CrmException.BadRequest($"Invalid value '{other}' for $count query option found."),
        };
    }

    public Selection Selection { get; }

    public bool Count { get; }

    /// <summary>All rows that satisfy the filter, unsorted.</summary>
    public List<CrmRow> Matching()
    {
        var table = _store.Table(_entity);
        var rows = _filter?.Candidates(table) is { } ids ? ids.Select(table.Find).OfType<CrmRow>() : table.Rows;
        return [.. _filter is null ? rows : rows.Where(row => _filter.Matches(row, _store))];
    }

    /// <summary>The page to show and, when the server's cap cut it, where the next one starts.</summary>
    public (List<CrmRow> Page, int? Next) Page(List<CrmRow> matching, int cap)
    {
        IEnumerable<CrmRow> sorted = matching;
        if (_order.Length > 0)
        {
            var comparer = Comparer<object?>.Create(CompareValues);
            var first = _order[0];
            var ordered = first.Descending
                ? matching.OrderByDescending(row => first.Path.Value(row, _store), comparer)
                : matching.OrderBy(row => first.Path.Value(row, _store), comparer);
            foreach (var (path, descending) in _order.Skip(1))
            {
                ordered = descending
                    ? ordered.ThenByDescending(row => path.Value(row, _store), comparer)
                    : ordered.ThenBy(row => path.Value(row, _store), comparer);
            }

            sorted = ordered;
        }

        var wanted = Math.Min(_top ?? int.MaxValue, Math.Max(0, matching.Count - _skip));
        var size = Math.Min(wanted, cap);
        return ([.. sorted.Skip(_skip).Take(size)], size < wanted ? _skip + size : null);
    }

    /// <summary>The query string of the next page: what is left of $top, and a skip token in place of $skip.</summary>
    public string NextQuery(int next)
    {
        var options = _options
            .Where(option => option.Key is not ("$skip" or "$skiptoken" or "$top"))
            .Select(option => $"{option.Key}={Uri.EscapeDataString(option.Value.ToString())}");
        if (_top is { } top)
        {
            options = options.Append($"$top={(top - (next - _skip)).ToString(CultureInfo.InvariantCulture)}");
        }

        return string.Join('&', options.Append($"$skiptoken={next.ToString(CultureInfo.InvariantCulture)}"));
    }

    private static int CompareValues(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
        (IComparable a, _) => a.CompareTo(right),
        _ => 0,
    };

    private (PropertyPath Path, bool Descending) Order(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var descending = words switch
        {
            [_] or [_, "asc"] => false,
            [_, "desc"] => true,
            _ => throw FilterLexer.Syntax(text, 0),
        };
        return (PropertyPath.Parse(_store.Schema, _entity, words[0].Split('/')), descending);
    }

    private string? Option(string name) => _options.TryGetValue(name, out var value) && !StringValues.IsNullOrEmpty(value) ? value.ToString() : null;

    private int? Number(string name) => Option(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw CrmException.BadRequest($"Invalid value '{text}' for {name} query option found. The {name} query option requires a non-negative integer value.");
}
