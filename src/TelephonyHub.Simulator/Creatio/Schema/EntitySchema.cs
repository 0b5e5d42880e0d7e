using System.Collections.Frozen;

namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>One object: an entity set with its columns, the base columns of reference 3.1 first.</summary>
internal sealed class EntitySchema
{
    private readonly FrozenDictionary<string, ColumnSchema> _byProperty;
    private readonly FrozenDictionary<string, ColumnSchema> _lookups;

    public EntitySchema(string name, Guid? uid, string? displayColumn, IReadOnlyList<ColumnSchema> columns)
    {
        Name = name;
        UId = uid;
        DisplayColumn = displayColumn;
        Columns = [.. columns];
        Lookups = [.. columns.Where(column => column.IsLookup)];
        Defaults = [.. columns.Where(column => column.Default is not null)];
        Checked = [.. columns.Where(column => column.Required || column.MaxLength > 0)];
        _byProperty = columns.ToFrozenDictionary(column => column.Property, StringComparer.Ordinal);
        _lookups = columns.Where(column => column.IsLookup).ToFrozenDictionary(column => column.Name, StringComparer.Ordinal);
    }

    public string Name { get; }

    /// <summary>Schema UId, used by <c>Reminding.SysEntitySchemaId</c> and file URLs.</summary>
    public Guid? UId { get; }

    public string? DisplayColumn { get; }

    public ColumnSchema[] Columns { get; }

    public ColumnSchema[] Lookups { get; }

    /// <summary>Columns with a default value.</summary>
    public ColumnSchema[] Defaults { get; }

    /// <summary>Columns that are required or limited in size.</summary>
    public ColumnSchema[] Checked { get; }

    public string TypeName => "Terrasoft.Configuration.OData." + Name;

    /// <summary>The column of an OData property (<c>OwnerId</c>), null if there is none.</summary>
    public ColumnSchema? Find(string property) => _byProperty.GetValueOrDefault(property);

    /// <summary>The lookup behind a navigation property (<c>Owner</c>), null if there is none.</summary>
    public ColumnSchema? FindLookup(string navigation) => _lookups.GetValueOrDefault(navigation);

    /// <summary>The column by property, or a lookup by its column code.</summary>
    public ColumnSchema? FindAny(string name) => Find(name) ?? FindLookup(name);

    public ColumnSchema this[string property] =>
        Find(property) ?? throw new ArgumentException($"{Name} has no column {property}.", nameof(property));
}
