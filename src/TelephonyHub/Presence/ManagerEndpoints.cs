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
}

/// <summary>A manager, how he was matched, and whether he is at his phone.</summary>
/// <param name="ContactId">His contact in the CRM; null for an employee whom nobody there answers for.</param>
/// <param name="Active">Has an active user in the CRM.</param>
/// <param name="MatchedBy">The strongest rule: <c>mapping | email | phone | name | none</c>.</param>
public sealed record ManagerItem(
    string Name, Guid? ContactId, Guid? UserId, bool Active, string MatchedBy, string? HomeCabinet, IReadOnlyList<ManagerEmployeeItem> Employees, string? Mobile, string? Work, ManagerPresence Presence);

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

    private static async Task<IResult> ListAsync(HttpContext http, DirectoryService directory, PresenceService presence, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var cabinet = query.Text("cabinet");
        var joined = directory.Managers;
        var managers = joined.Managers
            .Where(m => cabinet is null || m.Employees.Any(e => e.Cabinet.Value.Equals(cabinet, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(m => m.Employees.Count > 0 && m.ContactId is not null)
            .ThenBy(m => m.Name, StringComparer.Ordinal)
            .ThenBy(m => m.ContactId)
            .ToList();
        if (!query.TryPage(managers, out var page, out var next))
        {
            return query.Problem!;
        }

        var calls = await presence.CallsAsync(joined, looking: true, ct);
        return Results.Ok(new ApiPage<ManagerItem>([.. page.Select(m => ToItem(m, presence.Of(m, calls)))], next));
    }

    private static IResult Unmatched(HttpContext http, DirectoryService directory)
    {
        var query = new ApiQuery(http.Request);
        var cabinet = query.Text("cabinet");
        var employees = directory.Managers.Managers
            .Where(m => m.ContactId is null)
            .SelectMany(m => m.Employees)
            .Where(e => cabinet is null || e.Cabinet.Value.Equals(cabinet, StringComparison.OrdinalIgnoreCase))
            .OrderBy(e => e.Cabinet.Value, StringComparer.Ordinal)
            .ThenBy(e => e.Id)
            .ToList();
        return query.TryPage(employees, out var page, out var next)
            ? Results.Ok(new ApiPage<UnmatchedItem>([.. page.Select(e => new UnmatchedItem(ManagerEmployeeItem.Of(e), ReasonOf(e)))], next))
            : query.Problem!;
    }

    private static ManagerItem ToItem(Manager m, ManagerPresence presence) => new(
        m.Name,
        m.ContactId,
        m.UserId,
        m.IsActiveUser,
        ManagerEmployeeItem.RuleOf(m.MatchedBy),
        m.HomeCabinet?.Value,
        [.. m.Employees.Select(ManagerEmployeeItem.Of)],
        m.Mobile?.E164,
        m.Work?.E164,
        presence);

    private static Words ReasonOf(PbxEmployee e)
    {
        var has = string.IsNullOrWhiteSpace(e.Email) ? ("no e-mail", "нет почты") : ("an e-mail", "почта есть");
        return new Words(
            $"No CRM user has his e-mail, one of his phones or, alone, his full name (the record has {has.Item1}). Give both the same e-mail, or map him: Managers__n__ContactId and Managers__n__Employees__0={e.Cabinet}:{e.Id}.",
            $"Ни у одного пользователя CRM нет его почты, телефона или (единственного) полного имени (в карточке сотрудника {has.Item2}). Укажите одинаковую почту или сопоставьте явно: Managers__n__ContactId и Managers__n__Employees__0={e.Cabinet}:{e.Id}.");
    }
}
