using System.Collections.Frozen;
using TelephonyHub.Hosting;
using TelephonyHub.Uis;

namespace TelephonyHub.Cabinets;

/// <summary>The UIS client of each cabinet: own token, own limits.</summary>
public sealed class UisCabinets
{
    private readonly FrozenDictionary<CabinetKey, (IUisCabinetClient Client, TimeZoneInfo Zone)> _clients;

    public UisCabinets(HubSettings settings, IHttpClientFactory http, TimeProvider time, ILoggerFactory loggers) =>
        _clients = settings.Cabinets.Values.ToFrozenDictionary(
            c => c.Key,
            c => ((IUisCabinetClient)new UisCabinetClient(
                http.CreateClient("uis"),
                new UisCabinetOptions
                {
                    Cabinet = c.Key.Value,
                    CallApiUrl = settings.Uis.CallApiUrl,
                    DataApiUrl = settings.Uis.DataApiUrl,
                    AccessToken = c.AccessToken,
                    Login = c.Login,
                    Password = c.Password,
                },
                time,
                loggers.CreateLogger<UisCabinetClient>()), c.TimeZone));

    public IEnumerable<CabinetKey> Keys => _clients.Keys;

    public IUisCabinetClient Client(CabinetKey cabinet) => _clients[cabinet].Client;

    /// <summary>Of the account's wire times.</summary>
    public TimeZoneInfo ZoneOf(CabinetKey cabinet) => _clients[cabinet].Zone;
}
