using System.Text.Json.Serialization;
using TelephonyHub.Hosting;

namespace TelephonyHub.Reconciliation;

/// <summary>The proof of one cabinet and day: PBX n = journal n, CRM n = expected n, the rest by reason.</summary>
public sealed record ProofItem(string Cabinet, string Date, int Pbx, int Journal, int CrmExpected, int Crm, IReadOnlyList<Difference> Differences, DateTimeOffset ComparedAt)
{
    /// <summary>Not by the figures alone: one call that only the PBX has and one that only the journal has are two that differ.</summary>
    [JsonIgnore]
    public bool IsEqual => new Proof(Pbx, Journal, CrmExpected, Crm, Differences).IsEqual;
}

internal static class ReconciliationEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void MapReconciliation(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/reconciliation").WithTags("Reconciliation").NeedsDatabase();
        api.MapGet("", ListAsync).RequireAuthorization(HubPolicies.Read)
            .WithSummary("The proof per cabinet and day")
            .WithDescription("from ≤ day < to (ISO 8601; the day is that of the cabinet's own clock). Default: the last seven days.")
            .Produces<ApiPage<ProofItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .WithQuery(("from", "First day", "2026-01-01"), ("to", "Day after the last", "2026-01-08"), ("cabinet", "Cabinet key", "msk"), ("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null));
        routes.MapGet("/api/v1/reconciliation.csv", CsvAsync).WithTags("Reconciliation").NeedsDatabase().RequireAuthorization(HubPolicies.Read)
            .WithSummary("The proof as a table for spreadsheets")
            .WithDescription("The same rows and parameters; also by ?format=csv of the list.")
            .Produces<string>(200, ProofCsv.ContentType).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .WithQuery(("from", "First day", "2026-01-01"), ("to", "Day after the last", "2026-01-08"), ("cabinet", "Cabinet key", "msk"));
        api.MapPost("/run", RunAsync).IsIdempotent<object>().RequireAuthorization(HubPolicies.Operate)
            .WithSummary("Compares now and answers the proof of the days in the look-back")
            .WithDescription("One comparison at a time over all replicas: one under way is waited for, half a minute at most, then 409.")
            .Produces<ApiPage<ProofItem>>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(502);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ProofQueries proof, TimeProvider time, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var csv = query.Choice("format", "json", "csv") == "csv";
        var all = await AllAsync(query, proof, time, ct);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        return csv ? ProofCsv.Of(all) : query.TryPage(all, p => $"{p.Cabinet} {p.Date}", out var page, out var next) ? Results.Ok(new ApiPage<ProofItem>(page, next)) : query.Problem!;
    }

    private static async Task<IResult> CsvAsync(HttpContext http, ProofQueries proof, TimeProvider time, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var all = await AllAsync(query, proof, time, ct);
        return query.Problem ?? ProofCsv.Of(all);
    }

    private static async Task<IReadOnlyList<ProofItem>> AllAsync(ApiQuery query, ProofQueries proof, TimeProvider time, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var (from, to) = (query.Day("from") ?? today.AddDays(-7), query.Day("to") ?? today.AddDays(2));
        return query.Problem is null ? await proof.ListAsync(from, to, query.Text("cabinet"), ct) : [];
    }

    private static async Task<IResult> RunAsync(HttpContext http, ProofRun run, ProofQueries proof, CancellationToken ct)
    {
        var (since, failed) = await run.NowAsync(http.User, Patience, ct);
        if (failed is null)
        {
            return Results.Problem(statusCode: 409, title: "A comparison is under way; its result can be read when it is done.");
        }

        if (failed.Count > 0)
        {
            return Results.Problem(statusCode: 502, title: "Some cabinets could not be compared.", extensions: failed.ToDictionary(f => f.Key, object? (f) => f.Value, StringComparer.Ordinal));
        }

        var first = DateOnly.FromDateTime(since.UtcDateTime).AddDays(-1);
        return Results.Ok(new ApiPage<ProofItem>(await proof.ListAsync(first, first.AddDays(500), null, ct), null));
    }
}
