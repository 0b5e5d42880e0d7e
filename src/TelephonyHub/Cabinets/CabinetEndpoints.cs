using TelephonyHub.Hosting;

namespace TelephonyHub.Cabinets;

/// <summary>What was imported of a cabinet, and how it is.</summary>
internal static class CabinetEndpoints
{
    public static void MapCabinets(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/cabinets").RequireAuthorization(HubPolicies.Read).WithTags("Cabinets");
        api.MapGet("", ListAsync).WithSummary("Cabinets with health, limits, numbers and hints")
            .WithDescription("access says whether UIS lets the key in, error what was refused and what to do, hints what an administrator should look at (en, ru).")
            .WithQuery(("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<CabinetItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/{key}", OneAsync).WithSummary("One cabinet").Produces<CabinetItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapPost("/{key}/import", ImportAsync).IsIdempotent<object>().RequireAuthorization(HubPolicies.Operate).NeedsDatabase()
            .WithSummary("Reads the whole cabinet from UIS now, e.g. after a key or the allow-list was mended")
            .WithDescription("202: the import runs in the background. 429: it was asked for seconds ago. Costs up to 8 Data API points.")
            .Produces(202).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429);
        api.MapCabinetLists();
    }

    /// <summary>404 for a cabinet that the settings do not name, or that the caller may not see.</summary>
    internal static IResult? Find(string key, HubAccess access, HubSettings settings, out CabinetSettings cabinet)
    {
        cabinet = null!;
        return CabinetKey.TryParse(key, out var parsed) && settings.Cabinets.TryGetValue(parsed, out cabinet!) && access.Sees(parsed.Value) ? null : Results.Problem(statusCode: 404, title: "No such cabinet.");
    }

    private static async Task<IResult> ListAsync(HttpContext http, CabinetOverview overview, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        return query.TryPage(await overview.AllAsync(ct), c => c.Key, out var page, out var next) ? Results.Ok(new ApiPage<CabinetItem>(page, next)) : query.Problem!;
    }

    private static async Task<IResult> OneAsync(string key, HubAccess access, HubSettings settings, CabinetOverview overview, CancellationToken ct) =>
        Find(key, access, settings, out var cabinet) ?? Results.Ok(await overview.OfAsync(cabinet, ct));

    private static async Task<IResult> ImportAsync(string key, HttpContext http, HubAccess access, HubSettings settings, CabinetCommands commands, CancellationToken ct) =>
        Find(key, access, settings, out var cabinet) ?? (await commands.ImportAsync(cabinet.Key, http.User, ct) ? Results.Accepted() : Results.Problem(statusCode: 429, title: "The import was asked for seconds ago."));
}
