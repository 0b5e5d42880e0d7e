using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Accounts;

/// <param name="Who">Name of the user or key; <c>hub</c> for what the settings made it do.</param>
/// <param name="Action">Such as <c>rule.update</c>.</param>
/// <param name="Details">What was before and after, or what was asked for.</param>
public sealed record AuditItem(string Id, DateTimeOffset At, string Who, string Action, JsonNode? Details);

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

    private static async Task<IResult> ListAsync(HttpContext http, HubDatabase database, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        var before = query.Cursor(1) is { } cursor ? query.Number(cursor[0], "cursor") : long.MaxValue;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var (who, action) = (query.Text("who"), query.Text("action"));
        await using var context = database.CreateContext();
        var entries = context.Audit.AsNoTracking().Where(a => a.Id < before);
        entries = who is null ? entries : entries.Where(a => a.Who == who);
        entries = action is null ? entries : entries.Where(a => a.Action.StartsWith(action));
        entries = from is { } f ? entries.Where(a => a.At >= f) : entries;
        entries = to is { } t ? entries.Where(a => a.At < t) : entries;
        var rows = await entries.OrderByDescending(a => a.Id).Take(limit + 1).ToListAsync(ct);
        return Results.Ok(new ApiPage<AuditItem>(
            [.. rows.Take(limit).Select(a => new AuditItem(a.Id.ToString(CultureInfo.InvariantCulture), a.At, a.Who, a.Action, a.Details is null ? null : JsonNode.Parse(a.Details)))],
            rows.Count > limit ? ApiQuery.CursorOf(rows[limit - 1].Id.ToString(CultureInfo.InvariantCulture)) : null));
    }
}
