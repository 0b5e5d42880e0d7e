using TelephonyHub.Simulator.Creatio.Schema;

namespace TelephonyHub.Simulator.Creatio.Storage;

/// <summary>Ids ordered by a text or time column: equality, ranges and prefixes without a scan. Text without case, as in filters.</summary>
internal sealed class SortedIndex(ColumnSchema column)
{
    private static readonly Guid LastId = new(Enumerable.Repeat((byte)0xFF, 16).ToArray());

    private readonly SortedSet<(object Key, Guid Id)> _entries = new(Comparer<(object Key, Guid Id)>.Create(Compare));

    public void Add(CrmRow row)
    {
        if (row[column] is { } key)
        {
            _entries.Add((key, row.Id));
        }
    }

    public void Remove(CrmRow row)
    {
        if (row[column] is { } key)
        {
            _entries.Remove((key, row.Id));
        }
    }

    public IEnumerable<Guid> Prefix(string prefix) => Between(prefix, prefix + char.MaxValue);

    /// <summary>Ids with keys from one to the other, both included; null = open.</summary>
    public IEnumerable<Guid> Between(object? from, object? to)
    {
        if (_entries.Count == 0)
        {
            return [];
        }

        var low = from is null ? _entries.Min : (from, Guid.Empty);
        var high = to is null ? _entries.Max : (to, LastId);
        return Compare(low, high) > 0 ? [] : _entries.GetViewBetween(low, high).Select(entry => entry.Id);
    }

    private static int Compare((object Key, Guid Id) left, (object Key, Guid Id) right)
    {
        var order = left.Key is string text
            ? string.Compare(text, (string)right.Key, StringComparison.OrdinalIgnoreCase)
            : ((DateTimeOffset)left.Key).CompareTo((DateTimeOffset)right.Key);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }
}
