using TelephonyHub.Creatio;
using TelephonyHub.Directory.Replica;
using TelephonyHub.Hosting;

namespace TelephonyHub.Directory;

internal static class DirectoryServices
{
    public static void AddDirectory(this IServiceCollection services)
    {
        services.AddHttpClient("creatio").ConfigurePrimaryHttpMessageHandler(CreatioClient.CreateHandler);
        services.AddSingleton<ICreatioClient>(s => new CreatioClient(
            s.GetRequiredService<IHttpClientFactory>().CreateClient("creatio"),
            s.GetRequiredService<HubSettings>().Creatio,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<CreatioClient>>()));
        services.AddSingleton<CrmLogin>();
        services.AddSingleton<DirectoryService>();
        services.AddSingleton<ReplicaStore>();
        services.AddSingleton<ClientChoices>();
        services.AddSingleton<ReplicaRefresher>();
        services.AddHostedService<DirectoryRefresher>();
    }
}
