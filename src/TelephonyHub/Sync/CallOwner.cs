using TelephonyHub.Directory;

namespace TelephonyHub.Sync;

/// <summary>Who owns what a call leaves behind.</summary>
/// <param name="ContactId">His contact in the CRM; null when nobody can own.</param>
/// <param name="Name">For the reads of the API.</param>
/// <param name="Reason">Which step of the fall-through found him.</param>
public sealed record CallOwner(Guid? ContactId, string? Name, string Reason, Manager? Manager = null);

/// <summary>
/// The one ownership rule: the client's responsible; of an unknown client who talked; then (row G) who talked last with this number, who was rung
/// last, who is on duty, and last <c>Sync:DefaultOwnerId</c>. Only people with an active CRM user can own.
/// </summary>
public static class CallOwnership
{
    public static CallOwner Of(OwnershipFacts facts)
    {
        var managers = facts.Managers;
        if (managers.Responsible(facts.Client?.OwnerContactId) is { } responsible)
        {
            return Owned(responsible, "responsible");
        }

        if (facts.Talked is { CanOwn: true } talked)
        {
            return Owned(talked, "talked");
        }

        if (managers.ByContact(facts.LastTalkedEarlier) is { CanOwn: true } earlier)
        {
            return Owned(earlier, "talked last with this client");
        }

        if (facts.Rung.LastOrDefault(m => m is { CanOwn: true }) is { } rung)
        {
            return Owned(rung, "rung last");
        }

        if (facts.Duty.FirstOrDefault(m => m is { CanOwn: true }) is { } duty)
        {
            return Owned(duty, "duty");
        }

        return facts.DefaultOwnerId is { } fallback
            ? new CallOwner(fallback, managers.ByContact(fallback)?.Name, "default owner", managers.ByContact(fallback))
            : new CallOwner(null, null, "nobody: no owner, nobody talked or rung has a CRM user, no duty manager, no default owner");
    }

    private static CallOwner Owned(Manager manager, string reason) => new(manager.ContactId, manager.Name, reason, manager);
}

/// <summary>What ownership depends on.</summary>
public sealed record OwnershipFacts
{
    public required ManagerDirectory Managers { get; init; }

    public Client? Client { get; init; }

    /// <summary>Who talked last in this call.</summary>
    public Manager? Talked { get; init; }

    /// <summary>Who talked last with this number in an earlier call.</summary>
    public Guid? LastTalkedEarlier { get; init; }

    /// <summary>In the order of ringing.</summary>
    public IReadOnlyList<Manager?> Rung { get; init; } = [];

    public IReadOnlyList<Manager?> Duty { get; init; } = [];

    public Guid? DefaultOwnerId { get; init; }
}
