using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using TelephonyHub.Hosting;

namespace TelephonyHub.Cabinets;

/// <summary>Who may speak for a cabinet. Refusals in the order of the contract: 404 unknown, 403 source address, 401 token.</summary>
public sealed class CabinetGate
{
    private readonly FrozenDictionary<CabinetKey, (CabinetSettings Settings, IReadOnlyList<byte[]> TokenHashes)> _cabinets;

    public CabinetGate(HubSettings settings) =>
        _cabinets = settings.Cabinets.ToFrozenDictionary(
            c => c.Key,
            c => (c.Value, (IReadOnlyList<byte[]>)[.. c.Value.WebhookTokens.Select(Hash)]));

    /// <returns>Null and the cabinet when the caller may pass; else the status to refuse with.</returns>
    public int? Refuse(string? cabinet, IPAddress? source, string? token, out CabinetSettings settings)
    {
        settings = null!;
        if (!CabinetKey.TryParse(cabinet, out var key) || !_cabinets.TryGetValue(key, out var entry))
        {
            return StatusCodes.Status404NotFound;
        }

        settings = entry.Settings;
        if (settings.AllowedSources.Count > 0 && !IsAllowed(source, settings.AllowedSources))
        {
            return StatusCodes.Status403Forbidden;
        }

        return IsValid(token, entry.TokenHashes) ? null : StatusCodes.Status401Unauthorized;
    }

    private static bool IsAllowed(IPAddress? source, IReadOnlyList<IPNetwork> allowed)
    {
        var address = source is { IsIPv4MappedToIPv6: true } ? source.MapToIPv4() : source;
        return address is not null && allowed.Any(n => n.Contains(address));
    }

    /// <summary>Hashes of equal length, every one compared whole: neither length nor position leaks through time.</summary>
    private static bool IsValid(string? token, IReadOnlyList<byte[]> hashes)
    {
        var hash = Hash(token ?? "");
        var valid = false;
        foreach (var known in hashes)
        {
            valid |= CryptographicOperations.FixedTimeEquals(hash, known);
        }

        return valid && !string.IsNullOrEmpty(token);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
