namespace TelephonyHub.Control;

internal static class ControlServices
{
    public static void AddCallControl(this IServiceCollection services)
    {
        services.AddSingleton<CallControl>();
        services.AddSingleton<CallTransfer>();
    }
}
