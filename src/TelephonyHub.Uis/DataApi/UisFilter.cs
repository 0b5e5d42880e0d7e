using System.Globalization;
using System.Text.Json.Nodes;

namespace TelephonyHub.Uis.DataApi;

/// <summary>Typed filter of a <c>get.*</c> method (reference 2.1). Times are account-local.</summary>
public abstract record UisFilter
{
    private protected UisFilter()
    {
    }

    /// <summary>Field equals the value.</summary>
    public static UisFilter Equal(string field, UisFilterValue value) => new Comparison(field, "=", value);

    /// <summary>Field differs from the value.</summary>
    public static UisFilter NotEqual(string field, UisFilterValue value) => new Comparison(field, "!=", value);

    /// <summary>Field is less than the value; numbers and dates.</summary>
    public static UisFilter Less(string field, UisFilterValue value) => new Comparison(field, "<", value);

    /// <summary>Field is at most the value; numbers and dates.</summary>
    public static UisFilter AtMost(string field, UisFilterValue value) => new Comparison(field, "<=", value);

    /// <summary>Field is greater than the value; numbers and dates.</summary>
    public static UisFilter Greater(string field, UisFilterValue value) => new Comparison(field, ">", value);

    /// <summary>Field is at least the value; numbers and dates.</summary>
    public static UisFilter AtLeast(string field, UisFilterValue value) => new Comparison(field, ">=", value);

    /// <summary>Field matches a pattern with <c>%</c>.</summary>
    public static UisFilter Like(string field, string pattern) => new Comparison(field, "like", pattern);

    /// <summary>As <see cref="Like"/>, whatever the case; not available in every method.</summary>
    public static UisFilter LikeAnyCase(string field, string pattern) => new Comparison(field, "ilike", pattern);

    /// <summary>Field does not match a pattern with <c>%</c>; not available in every method.</summary>
    public static UisFilter NotLike(string field, string pattern) => new Comparison(field, "not_like", pattern);

    /// <summary>As <see cref="NotLike"/>, whatever the case; not available in every method.</summary>
    public static UisFilter NotLikeAnyCase(string field, string pattern) => new Comparison(field, "not_ilike", pattern);

    /// <summary>Field matches a POSIX expression.</summary>
    public static UisFilter Matches(string field, string expression) => new Comparison(field, "regexp", expression);

    /// <summary>Field, an array, holds one of the values; not available in every method.</summary>
    public static UisFilter Overlaps(string field, params IReadOnlyList<UisFilterValue> values) => new Comparison(field, "overlap", UisFilterValue.List(values));

    /// <summary>Field, an array, holds none of the values; not available in every method.</summary>
    public static UisFilter NotOverlaps(string field, params IReadOnlyList<UisFilterValue> values) => new Comparison(field, "not_overlap", UisFilterValue.List(values));

    /// <summary>Field is null; written as <c>= null</c>, which every method knows.</summary>
    public static UisFilter IsNull(string field) => new Comparison(field, "=", UisFilterValue.Null);

    /// <summary>Field is not null; written as <c>!= null</c>, which every method knows.</summary>
    public static UisFilter IsNotNull(string field) => new Comparison(field, "!=", UisFilterValue.Null);

    /// <summary>All parts hold.</summary>
    public static UisFilter And(params IReadOnlyList<UisFilter> parts) => Tree.Of(parts, "and");

    /// <summary>At least one part holds.</summary>
    public static UisFilter Or(params IReadOnlyList<UisFilter> parts) => Tree.Of(parts, "or");

    /// <summary>Field is one of the values. Written as a tree of <c>=</c>, because <c>in</c> is not available in every method.</summary>
    public static UisFilter AnyOf(string field, IEnumerable<long> values) => Or([.. values.Select(value => Equal(field, value))]);

    internal abstract JsonObject ToJson();

    private sealed record Comparison(string Field, string Operator, UisFilterValue Value) : UisFilter
    {
        internal override JsonObject ToJson() => new() { ["field"] = Field, ["operator"] = Operator, ["value"] = Value.ToJson() };
    }

    private sealed record Tree(IReadOnlyList<UisFilter> Parts, string Condition) : UisFilter
    {
        internal static UisFilter Of(IReadOnlyList<UisFilter> parts, string condition) => parts.Count switch
        {
            0 => throw new ArgumentException("A filter needs at least one part.", nameof(parts)),
            1 => parts[0],
            _ => new Tree(parts, condition),
        };

        internal override JsonObject ToJson() =>
            new() { ["filters"] = new JsonArray([.. Parts.Select(part => (JsonNode)part.ToJson())]), ["condition"] = Condition };
    }
}

/// <summary>Value of a filter: text, number, boolean, account-local time, or null. Converts implicitly from these.</summary>
public sealed class UisFilterValue
{
    private readonly object? _value;

    private UisFilterValue(object? value) => _value = value;

    internal static UisFilterValue Null { get; } = new(null);

    internal static UisFilterValue List(IReadOnlyList<UisFilterValue> values) => new(values);

    /// <summary>Text.</summary>
    public static implicit operator UisFilterValue(string value) => new(value);

    /// <summary>Number.</summary>
    public static implicit operator UisFilterValue(long value) => new(value);

    /// <summary>Boolean.</summary>
    public static implicit operator UisFilterValue(bool value) => new(value);

    /// <summary>Time in the account's zone.</summary>
    public static implicit operator UisFilterValue(DateTime value) => new(value);

    internal JsonNode? ToJson() => _value switch
    {
        string text => JsonValue.Create(text),
        long number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        DateTime time => JsonValue.Create(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        IReadOnlyList<UisFilterValue> list => new JsonArray([.. list.Select(value => value.ToJson())]),
        _ => null,
    };
}
