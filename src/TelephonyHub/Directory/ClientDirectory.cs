using TelephonyHub.Directory.Replica;

namespace TelephonyHub.Directory;

/// <summary>
/// Replica of the CRM's numbers in memory: number → candidates. Routing reads it on the client's time; it never asks anybody. Kept in columns, because a
/// million numbers as objects would take half a gigabyte. One lock: a look-up takes a microsecond.
/// </summary>
public sealed class ClientDirectory
{
    private const int Slice = 1000;

    private readonly NumberTable _numbers = new();
    private readonly RecordTable _records = new();
    private readonly Lock _gate = new();

    /// <summary>Removed by live answers and still in the database.</summary>
    private List<Guid> _gone = [];

    /// <summary>Numbers, each counted where it stands.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _numbers.Count;
            }
        }
    }

    public IReadOnlyList<ClientCandidate> Find(PhoneNumber number)
    {
        lock (_gate)
        {
            return _numbers.Find(number).ConvertAll(CandidateAt);
        }
    }

    /// <summary>
    /// Numbers of contacts and accounts. How many they bear is known, so most clients, who bear the one they called from, cost a look-up; for the others all
    /// numbers are gone through until theirs are found, a few milliseconds for a million: not on a client's time.
    /// </summary>
    /// <param name="known">One that they are known to bear; null: none.</param>
    /// <param name="bearers">Ids of contacts and accounts.</param>
    public IReadOnlyList<PhoneNumber> NumbersOf(PhoneNumber? known, params IEnumerable<Guid> bearers)
    {
        HashSet<int> records;
        var numbers = new HashSet<PhoneNumber>();
        int missing;
        lock (_gate)
        {
            records = [.. bearers.Select(_records.Find).Where(r => r >= 0)];
            missing = records.Sum(_records.Numbers);
            if (known is { } number && _numbers.Find(number).Count(s => records.Contains(_numbers.RecordAt(s))) is > 0 and var borne)
            {
                numbers.Add(number);
                missing -= borne;
            }
        }

        if (missing > 0)
        {
            ForEachSlice(slot =>
            {
                if (records.Contains(_numbers.RecordAt(slot)) && _numbers.NumberAt(slot) is var found && found != known)
                {
                    numbers.Add(found);
                    missing--;
                }

                return missing > 0;
            });
        }

        return [.. numbers];
    }

    /// <summary>Numbers of contacts and accounts of a name: a person searches, so the whole replica is looked through, a slice at a time.</summary>
    /// <param name="query">A part of the name.</param>
    /// <param name="most">Of them; a name that more bear tells nobody apart.</param>
    public IReadOnlyCollection<PhoneNumber> Find(NameQuery query, int most)
    {
        var found = new HashSet<PhoneNumber>();
        if (query.SaysSomething)
        {
            ForEachSlice(slot =>
            {
                if (query.Fits(_records.NameAt(_numbers.RecordAt(slot))))
                {
                    found.Add(_numbers.NumberAt(slot));
                }

                return found.Count < most;
            });
        }

        return found;
    }

    /// <returns>True when it was new or anything of it changed.</returns>
    public bool Put(ClientCandidate candidate) => Put(candidate, saved: false);

    /// <param name="candidate">As the CRM has it.</param>
    /// <param name="saved">It came from the database: nothing of it is to be written there.</param>
    internal bool Put(ClientCandidate candidate, bool saved)
    {
        lock (_gate)
        {
            var (record, changed) = _records.Put(RecordOf(candidate));
            var slot = _numbers.Find(candidate.CommunicationId);
            if (slot < 0)
            {
                slot = _numbers.Add(candidate.CommunicationId, candidate.Number, record);
                _records.Take(record);
                changed = true;
            }
            else if (_numbers.RecordAt(slot) is var before && (before != record || _numbers.NumberAt(slot) != candidate.Number))
            {
                _numbers.Change(slot, candidate.Number, record);
                _records.Take(record);
                _records.Leave(before);
                changed = true;
            }

            ref var flags = ref _numbers.FlagsAt(slot);
            const NumberFlags Facts = NumberFlags.Primary | NumberFlags.NonActual | NumberFlags.FoundBySearch;
            var wanted = NumberTable.FlagsOf(candidate);
            changed |= (flags & Facts) != wanted;
            changed |= _numbers.SetModified(slot, candidate.ModifiedOn);
            var unsaved = !saved && (changed || flags.HasFlag(NumberFlags.Unsaved));
            flags = wanted | NumberFlags.Seen | (unsaved ? NumberFlags.Unsaved : NumberFlags.None);
            return changed || unsaved;
        }
    }

    /// <summary>What a live question found is the truth about what it can find: such rows that it does not hold any more are gone.</summary>
    /// <param name="complete">False where there were more than were read: then none counts as gone.</param>
    public void Replace(PhoneNumber number, IReadOnlyList<ClientCandidate> found, bool complete = true)
    {
        lock (_gate)
        {
            foreach (var slot in _numbers.Find(number).Where(s => complete && _numbers.FlagsAt(s).HasFlag(NumberFlags.FoundBySearch) && found.All(f => f.CommunicationId != _numbers.IdAt(s))))
            {
                _gone.Add(_numbers.IdAt(slot));
                RemoveAt(slot);
            }
        }

        foreach (var candidate in found.Where(c => c.Number == number))
        {
            Put(candidate);
        }
    }

    /// <summary>A contact or account changed: name, owner, account or type, but not its numbers.</summary>
    /// <returns>True when it bears numbers here and anything changed.</returns>
    internal bool Put(ReplicaRecord record)
    {
        lock (_gate)
        {
            return _records.Find(record.Id) >= 0 && _records.Put(record).Changed;
        }
    }

    internal void Remove(Guid communicationId)
    {
        lock (_gate)
        {
            if (_numbers.Find(communicationId) is >= 0 and var slot)
            {
                RemoveAt(slot);
            }
        }
    }

    /// <summary>What live answers removed since the last time.</summary>
    internal IReadOnlyList<Guid> TakeGone()
    {
        lock (_gate)
        {
            var gone = _gone;
            _gone = [];
            return gone;
        }
    }

    /// <summary>What was put is in the database now.</summary>
    internal void MarkSaved(IEnumerable<Guid> communicationIds)
    {
        lock (_gate)
        {
            foreach (var id in communicationIds)
            {
                if (_numbers.Find(id) is >= 0 and var slot)
                {
                    _numbers.FlagsAt(slot) &= ~NumberFlags.Unsaved;
                }
            }
        }
    }

    /// <summary>Before a whole load: nothing is seen yet.</summary>
    internal void BeginSweep() => ForEachSlice(slot => _numbers.FlagsAt(slot) &= ~NumberFlags.Seen);

    /// <summary>After a whole load: what it did not hold. Gone it is only when a question by its id says so, too.</summary>
    internal IReadOnlyList<(Guid Id, bool OfContact)> Unseen()
    {
        var unseen = new List<(Guid, bool)>();
        ForEachSlice(slot =>
        {
            if (!_numbers.FlagsAt(slot).HasFlag(NumberFlags.Seen))
            {
                unseen.Add((_numbers.IdAt(slot), _records.Get(_numbers.RecordAt(slot)).IsContact));
            }
        });
        return unseen;
    }

    internal static ReplicaRecord RecordOf(ClientCandidate c) => c.ContactId is { } contact
        ? new ReplicaRecord(contact, true, c.Name, c.AccountId, c.OwnerContactId, c.ContactTypeId)
        : new ReplicaRecord(c.AccountId!.Value, false, c.Name, c.PrimaryContactId, c.OwnerContactId, null);

    private void ForEachSlice(Action<int> work) => ForEachSlice(slot =>
    {
        work(slot);
        return true;
    });

    /// <summary>A slice at a time: a caller's look-up must not wait for a million.</summary>
    /// <param name="work">For each number; false: that was enough.</param>
    private void ForEachSlice(Func<int, bool> work)
    {
        for (var begin = 0; ; begin += Slice)
        {
            lock (_gate)
            {
                if (begin >= _numbers.Slots)
                {
                    return;
                }

                for (var slot = begin; slot < Math.Min(begin + Slice, _numbers.Slots); slot++)
                {
                    if (_numbers.IsTaken(slot) && !work(slot))
                    {
                        return;
                    }
                }
            }
        }
    }

    private ClientCandidate CandidateAt(int slot)
    {
        var (record, flags) = (_records.Get(_numbers.RecordAt(slot)), _numbers.FlagsAt(slot));
        return new ClientCandidate
        {
            CommunicationId = _numbers.IdAt(slot),
            Number = _numbers.NumberAt(slot),
            ContactId = record.IsContact ? record.Id : null,
            AccountId = record.IsContact ? record.RelatedId : record.Id,
            PrimaryContactId = record.IsContact ? null : record.RelatedId,
            Name = record.Name,
            OwnerContactId = record.OwnerId,
            ContactTypeId = record.TypeId,
            Primary = flags.HasFlag(NumberFlags.Primary),
            NonActual = flags.HasFlag(NumberFlags.NonActual),
            FoundBySearch = flags.HasFlag(NumberFlags.FoundBySearch),
            ModifiedOn = _numbers.ModifiedAt(slot),
        };
    }

    private void RemoveAt(int slot)
    {
        var record = _numbers.RecordAt(slot);
        _numbers.Remove(slot);
        _records.Leave(record);
    }
}
