namespace TelephonyHub.Creatio.OData;

/// <summary>
/// Condition of a query, limited to what Creatio understands (reference 1.4). Paths lead through lookups (<c>Contact/Id</c>, <c>Stage/End</c>);
/// a path like <c>ContactId</c> is an <see cref="ArgumentException"/> that names the right one. There is no <c>in</c>: use <c>AnyOf</c>.
/// </summary>
public abstract record ODataFilter
{
    private protected ODataFilter()
    {
    }

    /// <summary>Path equals a GUID, written bare.</summary>
    public static ODataFilter Equal(string path, Guid value) => Compare(path, "eq", value);

    /// <summary>Path equals a text, quoted.</summary>
    public static ODataFilter Equal(string path, string value) => Compare(path, "eq", value);

    /// <summary>Path equals a flag.</summary>
    public static ODataFilter Equal(string path, bool value) => Compare(path, "eq", value);

    /// <summary>Path equals a whole number.</summary>
    public static ODataFilter Equal(string path, int value) => Compare(path, "eq", value);

    /// <summary>Path equals an instant.</summary>
    public static ODataFilter Equal(string path, DateTimeOffset value) => Compare(path, "eq", value);

    /// <summary>Path differs from a GUID.</summary>
    public static ODataFilter NotEqual(string path, Guid value) => Compare(path, "ne", value);

    /// <summary>Path differs from a text.</summary>
    public static ODataFilter NotEqual(string path, string value) => Compare(path, "ne", value);

    /// <summary>Path differs from a flag; <c>NotEqual("NonActual", true)</c> also takes rows where the flag was never set.</summary>
    public static ODataFilter NotEqual(string path, bool value) => Compare(path, "ne", value);

    /// <summary>Path differs from a whole number.</summary>
    public static ODataFilter NotEqual(string path, int value) => Compare(path, "ne", value);

    /// <summary>Path differs from an instant.</summary>
    public static ODataFilter NotEqual(string path, DateTimeOffset value) => Compare(path, "ne", value);

    /// <summary>Path is after an instant.</summary>
    public static ODataFilter Greater(string path, DateTimeOffset value) => Compare(path, "gt", value);

    /// <summary>Path is greater than a number.</summary>
    public static ODataFilter Greater(string path, int value) => Compare(path, "gt", value);

    /// <summary>Path is greater than an amount.</summary>
    public static ODataFilter Greater(string path, decimal value) => Compare(path, "gt", value);

    /// <summary>Path is at or after an instant.</summary>
    public static ODataFilter GreaterOrEqual(string path, DateTimeOffset value) => Compare(path, "ge", value);

    /// <summary>Path is at least a number.</summary>
    public static ODataFilter GreaterOrEqual(string path, int value) => Compare(path, "ge", value);

    /// <summary>Path is at least an amount.</summary>
    public static ODataFilter GreaterOrEqual(string path, decimal value) => Compare(path, "ge", value);

    /// <summary>Path is before an instant.</summary>
    public static ODataFilter Less(string path, DateTimeOffset value) => Compare(path, "lt", value);

    /// <summary>Path is less than a number.</summary>
    public static ODataFilter Less(string path, int value) => Compare(path, "lt", value);

    /// <summary>Path is less than an amount.</summary>
    public static ODataFilter Less(string path, decimal value) => Compare(path, "lt", value);

    /// <summary>Path is at or before an instant.</summary>
    public static ODataFilter LessOrEqual(string path, DateTimeOffset value) => Compare(path, "le", value);

    /// <summary>Path is at most a number.</summary>
    public static ODataFilter LessOrEqual(string path, int value) => Compare(path, "le", value);

    /// <summary>Path is at most an amount.</summary>
    public static ODataFilter LessOrEqual(string path, decimal value) => Compare(path, "le", value);

    /// <summary>Text begins so; on <c>SearchNumber</c> this is an index range scan (reference 4.3).</summary>
    public static ODataFilter StartsWith(string path, string value) => new TextFunction("startswith", ODataNames.FilterPath(path, valueIsGuid: false), ODataLiteral.Of(value));

