namespace TelephonyHub.Storage;

internal static class StorageServices
{
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<HubDatabase>();
        services.AddSingleton<Alone>();
        services.AddSingleton<SnapshotStore>();
        services.AddHostedService<DatabaseStartup>();
    }
}
