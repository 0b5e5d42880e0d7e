using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
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
    private const int MostDays = 366;

    public static void MapBackfills(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/reconciliation/backfill").WithTags("Reconciliation").NeedsDatabase();
        api.MapPost("", AskAsync).RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Compares a period in the background and rebuilds what the journal lacks")
            .WithDescription("from ≤ day < to. Goes on after a restart where it was. Calls before SyncFrom are journaled, never synced.")
            .Produces<BackfillItem>(202).ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403);
        api.MapGet("", ListAsync).RequireAuthorization(HubPolicies.Read).WithSummary("Periods that were asked for, the latest first, with their progress")
            .Produces<ApiPage<BackfillItem>>().ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/{id}", OneAsync).RequireAuthorization(HubPolicies.Read).WithSummary("One period's progress").Produces<BackfillItem>().ProducesProblem(404);
    }

    private static async Task<IResult> AskAsync(
        BackfillRequest request, HttpContext http, HubDatabase database, HubSettings settings, BackfillSignal signal, Audit audit, TimeProvider time, CancellationToken ct)
    {
        var (faults, now, cabinet) = (new Dictionary<string, string[]>(StringComparer.Ordinal), time.GetUtcNow(), request.Cabinet?.ToLowerInvariant());
        if (cabinet is not null && !settings.TryCabinet(cabinet, out _))
        {
            faults["cabinet"] = ["is none of the configured cabinets."];
        }

        var (hasFrom, hasTo) = (ApiQuery.TryDay(request.From, out var from), ApiQuery.TryDay(request.To, out var to));
        foreach (var (name, _) in new[] { ("from", hasFrom), ("to", hasTo) }.Where(d => !d.Item2))
        {
            faults[name] = ["must be a date or an ISO 8601 time."];
        }

        if (hasFrom && hasTo && (to <= from || to.DayNumber - from.DayNumber > MostDays))
        {
            faults["to"] = [$"must be after from, by {MostDays} days at most."];
        }

        if (faults.Count > 0)
        {
            return Results.ValidationProblem(faults, title: "Some fields are wrong.");
        }

        var row = new BackfillRow
        {
            Id = Guid.CreateVersion7(now),
            Cabinet = cabinet,
            FromDate = from,
            ToDate = to,
            State = "running",
            Total = to.DayNumber - from.DayNumber,
            AskedBy = http.User.Identity?.Name ?? "?",
            AskedAt = now,
            UpdatedAt = now,
        };
        await database.WriteAsync(
            async (context, token) =>
            {
                context.Backfills.Add(row);
                await audit.WriteAsync(context, http.User, "reconciliation.backfill", new { row.Id, row.Cabinet, row.FromDate, row.ToDate }, token);
            },
            ct);
        signal.Raise();
        return Results.Accepted($"/api/v1/reconciliation/backfill/{row.Id}", BackfillItem.Of(row));
    }

    private static async Task<IResult> ListAsync(HubDatabase database, HubAccess access, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        var rows = await context.Backfills.AsNoTracking().OrderByDescending(b => b.AskedAt).Take(200).ToListAsync(ct);
        return Results.Ok(new ApiPage<BackfillItem>(rows.ConvertAll(BackfillItem.Of), null));
    }

    private static async Task<IResult> OneAsync(string id, HubDatabase database, HubAccess access, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        var row = Guid.TryParse(id, out var key) ? await context.Backfills.AsNoTracking().FirstOrDefaultAsync(b => b.Id == key, ct) : null;
        return row is null ? Results.Problem(statusCode: 404, title: "No such period was asked for.") : Results.Ok(BackfillItem.Of(row));
    }
}
