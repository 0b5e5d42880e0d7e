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

    public DateTimeOffset? LastEventAt { get; init; }
}

/// <summary>Live state of all cabinets, for health, reads and the gate of the sync.</summary>
public sealed class CabinetState(HubSettings settings)
{
    private readonly ConcurrentDictionary<CabinetKey, CabinetStatus> _states = new();

    public CabinetStatus Of(CabinetKey key) => _states.GetValueOrDefault(key) ?? new CabinetStatus();

    public void Update(CabinetKey key, Func<CabinetStatus, CabinetStatus> change) => _states.AddOrUpdate(key, k => change(new CabinetStatus()), (_, old) => change(old));

    public bool MaySync(CabinetKey key) => settings.Cabinets.TryGetValue(key, out var cabinet) && cabinet.Mode == CabinetMode.On && !Of(key).SyncStopped;
}
