using TelephonyHub.Alerts;

namespace TelephonyHub.Intake;

internal static class IntakeServices
{
    public static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<EventReader>();
        services.AddSingleton<JournalStore>();
        services.AddSingleton<IAlertSource, QuarantineGroups>();
        services.AddScoped<Quarantine>();
        services.AddScoped<ReceivedEvents>();
        services.AddScoped<CabinetConnection>();
        services.AddSingleton<JournalWriter>();
        services.AddHostedService(s => s.GetRequiredService<JournalWriter>());
    }
}
