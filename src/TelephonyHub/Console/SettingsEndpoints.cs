using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/settings", List)
        .RequireAuthorization(HubPolicies.Operate).WithTags("Settings")
        .WithSummary("What the hub was started with; secrets hidden")
        .WithDescription("To read only: settings come from the environment, and a change needs a restart.")
        .Produces<ApiPage<SettingLine>>().ProducesProblem(401).ProducesProblem(403);

    private static IResult List(HubSettings settings, PublicAddress address) =>
        Results.Ok(new ApiPage<SettingLine>([.. SettingsView.Of(settings, address).SelectMany(g => g)], null));
}
