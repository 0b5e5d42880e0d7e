using TelephonyHub.Alerts;

namespace TelephonyHub.Reconciliation;

internal static class ReconciliationServices
{
    public static void AddReconciliation(this IServiceCollection services)
    {
        services.AddSingleton<CrmCheck>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<ReconciliationJob>();
        services.AddHostedService(s => s.GetRequiredService<ReconciliationJob>());
        services.AddSingleton<BackfillSignal>();
        services.AddHostedService<BackfillJob>();
        services.AddSingleton<IAlertSource, ProofAlerts>();
    }
}
