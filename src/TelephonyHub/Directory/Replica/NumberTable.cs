namespace TelephonyHub.Directory.Replica;

/// <summary>What is known of one communication: whose number, and how good it is.</summary>
[Flags]
internal enum NumberFlags : byte
{
    None = 0,
    Primary = 1,
    NonActual = 2,
    FoundBySearch = 4,

    /// <summary>Seen by the sweep that goes on.</summary>
    Seen = 8,

    /// <summary>Not in the database yet: found by a live question, or while the database was away.</summary>
    Unsaved = 16,
}

/// <summary>Communications in columns. Not safe for several threads: the directory locks.</summary>
internal sealed class NumberTable
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Column<Guid> _ids = new();
    private readonly Column<long> _numbers = new();
    private readonly Column<int> _records = new();
    private readonly Column<uint> _modified = new();
    private readonly Column<NumberFlags> _flags = new();
    private readonly SlotIndex _byId = new();
    private readonly SlotIndex _byNumber = new();
    private readonly Stack<int> _free = new();

    public static NumberFlags FlagsOf(ClientCandidate c) =>
        (c.Primary ? NumberFlags.Primary : NumberFlags.None)
        | (c.NonActual ? NumberFlags.NonActual : NumberFlags.None)
        | (c.FoundBySearch ? NumberFlags.FoundBySearch : NumberFlags.None);

    public int Slots { get; private set; }

    public int Count => Slots - _free.Count;

    public bool IsTaken(int slot) => _numbers[slot] != 0;

    public Guid IdAt(int slot) => _ids[slot];

    public PhoneNumber NumberAt(int slot) => PhoneNumber.OfDigits(_numbers[slot]);

    public int RecordAt(int slot) => _records[slot];

    public ref NumberFlags FlagsAt(int slot) => ref _flags[slot];

    public DateTimeOffset? ModifiedAt(int slot) => _modified[slot] == 0 ? null : Epoch.AddSeconds(_modified[slot]);

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

    public List<int> Find(PhoneNumber number)
    {
        var (digits, found) = (number.ToDigits(), new List<int>());
        for (var slot = _byNumber.First(digits.GetHashCode()); slot >= 0; slot = _byNumber.Next(slot))
        {
            if (_numbers[slot] == digits)
            {
                found.Add(slot);
            }
        }

        return found;
    }

    public int Add(Guid id, PhoneNumber number, int record)
    {
        var slot = _free.Count > 0 ? _free.Pop() : Slots++;
        _ids.Reach(slot);
        _numbers.Reach(slot);
        _records.Reach(slot);
        _modified.Reach(slot);
        _flags.Reach(slot);
        (_ids[slot], _numbers[slot], _records[slot], _flags[slot], _modified[slot]) = (id, number.ToDigits(), record, NumberFlags.None, 0);
        _byId.Add(id.GetHashCode(), slot, s => _ids[s].GetHashCode());
        _byNumber.Add(_numbers[slot].GetHashCode(), slot, s => _numbers[s].GetHashCode());
        return slot;
    }

    public void Change(int slot, PhoneNumber number, int record)
    {
        _records[slot] = record;
        if (number.ToDigits() is var digits && digits != _numbers[slot])
        {
            _byNumber.Remove(_numbers[slot].GetHashCode(), slot);
            _numbers[slot] = digits;
            _byNumber.Add(digits.GetHashCode(), slot, s => _numbers[s].GetHashCode());
        }
    }

    public bool SetModified(int slot, DateTimeOffset? at)
    {
        var seconds = at is { } known && known > Epoch ? (uint)Math.Min((known - Epoch).TotalSeconds, uint.MaxValue) : 0;
        var changed = _modified[slot] != seconds;
        _modified[slot] = seconds;
        return changed;
    }

    public void Remove(int slot)
    {
        _byId.Remove(_ids[slot].GetHashCode(), slot);
        _byNumber.Remove(_numbers[slot].GetHashCode(), slot);
        (_numbers[slot], _ids[slot]) = (0, Guid.Empty);
        _free.Push(slot);
    }
}
