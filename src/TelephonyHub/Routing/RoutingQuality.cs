using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Routing;

/// <summary>How well routing of one cabinet found the right person.</summary>
/// <param name="Decisions">Answers of the period, each question of a session counted.</param>
/// <param name="Phones">Of them: phones to dial; the rest left by a return code.</param>
/// <param name="Predicted">The one who stood first answered.</param>
/// <param name="Other">Somebody else answered.</param>
/// <param name="NoCall">No call came of it within a day.</param>
/// <param name="Open">The call goes on, or its outcome is not told yet.</param>
/// <param name="PredictedShare">Of the answered ones with phones, 0–1; null while there are none.</param>
/// <param name="MedianWaitSeconds">From the call's begin to the talk, answered calls.</param>
/// <param name="P95ElapsedMs">Time to decide.</param>
/// <param name="OverBudget">Decisions that took longer than <c>Routing:BudgetMs</c>.</param>
public sealed record RoutingQualityItem(
    string Cabinet,
    int Decisions,
    int Phones,
    int Predicted,
    int Other,
    int Missed,
    int NoCall,
    int Open,
    double? PredictedShare,
    double? AverageWaitSeconds,
    int? MedianWaitSeconds,
    int? P95ElapsedMs,
    int OverBudget);

/// <summary>The report of routing quality.</summary>
internal static class RoutingQuality
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    public static void MapRoutingQuality(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/routing/quality", ReportAsync).RequireAuthorization(HubPolicies.Read).WithTags("Routing").NeedsDatabase()
            .WithSummary("Did the right person answer? Per cabinet")
            .WithQuery(("from", "Begin; a week before 'to' unless given", "2026-03-01T00:00:00+03:00"), ("to", "End, exclusive; now unless given", "2026-04-01T00:00:00+03:00"), ("cabinet", "Only this cabinet", "msk"))
            .Produces<ApiPage<RoutingQualityItem>>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403);

    private static async Task<IResult> ReportAsync(HttpContext http, HubDatabase database, HubAccess access, HubSettings settings, TimeProvider time, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var to = query.Instant("to") ?? time.GetUtcNow();
        var from = query.Instant("from") ?? (to > DateTimeOffset.MinValue + Usual ? to - Usual : to);
        var cabinet = query.Text("cabinet")?.ToLowerInvariant();
        if (from > to)
        {
            query.Fault("from", "must not be after 'to'.");
        }
        else if (to - from > Longest)
        {
            query.Fault("from", "must lie at most 92 days before 'to'.");
        }

        if (cabinet is not null && !settings.TryCabinet(cabinet, out _))
        {
            query.Fault("cabinet", "must be a configured cabinet's key.");
        }

        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var context = database.CreateContext(access);
        var rows = await context.Decisions.AsNoTracking()
            .Where(d => d.DecidedAt >= from && d.DecidedAt < to && (cabinet == null || d.Cabinet == cabinet))
            .Select(d => new DecisionFigures(d.Cabinet, d.PredictedPhone != null, d.Outcome, d.WaitSeconds, d.ElapsedMs))
            .ToListAsync(ct);
        return Results.Ok(new ApiPage<RoutingQualityItem>([.. rows.GroupBy(r => r.Cabinet, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Sum(g.Key, [.. g], settings.Routing.Budget))], null));
    }

    /// <summary>Pure.</summary>
    internal static RoutingQualityItem Sum(string cabinet, IReadOnlyList<DecisionFigures> rows, TimeSpan budget)
    {
        int Count(string? outcome) => rows.Count(r => r.Outcome == outcome);
        var answered = rows.Where(r => r.Outcome is "predicted" or "other").ToList();
        var waits = answered.Select(r => r.WaitSeconds).OfType<int>().Order().ToList();
        var elapsed = rows.Select(r => r.ElapsedMs).Order().ToList();
        var withPhones = answered.Count(r => r.Phones);
        return new RoutingQualityItem(
            cabinet,
            rows.Count,
            rows.Count(r => r.Phones),
            Count("predicted"),
            Count("other"),
            Count("missed"),
            Count("noCall"),
            Count(null),
            withPhones == 0 ? null : Math.Round(Count("predicted") / (double)withPhones, 3),
            waits.Count == 0 ? null : Math.Round(waits.Average(), 1),
            waits.Count == 0 ? null : waits[waits.Count / 2],
            elapsed.Count == 0 ? null : elapsed[(int)Math.Ceiling(elapsed.Count * 0.95) - 1],
            rows.Count(r => r.ElapsedMs > budget.TotalMilliseconds));
    }
}

/// <summary>What the report needs of one decision.</summary>
internal sealed record DecisionFigures(string Cabinet, bool Phones, string? Outcome, int? WaitSeconds, int ElapsedMs);
