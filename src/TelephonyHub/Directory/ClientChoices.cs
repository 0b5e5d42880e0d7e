using TelephonyHub.Directory.Replica;

namespace TelephonyHub.Directory;

/// <summary>
/// Which of several contacts under one number is meant: decided when a call is written, when the CRM is asked anyway, and kept with the replica, for the
/// next ring may come after a restart or to another hub.
/// </summary>
internal sealed class ClientChoices(DirectoryService directory, ReplicaStore store) : IDisposable
{
    /// <summary>What is read while a choice is being kept does not hold it yet: taken, it would undo it, and the call that made it would be put down to the other contact.</summary>
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <param name="number">The client's.</param>
    /// <param name="dealing">Which of the contacts has an open deal, as the CRM has just said; null: none, and the last call decides.</param>
    /// <param name="ct">Cancels.</param>
    public async Task DecideAsync(PhoneNumber number, Func<IReadOnlyList<ClientCandidate>, Guid?> dealing, CancellationToken ct)
    {
        var rivals = directory.RivalsFor(number);
        var chosen = rivals.Count > 1 ? dealing(rivals) ?? await store.LastCallerAsync(number, [.. rivals.Select(r => r.ContactId!.Value)], ct) : null;
        if (chosen is null && directory.ChosenFor(number) is null)
        {
            return; // nearly every number
        }

        await _one.WaitAsync(ct);
        try
        {
            if (directory.ChosenFor(number) != chosen)
            {
                await store.SaveChoiceAsync(number, chosen, ct);
                directory.Choose(number, chosen);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Takes what this hub before a restart, or another one, has chosen.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            directory.TakeChoices(await store.ChoicesAsync(ct));
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
