using TelephonyHub.Creatio;
using TelephonyHub.Routing;
using TelephonyHub.Storage;

namespace TelephonyHub.Hosting;

/// <summary>For load balancers and people: alive, ready, and what ails.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "alive" }))
            .WithTags("Health").WithSummary("The process runs");
        routes.MapGet("/health/ready", Ready)
            .WithTags("Health").WithSummary("Ready to serve")
            .WithDescription("503 only before the first load of the directory (or its first failed try) and while draining; later faults are 200 with status 'degraded' and their causes. Remarks degrade nothing: columns that the CRM lacks.");
    }

    private static IResult Ready(HealthRegister health, HubDatabase database, ICreatioClient crm, DecisionLog decisions)
    {
        if (health.Draining || !health.LoadedOnce || !health.DatabaseTried)
        {
            return Results.Json(new { status = health.Draining ? "draining" : "starting" }, statusCode: 503);
        }

        var causes = health.Causes.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        if (!database.IsReady)
        {
            causes.TryAdd("database", "The database cannot be used yet.");
        }

        if (crm.AuthState.Status == CreatioAuthStatus.Refused)
        {
            causes["crm login"] = crm.AuthState.Reason;
        }

        if (decisions.NotStored > 0)
        {
            causes["decisions"] = FormattableString.Invariant($"{decisions.NotStored} routing decisions were answered and could not be stored.");
        }

        return Results.Ok(new { status = causes.Count == 0 ? "ready" : "degraded", causes, remarks = health.Remarks });
    }
}
