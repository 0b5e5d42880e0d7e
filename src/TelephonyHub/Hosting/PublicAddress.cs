using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TelephonyHub.Hosting;

/// <summary>The hub's own address in links: <c>Hub:PublicUrl</c>, else the first address it listens on.</summary>
public sealed class PublicAddress(HubSettings settings, IServer server)
{
    public string Base
    {
        get
        {
            if (settings.PublicUrl is { } configured)
            {
                return configured.ToString().TrimEnd('/');
            }

            var listening = Listening.FirstOrDefault() ?? "http://localhost:5000";

            // A wildcard is no address that a browser could open.
            return listening.Replace("://+", "://localhost", StringComparison.Ordinal)
                .Replace("://*", "://localhost", StringComparison.Ordinal)
                .Replace("://[::]", "://localhost", StringComparison.Ordinal)
                .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
                .TrimEnd('/');
        }
    }

    /// <summary>Where the server listens, as it was told: a wildcard stays one.</summary>
    public IEnumerable<string> Listening => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    public string Recording(string code) => $"{Base}/r/{code}";

    public string Call(string cabinet, long sessionId) => FormattableString.Invariant($"{Base}/api/v1/calls/{cabinet}/{sessionId}");
}
