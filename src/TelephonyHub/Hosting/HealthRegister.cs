using System.Collections.Concurrent;

namespace TelephonyHub.Hosting;

/// <summary>What ails, in plain words, by cause. Slices report; <c>/health/ready</c> shows.</summary>
public sealed class HealthRegister
{
    private readonly ConcurrentDictionary<string, string> _causes = new(StringComparer.Ordinal);
    private volatile bool _loadedOnce;
    private volatile bool _draining;

    public IReadOnlyDictionary<string, string> Causes => _causes;

    /// <summary>The first load of the directory is done, or its first try failed: from now on faults only degrade.</summary>
    public bool LoadedOnce => _loadedOnce;

    public bool Draining => _draining;

    public void Ail(string cause, string words) => _causes[cause] = words;

    public void Mend(string cause) => _causes.TryRemove(cause, out _);

    public void MarkLoaded() => _loadedOnce = true;

    public void MarkDraining() => _draining = true;
}
