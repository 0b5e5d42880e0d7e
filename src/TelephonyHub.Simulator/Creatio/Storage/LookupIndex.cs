using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.Storage;

/// <summary>Ids by the row a lookup points to.</summary>
internal sealed class LookupIndex(ColumnSchema column)
{
    private readonly Dictionary<Guid, HashSet<Guid>> _entries = [];

    public ColumnSchema Column => column;

    public void Add(CrmRow row)
    {
        if (row[column] is not Guid target)
        {
            return;
        }

        if (!_entries.TryGetValue(target, out var ids))
        {
            _entries.Add(target, ids = []);
        }

        ids.Add(row.Id);
    }

    public void Remove(CrmRow row)
    {
        if (row[column] is Guid target && _entries.TryGetValue(target, out var ids))
        {
            ids.Remove(row.Id);
        }
    }

    public IReadOnlyCollection<Guid> Equal(Guid target) => _entries.TryGetValue(target, out var ids) ? ids : [];
}
