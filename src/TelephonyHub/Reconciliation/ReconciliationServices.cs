using TelephonyHub.Alerts;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Reconciliation;

internal static class ReconciliationServices
{
    public static void AddReconciliation(this IServiceCollection services)
    {
        services.AddSingleton<CrmCheck>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<ReconciliationJob>();
        services.AddScoped<ProofQueries>();
        services.AddSingleton(s => new ProofRun(s.GetRequiredService<ReconciliationJob>(), s.GetRequiredService<HubDatabase>(), s.GetRequiredService<HubSettings>(), s.GetRequiredService<Audit>(), s.GetRequiredService<TimeProvider>()));
        services.AddHostedService(s => s.GetRequiredService<ReconciliationJob>());
        services.AddSingleton<BackfillSignal>();
        services.AddScoped<Backfills>();
        services.AddHostedService<BackfillJob>();
        services.AddSingleton<IAlertSource, ProofAlerts>();
    }
}
