using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Alerts;

/// <summary>What a person should know of; the same in the API and in the webhook.</summary>
/// <param name="State"><c>open</c> or <c>resolved</c></param>
/// <param name="Count">How many things it is about; where it is not about things, how often it came.</param>
/// <param name="Details">One by one, where there are several.</param>
public sealed record AlertItem(
    string Id,
    string Cause,
    string State,
    string Words,
    int Count,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    JsonElement? Details)
{
    internal static AlertItem Of(AlertRow row) => new(
        row.Id.ToString(CultureInfo.InvariantCulture), row.Cause, row.ResolvedAt is null ? "open" : "resolved", row.Words, row.Count, row.FirstAt, row.LastAt,
        row.ResolvedAt, row.AcknowledgedAt, row.AcknowledgedBy, row.Details is null ? null : JsonSerializer.Deserialize<JsonElement>(row.Details));
}

internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/alerts").WithTags("Alerts").NeedsDatabase();
        api.MapGet("", ListAsync).RequireAuthorization(HubPolicies.Read)
            .WithSummary("What a person should know of, the latest first")
            .WithDescription("An alert may concern several cabinets: whoever sees only some of them sees none here.")
            .Produces<ApiPage<AlertItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .WithQuery(("state", "open | resolved", "open"), ("limit", "1–200", "50"), ("cursor", "From the page before", null));
        api.MapPost("/{id}/acknowledge", AcknowledgeAsync).RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Says that somebody sees to it; it stays open until its cause is gone")
            .Produces<AlertItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, HubDatabase database, HubAccess access, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var state = query.Choice("state", "open", "resolved");
        var cursor = query.Cursor(2);
        var at = cursor is null ? default : query.CursorInstant(cursor[0]);
        var before = cursor is null ? 0 : query.Number(cursor[1], "cursor");
        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var context = database.CreateContext(access);
        var alerts = context.Alerts.AsNoTracking().Where(a => state == null || (state == "open") == (a.ResolvedAt == null));
        alerts = cursor is null ? alerts : alerts.Where(a => a.FirstAt < at || (a.FirstAt == at && a.Id < before));
        var rows = await alerts.OrderByDescending(a => a.FirstAt).ThenByDescending(a => a.Id).Take(limit + 1).ToListAsync(ct);
        var last = rows.Count > limit ? rows[limit - 1] : null;
        return Results.Ok(new ApiPage<AlertItem>(
            [.. rows.Take(limit).Select(AlertItem.Of)],
            last is null ? null : ApiQuery.CursorOf(ApiQuery.CursorPart(last.FirstAt), last.Id.ToString(CultureInfo.InvariantCulture))));
    }

    private static async Task<IResult> AcknowledgeAsync(string id, HttpContext http, HubDatabase database, Audit audit, TimeProvider time, CancellationToken ct)
    {
        var key = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var row = await database.WriteAsync(
            async (context, token) =>
            {
                var found = await context.Alerts.FirstOrDefaultAsync(a => a.Id == key, token);
                if (found is { AcknowledgedAt: null })
                {
                    (found.AcknowledgedAt, found.AcknowledgedBy) = (time.GetUtcNow(), http.User.Identity?.Name ?? "?");
                    await audit.WriteAsync(context, http.User, "alert.acknowledge", new { found.Id, found.Cause }, token);
                }

                return found;
            },
            ct);
        return row is null ? Results.Problem(statusCode: 404, title: "No such alert.") : Results.Ok(AlertItem.Of(row));
    }
}
