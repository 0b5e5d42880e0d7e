using TelephonyHub.Hosting;

namespace TelephonyHub.Accounts;

/// <summary>Who asks: a person or a program about itself.</summary>
internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/me").RequireAuthorization().WithTags("Me");
        api.MapGet("", (HubAccess access) => Results.Ok(MeItem.Of(access))).WithSummary("Name, roles and what is seen").Produces<MeItem>().ProducesProblem(401);
        api.MapPost("/password", PasswordAsync).NeedsDatabase().LimitsSignIns()
            .WithSummary("Changes the own password; other sessions end").WithDescription("Only for people with a password of the hub's own.")
            .Produces(204).ProducesValidationProblem().ProducesProblem(401).ProducesProblem(409).ProducesProblem(429);
    }

    private static async Task<IResult> PasswordAsync(OwnPasswordRequest request, HttpContext http, OwnPassword own, CancellationToken ct)
    {
        var (rules, refusal) = await own.ChangeAsync(http, request, ct);
        return refusal ?? rules.Problem ?? Results.NoContent();
    }
}
