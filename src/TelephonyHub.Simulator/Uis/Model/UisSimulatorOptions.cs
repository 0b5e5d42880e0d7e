namespace TelephonyHub.Simulator.Uis;

/// <summary>What the whole stand-in shares; each cabinet has its own <see cref="SimCabinetOptions"/>.</summary>
public sealed record UisSimulatorOptions
{
    public required IReadOnlyList<SimCabinetOptions> Cabinets { get; init; }

    /// <summary>Address to listen on; a container needs 0.0.0.0.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>0 = any free port.</summary>
    public int Port { get; init; }

    /// <summary>Base of the recording links when clients reach the stand-in under another name than the one it listens on.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>0 = calls take no real time, only their time stamps advance; 1 = real time; n = n times faster.</summary>
    public double TimeScale { get; init; }

    /// <summary>Milliseconds in notification times: seen both ways (reference 3.2).</summary>
    public bool Milliseconds { get; init; } = true;

    /// <summary>How long the PBX waits for the routing answer; the vendor's value is unknown, 5 s is the guess of section 7.</summary>
    public TimeSpan InteractiveTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a notification waits for its answer (unknown at the vendor).</summary>
    public TimeSpan NotificationTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the end of a call until its recording can be downloaded.</summary>
    public TimeSpan RecordDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The account limit `max_scenario_deep` of the reference.</summary>
    public int MaxTransitions { get; init; } = 50;

    /// <summary>First call session id; null = from the clock, so that a restarted demo does not repeat ids.</summary>
    public long? FirstSessionId { get; init; }

    /// <summary>Format of the recordings under /talk/; the vendor's is MP3 (silence here), WAV carries an audible tone.</summary>
    public SimAudioFormat RecordFormat { get; init; } = SimAudioFormat.Mp3;

    /// <summary>A request without Content-Length is refused (section 1.1).</summary>
    public bool RequireContentLength { get; init; } = true;

    /// <summary>More endpoints on the same host, for example the control API of the stand-alone process.</summary>
    public Action<IEndpointRouteBuilder, UisSimulator>? MapMore { get; init; }
}

public enum SimAudioFormat
{
    Mp3,
    Wav,
}
