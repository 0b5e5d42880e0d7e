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
/// <param name="At">ISO 8601; calendars decide by it once there are some.</param>
/// <param name="Busy">Numbers as dialled or contact ids of managers who are assumed to be on a call.</param>
public sealed record ExplainRequest(string? Cabinet, string? Caller, string? Dialled, string? Digit, string? At, IReadOnlyList<string>? Busy)
{
    internal IReadOnlySet<string> AssumedBusy =>
        (Busy ?? []).Where(b => !string.IsNullOrWhiteSpace(b)).Select(b => PhoneNumber.TryParse(b)?.Digits ?? b.Trim().ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    internal RouteQuestion Question(CabinetKey cabinet) =>
        new(cabinet, null, Caller, Dialled, Digit is { Length: > 0 } d && !d.Equals("None", StringComparison.OrdinalIgnoreCase) ? d : null);
}

/// <summary>Why a call would go where it goes: the routing function itself, without effect.</summary>
internal static class ExplainEndpoints
{
    public static void MapExplain(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/routing/explain", ExplainAsync)
            .RequireAuthorization(HubPolicies.Read)
            .WithTags("Routing")
            .WithSummary("Explains who would get a call, with a reason for everyone in and left out of the chain")
            .ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403);

    private static async Task<IResult> ExplainAsync(ExplainRequest request, RoutingService routing, HubSettings settings, CancellationToken ct)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!settings.TryCabinet(request.Cabinet, out var cabinet))
        {
            faults["cabinet"] = ["is required and must be a configured cabinet's key."];
        }

        if (request.At is not null && !DateTimeOffset.TryParse(request.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            faults["at"] = ["must be an ISO 8601 time."];
        }

        if (faults.Count > 0)
        {
            return Results.ValidationProblem(faults);
        }

        var decision = await routing.ExplainAsync(request, cabinet!, ct);
        var answer = new InteractiveAnswer { Phones = decision.Phones.Count > 0 ? decision.Phones : null, OperatorText = decision.OperatorText, ReturnedCode = decision.ReturnedCode };
        return Results.Ok(new
        {
            answer = JsonNode.Parse(answer.ToJson()),
            region = decision.Region.Cabinet?.Value,
            regionReason = decision.RegionReason,
            client = decision.Client is { } c ? new { c.ContactId, c.AccountId, c.Name } : null,
            chain = decision.Chain,
            leftOut = decision.LeftOut,
        });
    }
}
