using TelephonyHub.Alerts;
using TelephonyHub.Calls;
using TelephonyHub.Routing;
using TelephonyHub.Sync.Cards;

namespace TelephonyHub.Sync;

internal static class SyncServices
{
    public static void AddSync(this IServiceCollection services)
    {
        services.AddSingleton<CallPlanning>();
        services.AddSingleton<ICallPlanning>(s => s.GetRequiredService<CallPlanning>());
        services.AddSingleton<RetryPolicy>();
        services.AddSingleton<CrmColumns>();
        services.AddHostedService(s => s.GetRequiredService<CrmColumns>());
        services.AddSingleton<ClientResolver>();
        services.AddSingleton<DealCloser>();
        services.AddSingleton<TaskOutcomes>();
        services.AddSingleton<MissedCalls>();
        services.AddScoped<MissedCallQueries>();
        services.AddScoped<SyncTaskQueries>();
        services.AddSingleton<SyncReplay>();
        services.AddSingleton<CallBackTasks>();
        services.AddHostedService<CallBackWatch>();
        services.AddHostedService<UnmappedEmployees>();
        services.AddHostedService<QueueWatch>();
        services.AddSingleton<IAlertSource, DeadLetters>();
        services.AddSingleton<IAlertSource, FailingTasks>();
        services.AddSingleton<TalkerLookup>();
        services.AddSingleton<CallParts>();
        services.AddSingleton<CallAnswers>();
        services.AddSingleton<CallWriter>();
        services.AddSingleton<SyncQueue>();
        services.AddHostedService<SyncWorker>();
        services.AddSingleton<CardDeals>();
        services.AddSingleton<CardContent>();
        services.AddSingleton<CardBook>();
        services.AddSingleton<CardDelivery>();
        services.AddSingleton<CardSender>();
        services.AddSingleton<TestCards>();
        services.AddSingleton<ICallListener>(s => s.GetRequiredService<CardSender>());
        services.AddSingleton<IRouteListener>(s => s.GetRequiredService<CardSender>());
        services.AddHostedService(s => s.GetRequiredService<CardSender>());
    }
}
