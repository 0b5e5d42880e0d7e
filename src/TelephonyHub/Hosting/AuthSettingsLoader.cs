using System.Collections.Frozen;

namespace TelephonyHub.Hosting;

/// <summary>The keys under <c>Auth</c>: who is let in.</summary>
internal static class AuthSettingsLoader
{
    public static AuthSettings Load(SettingsReader read, IReadOnlyList<CabinetSettings> cabinets) =>
        new(read.Required("Auth:Admin:UserName"), read.Required("Auth:Admin:Password"), [.. read.Children("Auth:ApiKeys").Select(c => ApiKey(read, $"Auth:ApiKeys:{c}", cabinets))])
        {
            SignInsPerMinute = read.Number("Auth:SignInsPerMinute", 10, 1, 10_000),
            Oidc = read.Children("Auth:Oidc").Any() ? Oidc(read) : null,
        };

    private static ApiKeySettings ApiKey(SettingsReader read, string at, IReadOnlyList<CabinetSettings> cabinets)
    {
        var roles = read.List($"{at}:Roles");
        CheckRoles(read, $"{at}:Roles", roles);
        if (roles.Count == 0)
        {
            read.Fault($"{at}:Roles", "at least one role is required.");
        }

        var seen = read.List($"{at}:Cabinets").Select(c => c.ToLowerInvariant()).ToList();
        foreach (var unknown in seen.Where(s => !cabinets.Any(c => c.Key.Value == s)))
        {
            read.Fault($"{at}:Cabinets", $"'{unknown}' is no configured cabinet.");
        }

        return new ApiKeySettings(read.Required($"{at}:Name"), read.Required($"{at}:Key"), [.. roles.Select(r => r.ToLowerInvariant())], seen, read.Id($"{at}:ContactId"));
    }

    private static OidcSettings Oidc(SettingsReader read)
    {
        var scopes = read.List("Auth:Oidc:Scopes");
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in read.Children("Auth:Oidc:Roles"))
        {
            CheckRoles(read, $"Auth:Oidc:Roles:{role}", [role]);
            foreach (var value in read.List($"Auth:Oidc:Roles:{role}"))
            {
                if (!roles.TryAdd(value, role.ToLowerInvariant()))
                {
                    read.Fault($"Auth:Oidc:Roles:{role}", $"'{value}' is already '{roles[value]}'.");
                }
            }
        }

        if (roles.Count == 0)
        {
            read.Fault("Auth:Oidc:Roles", "at least one value of the role claim must be given a role (Auth__Oidc__Roles__<role>__0): nobody could sign in.");
        }

        return new OidcSettings
        {
            Authority = read.RequiredUrl("Auth:Oidc:Authority"),
            ClientId = read.Required("Auth:Oidc:ClientId"),
            ClientSecret = read.Required("Auth:Oidc:ClientSecret"),
            Name = read.Text("Auth:Oidc:Name") ?? "SSO",
            Scopes = scopes.Count > 0 ? scopes : ["openid", "profile"],
            NameClaim = read.Text("Auth:Oidc:NameClaim") ?? "preferred_username",
            RoleClaim = read.Text("Auth:Oidc:RoleClaim") ?? "roles",
            Roles = roles.ToFrozenDictionary(StringComparer.Ordinal),
            CabinetClaim = read.Text("Auth:Oidc:CabinetClaim") ?? "hub_cabinets",
            ContactClaim = read.Text("Auth:Oidc:ContactClaim") ?? "hub_contact",
        };
    }

    private static void CheckRoles(SettingsReader read, string key, IReadOnlyList<string> roles)
    {
        foreach (var role in roles.Where(r => !HubRoles.All.Contains(r, StringComparer.OrdinalIgnoreCase)))
        {
            read.Fault(key, $"'{role}' is no role; the roles are {string.Join(", ", HubRoles.All)}.");
        }
    }
}
