using TelephonyHub.Directory;
using TelephonyHub.Rules;

namespace TelephonyHub.Sync;

/// <summary>Who owns what a call leaves behind.</summary>
/// <param name="ContactId">His contact in the CRM; null when nobody can own.</param>
/// <param name="Name">For the reads of the API.</param>
/// <param name="Reason">Which step of the fall-through found him.</param>
public sealed record CallOwner(Guid? ContactId, string? Name, string Reason, Manager? Manager = null)
{
    /// <summary>A fact of this call, not of the settings: he talked last with the client.</summary>
    public bool ByTalk { get; init; }
}

/// <param name="Owner">Of a contact and a deal that have to be made. Those that exist keep theirs.</param>
/// <param name="Task">Whose the task is.</param>
/// <param name="Review">Somebody else talked with the owner's client: the owner is told to look at the call, and stays the owner.</param>
public sealed record CallOwners(CallOwner Owner, CallOwner Task, bool Review);

/// <summary>
/// The one ownership rule: the client's responsible; of an unknown client who talked; then (row G) who talked last with this number; of a missed call who was
/// rung last; who is on duty; and last <c>Sync:DefaultOwnerId</c>. Only people with an active CRM user can own.
/// </summary>
public static class CallOwnership
{
    /// <param name="facts">Who took part, as the directory knows them.</param>
    /// <param name="rule">What it says of the task; null where no rule acts.</param>
    public static CallOwners Of(OwnershipFacts facts, TaskRule? rule = null)
    {
        var owner = OwnerOf(facts);
        var task = TaskOwnerOf(facts, rule, owner);
        var another = facts.Managers.Responsible(facts.Client?.OwnerContactId) is not null && facts.Talked is { } talked && talked.ContactId != owner.ContactId;
        return new CallOwners(owner, task, another && task.ContactId == owner.ContactId);
    }

    private static CallOwner OwnerOf(OwnershipFacts facts)
    {
        var managers = facts.Managers;
        var responsible = managers.Responsible(facts.Client?.OwnerContactId);
        if (facts.Talked is { CanOwn: true } talked && (responsible is null || (responsible.ContactId is { } his && facts.GivenHere.Contains(his))))
        {
            return Owned(talked, "talked") with { ByTalk = true };
        }

        if (responsible is not null)
        {
            return Owned(responsible, "responsible");
        }

        if (managers.ByContact(facts.LastTalkedEarlier) is { CanOwn: true } earlier)
        {
            return Owned(earlier, "talked last with this client");
        }

        // Somebody without a CRM user talked: whose phone rang beside his has nothing to do with the client.
        if (facts.Talked is null && facts.Rung.LastOrDefault(m => m is { CanOwn: true }) is { } rung)
        {
            return Owned(rung, "rung last");
        }

        return OnDuty(facts) ?? Default(facts) ?? new CallOwner(null, null, "nobody: no owner, nobody talked or rung has a CRM user, no duty manager, no default owner");
    }

    private static CallOwner TaskOwnerOf(OwnershipFacts facts, TaskRule? rule, CallOwner owner) => rule?.Assignee switch
    {
        TaskAssignee.Talked when facts.Talked is { CanOwn: true } talked => Owned(talked, "rule: who talked") with { ByTalk = true },
        TaskAssignee.Duty when OnDuty(facts) is { } duty => duty with { Reason = "rule: duty" },
        TaskAssignee.Person when facts.Managers.ByContact(rule.PersonId) is { CanOwn: true } person => Owned(person, "rule: this person"),
        _ => owner,
    };

    private static CallOwner? OnDuty(OwnershipFacts facts) => facts.Duty.FirstOrDefault(m => m is { CanOwn: true }) is { } duty ? Owned(duty, "duty") : null;

    private static CallOwner? Default(OwnershipFacts facts) =>
        facts.DefaultOwnerId is { } id ? new CallOwner(id, facts.Managers.ByContact(id)?.Name, "default owner", facts.Managers.ByContact(id)) : null;

    private static CallOwner Owned(Manager manager, string reason) => new(manager.ContactId, manager.Name, reason, manager);
}

/// <summary>What ownership depends on.</summary>
public sealed record OwnershipFacts
{
    public required ManagerDirectory Managers { get; init; }

    public Client? Client { get; init; }

    /// <summary>Whom the hub made the client's responsible because of this very call. It is no word of a person: who talked last may become known later.</summary>
    public IReadOnlySet<Guid> GivenHere { get; init; } = new HashSet<Guid>();

    /// <summary>Who talked last in this call.</summary>
    public Manager? Talked { get; init; }

    /// <summary>Who talked last with this number in an earlier call.</summary>
    public Guid? LastTalkedEarlier { get; init; }

    /// <summary>In the order of ringing.</summary>
    public IReadOnlyList<Manager?> Rung { get; init; } = [];

    public IReadOnlyList<Manager?> Duty { get; init; } = [];

    public Guid? DefaultOwnerId { get; init; }
}
