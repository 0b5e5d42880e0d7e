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
            .Produces<ApiPage<CabinetItem>>().ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/{key}", OneAsync).WithSummary("One cabinet").Produces<CabinetItem>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapPost("/{key}/import", ImportAsync).RequireAuthorization(HubPolicies.Operate).NeedsDatabase()
            .WithSummary("Reads the whole cabinet from UIS now, e.g. after a key or the allow-list was mended")
            .WithDescription("202: the import runs in the background. 429: it was asked for seconds ago. Costs up to 8 Data API points.")
            .Produces(202).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429);
        api.MapCabinetLists();
    }

    /// <summary>404 for a cabinet that the settings do not name.</summary>
    internal static IResult? Find(string key, HubSettings settings, out CabinetSettings cabinet)
    {
        cabinet = null!;
        return CabinetKey.TryParse(key, out var parsed) && settings.Cabinets.TryGetValue(parsed, out cabinet!) ? null : Results.Problem(statusCode: 404, title: "No such cabinet.");
    }

    private static async Task<IResult> ListAsync(CabinetOverview overview, CancellationToken ct) => Results.Ok(new ApiPage<CabinetItem>(await overview.AllAsync(ct), null));

    private static async Task<IResult> OneAsync(string key, HubSettings settings, CabinetOverview overview, CancellationToken ct) =>
        Find(key, settings, out var cabinet) ?? Results.Ok(await overview.OfAsync(cabinet, ct));

    private static async Task<IResult> ImportAsync(string key, HttpContext http, HubSettings settings, CabinetCommands commands, CancellationToken ct) =>
        Find(key, settings, out var cabinet) ?? (await commands.ImportAsync(cabinet.Key, http.User, ct) ? Results.Accepted() : Results.Problem(statusCode: 429, title: "The import was asked for seconds ago."));
}
