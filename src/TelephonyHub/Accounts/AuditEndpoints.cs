using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Hosting;

namespace TelephonyHub.Accounts;

/// <param name="Who">Name of the user or key; <c>hub</c> for what the settings made it do.</param>
/// <param name="Action">Such as <c>rule.update</c>.</param>
/// <param name="Details">What was before and after, or what was asked for.</param>
public sealed record AuditItem(string Id, DateTimeOffset At, string Who, string Action, JsonNode? Details)
{
    internal static AuditItem Of(AuditEntry entry) =>
        new(entry.Id.ToString(CultureInfo.InvariantCulture), entry.At, entry.Who, entry.Action, entry.Details is null ? null : JsonNode.Parse(entry.Details));
}

/// <summary>Who changed what, and who listened to what.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/audit", ListAsync)
        .RequireAuthorization(HubPolicies.Audit).WithTags("Audit").NeedsDatabase()
        .WithSummary("Who did what, newest first: before and after")
        .WithDescription("Filters: who (exactly), action (its beginning: user, user.lock, recording), from ≤ at < to.")
        .WithQuery(("who", "Name of a user or key", "admin"), ("action", "Beginning of the action", "user."), ("from", "Inclusive", "2026-01-01T00:00:00+03:00"), ("to", "Exclusive", "2026-01-02T00:00:00+03:00"),
            ("limit", "1–200", "50"), ("cursor", "From the page before", null))
        .Produces<ApiPage<AuditItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

    private static async Task<IResult> ListAsync(HttpContext http, AuditQueries audit, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var filter = new AuditFilter(query.Text("who"), query.Text("action"), query.Instant("from"), query.Instant("to"));
        long? before = query.Cursor(1) is { } cursor ? query.Number(cursor[0], "cursor") : null;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var slice = await audit.ListAsync(filter, before, limit, ct);
        return Results.Ok(new ApiPage<AuditItem>(
            [.. slice.Entries.Select(AuditItem.Of)], slice.Next is { } next ? ApiQuery.CursorOf(next.ToString(CultureInfo.InvariantCulture)) : null));
    }
}
