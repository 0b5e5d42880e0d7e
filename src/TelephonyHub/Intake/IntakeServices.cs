namespace TelephonyHub.Intake;

internal static class IntakeServices
{
    public static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<EventReader>();
        services.AddSingleton<JournalStore>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<ReceivedEvents>();
        services.AddSingleton<JournalWriter>();
        services.AddHostedService(s => s.GetRequiredService<JournalWriter>());
    }
}
