using TelephonyHub.Calls.Conversations;

namespace TelephonyHub.Calls;

internal static class CallServices
{
    public static void AddCalls(this IServiceCollection services)
    {
        services.AddSingleton<FoldSignal>();
        services.AddSingleton<SyncSignal>();
        services.AddSingleton<StaffingSignal>();
        services.AddSingleton<ConversationJoiner>();
        services.AddSingleton<FoldBatch>();
        services.AddSingleton<PendingHandovers>();
        services.AddHostedService<SessionFolder>();
        services.AddHostedService<ReplicaListener>();
        services.AddScoped<CallQueries>();
        services.AddScoped<CallStatistics>();
        services.AddSingleton<LiveWatch>();
        services.AddSingleton<LiveCalls>();
        services.AddHostedService<LivePoller>();
    }
}
