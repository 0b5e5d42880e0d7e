using TelephonyHub.Hosting;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Reconciliation;

/// <param name="Cabinet">Null: all.</param>
/// <param name="From">First day: a date, or the date of an ISO 8601 time; by the cabinet's own clock.</param>
/// <param name="To">The day after the last.</param>
public sealed record BackfillRequest(string? Cabinet, string? From, string? To);

/// <param name="State"><c>running</c> or <c>done</c></param>
/// <param name="Total">Days.</param>
/// <param name="Error">Why the present day could not be compared; it is tried again.</param>
public sealed record BackfillItem(
    Guid Id, string? Cabinet, DateOnly From, DateOnly To, string State, int Done, int Total, string? Error, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset UpdatedAt)
{
    internal static BackfillItem Of(BackfillRow row) =>
        new(row.Id, row.Cabinet, row.FromDate, row.ToDate, row.State, row.Done, row.Total, row.Error, row.AskedBy, row.AskedAt, row.UpdatedAt);
}

/// <summary>"The hub was down on Friday": a period is compared and what it lacks rebuilt.</summary>
internal static class BackfillEndpoints
{
    public static void MapBackfills(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/reconciliation/backfill").WithTags("Reconciliation").NeedsDatabase();
        api.MapPost("", AskAsync).IsIdempotent<BackfillRequest>().RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Compares a period in the background and rebuilds what the journal lacks")
            .WithDescription("from ≤ day < to. Goes on after a restart where it was. Calls before SyncFrom are journaled, never synced.")
            .Produces<BackfillItem>(202).ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403);
        api.MapGet("", ListAsync).RequireAuthorization(HubPolicies.Read).WithSummary("Periods that were asked for, the latest first, with their progress")
            .Produces<ApiPage<BackfillItem>>().ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/{id}", OneAsync).RequireAuthorization(HubPolicies.Read).WithSummary("One period's progress").Produces<BackfillItem>().ProducesProblem(404);
    }

    private static async Task<IResult> AskAsync(BackfillRequest request, HttpContext http, Backfills backfills, CancellationToken ct)
    {
        var asked = await backfills.AskAsync(request, http.User, ct);
        return asked.Item is { } item
            ? Results.Accepted($"/api/v1/reconciliation/backfill/{item.Id}", item)
            : Results.ValidationProblem(asked.Faults, title: "Some fields are wrong.");
    }

    private static async Task<IResult> ListAsync(Backfills backfills, CancellationToken ct) => Results.Ok(new ApiPage<BackfillItem>(await backfills.LatestAsync(200, ct), null));

    private static async Task<IResult> OneAsync(string id, Backfills backfills, CancellationToken ct) =>
        Guid.TryParse(id, out var key) && await backfills.OneAsync(key, ct) is { } item ? Results.Ok(item) : Results.Problem(statusCode: 404, title: "No such period was asked for.");
}
