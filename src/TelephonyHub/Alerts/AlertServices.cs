namespace TelephonyHub.Alerts;

internal static class AlertServices
{
    public static void AddAlerts(this IServiceCollection services)
    {
        services.AddHttpClient(AlertPost.ClientName);
        services.AddSingleton<AlertBook>();
        services.AddSingleton<AlertPost>();
        services.AddHostedService<AlertWatch>();
    }
}
