using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Presence;

/// <param name="Number">As the PBX keeps it.</param>
/// <param name="Active">Only active numbers are dialled.</param>
public sealed record EmployeePhoneItem(string Number, bool Active);

/// <summary>An employee record of one cabinet.</summary>
/// <param name="MatchedBy"><c>mapping | email | phone | name | none</c>: what joined it with the CRM's user.</param>
public sealed record ManagerEmployeeItem(string Cabinet, string EmployeeId, string Name, string? Email, IReadOnlyList<EmployeePhoneItem> Phones, string? Extension, string MatchedBy)
{
    internal static ManagerEmployeeItem Of(PbxEmployee e) => new(
        e.Cabinet.Value,
        e.Id.ToString(CultureInfo.InvariantCulture),
        e.FullName,
        e.Email,
        [.. e.Phones.Select(p => new EmployeePhoneItem(p.Number, p.Active))],
        e.Extension,
        RuleOf(e.MatchedBy));

    internal static string RuleOf(ManagerMatch match) => match switch
    {
        ManagerMatch.Setting => "mapping",
        ManagerMatch.Email => "email",
        ManagerMatch.Phone => "phone",
        ManagerMatch.FullName => "name",
        _ => "none",
    };

    internal static string RuleOf(HomeRule rule) => rule switch
    {
        HomeRule.OnlyCabinet => "onlyCabinet",
        HomeRule.Setting => "mapping",
        HomeRule.SipNumber => "sipNumber",
        HomeRule.Group => "group",
        HomeRule.ActivePhone => "activePhone",
        _ => "order",
    };
}

/// <summary>A manager, how he was matched, and whether he is at his phone.</summary>
/// <param name="ContactId">His contact in the CRM; null for an employee whom nobody there answers for.</param>
/// <param name="Active">Has an active user in the CRM.</param>
/// <param name="MatchedBy">The strongest rule: <c>mapping | email | phone | name | none</c>.</param>
/// <param name="HomeCabinet">Whose hours and holidays are his; null without a record, and where it may not be seen.</param>
/// <param name="HomeBy">What says so: <c>onlyCabinet | mapping | sipNumber | group | activePhone | order</c>.</param>
public sealed record ManagerItem(
    string Name, Guid? ContactId, Guid? UserId, bool Active, string MatchedBy, string? HomeCabinet, string? HomeBy, IReadOnlyList<ManagerEmployeeItem> Employees, string? Mobile, string? Work, ManagerPresence Presence);

/// <summary>An employee record without a manager: his calls cannot be owned.</summary>
/// <param name="Reason">What was compared and how to mend it.</param>
public sealed record UnmatchedItem(ManagerEmployeeItem Employee, Words Reason);

/// <summary>Reads of managers with presence, and of employees whom the CRM does not know.</summary>
internal static class ManagerEndpoints
{
    public static void MapManagers(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/managers").RequireAuthorization(HubPolicies.Read).WithTags("Managers");
        api.MapGet("", ListAsync).WithSummary("Managers: CRM users and employees of all cabinets, joined, with presence")
            .WithDescription("Those without CRM user or employee come first. presence.state: onCall, ringing, available, away (status takes no calls), offHours (outside his schedule), offline (no phone registered), unknown. "
                + "records[].asOf is how old status and registration are: UIS has no event for them.")
            .WithQuery(("cabinet", "Only who has a record there", "msk"), ("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<ManagerItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/unmatched", Unmatched).WithSummary("Employees whom no CRM user answers for, and why")
            .WithQuery(("cabinet", "Cabinet key", "msk"), ("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<UnmatchedItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(HttpContext http, HubAccess access, ManagerQueries managers, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        return query.TryPage(managers.Find(access, query.Text("cabinet")), KeyOf, out var page, out var next)
            ? Results.Ok(new ApiPage<ManagerItem>(await managers.WithPresenceAsync(access, page, looking: true, ct), next))
            : query.Problem!;
    }

    /// <summary>His contact or, without one, his first employee record.</summary>
    private static string KeyOf(Manager manager) => manager.ContactId?.ToString() ?? string.Join(' ', manager.Employees.Take(1).Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Cabinet}:{e.Id}")));

    private static IResult Unmatched(HttpContext http, HubAccess access, ManagerQueries managers)
    {
        var query = new ApiQuery(http.Request);
        return query.TryPage(managers.Unmatched(access, query.Text("cabinet")), u => $"{u.Employee.Cabinet}:{u.Employee.EmployeeId}", out var page, out var next) ? Results.Ok(new ApiPage<UnmatchedItem>(page, next)) : query.Problem!;
    }
}
