namespace TelephonyHub.Reconciliation;

internal static class ReconciliationServices
{
    public static void AddReconciliation(this IServiceCollection services)
    {
        services.AddSingleton<Reconciler>();
        services.AddSingleton<ReconciliationJob>();
        services.AddHostedService(s => s.GetRequiredService<ReconciliationJob>());
    }
}
