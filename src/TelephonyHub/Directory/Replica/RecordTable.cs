namespace TelephonyHub.Directory.Replica;

/// <summary>Who bears numbers: a contact or an account.</summary>
/// <param name="Id">Of the contact or account.</param>
/// <param name="IsContact">Else an account.</param>
/// <param name="RelatedId">A contact's account; an account's primary contact.</param>
/// <param name="OwnerId">Contact of the owner.</param>
/// <param name="TypeId">A contact's type.</param>
internal sealed record ReplicaRecord(Guid Id, bool IsContact, string? Name, Guid? RelatedId, Guid? OwnerId, Guid? TypeId);

/// <summary>Contacts and accounts in columns. Not safe for several threads: the directory locks.</summary>
internal sealed class RecordTable
{
    private const byte ContactBit = 0x80;

    private readonly Column<Guid> _ids = new();
    private readonly Column<Guid> _related = new();
    private readonly Column<ushort> _owners = new();
    private readonly Column<byte> _types = new();
    private readonly Column<int> _names = new();
    private readonly Column<ushort> _numbers = new();
    private readonly SlotIndex _byId = new();
    private readonly NameHeap _heap = new();
    private readonly IdPool _ownerIds = new();
    private readonly IdPool _typeIds = new();
    private readonly Stack<int> _free = new();
    private int _slots;

    public int Count => _slots - _free.Count;

    /// <returns>-1: not there.</returns>
    public int Find(Guid id)
    {
        for (var slot = _byId.First(id.GetHashCode()); slot >= 0; slot = _byId.Next(slot))
        {
            if (_ids[slot] == id)
            {
                return slot;
            }
        }

        return -1;
    }

    public string? NameAt(int slot) => _heap.Get(_names[slot]);

    public ReplicaRecord Get(int slot) => new(
        _ids[slot],
        (_types[slot] & ContactBit) != 0,
        _heap.Get(_names[slot]),
        _related[slot] == Guid.Empty ? null : _related[slot],
        _ownerIds.Get(_owners[slot]),
        _typeIds.Get((ushort)(_types[slot] & ~ContactBit)));

    /// <returns>The slot, and whether anything of it changed.</returns>
    public (int Slot, bool Changed) Put(ReplicaRecord record)
    {
        var slot = Find(record.Id);
        if (slot < 0)
        {
            slot = _free.Count > 0 ? _free.Pop() : _slots++;
            Reach(slot);
            _ids[slot] = record.Id;
            (_names[slot], _numbers[slot]) = (0, 0);
            _byId.Add(record.Id.GetHashCode(), slot, s => _ids[s].GetHashCode());
            Write(slot, record);
            return (slot, true);
        }

        if (Get(slot) == Cut(record))
        {
            return (slot, false);
        }

        Write(slot, record);
        return (slot, true);
    }

    /// <summary>How many numbers it bears.</summary>
    public int Numbers(int slot) => _numbers[slot];

    public void Take(int slot) => _numbers[slot] = (ushort)Math.Min(_numbers[slot] + 1, ushort.MaxValue);

    /// <summary>A number less; without any, nobody is left to find it by.</summary>
    public void Leave(int slot)
    {
        if (--_numbers[slot] == 0)
        {
            _byId.Remove(_ids[slot].GetHashCode(), slot);
            _free.Push(slot);
        }
    }

    private void Reach(int slot)
    {
        _ids.Reach(slot);
        _related.Reach(slot);
        _owners.Reach(slot);
        _types.Reach(slot);
        _names.Reach(slot);
        _numbers.Reach(slot);
    }

    private void Write(int slot, ReplicaRecord record)
    {
        var name = Cut(record).Name;
        if (_heap.Get(_names[slot]) != name)
        {
            _names[slot] = _heap.Put(name);
        }

        _related[slot] = record.RelatedId ?? Guid.Empty;
        _owners[slot] = _ownerIds.Put(record.OwnerId);
        _types[slot] = (byte)((record.IsContact ? ContactBit : 0) | (Math.Min(_typeIds.Put(record.TypeId), (ushort)0x7F) & 0x7F));
    }

    /// <summary>As it would come back: an empty or overlong name must not look changed for ever.</summary>
    private static ReplicaRecord Cut(ReplicaRecord record) => record.Name switch
    {
        { Length: 0 } => record with { Name = null },
        { Length: > NameHeap.Most } name => record with { Name = name[..(char.IsHighSurrogate(name[NameHeap.Most - 1]) ? NameHeap.Most - 1 : NameHeap.Most)] },
        _ => record,
    };
}
