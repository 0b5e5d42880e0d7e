using System.Collections.Concurrent;
using System.Net;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Permanent keys and the one-hour tokens of login.user (section 1.2).</summary>
internal sealed class AccessTokens(IEnumerable<SimCabinet> cabinets, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly SimCabinet[] _cabinets = [.. cabinets];
    private readonly ConcurrentDictionary<string, (SimCabinet Cabinet, DateTimeOffset Until)> _sessions = new(StringComparer.Ordinal);

    public SimCabinet Find(string token)
    {
        var cabinet = Array.Find(_cabinets, candidate => string.Equals(candidate.Options.AccessToken, token, StringComparison.Ordinal));
        if (cabinet is null)
        {
            // A temporary token past its hour is "invalid", not "expired": that word is for permanent keys.
            return _sessions.TryGetValue(token, out var session) && session.Until > time.GetUtcNow()
                ? session.Cabinet
                : throw RpcErrors.TokenInvalid;
        }

        return cabinet.Faults switch
        {
            { TokenRevoked: true } => throw RpcErrors.TokenInvalid,
            { TokenExpired: true } => throw RpcErrors.TokenExpired,
            { TokenBlocked: true } => throw RpcErrors.TokenBlocked,
            _ => cabinet,
        };
    }

    public SimCabinet FindByLogin(string login, string password) => Array.Find(_cabinets, cabinet =>
        cabinet.Options.Login is not null && string.Equals(cabinet.Options.Login, login, StringComparison.Ordinal)
        && string.Equals(cabinet.Options.Password, password, StringComparison.Ordinal)) ?? throw RpcErrors.AuthError;

    public (string Token, DateTimeOffset Until) Open(SimCabinet cabinet)
    {
        var token = Guid.CreateVersion7().ToString("N");
        var until = time.GetUtcNow() + Lifetime;
        _sessions[token] = (cabinet, until);
        return (token, until);
    }

    public void Close(string token) => _sessions.TryRemove(token, out _);

    /// <summary>IP allow-list, then the account itself (section 7).</summary>
    public static void CheckAccess(SimCabinet cabinet, IPAddress? ip)
    {
        var address = ip is { IsIPv4MappedToIPv6: true } ? ip.MapToIPv4() : ip ?? IPAddress.Loopback;
        if (cabinet.Faults.IpNotWhitelisted || !cabinet.Options.AllowedIps.Any(allowed => Covers(allowed, address)))
        {
            throw RpcErrors.IpNotWhitelisted(address.ToString());
        }

        if (cabinet.Faults.AccountInactive)
        {
            throw RpcErrors.AccountInactive;
        }

        if (cabinet.Faults.Forbidden)
        {
            throw RpcErrors.Forbidden;
        }
    }

    private static bool Covers(string allowed, IPAddress address) => allowed.Contains('/', StringComparison.Ordinal)
        ? IPNetwork.Parse(allowed).Contains(address)
        : IPAddress.Parse(allowed).Equals(address);
}
