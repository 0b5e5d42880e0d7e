using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.OData;

/// <summary>A column reached through zero or more lookups: <c>Number</c>, <c>Contact/Id</c>, <c>Contact/Owner/Name</c>.</summary>
internal sealed class PropertyPath(string text, IReadOnlyList<ColumnSchema> steps, ColumnSchema final)
{
    public string Text => text;

    public IReadOnlyList<ColumnSchema> Steps => steps;

    public ColumnSchema Final => final;

    /// <summary>The lookup on the row itself when the path is just <c>Xxx/Id</c>.</summary>
    public ColumnSchema? OwnLookup => steps.Count == 1 && final.Ordinal == 0 ? steps[0] : null;

    public static PropertyPath Parse(CrmSchema schema, EntitySchema entity, IReadOnlyList<string> names)
    {
        var steps = new List<ColumnSchema>();
        var current = entity;
        foreach (var name in names.SkipLast(1))
        {
            var step = current.FindLookup(name) ?? throw Unknown(current, name);
            steps.Add(step);
            current = schema[step.Target!];
        }

        var final = current.Find(names[^1])
            ?? (current.FindLookup(names[^1]) is { } navigation
                ? throw CrmException.BadRequest(
                    "The query specified in the URI is not valid. A binary operator with incompatible types was detected. Found operand types "
                    + $"'Terrasoft.Configuration.OData.{navigation.Target}' and a primitive type.")
                : throw Unknown(current, names[^1]));
        return new PropertyPath(string.Join('/', names), steps, final);
    }

    public static CrmException Unknown(EntitySchema entity, string property) => CrmException.BadRequest(
        $"The query specified in the URI is not valid. Could not find a property named '{property}' on type '{entity.TypeName}'.");

    /// <summary>Null when unset or when a lookup on the way is; numbers and flags of an existing row are never null.</summary>
    public object? Value(CrmRow row, CreatioStore store)
    {
        for (var index = 0; index < steps.Count; index++)
        {
            if (row[steps[index]] is not Guid next)
            {
                return null;
            }

            if (index == steps.Count - 1 && final.Ordinal == 0)
            {
                return next;
            }

            if (store.Table(steps[index].Target!).Find(next) is not { } target)
            {
                return null;
            }

            row = target;
        }

        return row[final] ?? final.Kind switch
        {
            ColumnKind.Boolean or ColumnKind.Integer or ColumnKind.Decimal => final.Empty,
            _ => null,
        };
    }
}
