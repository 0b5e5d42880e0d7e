namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>The address book of a cabinet.</summary>
internal sealed class ContactBook(IReadOnlyList<SimContact> contacts)
{
    private const long FirstId = 700_001;
    private readonly Lock _gate = new();
    private List<SimContact> _contacts = [.. contacts];

    public IReadOnlyList<SimContact> All
    {
        get
        {
            lock (_gate)
            {
                return _contacts;
            }
        }
    }

    public SimContact? Find(string phone) => All.FirstOrDefault(contact => contact.PhoneNumbers.Contains(phone, StringComparer.Ordinal));

    /// <summary>Adds with the next id, whatever the id of the draft.</summary>
    public SimContact Add(SimContact draft)
    {
        lock (_gate)
        {
            var contact = draft with { Id = _contacts.Count == 0 ? FirstId : Math.Max(FirstId, _contacts.Max(known => known.Id) + 1) };
            _contacts = [.. _contacts, contact];
            return contact;
        }
    }

    public void Set(SimContact contact)
    {
        lock (_gate)
        {
            _contacts = [.. _contacts.Select(known => known.Id == contact.Id ? contact : known)];
        }
    }
}

/// <summary>The blacklist of a cabinet.</summary>
internal sealed class BlacklistBook(IEnumerable<string> numbers, DateTimeOffset since)
{
    private const long FirstId = 90_001;
    private readonly Lock _gate = new();
    private List<SimBlacklistEntry> _entries = [.. numbers.Select((number, index) => new SimBlacklistEntry(FirstId + index, number, null, since))];

    public IReadOnlyList<SimBlacklistEntry> All
    {
        get
        {
            lock (_gate)
            {
                return _entries;
            }
        }
    }

    public bool Contains(string? phone) => All.Any(entry => string.Equals(entry.PhoneNumber, phone, StringComparison.Ordinal));

    public SimBlacklistEntry Add(string phone, string? comment, DateTimeOffset at)
    {
        lock (_gate)
        {
            var entry = new SimBlacklistEntry(_entries.Count == 0 ? FirstId : _entries.Max(known => known.Id) + 1, phone, comment, at);
            _entries = [.. _entries, entry];
            return entry;
        }
    }

    public bool Remove(long id)
    {
        lock (_gate)
        {
            var found = _entries.Exists(entry => entry.Id == id);
            _entries = [.. _entries.Where(entry => entry.Id != id)];
            return found;
        }
    }
}
