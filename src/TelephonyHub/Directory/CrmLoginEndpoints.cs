using TelephonyHub.Creatio;
using TelephonyHub.Hosting;

namespace TelephonyHub.Directory;

/// <param name="Status"><c>ok | refused | unknown</c>; unknown: the CRM could not be reached.</param>
/// <param name="Reason">In plain words; empty when all is well.</param>
public sealed record CrmLoginAnswer(string Status, string Reason);

internal static class CrmLoginEndpoints
{
    public static void MapCrmLogin(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/crm/login", LoginAsync).RequireAuthorization(HubPolicies.Operate).WithTags("CRM").NeedsDatabase()
            .WithSummary("Logs in to the CRM again, after its user was unlocked or its password mended in the CRM")
            .WithDescription("After two refused logins the hub stops, because the CRM locks a user who goes on. One login; refused, it stops again. Without need nothing is tried.")
            .Produces<CrmLoginAnswer>().ProducesProblem(401).ProducesProblem(403);

    private static async Task<IResult> LoginAsync(HttpContext http, CrmLogin login, CancellationToken ct)
    {
        var state = await login.TryAgainAsync(http.User, ct);
        var status = state.Status switch
        {
            CreatioAuthStatus.Ok => "ok",
            CreatioAuthStatus.Refused => "refused",
            _ => "unknown",
        };
        return Results.Ok(new CrmLoginAnswer(status, state.Reason));
    }
}
