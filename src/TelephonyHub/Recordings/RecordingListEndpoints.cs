using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Recordings.Archive;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings;

/// <param name="Cabinet">Only this cabinet's.</param>
/// <param name="Codes">Only these.</param>
/// <param name="Category">Only failures of this category.</param>
public sealed record RecordingReplayFilter(string? Cabinet, IReadOnlyList<string>? Codes, string? Category);

/// <param name="Filter">Null: all that were given up.</param>
/// <param name="DryRun">Only count.</param>
public sealed record RecordingReplayRequest(RecordingReplayFilter? Filter, bool DryRun);

/// <summary>Recordings of all calls: where each is kept, and who may no longer hear it.</summary>
internal static class RecordingListEndpoints
{
    private static readonly string[] States = ["remote", "waiting", "archived", "failed", "expired", "revoked"];

    public static void MapRecordingList(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/recordings").RequireAuthorization(HubPolicies.Read).WithTags("Recordings").NeedsDatabase();
        api.MapGet("", ListAsync).WithSummary("Recordings, newest first")
            .Produces<ApiPage<RecordingListItem>>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403)
            .WithQuery(("cabinet", "Cabinet key", "msk"), ("session", "Call session id", "500000001"), ("from", "Became known, inclusive", "2026-01-01T00:00:00+03:00"), ("to", "Exclusive", "2026-01-02T00:00:00+03:00"),
                ("state", string.Join(" | ", States), "failed"), ("limit", "1–200", "50"), ("cursor", "From the page before", null));
        api.MapGet("/{code}", OneAsync).WithSummary("One recording").Produces<RecordingListItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapPost("/{code}/revoke", RevokeAsync).IsIdempotent<object>().RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Takes the link out of use: it answers 404, wherever it stands").Produces<RecordingListItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapPost("/{code}/restore", RestoreAsync).IsIdempotent<object>().RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Puts a revoked link back into use").Produces<RecordingListItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapPost("/replay", ReplayAsync).IsIdempotent<RecordingReplayRequest>().RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Fetches files again that were given up; with dryRun only counts them").Produces<ReplayAnswer>().ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(HttpContext http, HubDatabase database, HubAccess access, RecordingArchive archive, PublicAddress address, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        var state = query.Choice("state", States);
        var cabinet = query.Text("cabinet")?.ToLowerInvariant();
        long? session = null;
        if (query.Text("session") is { } text)
        {
            session = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
            if (session is null)
            {
                query.Fault("session", "must be a call session id.");
            }
        }

        var cursor = query.Cursor(2);
        var at = cursor is null ? default : query.CursorInstant(cursor[0]);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var context = database.CreateContext(access);
        var recordings = InState(context.Recordings.AsNoTracking(), state, archive.Cabinets)
            .Where(r => (cabinet == null || r.Cabinet == cabinet) && (session == null || r.SessionId == session) && (from == null || r.CreatedAt >= from) && (to == null || r.CreatedAt < to));
        if (cursor is not null)
        {
            var after = cursor[1];
            recordings = recordings.Where(r => r.CreatedAt < at || (r.CreatedAt == at && string.Compare(r.Code, after) < 0));
        }

        var rows = await recordings.OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Code).Take(limit + 1).ToListAsync(ct);
        var next = rows.Count > limit ? ApiQuery.CursorOf(ApiQuery.CursorPart(rows[limit - 1].CreatedAt), rows[limit - 1].Code) : null;
        return Results.Ok(new ApiPage<RecordingListItem>([.. rows.Take(limit).Select(r => ToItem(r, archive, address))], next));
    }

    private static IQueryable<RecordingRow> InState(IQueryable<RecordingRow> recordings, string? state, IReadOnlyList<string> archiving) => state switch
    {
        null => recordings,
        "revoked" => recordings.Where(r => r.RevokedAt != null),
        "waiting" => recordings.Where(r => r.RevokedAt == null && r.ArchiveState == null && archiving.Contains(r.Cabinet)),
        "remote" => recordings.Where(r => r.RevokedAt == null && r.ArchiveState == null && !archiving.Contains(r.Cabinet)),
        _ => recordings.Where(r => r.RevokedAt == null && r.ArchiveState == state),
    };

    private static async Task<IResult> OneAsync(string code, HubDatabase database, HubAccess access, RecordingArchive archive, PublicAddress address, CancellationToken ct)
    {
        var known = DbText.Of(code);
        await using var context = database.CreateContext(access);
        return await context.Recordings.AsNoTracking().FirstOrDefaultAsync(r => r.Code == known, ct) is { } row ? Results.Ok(ToItem(row, archive, address)) : NoSuchRecording();
    }

    private static Task<IResult> RevokeAsync(string code, HttpContext http, HubDatabase database, Audit audit, RecordingArchive archive, PublicAddress address, TimeProvider time, CancellationToken ct) =>
        ChangeAsync(code, "recording.revoke", row => row.RevokedAt ??= time.GetUtcNow(), http, database, audit, archive, address, ct);

    private static Task<IResult> RestoreAsync(string code, HttpContext http, HubDatabase database, Audit audit, RecordingArchive archive, PublicAddress address, CancellationToken ct) =>
        ChangeAsync(code, "recording.restore", row => row.RevokedAt = null, http, database, audit, archive, address, ct);

    private static async Task<IResult> ChangeAsync(
        string code, string action, Action<RecordingRow> change, HttpContext http, HubDatabase database, Audit audit, RecordingArchive archive, PublicAddress address, CancellationToken ct)
    {
        var known = DbText.Of(code);
        var changed = await database.WriteAsync(
            async (context, token) =>
            {
                if (await context.Recordings.FirstOrDefaultAsync(r => r.Code == known, token) is not { } row)
                {
                    return null;
                }

                var before = new { row.RevokedAt };
                change(row);
                await audit.WriteAsync(context, http.User, action, new { row.Code, row.Cabinet, session = row.SessionId.ToString(CultureInfo.InvariantCulture), before, after = new { row.RevokedAt } }, token);
                return row;
            },
            ct);
        return changed is null ? NoSuchRecording() : Results.Ok(ToItem(changed, archive, address));
    }

    private static async Task<IResult> ReplayAsync(RecordingReplayRequest request, HttpContext http, HubDatabase database, Audit audit, ArchiveSignal signal, TimeProvider time, CancellationToken ct)
    {
        var filter = request.Filter ?? new RecordingReplayFilter(null, null, null);
        var answer = await database.WriteAsync(
            async (context, token) =>
            {
                var (cabinet, category) = (DbText.Of(filter.Cabinet?.ToLowerInvariant()), DbText.Of(filter.Category));
                var codes = filter.Codes?.Select(c => DbText.Of(c)).ToList();
                var failed = context.Recordings.Where(r => r.ArchiveState == "failed" && (cabinet == null || r.Cabinet == cabinet) && (category == null || r.ArchiveCategory == category));
                failed = codes is null ? failed : failed.Where(r => codes.Contains(r.Code));
                var matched = await failed.CountAsync(token);
                if (request.DryRun)
                {
                    return new ReplayAnswer(matched, 0);
                }

                var now = time.GetUtcNow();
                var replayed = await failed.ExecuteUpdateAsync(s => s.SetProperty(r => r.ArchiveState, (string?)null).SetProperty(r => r.ArchiveDueAt, now), token);
                await audit.WriteAsync(context, http.User, "recording.replay", new { filter, matched, replayed }, token);
                return new ReplayAnswer(matched, replayed);
            },
            ct);
        signal.Raise();
        return Results.Ok(answer);
    }

    private static RecordingListItem ToItem(RecordingRow row, RecordingArchive archive, PublicAddress address) =>
        RecordingListItem.Of(row, address.Recording(row.Code), archive.Cabinets.Contains(row.Cabinet));

    private static IResult NoSuchRecording() => Results.Problem(statusCode: 404, title: "No such recording.");
}
