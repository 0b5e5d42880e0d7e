using System.Text.Json;
using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

internal enum ParamType
{
    Text,
    Number,
    Flag,
    Object,
    List,
}

/// <summary>One allowed parameter. Checks run in the vendor's order: unknown, missing, type, value (section 7).</summary>
internal sealed record ParamSpec(string Name, ParamType Type, bool Required = false)
{
    public Func<JsonNode, bool>? Accepts { get; init; }

    public IReadOnlyList<ParamSpec>? Members { get; init; }

    /// <summary>`null` clears an optional field in update methods (section 2.1).</summary>
    public bool Nullable { get; init; }

    /// <summary>Of a list: what each item must be.</summary>
    public Func<JsonNode?, bool>? Items { get; init; }

    public static ParamSpec Text(string name, bool required = false, Func<string, bool>? accepts = null) =>
        new(name, ParamType.Text, required) { Accepts = accepts is null ? null : node => accepts((string)node!) };

    public static ParamSpec OneOf(string name, bool required, params string[] values) =>
        Text(name, required, value => values.Contains(value, StringComparer.Ordinal));

    public static ParamSpec Number(string name, bool required = false, Func<decimal, bool>? accepts = null) =>
        new(name, ParamType.Number, required) { Accepts = accepts is null ? null : node => accepts(node.GetValue<decimal>()) };

    /// <summary>An array of strings, each of which must please.</summary>
    public static ParamSpec Texts(string name, bool required, Func<string, bool> accepts, int atMost) => new(name, ParamType.List, required)
    {
        Items = item => item?.GetValueKind() == JsonValueKind.String,
        Accepts = list => list.AsArray().Count <= atMost && list.AsArray().All(item => accepts((string)item!)),
    };

    public static ParamSpec Flag(string name) => new(name, ParamType.Flag);

    public static void Check(JsonObject given, IReadOnlyList<ParamSpec> specs)
    {
        Unknown(given, specs, string.Empty);
        Missing(given, specs, string.Empty);
        Types(given, specs, string.Empty);
        Values(given, specs, string.Empty);
    }

    private static void Unknown(JsonObject given, IReadOnlyList<ParamSpec> specs, string path)
    {
        foreach (var (name, value) in given)
        {
            var spec = specs.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal))
                ?? throw RpcErrors.Unexpected(path + name, RpcErrors.Text(value));
            if (spec.Members is { } members && value is JsonObject inner)
            {
                Unknown(inner, members, path + name + ".");
            }
        }
    }

    private static void Missing(JsonObject given, IReadOnlyList<ParamSpec> specs, string path)
    {
        foreach (var spec in specs)
        {
            if (!given.ContainsKey(spec.Name))
            {
                if (spec.Required)
                {
                    throw RpcErrors.Missing(path + spec.Name);
                }
            }
            else if (spec.Members is { } members && given[spec.Name] is JsonObject inner)
            {
                Missing(inner, members, path + spec.Name + ".");
            }
        }
    }

    private static void Types(JsonObject given, IReadOnlyList<ParamSpec> specs, string path)
    {
        foreach (var spec in specs.Where(spec => given.ContainsKey(spec.Name)))
        {
            var value = given[spec.Name];
            var fits = (spec.Type, value?.GetValueKind()) switch
            {
                (ParamType.Text, JsonValueKind.String) => true,
                (ParamType.Number, JsonValueKind.Number) => value!.AsValue().TryGetValue<decimal>(out _),
                (ParamType.Flag, JsonValueKind.True or JsonValueKind.False) => true,
                (ParamType.Object, JsonValueKind.Object) => true,
                (ParamType.List, JsonValueKind.Array) => spec.Items is null || value!.AsArray().All(spec.Items),
                (_, null or JsonValueKind.Null) => spec.Nullable,
                _ => false,
            };
            if (!fits)
            {
                throw RpcErrors.WrongType(path + spec.Name, value);
            }

            if (spec.Members is { } members && value is JsonObject inner)
            {
                Types(inner, members, path + spec.Name + ".");
            }
        }
    }

    private static void Values(JsonObject given, IReadOnlyList<ParamSpec> specs, string path)
    {
        foreach (var spec in specs.Where(spec => given.ContainsKey(spec.Name)))
        {
            if (given[spec.Name] is not { } value)
            {
                continue;
            }

            if (spec.Accepts?.Invoke(value) == false)
            {
                throw RpcErrors.InvalidValue(path + spec.Name, value);
            }

            if (spec.Members is { } members && value is JsonObject inner)
            {
                Values(inner, members, path + spec.Name + ".");
            }
        }
    }
}
