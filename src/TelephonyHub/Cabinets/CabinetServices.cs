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
        services.AddSingleton<RegionResolver>();
        services.AddSingleton<CallerNumberWatch>();
        services.AddSingleton<CabinetOverview>();
        services.AddSingleton<CabinetCommands>();
    }
}
