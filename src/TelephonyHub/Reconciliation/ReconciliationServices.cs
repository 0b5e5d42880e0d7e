using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Reconciliation;

internal static class ReconciliationServices
{
    public static void AddReconciliation(this IServiceCollection services)
    {
        services.AddSingleton<Reconciler>();
        services.AddSingleton<ReconciliationJob>();
        services.AddSingleton<ProofQueries>();
        services.AddSingleton(s => new ProofRun(s.GetRequiredService<ReconciliationJob>(), s.GetRequiredService<HubDatabase>(), s.GetRequiredService<HubSettings>(), s.GetRequiredService<Audit>(), s.GetRequiredService<TimeProvider>()));
        services.AddHostedService(s => s.GetRequiredService<ReconciliationJob>());
    }
}
