namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>Session and leg at the other end of a call between two cabinets.</summary>
internal sealed record Upstream(CallSession Session, CallLeg Leg);

/// <summary>How a session came about.</summary>
internal sealed record SessionStart(string Direction, string Source, string VirtualNumber, string? Contact, DateTimeOffset StartedAt)
{
    public bool IsIncoming => string.Equals(Direction, "in", StringComparison.Ordinal);

    /// <summary>False for calls that the API makes: there both sides are dialled by the platform.</summary>
    public bool IsFromPhone { get; init; } = true;

    public SimEmployee? Caller { get; init; }

    public string? CallerPhone { get; init; }

    public string? ContactFullName { get; init; }

    public string? ExternalId { get; init; }

    public long? ApiRequestId { get; init; }

    public SimScenario? Scenario { get; init; }

    /// <summary>What `show_virtual_phone_number` asked for; null = the forwarding operation decides (section 5.1).</summary>
    public bool? ShowVirtualNumber { get; init; }

    public bool Recorded { get; init; } = true;

    /// <summary>The leg of another cabinet's session that dialled this one; null = somebody called from outside.</summary>
    public Upstream? Upstream { get; init; }
}
