using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Uis.Interactive;

namespace TelephonyHub.Routing;

/// <summary>A call that is only imagined.</summary>
/// <param name="Cabinet">Key of the cabinet whose hook would ask.</param>
/// <param name="Caller">In any format; null: hidden.</param>
/// <param name="Dialled">The virtual number.</param>
/// <param name="Digit">What the caller pressed; null: nothing.</param>
/// <param name="At">ISO 8601: calendars, rota, deputies and absences of that moment; null: now. Presence counts only within five minutes of now.</param>
/// <param name="Busy">
/// Numbers as dialled or contact ids of managers who are assumed to be on a call; a manager's number means the manager. What the hub would do then is what is shown; a
/// number that is nobody's is left out.
/// </param>
public sealed record ExplainRequest(string? Cabinet, string? Caller, string? Dialled, string? Digit, string? At, IReadOnlyList<string>? Busy)
{
    internal IReadOnlySet<string> AssumedBusy =>
        (Busy ?? []).Where(b => !string.IsNullOrWhiteSpace(b)).Select(b => PhoneNumber.TryParse(b)?.Digits ?? b.Trim().ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    /// <summary>Null: now, or a time that cannot be read. Weeks are counted from it in both directions, and the ends of time have none.</summary>
    internal DateTimeOffset? Moment =>
        DateTimeOffset.TryParse(At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year is >= 2000 and <= 2100 ? moment : null;

    internal RouteQuestion Question(CabinetKey cabinet) =>
        new(cabinet, null, Caller, Dialled, Digit is { Length: > 0 } d && !d.Equals("None", StringComparison.OrdinalIgnoreCase) ? d : null);
}

/// <param name="Answer">As UIS would get it.</param>
/// <param name="Region">Cabinet key; null: unknown.</param>
/// <param name="CodeReason">Why a code is returned instead of phones.</param>
/// <param name="At">The moment that was asked for; null: now.</param>
/// <param name="PlanVersion">Version of calendars, rotas and settings that decided.</param>
public sealed record ExplainAnswer(
    JsonNode Answer, string? Region, Reason RegionReason, ExplainedClient? Client, IReadOnlyList<ChainEntry> Chain, IReadOnlyList<LeftOut> LeftOut, Reason? CodeReason, DateTimeOffset? At, long PlanVersion);

public sealed record ExplainedClient(Guid? ContactId, Guid? AccountId, string? Name, Guid? OwnerContactId);

/// <summary>Why a call would go where it goes: the routing function itself, without effect.</summary>
internal static class ExplainEndpoints
{
    public static void MapExplain(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/routing/explain", ExplainAsync)
            .RequireAuthorization(HubPolicies.Read)
            .WithTags("Routing")
            .WithSummary("Explains who would get a call, with a reason for everyone in and left out of the chain")
            .Produces<ExplainAnswer>().ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403);

    private static async Task<IResult> ExplainAsync(ExplainRequest request, HubAccess access, RoutingService routing, HubSettings settings, CancellationToken ct)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!settings.TryCabinet(request.Cabinet, out var cabinet) || !access.Sees(cabinet.Key.Value))
        {
            faults["cabinet"] = ["is required and must be a configured cabinet's key."];
        }

        if (request.At is not null && request.Moment is null)
        {
            faults["at"] = ["must be an ISO 8601 time from 2000 to 2100."];
        }

        if (faults.Count > 0)
        {
            return Results.ValidationProblem(faults);
        }

        var decision = await routing.ExplainAsync(request, cabinet!, ct);
        var answer = new InteractiveAnswer { Phones = decision.Phones.Count > 0 ? decision.Phones : null, OperatorText = decision.OperatorText, ReturnedCode = decision.ReturnedCode };
        return Results.Ok(new ExplainAnswer(
            JsonNode.Parse(answer.ToJson())!,
            decision.Region.Cabinet?.Value,
            decision.RegionReason,
            decision.Client is { } c ? new ExplainedClient(c.ContactId, c.AccountId, c.Name, c.OwnerContactId) : null,
            decision.Chain,
            decision.LeftOut,
            decision.CodeReason,
            request.Moment,
            decision.PlanVersion));
    }
}
