using System.Collections.Concurrent;

namespace TelephonyHub.Directory;

/// <summary>
/// Replica of the CRM's numbers in memory: number → candidates. Routing reads it on the client's time; it never asks anybody.
/// Written by one loader at a time, read by all.
/// </summary>
public sealed class ClientDirectory
{
    private readonly ConcurrentDictionary<Guid, ClientCandidate> _byCommunication = new();
    private readonly ConcurrentDictionary<PhoneNumber, Guid[]> _byNumber = new();
    private readonly Lock _writes = new();

    public int Count => _byCommunication.Count;

    public IReadOnlyList<ClientCandidate> Find(PhoneNumber number) =>
        _byNumber.TryGetValue(number, out var ids)
            ? [.. ids.Select(id => _byCommunication.GetValueOrDefault(id)).Where(c => c?.Number == number).Select(c => c!)]
            : [];

    public void Put(ClientCandidate candidate)
    {
        lock (_writes)
        {
            if (_byCommunication.TryGetValue(candidate.CommunicationId, out var old) && old.Number != candidate.Number)
            {
                Unlink(old);
            }

            _byCommunication[candidate.CommunicationId] = candidate;
            _byNumber.AddOrUpdate(candidate.Number, [candidate.CommunicationId], (_, ids) => ids.Contains(candidate.CommunicationId) ? ids : [.. ids, candidate.CommunicationId]);
        }
    }

    /// <summary>What a live question found is the truth about what it can find: such rows that it does not hold any more are gone.</summary>
    public void Replace(PhoneNumber number, IReadOnlyList<ClientCandidate> found)
    {
        lock (_writes)
        {
            foreach (var old in Find(number).Where(o => o.FoundBySearch && found.All(f => f.CommunicationId != o.CommunicationId)))
            {
                _byCommunication.TryRemove(old.CommunicationId, out _);
                Unlink(old);
            }
        }

        foreach (var candidate in found.Where(c => c.Number == number))
        {
            Put(candidate);
        }
    }

    /// <summary>A contact changed: name, owner, account or type, but not its numbers.</summary>
    public void UpdateContact(Guid contactId, Func<ClientCandidate, ClientCandidate> change) => Update(c => c.ContactId == contactId, change);

    public void UpdateAccount(Guid accountId, Func<ClientCandidate, ClientCandidate> change) => Update(c => c.ContactId is null && c.AccountId == accountId, change);

    /// <summary>After a full load: what it did not hold is gone.</summary>
    public void Keep(IReadOnlySet<Guid> communicationIds)
    {
        lock (_writes)
        {
            foreach (var candidate in _byCommunication.Values.Where(c => !communicationIds.Contains(c.CommunicationId)))
            {
                _byCommunication.TryRemove(candidate.CommunicationId, out _);
                Unlink(candidate);
            }
        }
    }

    private void Update(Func<ClientCandidate, bool> which, Func<ClientCandidate, ClientCandidate> change)
    {
        lock (_writes)
        {
            foreach (var candidate in _byCommunication.Values.Where(which))
            {
                _byCommunication[candidate.CommunicationId] = change(candidate);
            }
        }
    }

    private void Unlink(ClientCandidate candidate)
    {
        var left = _byNumber.GetValueOrDefault(candidate.Number)?.Where(id => id != candidate.CommunicationId).ToArray() ?? [];
        if (left.Length == 0)
        {
            _byNumber.TryRemove(candidate.Number, out _);
        }
        else
        {
            _byNumber[candidate.Number] = left;
        }
    }
}
