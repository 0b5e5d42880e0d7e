namespace TelephonyHub.Staffing;

internal static class StaffingServices
{
    public static void AddStaffing(this IServiceCollection services)
    {
        services.AddSingleton<StaffingBook>();
        services.AddHostedService(s => s.GetRequiredService<StaffingBook>());
        services.AddSingleton<StaffingStore>();
        services.AddSingleton<StaffingChecks>();
    }
}
