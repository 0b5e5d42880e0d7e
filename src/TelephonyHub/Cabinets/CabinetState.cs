using System.Collections.Concurrent;
using TelephonyHub.Hosting;

namespace TelephonyHub.Cabinets;

/// <summary>What was last seen of a cabinet.</summary>
public sealed record CabinetStatus
{
    public long? AppId { get; init; }

    public DateTimeOffset? ImportedAt { get; init; }

    /// <summary>In plain words; null when all is well.</summary>
    public string? Fault { get; init; }

    /// <summary>The account behind the key is another one than before: nothing is written for it.</summary>
    public bool SyncStopped { get; init; }

    /// <summary>Since the start UIS was not asked yet whose account the key opens: what waits is not written before.</summary>
    public bool AccountUnseen { get; init; }

    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>Whether the cabinet lets the hub in, as the last answer of the Data API says.</summary>
    public CabinetAccess Access { get; init; }

    /// <summary>The last refusal of the Data API; null since an import went well.</summary>
    public CabinetFault? DataFault { get; init; }

    /// <summary>The last refusal of the Call API; null since an answer came.</summary>
    public CabinetFault? CallFault { get; init; }

    /// <summary>Lists that could not be read while others could, by method.</summary>
    public IReadOnlyDictionary<string, CabinetFault> PartFaults { get; init; } = new Dictionary<string, CabinetFault>(StringComparer.Ordinal);

    /// <summary>When employees and SIP lines are read again.</summary>
    public DateTimeOffset? NextImportAt { get; init; }

    /// <summary>The account's zone, where it is not the configured one: wire times are misread.</summary>
    public string? OtherTimeZone { get; init; }
}

/// <summary>Live state of all cabinets, for health, reads and the gate of the sync.</summary>
public sealed class CabinetState(HubSettings settings)
{
    private readonly ConcurrentDictionary<CabinetKey, CabinetStatus> _states = new();

    public CabinetStatus Of(CabinetKey key) => _states.GetValueOrDefault(key) ?? new CabinetStatus();

    public void Update(CabinetKey key, Func<CabinetStatus, CabinetStatus> change) => _states.AddOrUpdate(key, k => change(new CabinetStatus()), (_, old) => change(old));

    public bool MaySync(CabinetKey key) => settings.Cabinets.TryGetValue(key, out var cabinet) && cabinet.Mode == CabinetMode.On && Of(key) is { SyncStopped: false, AccountUnseen: false };
}
