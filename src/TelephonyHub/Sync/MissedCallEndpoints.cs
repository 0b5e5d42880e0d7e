using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Sync;

/// <summary>The call that reached the client.</summary>
/// <param name="By">Who talked with him; null when nobody knows.</param>
public sealed record ReachedByItem(string Cabinet, string SessionId, string? By);

/// <summary>A client who was not reached, from his first missed call on.</summary>
/// <param name="Cabinet">Of the first missed call; the later ones may be of others.</param>
/// <param name="SessionId">The first missed call; its task is the one task of all.</param>
/// <param name="Attempts">How often he tried.</param>
/// <param name="Owner">Who is to call him back.</param>
/// <param name="DueAt">By when; null when he was reached before a task was planned.</param>
/// <param name="Overdue">Open, and the deadline is over.</param>
/// <param name="AgeSeconds">From the end of the first missed call until he was reached, the task was ended, or now.</param>
/// <param name="State"><c>open | calledBack | answeredLater | closed</c> (a person ended the task in the CRM)</param>
/// <param name="SecondsToCallBack">From the end of the first missed call to the beginning of the talk.</param>
/// <param name="TaskId">The Activity in the CRM, once it is written.</param>
/// <param name="TaskState">Of the hub's task: <c>pending | running | retry | done | dead</c></param>
public sealed record MissedItem(
    string Cabinet,
    string SessionId,
    string? ClientPhone,
    string? ClientName,
    DateTimeOffset FirstMissedAt,
    DateTimeOffset LastMissedAt,
    int Attempts,
    string? Owner,
    Guid? OwnerContactId,
    DateTimeOffset? DueAt,
    bool Overdue,
    long AgeSeconds,
    string State,
    DateTimeOffset? ReachedAt,
    ReachedByItem? ReachedBy,
    int? SecondsToCallBack,
    Guid? TaskId,
    string? TaskState);

/// <summary>Missed calls with an owner and a deadline, and how fast they were called back.</summary>
internal static class MissedCallEndpoints
{
    private static readonly string[] States = ["open", "calledBack", "answeredLater", "closed"];

    public static void MapMissedCalls(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/missed", ListAsync)
        .RequireAuthorization(HubPolicies.Read).WithTags("Missed calls").NeedsDatabase()
        .WithSummary("Clients who were not reached, newest first: owner, deadline, attempts, time to call back")
        .WithDescription("One entry for all attempts of a client, in whichever cabinet, until somebody talked with him. Filters: cabinet of the first attempt, from ≤ first missed call < to, state.")
        .Produces<ApiPage<MissedItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
        .WithQuery(("cabinet", "Cabinet key", "msk"), ("from", "First missed call, inclusive", "2026-01-01T00:00:00+03:00"), ("to", "First missed call, exclusive", "2026-01-02T00:00:00+03:00"),
            ("state", string.Join(" | ", States), "open"), ("limit", "1–200", "50"), ("cursor", "From the page before", null));

    private static async Task<IResult> ListAsync(HttpContext http, HubDatabase database, TimeProvider time, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        var state = query.Choice("state", States);
        var cursor = query.Cursor(3);
        var at = cursor is null ? default : query.CursorInstant(cursor[0]);
        var afterId = cursor is null ? 0 : query.Number(cursor[2], "cursor");
        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var context = database.CreateContext();
        var missed = context.MissedCalls.AsNoTracking();
        if (query.Text("cabinet")?.ToLowerInvariant() is { } cabinet)
        {
            missed = missed.Where(m => m.Cabinet == cabinet);
        }

        missed = from is { } f ? missed.Where(m => m.FirstMissedAt >= f) : missed;
        missed = to is { } t ? missed.Where(m => m.FirstMissedAt < t) : missed;
        missed = state is null ? missed : missed.Where(m => m.State == state);
        if (cursor is not null)
        {
            var afterCabinet = cursor[1];
            missed = missed.Where(m => m.FirstMissedAt < at
                || (m.FirstMissedAt == at && (string.Compare(m.Cabinet, afterCabinet) > 0 || (m.Cabinet == afterCabinet && m.SessionId > afterId))));
        }

        var rows = await missed.OrderByDescending(m => m.FirstMissedAt).ThenBy(m => m.Cabinet).ThenBy(m => m.SessionId)
            .Take(limit + 1)
            .GroupJoin(
                context.SyncTasks.Where(s => s.Kind == SyncKinds.CallBack && s.Purpose == ""),
                m => new { m.Cabinet, m.SessionId },
                s => new { s.Cabinet, s.SessionId },
                (m, tasks) => new { Missed = m, Tasks = tasks })
            .SelectMany(m => m.Tasks.DefaultIfEmpty(), (m, task) => new { m.Missed, CrmId = task == null ? null : task.CrmId, State = task == null ? null : task.State })
            .OrderByDescending(m => m.Missed.FirstMissedAt).ThenBy(m => m.Missed.Cabinet).ThenBy(m => m.Missed.SessionId)
            .ToListAsync(ct);
        var now = time.GetUtcNow();
        var last = rows.Count > limit ? rows[limit - 1].Missed : null;
        return Results.Ok(new ApiPage<MissedItem>(
            [.. rows.Take(limit).Select(r => ToItem(r.Missed, r.CrmId, r.State, now))],
            last is null ? null : ApiQuery.CursorOf(ApiQuery.CursorPart(last.FirstMissedAt), last.Cabinet, last.SessionId.ToString(CultureInfo.InvariantCulture))));
    }

    private static MissedItem ToItem(MissedCallRow row, Guid? taskId, string? taskState, DateTimeOffset now) => new(
        row.Cabinet,
        row.SessionId.ToString(CultureInfo.InvariantCulture),
        row.ClientPhone,
        row.ClientName,
        row.FirstMissedAt,
        row.LastMissedAt,
        row.Attempts,
        row.Owner,
        row.OwnerContactId,
        row.DueAt,
        row.State == "open" && row.DueAt < now,
        Math.Max(0, (long)(((row.State == "closed" ? row.ClosedAt : row.ReachedAt) ?? now) - row.FirstMissedAt).TotalSeconds),
        row.State,
        row.ReachedAt,
        row.ReachedCabinet is { } cabinet ? new ReachedByItem(cabinet, row.ReachedSessionId!.Value.ToString(CultureInfo.InvariantCulture), row.ReachedBy) : null,
        row.SecondsToCallBack,
        taskId,
        taskState);
}
