namespace TelephonyHub.Routing;

internal static class RoutingServices
{
    public static void AddRouting(this IServiceCollection services)
    {
        services.AddSingleton<TriedPhones>();
        services.AddSingleton<RoutingService>();
        services.AddSingleton<RouteFollowUp>();
        services.AddSingleton<DecisionLog>();
        services.AddHostedService(s => s.GetRequiredService<DecisionLog>());
    }
}
