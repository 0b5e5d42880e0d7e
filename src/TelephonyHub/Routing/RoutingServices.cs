namespace TelephonyHub.Routing;

internal static class RoutingServices
{
    public static void AddCallRouting(this IServiceCollection services)
    {
        services.AddHostedService<RoutingWarmUp>();
        services.AddSingleton<LastTalkers>();
        services.AddSingleton<TriedPhones>();
        services.AddSingleton<CallFlood>();
        services.AddSingleton<EarlierAnswers>();
        services.AddSingleton<RoutingService>();
        services.AddSingleton<GivenNumbers>();
        services.AddSingleton<RouteFollowUp>();
        services.AddHostedService<DecisionOutcomes>();
        services.AddSingleton<DecisionLog>();
        services.AddHostedService(s => s.GetRequiredService<DecisionLog>());
    }
}
