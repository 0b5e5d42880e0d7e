namespace TelephonyHub.Uis.DataApi;

/// <summary>Row of <c>get.contacts</c>.</summary>
public sealed record UisContact
{
    /// <summary>Contact id.</summary>
    public required long Id { get; init; }

    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    public string? LastName { get; init; }

    /// <summary>Patronymic.</summary>
    public string? Patronymic { get; init; }

    /// <summary>Whole name.</summary>
    public string? FullName { get; init; }

    /// <summary>Up to ten addresses.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>Up to ten numbers.</summary>
    public IReadOnlyList<string> PhoneNumbers { get; init; } = [];

    /// <summary>Employee to whom operation 10 of a scenario forwards.</summary>
    public long? PersonalManagerId { get; init; }

    /// <summary>His name.</summary>
    public string? PersonalManagerFullName { get; init; }

    /// <summary>Organization.</summary>
    public long? OrganizationId { get; init; }

    /// <summary>Its name.</summary>
    public string? OrganizationName { get; init; }
}

/// <summary>New contact. <paramref name="LastName"/> and at least one number are compulsory.</summary>
/// <param name="LastName">Last name.</param>
/// <param name="PhoneNumbers">Digits, <c>7XXXXXXXXXX</c>.</param>
public sealed record UisContactDraft(string LastName, IReadOnlyList<string> PhoneNumbers)
{
    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Patronymic.</summary>
    public string? Patronymic { get; init; }

    /// <summary>Addresses; empty = none.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>Personal manager (employee id).</summary>
    public long? PersonalManagerId { get; init; }
}

/// <summary>Change of a contact: <see langword="null"/> = stays as it is.</summary>
/// <param name="Id">Contact id.</param>
public sealed record UisContactChange(long Id)
{
    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    public string? LastName { get; init; }

    /// <summary>Patronymic.</summary>
    public string? Patronymic { get; init; }

    /// <summary>Replaces all numbers.</summary>
    public IReadOnlyList<string>? PhoneNumbers { get; init; }

    /// <summary>Replaces all addresses.</summary>
    public IReadOnlyList<string>? Emails { get; init; }

    /// <summary>New personal manager.</summary>
    public long? PersonalManagerId { get; init; }

    /// <summary>Takes the personal manager away (sends null).</summary>
    public bool ClearPersonalManager { get; init; }
}
