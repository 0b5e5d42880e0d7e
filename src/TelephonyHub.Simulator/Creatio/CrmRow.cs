using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio;

/// <summary>One row as it is at a moment; it never changes, an update makes a new one.</summary>
public sealed class CrmRow
{
    private readonly object?[] _values;

    internal CrmRow(EntitySchema schema, object?[] values)
    {
        Schema = schema;
        _values = values;
        Id = (Guid)values[0]!;
    }

    public Guid Id { get; }

    /// <summary>Entity set name.</summary>
    public string Entity => Schema.Name;

    internal EntitySchema Schema { get; }

    /// <summary>
    /// Value by OData property (<c>OwnerId</c>): Guid, string, int, decimal, bool or DateTimeOffset; null when unset.
    /// </summary>
    /// <exception cref="ArgumentException">The entity has no such column.</exception>
    public object? this[string property] => _values[Schema[property].Ordinal];

    internal object? this[ColumnSchema column] => _values[column.Ordinal];

    /// <summary>Text value, empty when unset.</summary>
    public string Text(string property) => this[property] as string ?? "";

    /// <summary>Lookup or GUID value, null when unset.</summary>
    public Guid? Ref(string property) => this[property] as Guid?;

    /// <summary>Integer value, 0 when unset.</summary>
    public int Int(string property) => this[property] as int? ?? 0;

    /// <summary>Boolean value, false when unset.</summary>
    public bool Flag(string property) => this[property] as bool? ?? false;

    /// <summary>Time in UTC, null when unset.</summary>
    public DateTimeOffset? Time(string property) => this[property] as DateTimeOffset?;

    internal object?[] CopyValues() => (object?[])_values.Clone();

    public override string ToString() => $"{Entity}({Id})";
}
