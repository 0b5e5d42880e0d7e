namespace TelephonyHub.Directory;

/// <summary>One place in the CRM where a number stands: a contact's or an account's communication.</summary>
public sealed record ClientCandidate
{
    public required Guid CommunicationId { get; init; }

    public required PhoneNumber Number { get; init; }

    public Guid? ContactId { get; init; }

    public Guid? AccountId { get; init; }

    /// <summary>Of the contact, else of the account.</summary>
    public string? Name { get; init; }

    public Guid? OwnerContactId { get; init; }

    public Guid? ContactTypeId { get; init; }

    public bool Primary { get; init; }

    public bool NonActual { get; init; }

    public DateTimeOffset? ModifiedOn { get; init; }

    /// <summary>
    /// A search by the last ten digits finds it. A number typed with an extension is stored reversed with the extension in front: only a full load sees it.
    /// </summary>
    public bool FoundBySearch { get; init; } = true;

    /// <summary>The account's primary contact; only for numbers that stand on an account.</summary>
    public Guid? PrimaryContactId { get; init; }
}

/// <summary>The client a number belongs to.</summary>
/// <param name="ContactId">Null where only an account has the number and it has no primary contact.</param>
public sealed record Client(Guid? ContactId, Guid? AccountId, string? Name, Guid? OwnerContactId)
{
    /// <summary>Other contacts and accounts with the same number.</summary>
    public IReadOnlyList<ClientCandidate> Others { get; init; } = [];
}

/// <summary>Several records may bear one number: which one is the client.</summary>
public static class ClientChooser
{
    /// <summary>
    /// A contact before an account; actual before outdated, primary before secondary, then the one chosen (an open deal, else the last call), then the one changed last.
    /// Employees' contacts are never clients.
    /// </summary>
    /// <param name="candidates">Who may bear the number.</param>
    /// <param name="number">The client's.</param>
    /// <param name="managers">The company's own people.</param>
    /// <param name="chosen">The contact among them that <see cref="ClientChoices"/> holds.</param>
    public static Client? Choose(IEnumerable<ClientCandidate> candidates, PhoneNumber number, ManagerDirectory managers, Guid? chosen = null)
    {
        var ordered = Clients(candidates, number, managers)
            .OrderByDescending(c => c.ContactId is not null)
            .ThenBy(c => c.NonActual)
            .ThenByDescending(c => c.Primary)
            .ThenByDescending(c => c.ContactId is not null && c.ContactId == chosen)
            .ThenByDescending(c => c.ModifiedOn)
            .ThenBy(c => c.CommunicationId)
            .ToList();
        if (ordered.Count == 0)
        {
            return null;
        }

        var best = ordered[0];

        // An account's primary contact may be one of our own people (our own account, a former colleague): still no client.
        var contact = best.ContactId ?? (best.PrimaryContactId is { } primary && !managers.IsEmployeeContact(primary) ? primary : null);
        return new Client(contact, best.AccountId, best.Name, best.OwnerContactId)
        {
            Others = [.. ordered.Skip(1).DistinctBy(c => (c.ContactId, c.ContactId is null ? c.AccountId : null)).Where(c => c.ContactId is null || c.ContactId != best.ContactId)],
        };
    }

    /// <summary>Contacts that are equally good by what the number itself says: an open deal decides between them, else the last call.</summary>
    public static IReadOnlyList<ClientCandidate> Rivals(IEnumerable<ClientCandidate> candidates, PhoneNumber number, ManagerDirectory managers)
    {
        var contacts = Clients(candidates, number, managers).Where(c => c.ContactId is not null).ToList();
        var best = contacts.OrderBy(c => c.NonActual).ThenByDescending(c => c.Primary).FirstOrDefault();
        return [.. contacts.Where(c => c.NonActual == best!.NonActual && c.Primary == best.Primary).DistinctBy(c => c.ContactId)];
    }

    private static IEnumerable<ClientCandidate> Clients(IEnumerable<ClientCandidate> candidates, PhoneNumber number, ManagerDirectory managers) => candidates
        .Where(c => c.Number == number)
        .Where(c => c.ContactId is not { } id || (c.ContactTypeId != Creatio.CreatioIds.ContactType.Employee && !managers.IsEmployeeContact(id)));
}
