using System.Globalization;
using TelephonyHub.Cabinets;

namespace TelephonyHub.Calls;

/// <summary>One call session of one cabinet. UIS numbers sessions per account, so the cabinet is part of the key.</summary>
public readonly record struct SessionKey(CabinetKey Cabinet, long Id)
{
    /// <summary>As <c>Call.IntegrationId</c> bears it: <c>msk:187020303</c>.</summary>
    public string IntegrationId => string.Create(CultureInfo.InvariantCulture, $"{Cabinet.Value}:{Id}");

    public override string ToString() => IntegrationId;
}
