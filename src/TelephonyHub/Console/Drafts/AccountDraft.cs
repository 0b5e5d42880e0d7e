using TelephonyHub.Accounts;

namespace TelephonyHub.Console.Drafts;

/// <summary>Rights of a person or a program while somebody gives them.</summary>
public sealed class AccountDraft
{
    /// <summary>For a user or key that is not there yet.</summary>
    public AccountDraft(params IEnumerable<string> roles) => Roles = roles.ToHashSet(StringComparer.Ordinal);

    public AccountDraft(UserSeen user)
        : this(user.User.Roles)
    {
        (Seen, Name, FullName, Contact) = (user, user.User.UserName, user.User.FullName, user.User.ContactId?.ToString());
        Cabinets = user.User.Cabinets.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The user as he was when the editing began, or as somebody else has left him since; null: a new one.</summary>
    public UserSeen? Seen { get; private set; }

    /// <summary>Of the sign-in, or of the program.</summary>
    public string Name { get; set; } = "";

    public string? FullName { get; set; }

    /// <summary>Id of the contact in the CRM.</summary>
    public string? Contact { get; set; }

    /// <summary>Last day on which a key is good.</summary>
    public DateOnly? LastDay { get; set; }

    public IReadOnlySet<string> Roles { get; private set; }

    public IReadOnlySet<string> Cabinets { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    private Guid? ContactId => Guid.TryParse(Contact, out var id) ? id : null;

    public void Role(string role, bool wanted) => Roles = With(Roles, role, wanted);

    public void Cabinet(string cabinet, bool wanted) => Cabinets = With(Cabinets, cabinet, wanted);

    /// <summary>Keeps what is typed and goes on from what somebody else has saved.</summary>
    public void Rebase(UserSeen newer) => Seen = newer;

    public UserRequest ToUser() => new(Seen is null ? Name : null, FullName, [.. Roles], [.. Cabinets], ContactId, null);

    /// <param name="expiresAt">The end of <see cref="LastDay"/>.</param>
    public ApiKeyRequest ToKey(DateTimeOffset? expiresAt) => new(Name, [.. Roles], [.. Cabinets], ContactId, expiresAt);

    private static IReadOnlySet<string> With(IReadOnlySet<string> set, string item, bool wanted) => (wanted ? set.Append(item) : set.Where(i => i != item)).ToHashSet(StringComparer.Ordinal);
}
