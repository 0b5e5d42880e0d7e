using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Calls;
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
    };
}

/// <param name="Cabinet">Only this cabinet's.</param>
/// <param name="SessionId">Only this call's.</param>
/// <param name="Kind">Only this kind.</param>
/// <param name="Category">Only failures of this category.</param>
/// <param name="State"><c>dead</c> (default) or <c>retry</c>.</param>
/// <param name="Fingerprint">Only failures of this cause, as <c>/api/v1/sync/dead-letters</c> names it.</param>
public sealed record SyncReplayFilter(string? Cabinet, string? SessionId, string? Kind, string? Category, string? State, string? Fingerprint = null);

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
            .WithQuery(("cabinet", "Cabinet key", "msk"), ("limit", "1–200", "50"), ("cursor", "From the page before", null));
        api.MapPost("/replay", ReplayAsync).RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Sends failed tasks again; with dryRun only counts them")
            .Produces<ReplayAnswer>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(HttpContext http, HubDatabase database, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var state = query.Choice("state", States);
        var cursor = query.Cursor(2);
        var at = cursor is null ? default : query.CursorInstant(cursor[0]);
        var after = Guid.Empty;
        if (cursor is not null && !Guid.TryParse(cursor[1], out after))
        {
            query.Fault("cursor", "is not one that this list gave out.");
        }

        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var context = database.CreateContext();
        var tasks = context.SyncTasks.AsNoTracking();
        tasks = state is null ? tasks : tasks.Where(t => t.State == state);
        if (query.Text("cabinet")?.ToLowerInvariant() is { } cabinet)
        {
            tasks = tasks.Where(t => t.Cabinet == cabinet);
        }

        tasks = cursor is null ? tasks : tasks.Where(t => t.UpdatedAt < at || (t.UpdatedAt == at && t.Id.CompareTo(after) > 0));
        var rows = await tasks.OrderByDescending(t => t.UpdatedAt).ThenBy(t => t.Id).Take(limit + 1).ToListAsync(ct);
        var last = rows.Count > limit ? rows[limit - 1] : null;
        return Results.Ok(new ApiPage<SyncTaskItem>(
            [.. rows.Take(limit).Select(SyncTaskItem.Of)],
            last is null ? null : ApiQuery.CursorOf(ApiQuery.CursorPart(last.UpdatedAt), last.Id.ToString())));
    }

    private static async Task<IResult> DeadLettersAsync(HttpContext http, HubDatabase database, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        await using var context = database.CreateContext();
        var groups = await DeadLetters.GroupsAsync(context, query.Text("cabinet")?.ToLowerInvariant(), ct);
        return query.TryPage(groups, out var page, out var next) ? Results.Ok(new ApiPage<DeadLetterGroup>(page, next)) : query.Problem!;
    }

    private static async Task<IResult> ReplayAsync(SyncReplayRequest request, HttpContext http, HubDatabase database, SyncSignal signal, Audit audit, TimeProvider time, CancellationToken ct)
    {
        var filter = request.Filter ?? new SyncReplayFilter(null, null, null, null, null);
        var state = filter.State ?? "dead";
        if (state is not ("dead" or "retry"))
        {
            return Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["filter.state"] = ["must be dead or retry: the others need no replay."] });
        }

        long? session = null;
        if (filter.SessionId is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["filter.sessionId"] = ["must be a call session id."] });
            }

            session = id;
        }

        var answer = await database.WriteAsync(
            async (context, token) =>
            {
                var tasks = context.SyncTasks.Where(t => t.State == state);
                var (cabinet, kind, category) = (DbText.Of(filter.Cabinet?.ToLowerInvariant()), DbText.Of(filter.Kind), DbText.Of(filter.Category));
                tasks = cabinet is null ? tasks : tasks.Where(t => t.Cabinet == cabinet);
                tasks = session is null ? tasks : tasks.Where(t => t.SessionId == session);
                tasks = kind is null ? tasks : tasks.Where(t => t.Kind == kind);
                tasks = category is null ? tasks : tasks.Where(t => t.Category == category);
                if (filter.Fingerprint is { } fingerprint)
                {
                    var cause = await DeadLetters.CauseAsync(context, state, fingerprint, token);
                    tasks = tasks.Where(t => t.Kind == cause.Kind && t.Category == cause.Category && cause.Messages.Contains(t.Error));
                }

                var matched = await tasks.CountAsync(token);
                if (request.DryRun)
                {
                    return new ReplayAnswer(matched, 0);
                }

                var now = time.GetUtcNow();
                var replayed = await tasks.ExecuteUpdateAsync(
                    s => s.SetProperty(t => t.State, "pending").SetProperty(t => t.Attempts, 0).SetProperty(t => t.NextAttemptAt, now).SetProperty(t => t.UpdatedAt, now),
                    token);
                await audit.WriteAsync(context, http.User, "sync.replay", new { filter, matched, replayed }, token);
                await database.TellReplicasAsync(context, WakeUp.Sync, token);
                return new ReplayAnswer(matched, replayed);
            },
            ct);
        signal.Raise();
        return Results.Ok(answer);
    }
}
