using TelephonyHub.Hosting;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Accounts;

/// <summary>A person who may sign in.</summary>
/// <param name="Roles"><c>administrator | supervisor | manager | auditor</c></param>
/// <param name="Cabinets">Keys of what a supervisor sees; of an auditor empty means all.</param>
/// <param name="ContactId">His contact in the CRM: which calls are a manager's own.</param>
/// <param name="FromSettings">The first administrator; his name and password are those of the settings.</param>
/// <param name="LockedAt">By an administrator; null: not locked.</param>
/// <param name="LockedOutUntil">After too many wrong passwords.</param>
public sealed record UserItem(
    Guid Id, string UserName, string? FullName, IReadOnlyList<string> Roles, IReadOnlyList<string> Cabinets, Guid? ContactId, bool FromSettings, DateTimeOffset? LockedAt, DateTimeOffset? LockedOutUntil,
    DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt)
{
    internal static UserItem Of(UserRow row) => new(
        row.Id, row.UserName!, row.FullName, Account.Split(row.Roles), Account.Split(row.Cabinets), row.ContactId, row.FromSettings, row.LockedAt, row.LockoutEnd, row.CreatedAt, row.LastSignInAt);
}

/// <param name="UserName">For the sign-in; only when it is created.</param>
/// <param name="Roles"><c>administrator | supervisor | manager | auditor</c></param>
/// <param name="Cabinets">A supervisor needs some; an auditor without sees all.</param>
/// <param name="ContactId">His contact in the CRM; a manager needs it.</param>
/// <param name="Password">12 characters or more, only when it is created; null: one is made up and answered.</param>
public sealed record UserRequest(string? UserName, string? FullName, IReadOnlyList<string>? Roles, IReadOnlyList<string>? Cabinets, Guid? ContactId, string? Password);

/// <param name="Password">12 characters or more; null: one is made up and answered.</param>
public sealed record PasswordRequest(string? Password);

/// <param name="Current">The password until now.</param>
/// <param name="Next">12 characters or more.</param>
public sealed record OwnPasswordRequest(string? Current, string? Next);

/// <param name="Password">The one that was made up; it is not shown again. Null where it was given.</param>
public sealed record UserWithPassword(UserItem User, string? Password);

/// <summary>A program's key, without the secret.</summary>
/// <param name="Hint">The secret's first characters.</param>
/// <param name="Cabinets">What it sees; empty: all (of a supervisor's key: none).</param>
/// <param name="LastUsedAt">To the minute.</param>
public sealed record ApiKeyItem(
    Guid Id, string Name, string Hint, IReadOnlyList<string> Roles, IReadOnlyList<string> Cabinets, Guid? ContactId, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt, string? RevokedBy)
{
    internal static ApiKeyItem Of(ApiKeyRow row) => new(
        row.Id, row.Name, row.Hint, Account.Split(row.Roles), Account.Split(row.Cabinets), row.ContactId, row.CreatedAt, row.CreatedBy, row.ExpiresAt, row.LastUsedAt, row.RevokedAt, row.RevokedBy);
}

/// <param name="Name">Of the program; two keys in use may not bear the same.</param>
/// <param name="Roles">Usually <c>integration</c>.</param>
/// <param name="Cabinets">What it sees; empty: all.</param>
/// <param name="ContactId">Only for the role manager.</param>
/// <param name="ExpiresAt">ISO 8601; null: never.</param>
public sealed record ApiKeyRequest(string? Name, IReadOnlyList<string>? Roles, IReadOnlyList<string>? Cabinets, Guid? ContactId, DateTimeOffset? ExpiresAt);

/// <param name="Secret">Send it as <c>X-Api-Key</c>. It is not shown again.</param>
public sealed record NewApiKey(ApiKeyItem Key, string Secret);

/// <summary>Who asks, and what he may see.</summary>
/// <param name="Kind"><c>user | key | settings | oidc</c></param>
/// <param name="Cabinets">Null: all.</param>
public sealed record MeItem(string Name, string Kind, IReadOnlyList<string> Roles, IReadOnlyList<string>? Cabinets, Guid? ContactId)
{
    internal static MeItem Of(HubAccess access) => new(
        access.Name, access.Subject.Split(':')[0], access.Roles, access.Cabinets is null ? null : [.. access.Cabinets.Order(StringComparer.Ordinal)], access.ContactId);
}
