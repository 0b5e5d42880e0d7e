using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;

namespace TelephonyHub.Intake;

internal static class ConnectionEndpoints
{
    public static void MapConnection(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/cabinets/{key}/connection", OfAsync)
        .RequireAuthorization(HubPolicies.Operate).WithTags("Cabinets").NeedsDatabase()
        .WithSummary("What to paste into UIS to connect a cabinet, and which events have arrived")
        .WithDescription("Addresses hold the webhook's token: they are for administrators only. docs/console.md shows where each goes in UIS.")
        .Produces<ConnectionItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

    private static async Task<IResult> OfAsync(string key, HttpContext http, HubAccess access, HubSettings settings, CabinetConnection connection, CancellationToken ct)
    {
        if (CabinetEndpoints.Find(key, access, settings, out var cabinet) is { } refusal)
        {
            return refusal;
        }

        http.Response.Headers.CacheControl = "no-store"; // it holds the token
        return Results.Ok(await connection.OfAsync(cabinet, ct));
    }
}
