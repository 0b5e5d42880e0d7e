using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis;

/// <summary>A request that the Call or Data API received, without its token.</summary>
/// <param name="Api">`call` or `data`</param>
/// <param name="Cabinet">null while the token was unknown</param>
/// <param name="Error">mnemonic of the refusal; null = success</param>
public sealed record ReceivedApiCall(long Sequence, string Api, string? Cabinet, string Method, JsonObject Params, DateTimeOffset At, string? Error)
{
    /// <summary>JSON-RPC code of the refusal.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>`id` of the request.</summary>
    public string? RequestId { get; init; }

    public string? Ip { get; init; }

    /// <summary>False for the failures that the cabinet's own report leaves out (section 1.4).</summary>
    public bool InReport { get; init; } = true;
}

/// <summary>One attempt to deliver a notification.</summary>
public sealed record SentNotification(long Sequence, string Cabinet, string Mnemonic, long? SessionId, Uri Url, string Method, string? Body)
{
    public string? ContentType { get; init; }

    /// <summary>Instant of the event, before clock skew.</summary>
    public required DateTimeOffset EventTime { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>1 for the first delivery; re-deliveries count up.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>HTTP status; null = no answer.</summary>
    public int? Status { get; init; }

    public string? Answer { get; init; }

    /// <summary>Type of the failure where no answer came.</summary>
    public string? Error { get; init; }

    /// <summary>Dropped by a fault switch, never sent.</summary>
    public bool Dropped { get; init; }
}
