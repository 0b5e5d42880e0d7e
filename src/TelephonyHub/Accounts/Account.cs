using System.Security.Claims;
using TelephonyHub.Hosting;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Accounts;

/// <summary>Somebody, or some program, that is let in; becomes the claims of a cookie or of a request.</summary>
/// <param name="Subject">See <see cref="HubClaims.Subject"/>.</param>
/// <param name="Cabinets">Keys, or <see cref="HubClaims.AllCabinets"/>.</param>
/// <param name="Stamp">Of a session: when the account's differs, the session ends. Null for keys.</param>
internal sealed record Account(string Subject, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Cabinets, Guid? ContactId, string? Stamp)
{
    private const string UserPrefix = "user:";

    public static Account Of(UserRow user) => new(
        $"{UserPrefix}{user.Id}", user.UserName!, Split(user.Roles), CabinetsOf(Split(user.Roles), Split(user.Cabinets)), user.ContactId, user.SecurityStamp);

    public static Account Of(ApiKeyRow key) => new($"key:{key.Id}", key.Name, Split(key.Roles), CabinetsOf(Split(key.Roles), Split(key.Cabinets)), key.ContactId, null);

    public static Account Of(ApiKeySettings key) => new($"settings:{key.Name}", key.Name, key.Roles, key.Cabinets.Count > 0 ? key.Cabinets : [HubClaims.AllCabinets], key.ContactId, null);

    /// <summary>The user whose session this is; null for others than users of the database.</summary>
    public static Guid? UserOf(ClaimsPrincipal person) =>
        person.FindFirstValue(HubClaims.Subject) is { } subject && subject.StartsWith(UserPrefix, StringComparison.Ordinal) && Guid.TryParse(subject.AsSpan(UserPrefix.Length), out var id) ? id : null;

    /// <summary>Of no cabinet named, auditors and programs see all and supervisors none: theirs are some by name.</summary>
    internal static IReadOnlyList<string> CabinetsOf(IReadOnlyList<string> roles, IReadOnlyList<string> named) =>
        named.Count == 0 && roles.Any(r => r is HubRoles.Administrator or HubRoles.Auditor or HubRoles.Integration) ? [HubClaims.AllCabinets] : named;

    public static IReadOnlyList<string> Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, Name), new Claim(HubClaims.Subject, Subject)], scheme);
        identity.AddClaims(Roles.Select(r => new Claim(ClaimTypes.Role, r)));
        identity.AddClaims(Cabinets.Select(c => new Claim(HubClaims.Cabinet, c)));
        if (ContactId is { } contact)
        {
            identity.AddClaim(new Claim(HubClaims.Contact, contact.ToString()));
        }

        if (Stamp is not null)
        {
            identity.AddClaim(new Claim(HubClaims.Stamp, Stamp));
        }

        return new ClaimsPrincipal(identity);
    }
}
