namespace TelephonyHub.Cabinets;

internal static class CabinetServices
{
    public static void AddCabinets(this IServiceCollection services)
    {
        services.AddHttpClient("uis");
        services.AddSingleton<UisCabinets>();
        services.AddSingleton<CabinetGate>();
        services.AddSingleton<CabinetState>();
        services.AddSingleton<CabinetImport>();
        services.AddSingleton<RegionResolver>();
    }
}
