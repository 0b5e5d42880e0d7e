using System.Globalization;
using TelephonyHub.Cabinets;

namespace TelephonyHub.Calls;

/// <summary>One call session of one cabinet. UIS numbers sessions per account, so the cabinet is part of the key.</summary>
public readonly record struct SessionKey(CabinetKey Cabinet, long Id)
{
    /// <summary>As <c>Call.IntegrationId</c> bears it: <c>msk:187020303</c>.</summary>
    public string IntegrationId => string.Create(CultureInfo.InvariantCulture, $"{Cabinet.Value}:{Id}");

    /// <summary>The reverse of <see cref="IntegrationId"/>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SessionKey Parse(string integrationId)
    {
        var colon = integrationId.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && long.TryParse(integrationId.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new SessionKey(CabinetKey.Parse(integrationId[..colon]), id)
            : throw new FormatException("A session is named cabinet:number.");
    }

    public override string ToString() => IntegrationId;
}
