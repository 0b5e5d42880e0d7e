using TelephonyHub.Storage;

namespace TelephonyHub.Staffing;

internal static class StaffingServices
{
    public static void AddStaffing(this IServiceCollection services)
    {
        services.AddSingleton<StaffingBook>();
        services.AddHostedService(s => s.GetRequiredService<StaffingBook>());
        services.AddSingleton<StaffingStore>();
        services.AddSingleton<StaffingChecks>();
        services.AddSingleton(s => new StaffingEditor(s.GetRequiredService<HubDatabase>(), s.GetRequiredService<StaffingStore>(), s.GetRequiredService<StaffingChecks>()));
    }
}
