using System.Collections.Concurrent;

namespace TelephonyHub.Hosting;

/// <summary>What ails, in plain words, by cause. Slices report; <c>/health/ready</c> shows.</summary>
public sealed class HealthRegister
{
    private readonly ConcurrentDictionary<string, string> _causes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _remarks = new(StringComparer.Ordinal);
    private volatile bool _loadedOnce;
    private volatile bool _databaseTried;
    private volatile bool _draining;

    public IReadOnlyDictionary<string, string> Causes => _causes;

    /// <summary>What an administrator should know and nobody has to mend: it degrades nothing and raises no alert.</summary>
    public IReadOnlyDictionary<string, string> Remarks => _remarks;

    /// <summary>The first load of the directory is done, or its first try failed: from now on faults only degrade.</summary>
    public bool LoadedOnce => _loadedOnce;

    /// <summary>The database is open, or its first try failed: a load balancer may send events, which then get 503 while it stays away.</summary>
    public bool DatabaseTried => _databaseTried;

    public bool Draining => _draining;

    public void Ail(string cause, string words) => _causes[cause] = words;

    public void Mend(string cause) => _causes.TryRemove(cause, out _);

    public void Remark(string subject, string words) => _remarks[subject] = words;

    public void Unremark(string subject) => _remarks.TryRemove(subject, out _);

    public void MarkLoaded() => _loadedOnce = true;

    public void MarkDatabaseTried() => _databaseTried = true;

    public void MarkDraining() => _draining = true;
}
