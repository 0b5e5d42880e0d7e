using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.Storage;

/// <summary>The rows of one entity with their indexes. Guarded by the store's lock.</summary>
internal sealed class CrmTable
{
    private static readonly HashSet<string> BigEntities = new(
        ["Contact", "Account", "Opportunity", "Lead", "Order", "Call", "Activity", "SysAdminUnit"], StringComparer.Ordinal);

    private readonly Dictionary<Guid, CrmRow> _rows = [];
    private readonly Dictionary<string, SortedIndex> _sorted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LookupIndex> _lookups = new(StringComparer.Ordinal);

    public CrmTable(EntitySchema schema)
    {
        Schema = schema;
        foreach (var column in schema.Columns)
        {
            if (column.Property is "SearchNumber" or "IntegrationId" or "ModifiedOn"
                || (column.Property == "StartDate" && schema.Name is "Call" or "Activity"))
            {
                _sorted.Add(column.Property, new SortedIndex(column));
            }
            else if (column.Property == "SubjectId"
                || (column.IsLookup && column.Name is not ("CreatedBy" or "ModifiedBy") && BigEntities.Contains(column.Target!)))
            {
                _lookups.Add(column.Property, new LookupIndex(column));
            }
        }
    }

    public EntitySchema Schema { get; }

    public int Count => _rows.Count;

    public IEnumerable<CrmRow> Rows => _rows.Values;

    public IEnumerable<ColumnSchema> IndexedLookups => _lookups.Values.Select(index => index.Column).Where(column => column.IsLookup);

    public CrmRow? Find(Guid id) => _rows.GetValueOrDefault(id);

    public SortedIndex? Sorted(string property) => _sorted.GetValueOrDefault(property);

    public LookupIndex? Lookup(string property) => _lookups.GetValueOrDefault(property);

    /// <summary>Rows whose lookup points to the given row; a scan where the lookup is not indexed.</summary>
    public IReadOnlyList<CrmRow> By(string property, Guid target) => Lookup(property) is { } index
        ? [.. index.Equal(target).Select(id => _rows[id])]
        : [.. _rows.Values.Where(row => row.Ref(property) == target)];

    public void Put(CrmRow row)
    {
        Remove(row.Id);
        _rows[row.Id] = row;
        foreach (var index in _sorted.Values)
        {
            index.Add(row);
        }

        foreach (var index in _lookups.Values)
        {
            index.Add(row);
        }
    }

    public void Replace(CrmRow old, CrmRow row)
    {
        _rows[row.Id] = row;
        foreach (var index in _sorted.Values)
        {
            index.Remove(old);
            index.Add(row);
        }

        foreach (var index in _lookups.Values)
        {
            index.Remove(old);
            index.Add(row);
        }
    }

    public void Remove(Guid id)
    {
        if (!_rows.Remove(id, out var row))
        {
            return;
        }

        foreach (var index in _sorted.Values)
        {
            index.Remove(row);
        }

        foreach (var index in _lookups.Values)
        {
            index.Remove(row);
        }
    }
}
