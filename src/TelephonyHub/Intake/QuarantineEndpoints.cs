using System.Globalization;
using TelephonyHub.Hosting;

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
            .WithQuery(("cabinet", "Cabinet key", "msk"), ("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null));
        api.MapGet("/{id}", OneAsync).RequireAuthorization(HubPolicies.Read).WithSummary("One body, whole").Produces<QuarantineItem>().ProducesProblem(404);
        api.MapPost("/replay", ReplayAsync).IsIdempotent<QuarantineReplayRequest>().RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Reads waiting bodies again; what is understood now goes into the journal")
            .Produces<ReplayAnswer>().ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Quarantine quarantine, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var before = query.Cursor(1) is { } cursor ? query.Number(cursor[0], "cursor") : long.MaxValue;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var (items, next) = await quarantine.ListAsync(query.Text("cabinet"), before, limit, ct);
        return Results.Ok(new ApiPage<QuarantineItem>(items, next is { } id ? ApiQuery.CursorOf(id.ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static async Task<IResult> GroupsAsync(HttpContext http, Quarantine quarantine, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        return query.TryPage(await quarantine.GroupsAsync(query.Text("cabinet"), ct), g => g.Fingerprint, out var page, out var next) ? Results.Ok(new ApiPage<QuarantineGroup>(page, next)) : query.Problem!;
    }

    private static async Task<IResult> OneAsync(string id, Quarantine quarantine, CancellationToken ct) =>
        await quarantine.OneAsync(id, ct) is { } item ? Results.Ok(item) : Results.Problem(statusCode: 404, title: "No such body.");

    private static async Task<IResult> ReplayAsync(QuarantineReplayRequest request, HttpContext http, Quarantine quarantine, CancellationToken ct) =>
        Results.Ok(await quarantine.ReplayAsync(request, http.User, ct));
}
