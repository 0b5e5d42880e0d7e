using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Rules;

/// <summary>What the cards ask of the rules; answered from memory, while the phone rings.</summary>
public interface ICardRules
{
    CardTiming TimingOf(CabinetKey cabinet, bool knownClient, PhoneNumber? dialled);

    /// <summary>As what a deal of such a call would be made; null: as <c>Sync:DealEntity</c> says.</summary>
    DealEntity? DealEntityOf(CabinetKey cabinet, bool knownClient, PhoneNumber? dialled);

    /// <summary>As what the rule that acted on an earlier call made its deal; null: as <c>Sync:DealEntity</c> says.</summary>
    Task<DealEntity?> DealEntityOfAsync(HubDbContext context, string ruleId, int version, CancellationToken ct);
}
