namespace TelephonyHub.Recordings.Archive;

/// <summary>What follows a file that did not come: again at a time, or given up until somebody asks again.</summary>
internal static class ArchivePolicy
{
    /// <summary>A PBX that is away over a weekend loses nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);
    private static readonly TimeSpan Most = TimeSpan.FromHours(1);
    private const int FewestAttempts = 10;

    /// <param name="fault">Why it did not come.</param>
    /// <param name="attempts">So far, this one included.</param>
    /// <param name="age">Of the recording.</param>
    /// <param name="jitter">0.5–1.</param>
    /// <returns>The pause; null: never by itself.</returns>
    public static TimeSpan? Pause(MediaFault fault, int attempts, TimeSpan age, double jitter) => fault.Kind switch
    {
        MediaFaultKind.HostNotAllowed or MediaFaultKind.Gone or MediaFaultKind.TooLarge => null,

        // The hub's own trouble: however long it lasts, the recording is still wanted.
        MediaFaultKind.Disk => Backoff(attempts) * jitter,
        _ when age > Patience && attempts >= FewestAttempts => null,
        _ => fault.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked < Most ? asked : Most : Backoff(attempts) * jitter,
    };

    /// <summary>4, 8, 16, … seconds up to an hour.</summary>
    private static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Clamp(attempts, 1, 12) + 1), Most.TotalSeconds));
}
