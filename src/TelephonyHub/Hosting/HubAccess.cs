using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace TelephonyHub.Hosting;

/// <summary>Claims of the hub's own, in cookies and of keys.</summary>
public static class HubClaims
{
    /// <summary>Who it is, whatever the name: <c>user:&lt;id&gt;</c>, <c>key:&lt;id&gt;</c>, <c>settings:&lt;name&gt;</c>, <c>oidc:&lt;subject&gt;</c>.</summary>
    public const string Subject = ClaimTypes.NameIdentifier;

    /// <summary>A cabinet he may see, once for each; <see cref="AllCabinets"/> for all.</summary>
    public const string Cabinet = "hub:cabinet";

    public const string AllCabinets = "*";

    /// <summary>His contact in the CRM: which calls are his own.</summary>
    public const string Contact = "hub:contact";

    /// <summary>Changes when the password does: older sessions end.</summary>
    public const string Stamp = "hub:stamp";
}

/// <summary>
/// What the current person or program may see. Queries take it: whoever adds a read asks the database through
/// <see cref="Storage.HubDatabase.CreateContext(HubAccess)"/>, and rows of a foreign cabinet are not there.
/// </summary>
public sealed record HubAccess
{
    /// <summary>The hub itself, and administrators.</summary>
    public static readonly HubAccess Everything = new() { Name = "hub", Subject = "hub", Roles = [HubRoles.Administrator] };

    public required string Name { get; init; }

    /// <summary>Tells people and keys of one name apart: see <see cref="HubClaims.Subject"/>.</summary>
    public required string Subject { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Cabinets whose calls and records are seen; null: all, also those that are configured later.</summary>
    public FrozenSet<string>? Cabinets { get; init; }

    /// <summary>A manager's contact in the CRM: besides <see cref="Cabinets"/> he sees the calls that he owns or was rung for, in any cabinet.</summary>
    public Guid? ContactId { get; init; }

    public bool SeesAll => Cabinets is null;

    /// <summary>Two records with equal lists are not equal to the compiler.</summary>
    public bool IsSameAs(HubAccess other) =>
        Subject == other.Subject && ContactId == other.ContactId && Roles.SequenceEqual(other.Roles)
        && (Cabinets is null ? other.Cabinets is null : other.Cabinets is not null && Cabinets.SetEquals(other.Cabinets));

    public bool Sees(string cabinet) => Cabinets is null || Cabinets.Contains(cabinet);

    public static HubAccess Of(ClaimsPrincipal person)
    {
        var roles = person.FindAll(ClaimTypes.Role).Select(c => c.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var named = person.FindAll(HubClaims.Cabinet).Select(c => c.Value).ToFrozenSet(StringComparer.Ordinal);
        var all = roles.Contains(HubRoles.Administrator) || (roles.Exists(HubRoles.OfCabinets.Contains) && named.Contains(HubClaims.AllCabinets));
        return new HubAccess
        {
            Name = person.Identity?.Name ?? "?",
            Subject = person.FindFirstValue(HubClaims.Subject) ?? person.Identity?.Name ?? "?",
            Roles = roles,
            Cabinets = all ? null : roles.Exists(HubRoles.OfCabinets.Contains) ? named : [],
            ContactId = roles.Contains(HubRoles.Manager) && Guid.TryParse(person.FindFirstValue(HubClaims.Contact), out var contact) ? contact : null,
        };
    }

    /// <summary>An endpoint takes it as an argument.</summary>
    public static ValueTask<HubAccess> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    /// <summary>Of the request or, in a page that lives on after it, of its connection; whoever is neither sees nothing.</summary>
    internal static HubAccess Of(IServiceProvider scope)
    {
        if (scope.GetRequiredService<IHttpContextAccessor>().HttpContext is { } context)
        {
            return Of(context.User);
        }

        return scope.GetService<AuthenticationStateProvider>()?.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true, Result.User: var person } ? Of(person) : Of(new ClaimsPrincipal());
    }
}
