using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>Which columns and lookups of an entity an answer shows; null columns = all.</summary>
internal sealed record Selection(EntitySchema Entity, IReadOnlyList<ColumnSchema>? Columns, IReadOnlyList<Expansion> Expansions)
{
    /// <summary>The part of <c>@odata.context</c> after the entity set: <c>(Id,Name,Owner(Id))</c>.</summary>
    public string Context
    {
        get
        {
            var parts = (Columns ?? []).Select(column => column.Property)
                .Concat(Expansions.Select(expansion => expansion.Lookup.Name + (expansion.Inner.Context is { Length: > 0 } inner ? inner : "()")))
                .ToArray();
            return parts.Length == 0 ? "" : $"({string.Join(',', parts)})";
        }
    }

    public static Selection All(EntitySchema entity) => new(entity, null, []);

    public static Selection Parse(CrmSchema schema, EntitySchema entity, string? select, string? expand)
    {
        var expansions = Split(expand ?? "", ',').Select(item => Expansion.Parse(schema, entity, item)).ToArray();
        return new Selection(entity, Chosen(entity, select), expansions);
    }

    /// <summary>Splits at the separator outside parentheses and quotes.</summary>
    public static IEnumerable<string> Split(string text, char separator)
    {
        var depth = 0;
        var quoted = false;
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || (text[at] == separator && depth == 0 && !quoted))
            {
                if (text[start..at].Trim() is { Length: > 0 } item)
                {
                    yield return item;
                }

                start = at + 1;
                continue;
            }

            quoted ^= text[at] == '\'';
            depth += quoted ? 0 : text[at] switch { '(' => 1, ')' => -1, _ => 0 };
        }
    }

    private static List<ColumnSchema>? Chosen(EntitySchema entity, string? select)
    {
        if (string.IsNullOrWhiteSpace(select) || select.Trim() == "*")
        {
            return null;
        }

        var columns = new List<ColumnSchema>();
        foreach (var name in Split(select, ','))
        {
            if (entity.Find(name) is { } column)
            {
                columns.Add(column);
            }
            else if (entity.FindLookup(name) is null)
            {
                throw PropertyPath.Unknown(entity, name);
            }
        }

        return columns;
    }
}

/// <summary>One expanded lookup.</summary>
internal sealed record Expansion(ColumnSchema Lookup, Selection Inner)
{
    public static Expansion Parse(CrmSchema schema, EntitySchema entity, string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? text : text[..open]).Trim();
        if (name.Contains("CollectionBy", StringComparison.Ordinal))
        {
            throw CrmException.Failed($"Expanding the details {name} is not supported.", "System.NotSupportedException");
        }

        var lookup = entity.FindLookup(name) ?? throw PropertyPath.Unknown(entity, name);
        string? select = null;
        string? expand = null;
        if (open >= 0)
        {
            if (!text.EndsWith(')'))
            {
                throw CrmException.BadRequest($"The query specified in the URI is not valid. Found an unbalanced bracket expression in '{text}'.");
            }

            foreach (var option in Selection.Split(text[(open + 1)..^1], ';'))
            {
                var pair = option.Split('=', 2);
                switch (pair[0].Trim())
                {
                    case "$select":
                        select = pair[^1];
                        break;
                    case "$expand":
                        expand = pair[^1];
                        break;
                    default:
                        throw CrmException.BadRequest($"The query specified in the URI is not valid. The option '{pair[0]}' inside $expand is not supported.");
                }
            }
        }

        return new Expansion(lookup, Selection.Parse(schema, schema[lookup.Target!], select, expand));
    }

    /// <summary>Entities read by this expansion and those inside it.</summary>
    public IEnumerable<string> Entities() => Inner.Expansions.SelectMany(inner => inner.Entities()).Prepend(Lookup.Target!);
}
