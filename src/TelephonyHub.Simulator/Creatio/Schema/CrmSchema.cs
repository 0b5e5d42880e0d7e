using System.Collections.Frozen;

namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>All objects of the installation, built from the schema texts.</summary>
internal sealed class CrmSchema
{
    // Schemas never change: instances that lack no columns share one.
    private static readonly Lazy<CrmSchema> Complete = new(() => Create(new HashSet<string>(StringComparer.Ordinal)));

    private readonly FrozenDictionary<string, EntitySchema> _entities;

    private CrmSchema(IEnumerable<EntitySchema> entities) => _entities = entities.ToFrozenDictionary(entity => entity.Name, StringComparer.Ordinal);

    public IEnumerable<EntitySchema> Entities => _entities.Values;

    public EntitySchema? Find(string name) => _entities.GetValueOrDefault(name);

    public EntitySchema this[string name] => Find(name) ?? throw new ArgumentException($"There is no entity {name}.", nameof(name));

    /// <summary>
    /// Reads the texts; every lookup target they do not describe becomes a simple lookup with name and description.
    /// </summary>
    /// <param name="removed">Columns to leave out, as <c>Entity.Column</c>.</param>
    public static CrmSchema Build(IEnumerable<string> removed)
    {
        var without = removed.ToHashSet(StringComparer.Ordinal);
        return without.Count == 0 ? Complete.Value : Create(without);
    }

    private static CrmSchema Create(HashSet<string> without)
    {
        var described = SchemaText.Parse(
            [PeopleSchema.Text, SalesSchema.Text, CallSchema.Text, FileSchema.Text, UserSchema.Text], without);
        var known = described.Select(entity => entity.Name).ToHashSet(StringComparer.Ordinal);
        var simple = described
            .SelectMany(entity => entity.Columns)
            .Select(column => column.Target)
            .OfType<string>()
            .Concat(["ActivityResultCategory", "Currency", "SysImage"])
            .Distinct(StringComparer.Ordinal)
            .Where(target => !known.Contains(target))
            .Select(SchemaText.SimpleLookup);
        return new CrmSchema(described.Concat(simple));
    }
}
