namespace TelephonyHub.Simulator.Uis.Engine;

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
}
