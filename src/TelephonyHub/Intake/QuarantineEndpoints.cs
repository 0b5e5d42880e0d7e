using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Intake;

/// <summary>A body that was not understood.</summary>
/// <param name="Body">As text; bytes that are no UTF-8 are shown as �, NUL as ␀. The bytes themselves: <paramref name="BodyBase64"/>.</param>
/// <param name="BodyBase64">Whole in the single read, null in lists.</param>
/// <param name="ReplayedAt">When a replay understood it.</param>
public sealed record QuarantineItem(
    string Id, string Cabinet, DateTimeOffset ReceivedAt, string Reason, string Method, string? ContentType, string? Query, int Bytes, string Body, string? BodyBase64, DateTimeOffset? ReplayedAt);

/// <param name="Cabinet">Only this cabinet's.</param>
/// <param name="Ids">Only these.</param>
/// <param name="Fingerprint">Only those of this cause, as <c>/api/v1/quarantine/groups</c> names it.</param>
public sealed record QuarantineReplayFilter(string? Cabinet, IReadOnlyList<string>? Ids, string? Fingerprint = null);

/// <summary>Bodies that wait, by the reason why they were not understood.</summary>
/// <param name="Reason">Ids and numbers stand as #.</param>
/// <param name="ExampleId">The latest of them.</param>
public sealed record QuarantineGroup(string Fingerprint, string Reason, int Count, IReadOnlyList<string> Cabinets, DateTimeOffset FirstAt, DateTimeOffset LastAt, string ExampleId);

/// <param name="Filter">Null: all that wait.</param>
/// <param name="DryRun">Only count.</param>
public sealed record QuarantineReplayRequest(QuarantineReplayFilter? Filter, bool DryRun);

/// <summary>What came authenticated and was not understood: visible, and read again by the parser of today.</summary>
internal static class QuarantineEndpoints
{
    private const int ShownInLists = 4096;

    public static void MapQuarantine(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/quarantine").WithTags("Quarantine").NeedsDatabase();
        api.MapGet("", ListAsync).RequireAuthorization(HubPolicies.Read)
            .WithSummary("Bodies that were not understood and wait, newest first")
            .Produces<ApiPage<QuarantineItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .WithQuery(("cabinet", "Cabinet key", "msk"), ("limit", "1–200", "50"), ("cursor", "From the page before", null));
        api.MapGet("/groups", GroupsAsync).RequireAuthorization(HubPolicies.Read)
            .WithSummary("Waiting bodies grouped by reason, the most frequent first")
            .Produces<ApiPage<QuarantineGroup>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .WithQuery(("cabinet", "Cabinet key", "msk"), ("limit", "1–200", "50"), ("cursor", "From the page before", null));
        api.MapGet("/{id}", OneAsync).RequireAuthorization(HubPolicies.Read).WithSummary("One body, whole").Produces<QuarantineItem>().ProducesProblem(404);
        api.MapPost("/replay", ReplayAsync).RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Reads waiting bodies again; what is understood now goes into the journal")
            .Produces<ReplayAnswer>().ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(HttpContext http, HubDatabase database, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var before = query.Cursor(1) is { } cursor ? query.Number(cursor[0], "cursor") : long.MaxValue;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var cabinet = query.Text("cabinet")?.ToLowerInvariant();
        await using var context = database.CreateContext();
        var rows = await context.Quarantine.AsNoTracking()
            .Where(q => q.ReplayedAt == null && q.Id < before && (cabinet == null || q.Cabinet == cabinet))
            .OrderByDescending(q => q.Id)
            .Take(limit + 1)
            .ToListAsync(ct);
        var next = rows.Count > limit ? ApiQuery.CursorOf(rows[limit - 1].Id.ToString(CultureInfo.InvariantCulture)) : null;
        return Results.Ok(new ApiPage<QuarantineItem>([.. rows.Take(limit).Select(r => ToItem(r, whole: false))], next));
    }

    private static async Task<IResult> GroupsAsync(HttpContext http, HubDatabase database, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        await using var context = database.CreateContext();
        var groups = await QuarantineGroups.ReadAsync(context, query.Text("cabinet")?.ToLowerInvariant(), ct);
        return query.TryPage(groups, out var page, out var next) ? Results.Ok(new ApiPage<QuarantineGroup>(page, next)) : query.Problem!;
    }

    private static async Task<IResult> OneAsync(string id, HubDatabase database, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var row = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? await context.Quarantine.AsNoTracking().FirstOrDefaultAsync(q => q.Id == key, ct) : null;
        return row is null ? Results.Problem(statusCode: 404, title: "No such body.") : Results.Ok(ToItem(row, whole: true));
    }

    private static async Task<IResult> ReplayAsync(
        QuarantineReplayRequest request, HttpContext http, HubDatabase database, HubSettings settings, EventReader reader, JournalStore journal, Calls.FoldSignal fold, Audit audit, TimeProvider time, CancellationToken ct)
    {
        var cabinet = DbText.Of(request.Filter?.Cabinet?.ToLowerInvariant());
        var ids = request.Filter?.Ids?.Select(i => long.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1).ToList();
        await using var look = database.CreateContext();
        var waiting = look.Quarantine.AsNoTracking().Where(q => q.ReplayedAt == null && (cabinet == null || q.Cabinet == cabinet) && (ids == null || ids.Contains(q.Id)));
        if (request.Filter?.Fingerprint is { } fingerprint)
        {
            var reasons = await QuarantineGroups.ReasonsAsync(look, fingerprint, ct);
            waiting = waiting.Where(q => reasons.Contains(q.Reason));
        }

        var matched = await waiting.CountAsync(ct);
        if (request.DryRun)
        {
            return Results.Ok(new ReplayAnswer(matched, 0));
        }

        var understood = new List<long>();
        await foreach (var row in waiting.OrderBy(q => q.Id).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (!settings.TryCabinet(row.Cabinet, out var cabinetSettings))
            {
                continue;
            }

            var entry = reader.Read(cabinetSettings, row.Method, row.Query ?? "", row.ContentType, row.Body, row.ReceivedAt);
            if (entry.QuarantineReason is null)
            {
                await journal.AppendAsync([entry], ct);
                understood.Add(row.Id);
            }
        }

        await database.WriteAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                await context.Quarantine.Where(q => understood.Contains(q.Id)).ExecuteUpdateAsync(s => s.SetProperty(q => q.ReplayedAt, now), token);
                await audit.WriteAsync(context, http.User, "quarantine.replay", new { request.Filter, matched, replayed = understood.Count }, token);
            },
            ct);
        fold.Raise();
        return Results.Ok(new ReplayAnswer(matched, understood.Count));
    }

    private static QuarantineItem ToItem(QuarantineRow row, bool whole)
    {
        var shown = whole ? row.Body : row.Body.AsSpan(0, Math.Min(row.Body.Length, ShownInLists)).ToArray();
        return new QuarantineItem(
            row.Id.ToString(CultureInfo.InvariantCulture), row.Cabinet, row.ReceivedAt, row.Reason, row.Method, row.ContentType, row.Query, row.Body.Length,
            Encoding.UTF8.GetString(shown).Replace('\0', '␀'), whole ? Convert.ToBase64String(row.Body) : null, row.ReplayedAt);
    }
}