    /// <summary>Text holds this somewhere; a scan of the whole table.</summary>
    public static ODataFilter Contains(string path, string value) => new TextFunction("contains", ODataNames.FilterPath(path, valueIsGuid: false), ODataLiteral.Of(value));

    /// <summary>Path is one of the GUIDs: a chain of <c>or</c>, for <c>in</c> is not supported.</summary>
    public static ODataFilter AnyOf(string path, IEnumerable<Guid> values) => Or([.. values.Select(value => Equal(path, value))]);

    /// <summary>Path is one of the texts: a chain of <c>or</c>.</summary>
    public static ODataFilter AnyOf(string path, IEnumerable<string> values) => Or([.. values.Select(value => Equal(path, value))]);

    /// <summary>All conditions hold.</summary>
    public static ODataFilter And(params ODataFilter[] filters) => Group.Of("and", filters);

    /// <summary>At least one condition holds.</summary>
    public static ODataFilter Or(params ODataFilter[] filters) => Group.Of("or", filters);

    /// <summary>The condition does not hold.</summary>
    public static ODataFilter Not(ODataFilter filter) => new Negation(filter ?? throw new ArgumentNullException(nameof(filter)));

    /// <summary>The expression before percent-encoding.</summary>
    public abstract string ToExpression();

    /// <summary>The kind only: values hold phone numbers and must not reach a log.</summary>
    public sealed override string ToString() => "filter";

    private static Comparison Compare(string path, string op, Guid value) => new(ODataNames.FilterPath(path, valueIsGuid: true), op, ODataLiteral.Of(value));

    private static Comparison Compare(string path, string op, bool value) => new(ODataNames.FilterPath(path, valueIsGuid: false), op, ODataLiteral.Of(value));

    private static Comparison Compare(string path, string op, int value) => new(ODataNames.FilterPath(path, valueIsGuid: false), op, ODataLiteral.Of(value));

    private static Comparison Compare(string path, string op, decimal value) => new(ODataNames.FilterPath(path, valueIsGuid: false), op, ODataLiteral.Of(value));

    private static Comparison Compare(string path, string op, DateTimeOffset value) =>
        new(ODataNames.FilterPath(path, valueIsGuid: false), op, ODataLiteral.Of(value));

    private static Comparison Compare(string path, string op, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var valueIsGuid = Guid.TryParseExact(value, "D", out _);
        if (valueIsGuid && (path == "Id" || path?.EndsWith("/Id", StringComparison.Ordinal) == true))
        {
            throw new ArgumentException($"'{path}' is a GUID: pass a Guid, Creatio refuses a quoted one.", nameof(value));
        }

        return new(ODataNames.FilterPath(path!, valueIsGuid), op, ODataLiteral.Of(value));
    }

    private sealed record Comparison(string Path, string Operator, string Literal) : ODataFilter
    {
        public override string ToExpression() => $"{Path} {Operator} {Literal}";
    }

    private sealed record TextFunction(string Name, string Path, string Literal) : ODataFilter
    {
        public override string ToExpression() => $"{Name}({Path},{Literal})";
    }

    private sealed record Negation(ODataFilter Inner) : ODataFilter
    {
        public override string ToExpression() => $"not ({Inner.ToExpression()})";
    }

    private sealed record Group(string Operator, IReadOnlyList<ODataFilter> Members) : ODataFilter
    {
        public static ODataFilter Of(string op, ODataFilter[] filters)
        {
            ArgumentNullException.ThrowIfNull(filters);
            return filters.Length switch
            {
                0 => throw new ArgumentException("A group of conditions has at least one member.", nameof(filters)),
                1 => filters[0],
                _ => new Group(op, [.. filters]),
            };
        }

        public override string ToExpression() =>
            string.Join($" {Operator} ", Members.Select(member => member is Group ? $"({member.ToExpression()})" : member.ToExpression()));
    }
}
