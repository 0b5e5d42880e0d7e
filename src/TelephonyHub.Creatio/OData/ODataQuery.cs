using System.Globalization;
using System.Text;

namespace TelephonyHub.Creatio.OData;

/// <summary>A lookup to read along with the record.</summary>
/// <param name="Lookup">Navigation name, without <c>Id</c>. Collections are unreliable in Creatio: query the child set instead (reference 1.4).</param>
/// <param name="Select">Columns of the other record; empty = all.</param>
public sealed record ODataExpand(string Lookup, IReadOnlyList<string> Select);

/// <summary>One sort key.</summary>
/// <param name="Path">Column or path.</param>
/// <param name="Descending">Biggest first.</param>
public sealed record ODataOrder(string Path, bool Descending = false);

/// <summary>A read of one entity set (reference 1.4). Immutable; the fluent methods give changed copies.</summary>
/// <param name="EntitySet">Object code, singular: <c>Contact</c>, <c>Call</c>.</param>
/// <remarks>IIS cuts query strings at 2 048 characters by default: put long filters into a batch, where the address travels in the body.</remarks>
public sealed record ODataQuery(string EntitySet)
{
    /// <summary>Entity set, checked to be a plain name.</summary>
    public string EntitySet { get; } = ODataNames.EntitySet(EntitySet);

    /// <summary>Which rows; null = all.</summary>
    public ODataFilter? Filter { get; init; }

    /// <summary>Columns; empty = all.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>Lookups to read along.</summary>
    public IReadOnlyList<ODataExpand> Expand { get; init; } = [];

    /// <summary>Sort keys, most significant first.</summary>
    public IReadOnlyList<ODataOrder> OrderBy { get; init; } = [];

    /// <summary>Most rows to read; null = the server's cap.</summary>
    public int? Top { get; init; }

    /// <summary>Rows to leave out at the beginning.</summary>
    public int? Skip { get; init; }

    /// <summary>Ask for the number of all matching rows as well.</summary>
    public bool Count { get; init; }

    /// <summary>Adds a condition; an earlier one stays in force.</summary>
    public ODataQuery Where(ODataFilter filter) => this with { Filter = Filter is null ? filter : ODataFilter.And(Filter, filter) };

    /// <summary>Adds columns.</summary>
    public ODataQuery Selecting(params string[] columns) => this with { Select = [.. Select, .. columns.Select(ODataNames.Column)] };

    /// <summary>Adds a lookup with the columns wanted of it.</summary>
    public ODataQuery Expanding(string lookup, params string[] columns) =>
        this with { Expand = [.. Expand, new ODataExpand(ODataNames.Column(lookup), [.. columns.Select(ODataNames.Column)])] };

    /// <summary>Adds sort keys, smallest first.</summary>
    public ODataQuery OrderedBy(params string[] paths) => this with { OrderBy = [.. OrderBy, .. paths.Select(path => new ODataOrder(ODataNames.Path(path)))] };

    /// <summary>Adds sort keys, biggest first.</summary>
    public ODataQuery OrderedByDescending(params string[] paths) =>
        this with { OrderBy = [.. OrderBy, .. paths.Select(path => new ODataOrder(ODataNames.Path(path), Descending: true))] };

    /// <summary>Limits the rows.</summary>
    public ODataQuery Taking(int top) => this with { Top = ArgumentPositive(top) };

    /// <summary>Leaves rows out at the beginning.</summary>
    public ODataQuery Skipping(int skip) => this with { Skip = skip >= 0 ? skip : throw new ArgumentOutOfRangeException(nameof(skip)) };

    /// <summary>Address relative to <c>{root}/odata/</c>, percent-encoded.</summary>
    public string ToRelativeUrl()
    {
        var url = new StringBuilder(EntitySet);
        var separator = '?';

        void Option(string name, string value)
        {
            url.Append(separator).Append(name).Append('=').Append(ODataLiteral.Encode(value));
            separator = '&';
        }

        if (Filter is not null)
        {
            Option("$filter", Filter.ToExpression());
        }

        if (Select.Count > 0)
        {
            Option("$select", string.Join(',', Select));
        }

        if (Expand.Count > 0)
        {
            Option("$expand", string.Join(',', Expand.Select(one => one.Select.Count == 0 ? one.Lookup : $"{one.Lookup}($select={string.Join(',', one.Select)})")));
        }

        if (OrderBy.Count > 0)
        {
            Option("$orderby", string.Join(',', OrderBy.Select(key => key.Path + (key.Descending ? " desc" : " asc"))));
        }

        if (Top is { } top)
        {
            Option("$top", top.ToString(CultureInfo.InvariantCulture));
        }

        if (Skip is { } skip)
        {
            Option("$skip", skip.ToString(CultureInfo.InvariantCulture));
        }

        if (Count)
        {
            Option("$count", "true");
        }

        return url.ToString();
    }

    /// <summary>The entity only: filters hold phone numbers and must not reach a log.</summary>
    public override string ToString() => $"query of {EntitySet}";

    private static int ArgumentPositive(int top) => top > 0 ? top : throw new ArgumentOutOfRangeException(nameof(top), "A page has at least one row.");
}
