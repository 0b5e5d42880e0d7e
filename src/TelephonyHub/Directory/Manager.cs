using TelephonyHub.Cabinets;

namespace TelephonyHub.Directory;

/// <param name="Number">As the PBX keeps it: E.164 digits, a SIP number, possibly with a post-dial tail.</param>
/// <param name="Active">Only active numbers are dialled.</param>
public sealed record PbxPhone(string Number, bool Active);

/// <summary>An employee record of one cabinet. One person may have records in several.</summary>
public sealed record PbxEmployee(CabinetKey Cabinet, long Id, string FullName, string? Email, IReadOnlyList<PbxPhone> Phones, string? Extension)
{
    /// <summary>By what this record came to its manager.</summary>
    public ManagerMatch MatchedBy { get; init; }

    /// <summary>Member of a group of that cabinet: he takes calls there.</summary>
    public bool InGroup { get; init; }
}

/// <summary>An employee's user of the CRM. People are referred to by their contact, not by the user.</summary>
public sealed record CrmUser(Guid UserId, Guid ContactId, string Name, string? Email, string? MobilePhone, string? WorkPhone, bool Active)
{
    /// <summary>Short numbers that the CRM has for him: his contact's extensions, and the one of his telephony settings.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];
}

/// <summary>How an employee record came to a manager.</summary>
public enum ManagerMatch
{
    None,
    Setting,
    Email,
    Phone,
    FullName,
}

/// <summary>A person who takes calls: a CRM user, employee records of cabinets, or both.</summary>
public sealed record Manager
{
    /// <summary>The person's contact in the CRM: what owners, authors and recipients refer to. Null without a CRM user.</summary>
    public Guid? ContactId { get; init; }

    public Guid? UserId { get; init; }

    public required string Name { get; init; }

    /// <summary>Has an active user in the CRM.</summary>
    public bool IsActiveUser { get; init; }

    public IReadOnlyList<PbxEmployee> Employees { get; init; } = [];

    public PhoneNumber? Mobile { get; init; }

    public PhoneNumber? Work { get; init; }

    /// <summary>As the CRM has them: no cabinet is named there.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    public ManagerMatch MatchedBy { get; init; }

    /// <summary>May own calls, deals and tasks.</summary>
    public bool CanOwn => ContactId is not null && IsActiveUser;

    /// <summary>The cabinet he is at home in: its hours and holidays are his. Null without an employee record.</summary>
    public CabinetKey? HomeCabinet => ManagerHome.Of(Employees)?.Cabinet;
}
