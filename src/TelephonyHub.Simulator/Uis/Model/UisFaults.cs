using System.Collections.Concurrent;

namespace TelephonyHub.Simulator.Uis;

/// <summary>Switches for everything that goes wrong between a PBX and an integration. All off at the start.</summary>
public sealed class UisFaults
{
    private readonly ConcurrentDictionary<string, CabinetFaults> _cabinets = new(StringComparer.Ordinal);

    public NotificationFaults Notifications { get; } = new();

    public ApiFaults Api { get; } = new();

    public MediaFaults Media { get; } = new();

    /// <summary>The digit that the caller pressed does not reach the hook (the story's forwarding from another operator).</summary>
    public bool LoseDigit { get; set; }

    public CabinetFaults Cabinet(string key) => _cabinets.GetOrAdd(key, _ => new CabinetFaults());
}

public sealed class CabinetFaults
{
    public bool TokenRevoked { get; set; }

    public bool TokenExpired { get; set; }

    public bool TokenBlocked { get; set; }

    public bool IpNotWhitelisted { get; set; }

    public bool AccountInactive { get; set; }

    public bool Forbidden { get; set; }

    /// <summary>Added to every time the cabinet puts on the wire.</summary>
    public TimeSpan ClockSkew { get; set; }
}

public enum NotificationOrder
{
    AsHappened,
    Reversed,
    Shuffled,
}

public sealed class NotificationFaults
{
    /// <summary>Extra copies of each notification.</summary>
    public int Duplicates { get; set; }

    /// <summary>Part of all notifications that <see cref="Duplicates"/> concerns, 0–1; which ones follows from <see cref="Seed"/>.</summary>
    public double DuplicateShare { get; set; } = 1;

    /// <summary>Other than as happened, a session's notifications are held back until it ends.</summary>
    public NotificationOrder Order { get; set; }

    /// <summary>Real time before each notification.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>On top of <see cref="Delay"/>, anything from nothing to this; how much follows from <see cref="Seed"/>.</summary>
    public TimeSpan DelayJitter { get; set; }

    /// <summary>Which notifications, counted from 1 over all cabinets since the start, are lost.</summary>
    public ISet<int> LoseNth { get; } = new HashSet<int>();

    /// <summary>Mnemonics that are lost.</summary>
    public ISet<string> LoseKinds { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Part of all notifications that is lost, 0–1; which ones follows from <see cref="Seed"/>.</summary>
    public double LoseShare { get; set; }

    public ISet<string> NullVariables { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The template's author put quotes around the placeholders: strings become ""x"".</summary>
    public bool QuotedPlaceholders { get; set; }

    public string? ContentType { get; set; }

    /// <summary>Overrides <see cref="UisSimulatorOptions.Milliseconds"/>.</summary>
    public bool? Milliseconds { get; set; }

    /// <summary>Further attempts while the answer is not 200; the vendor's behaviour is unknown, so none.</summary>
    public int RedeliverAttempts { get; set; }

    public TimeSpan RedeliverInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>With the session and the notification's place in it, decides all that is left to chance: a failing test can be repeated.</summary>
    public int Seed { get; set; } = 1;
}

public sealed class ApiFaults
{
    /// <summary>Methods that the switches below concern; null = all.</summary>
    public Func<string, bool>? Only { get; set; }

    /// <summary>How many requests the switches still concern; null = until switched off.</summary>
    public int? Times { get; set; }

    public bool InternalError { get; set; }

    /// <summary>HTTP 502 with an HTML page.</summary>
    public bool BadGateway { get; set; }

    public TimeSpan Latency { get; set; }

    /// <summary>No answer until the client gives up; nothing is done.</summary>
    public bool Hang { get; set; }

    /// <summary>The work is done, then the connection breaks: the client cannot know.</summary>
    public bool LoseAnswer { get; set; }
}

public sealed class MediaFaults
{
    /// <summary>Real time from the end of a call until its files are ready, on top of <see cref="UisSimulatorOptions.RecordDelay"/>.</summary>
    public TimeSpan ReadyAfter { get; set; }

    /// <summary>Until then a known file answers 404.</summary>
    public DateTimeOffset? NotReadyUntil { get; set; }

    /// <summary>Answers 302 to this address instead of the file.</summary>
    public Uri? RedirectTo { get; set; }

    /// <summary>Answers this status instead of the file.</summary>
    public int? Status { get; set; }

    /// <summary>Answers 200 with this page instead of the file, as a site does that wants a sign-in.</summary>
    public string? Page { get; set; }
}
