using TelephonyHub.Hosting;

namespace TelephonyHub.Accounts;

/// <summary>Keys of programs, given out and taken back by administrators. Those of the settings are not listed: they are changed there.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/api-keys").RequireAuthorization(HubPolicies.Operate).WithTags("API keys").NeedsDatabase();
        api.MapGet("", ListAsync).WithSummary("Keys given out, newest first; revoked ones, too")
            .WithQuery(("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<ApiKeyItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        api.MapPost("", CreateAsync).WithSummary("A new key; its secret is answered once and kept nowhere")
            .WithDescription("A repeated request is refused with 409 (the name is in use) and makes no second key.")
            .Produces<NewApiKey>(201).ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(409);
        api.MapDelete("/{id:guid}", RevokeAsync).WithSummary("Revokes a key: at once here, at other replicas within ten seconds")
            .Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ApiKeys keys, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        return query.TryPage(await keys.ListAsync(ct), k => k.Id.ToString(), out var page, out var next) ? Results.Ok(new ApiPage<ApiKeyItem>(page, next)) : query.Problem!;
    }

    private static async Task<IResult> CreateAsync(ApiKeyRequest request, HttpContext http, ApiKeys keys, HubSettings settings, TimeProvider time, CancellationToken ct)
    {
        if (AccountRules.OfKey(request, settings, time.GetUtcNow()).Problem is { } problem)
        {
            return problem;
        }

        return await keys.CreateAsync(http.User, request, ct) is { } made
            ? Results.Created($"/api/v1/api-keys/{made.Key.Id}", made)
            : Results.Problem(statusCode: 409, title: "A key of this name is in use: revoke it first, or take another name.");
    }

    private static async Task<IResult> RevokeAsync(Guid id, HttpContext http, ApiKeys keys, CancellationToken ct) =>
        await keys.RevokeAsync(http.User, id, ct) ? Results.NoContent() : Results.Problem(statusCode: 404, title: "No such key.");
}
