namespace TelephonyHub.Presence;

internal static class PresenceServices
{
    public static void AddPresence(this IServiceCollection services)
    {
        services.AddSingleton<PresenceService>();
        services.AddSingleton<BusyBoard>();
        services.AddHostedService(s => s.GetRequiredService<BusyBoard>());
        services.AddSingleton<ManagerQueries>();
    }
}
