using TelephonyHub.Storage;

namespace TelephonyHub.Rules;

internal static class RuleServices
{
    public static void AddRules(this IServiceCollection services)
    {
        services.AddSingleton<RuleBook>();
        services.AddSingleton<ICardRules>(s => s.GetRequiredService<RuleBook>());
        services.AddHostedService(s => s.GetRequiredService<RuleBook>());
        services.AddSingleton<RuleStore>();
        services.AddSingleton<RuleReader>();
        services.AddSingleton(s => new RuleEditor(s.GetRequiredService<HubDatabase>(), s.GetRequiredService<RuleBook>(), s.GetRequiredService<RuleStore>(), s.GetRequiredService<RuleReader>(), s.GetRequiredService<TimeProvider>()));
    }
}
