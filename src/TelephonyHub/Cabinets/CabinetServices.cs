using TelephonyHub.Hosting;
using TelephonyHub.Staffing;

namespace TelephonyHub.Cabinets;

internal static class CabinetServices
{
    public static void AddCabinets(this IServiceCollection services)
    {
        services.AddHttpClient("uis");
        services.AddSingleton<UisCabinets>();
        services.AddSingleton<CabinetGate>();
        services.AddSingleton<CabinetState>();
        services.AddSingleton<CabinetBook>();
        services.AddSingleton<EarlyImports>();
        services.AddSingleton<CabinetIdentity>();
        services.AddSingleton<CabinetImport>();
        services.AddSingleton<CabinetPoller>();
        services.AddHostedService(s => s.GetRequiredService<CabinetPoller>());
        services.AddSingleton(s => new RegionResolver(s.GetRequiredService<HubSettings>(), s.GetRequiredService<CabinetBook>(), () => s.GetRequiredService<StaffingBook>().Current));
        services.AddSingleton<CallerNumberWatch>();
        services.AddScoped<CabinetOverview>();
        services.AddSingleton<CabinetCommands>();
    }
}
