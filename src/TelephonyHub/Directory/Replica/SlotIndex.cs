namespace TelephonyHub.Directory.Replica;

/// <summary>Hash → slots of a table, chained: eight bytes a slot, where a dictionary takes forty.</summary>
internal sealed class SlotIndex
{
    private readonly Column<int> _next = new();
    private int[] _heads = new int[1024];
    private int _count;

    /// <summary>First slot of a hash's chain; -1: none. Others may share it.</summary>
    public int First(int hash) => _heads[Place(hash)] - 1;

    public int Next(int slot) => _next[slot] - 1;

    /// <param name="hash">Of the new slot.</param>
    /// <param name="slot">Not in the index yet.</param>
    /// <param name="hashOf">Of any slot in the index: it grows.</param>
    public void Add(int hash, int slot, Func<int, int> hashOf)
    {
        _next.Reach(slot);
        if (_count == _heads.Length)
        {
            Grow(hashOf);
        }

        Link(hash, slot);
        _count++;
    }

    public void Remove(int hash, int slot)
    {
        ref var link = ref _heads[Place(hash)];
        while (link - 1 != slot)
        {
            link = ref _next[link - 1];
        }

        link = _next[slot];
        _count--;
    }

    private int Place(int hash) => (int)((uint)hash * 2654435769u >> 7) & (_heads.Length - 1);

    private void Link(int hash, int slot)
    {
        ref var head = ref _heads[Place(hash)];
        _next[slot] = head;
        head = slot + 1;
    }

    private void Grow(Func<int, int> hashOf)
    {
        var slots = new List<int>(_count);
        foreach (var head in _heads)
        {
            for (var slot = head - 1; slot >= 0; slot = Next(slot))
            {
                slots.Add(slot);
            }
        }

        _heads = new int[_heads.Length * 2];
        foreach (var slot in slots)
        {
            Link(hashOf(slot), slot);
        }
    }
}
