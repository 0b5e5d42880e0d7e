using System.Collections.Frozen;
using Microsoft.AspNetCore.Authorization;

namespace TelephonyHub.Hosting;

/// <summary>Roles and what they may do.</summary>
public static class HubRoles
{
    public const string Administrator = "administrator";
    public const string Supervisor = "supervisor";
    public const string Manager = "manager";
    public const string Auditor = "auditor";
    public const string Integration = "integration";

    public static readonly IReadOnlyList<string> All = [Administrator, Supervisor, Manager, Auditor, Integration];

    /// <summary>Programs have keys.</summary>
    public static readonly IReadOnlyList<string> OfPeople = [Administrator, Supervisor, Manager, Auditor];

    /// <summary>They see cabinets; a manager sees his own calls.</summary>
    public static readonly IReadOnlyList<string> OfCabinets = [Administrator, Supervisor, Auditor, Integration];
}

public static class HubPolicies
{
    /// <summary>Of the cabinets that one may see.</summary>
    public const string Read = "read";

    /// <summary>The same, and managers what is their own.</summary>
    public const string ReadOwn = "read-own";

    /// <summary>Recordings: people, no programs.</summary>
    public const string Listen = "listen";

    /// <summary>Live calls: also programs, such as a panel in the CRM that acts for its user.</summary>
    public const string Control = "control";

    public const string Audit = "audit";

    public const string Operate = "operate";

    /// <summary>The one table of rights: what is checked, what the document tells, what the matrix of the tests walks.</summary>
    public static readonly FrozenDictionary<string, IReadOnlyList<string>> Roles = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [Read] = HubRoles.OfCabinets,
        [ReadOwn] = HubRoles.All,
        [Listen] = [HubRoles.Administrator, HubRoles.Supervisor, HubRoles.Auditor, HubRoles.Manager],
        [Control] = [HubRoles.Administrator, HubRoles.Supervisor, HubRoles.Integration],
        [Audit] = [HubRoles.Administrator, HubRoles.Auditor],
        [Operate] = [HubRoles.Administrator],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A role counts where it sees something: a manager whose contact in the CRM is not known has no calls of his own.</summary>
    public static bool IsAllowed(string policy, HubAccess access) =>
        access.Roles.Any(r => Roles[policy].Contains(r) && (r != HubRoles.Manager || access.ContactId is not null));

    internal static void AddHubPolicies(this AuthorizationBuilder builder)
    {
        foreach (var policy in Roles.Keys)
        {
            builder.AddPolicy(policy, p => p.RequireAuthenticatedUser().RequireAssertion(c => IsAllowed(policy, HubAccess.Of(c.User))));
        }
    }
}
