using TelephonyHub.Directory.Replica;

namespace TelephonyHub.Directory;

/// <summary>
/// Which of several contacts under one number is meant: decided when a call is written, when the CRM is asked anyway, and kept with the replica, for the
/// next ring may come after a restart or to another hub.
/// </summary>
internal sealed class ClientChoices(DirectoryService directory, ReplicaStore store)
{
    /// <param name="number">The client's.</param>
    /// <param name="dealing">Which of the contacts has an open deal, as the CRM has just said; null: none, and the last call decides.</param>
    /// <param name="ct">Cancels.</param>
    public async Task DecideAsync(PhoneNumber number, Func<IReadOnlyList<ClientCandidate>, Guid?> dealing, CancellationToken ct)
    {
        var rivals = directory.RivalsFor(number);
        var chosen = rivals.Count > 1 ? dealing(rivals) ?? await store.LastCallerAsync(number, [.. rivals.Select(r => r.ContactId!.Value)], ct) : null;
        if (directory.Choose(number, chosen))
        {
            await store.SaveChoiceAsync(number, chosen, ct);
        }
    }
}
