using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>The server-side logic of reference 3 that needs nothing but the store.</summary>
internal static class StandardRules
{
    public static IEnumerable<EntityRule> Create(CreatioStore store, TimeProvider time) =>
    [
        new ContactNameRule(),
        new SearchNumberRule(),
        new CommunicationRule(store),
        new CommunicationColumnsRule(store),
        new UserViewRule(store),
        new LeadRule(store),
        new OpportunityRule(store, time),
        new OpportunityContactRule(store),
        new OrderRule(store),
        new ActivityRule(store),
    ];
}
