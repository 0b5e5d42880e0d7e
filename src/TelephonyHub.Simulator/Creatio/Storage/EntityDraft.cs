using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.Storage;

/// <summary>A row on its way into the store; rules read and change it before it is saved.</summary>
internal sealed class EntityDraft(EntitySchema schema, CrmRow? old, object?[] values, IReadOnlySet<string> given)
{
    public EntitySchema Schema => schema;

    public CrmRow? Old => old;

    public bool IsNew => old is null;

    public Guid Id => (Guid)values[0]!;

    public object?[] Values => values;

    /// <summary>A column that this installation lacks reads as unset and swallows what is written.</summary>
    public object? this[string property]
    {
        get => schema.Find(property) is { } column ? values[column.Ordinal] : null;
        set
        {
            if (schema.Find(property) is { } column)
            {
                values[column.Ordinal] = value is "" ? null : value;
            }
        }
    }

    public string Text(string property) => this[property] as string ?? "";

    public Guid? Ref(string property) => this[property] as Guid?;

    public bool Flag(string property) => this[property] as bool? ?? false;

    public DateTimeOffset? Time(string property) => this[property] as DateTimeOffset?;

    /// <summary>True when the caller named the column, even with an empty value.</summary>
    public bool Given(string property) => given.Contains(property);

    /// <summary>True when the value differs from the saved one; for a new row, from unset.</summary>
    public bool Changed(string property) =>
        schema.Find(property) is { } column && !Equals(old?[column], values[column.Ordinal]);
}
