using System.Globalization;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>A task of a call, as the API shows it.</summary>
public sealed record SyncTaskItem
{
    public required Guid Id { get; init; }

    public required string Cabinet { get; init; }

    public required string SessionId { get; init; }

    /// <summary><c>talker | contact | deal | followUp | callBack | call | recordingLink</c></summary>
    public required string Kind { get; init; }

    /// <summary><c>pending | running | retry | done | dead</c></summary>
    public required string State { get; init; }

    public required int Attempts { get; init; }

    /// <summary>Null when nothing is due.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary><c>Transient | Permanent | Limit | Authentication | Conflict | NotFound | Blocked</c></summary>
    public string? Category { get; init; }

    public string? Error { get; init; }

    public Guid? CrmId { get; init; }

    /// <summary>When its state last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    internal static SyncTaskItem Of(SyncTaskRow row) => new()
    {
        Id = row.Id,
        Cabinet = row.Cabinet,
        SessionId = row.SessionId.ToString(CultureInfo.InvariantCulture),
        Kind = row.Kind,
        State = row.State,
        Attempts = row.Attempts,
        NextAttemptAt = row.State is "pending" or "retry" ? row.NextAttemptAt : null,
        Category = row.Category,
        Error = row.Error,
        CrmId = row.CrmId,
        ChangedAt = row.UpdatedAt,
    };
}

/// <param name="Cabinet">Only this cabinet's.</param>
/// <param name="SessionId">Only this call's.</param>
/// <param name="Kind">Only this kind.</param>
/// <param name="Category">Only failures of this category.</param>
/// <param name="State"><c>dead</c> (default) or <c>retry</c>.</param>
/// <param name="Fingerprint">Only failures of this cause, as <c>/api/v1/sync/dead-letters</c> names it.</param>
public sealed record SyncReplayFilter(string? Cabinet, string? SessionId, string? Kind, string? Category, string? State, string? Fingerprint = null)
{
    public static readonly SyncReplayFilter AllDead = new(null, null, null, null, null);
}

/// <param name="Filter">Null: all dead tasks.</param>
/// <param name="DryRun">Only count.</param>
public sealed record SyncReplayRequest(SyncReplayFilter? Filter, bool DryRun);

/// <summary>What did not reach the CRM, and how it is sent again.</summary>
internal static class SyncEndpoints
{
    private static readonly string[] States = ["pending", "running", "retry", "done", "dead"];

    public static void MapSync(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/sync").WithTags("Sync").NeedsDatabase();
        api.MapGet("/tasks", ListAsync).RequireAuthorization(HubPolicies.Read)
            .WithSummary("Tasks towards the CRM, last changed first")
            .Produces<ApiPage<SyncTaskItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .WithQuery(("state", string.Join(" | ", States), "dead"), ("cabinet", "Cabinet key", "msk"), ("limit", "1–200", "50"), ("cursor", "From the page before", null));
        api.MapGet("/dead-letters", DeadLettersAsync).RequireAuthorization(HubPolicies.Read)
            .WithSummary("Tasks that were given up, grouped by cause, the most frequent first")
            .WithDescription("Category, kind and message, with ids and numbers taken out. The fingerprint is a filter of /replay; count with dryRun first.")
            .Produces<ApiPage<DeadLetterGroup>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .WithQuery(("cabinet", "Cabinet key", "msk"), ("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null));
        api.MapPost("/replay", ReplayAsync).IsIdempotent<SyncReplayRequest>().RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Sends failed tasks again; with dryRun only counts them")
            .Produces<ReplayAnswer>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(HttpContext http, SyncTaskQueries tasks, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var state = query.Choice("state", States);
        var cursor = SyncTaskCursor.Read(query);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var (items, next) = await tasks.ListAsync(new SyncTaskFilter { State = state, Cabinet = query.Text("cabinet") }, cursor, limit, ct);
        return Results.Ok(new ApiPage<SyncTaskItem>(items, next?.Encoded));
    }

    private static async Task<IResult> DeadLettersAsync(HttpContext http, HubDatabase database, HubAccess access, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        await using var context = database.CreateContext(access);
        var groups = await DeadLetters.GroupsAsync(context, query.Text("cabinet")?.ToLowerInvariant(), ct);
        return query.TryPage(groups, g => g.Fingerprint, out var page, out var next) ? Results.Ok(new ApiPage<DeadLetterGroup>(page, next)) : query.Problem!;
    }

    private static async Task<IResult> ReplayAsync(SyncReplayRequest request, HttpContext http, SyncReplay replay, CancellationToken ct)
    {
        var filter = request.Filter ?? SyncReplayFilter.AllDead;
        return SyncReplay.FaultsOf(filter) is { } faults ? Results.ValidationProblem(faults) : Results.Ok(await replay.RunAsync(filter, request.DryRun, http.User, ct));
    }
}
