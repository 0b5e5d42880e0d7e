using TelephonyHub.Cabinets;
using TelephonyHub.Directory;

namespace TelephonyHub.Rules;

/// <summary>What the cards ask of the rules; answered from memory, while the phone rings.</summary>
public interface ICardRules
{
    CardTiming TimingOf(CabinetKey cabinet, bool knownClient, PhoneNumber? dialled);
}
