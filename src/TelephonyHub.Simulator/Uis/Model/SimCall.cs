namespace TelephonyHub.Simulator.Uis;

/// <summary>A call as the PBX knows it: the truth that tests compare the hub with. Times are instants, durations simulated.</summary>
public sealed record SimCall(long SessionId, string Cabinet, IReadOnlyList<SimLeg> Legs, bool Lost)
{
    public required string Direction { get; init; }

    public required string Source { get; init; }

    public string? ContactPhone { get; init; }

    public required string VirtualNumber { get; init; }

    public string? ExternalId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? FinishReason { get; init; }

    public TimeSpan Wait { get; init; }

    public TimeSpan Talk { get; init; }

    public TimeSpan Total { get; init; }

    public bool Transferred { get; init; }

    /// <summary>The employee of the last talk with the client; null = nobody, or a phone that is no employee's.</summary>
    public long? TalkedEmployeeId { get; init; }

    /// <summary>The phone of the last talk with the client.</summary>
    public string? TalkedPhone { get; init; }

    public IReadOnlyList<string> RecordHashes { get; init; } = [];

    public IReadOnlyList<string> VoiceMailHashes { get; init; } = [];

    /// <summary>Links as the notifications give them, records first, then voice mail.</summary>
    public IReadOnlyList<Uri> FileLinks { get; init; } = [];

    /// <summary>The last question to the routing handler.</summary>
    public InteractiveExchange? Interactive => Interactions.Count == 0 ? null : Interactions[^1];

    public IReadOnlyList<InteractiveExchange> Interactions { get; init; } = [];

    public IReadOnlyList<long> TagIds { get; init; } = [];

    /// <summary>Sessions that this one opened in other cabinets by dialling their virtual numbers.</summary>
    public IReadOnlyList<SimCall> Onward { get; init; } = [];

    /// <summary>The session of another cabinet that opened this one; null = called from outside.</summary>
    public long? OpenedBy { get; init; }
}

public sealed record SimLeg(long Id, string? Calling, string? Called, long? EmployeeId, bool IsOperator)
{
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? FinishReason { get; init; }

    public long? GroupId { get; init; }

    public bool IsCoach { get; init; }
}

/// <summary>One question to the routing handler and what the PBX made of the answer.</summary>
/// <param name="Branch">branch of section 4.5 that was taken, or `phones` while an answer was found among them</param>
public sealed record InteractiveExchange(Uri RequestUrl, string Method, string? RequestBody, int? Status, string? Body, TimeSpan Elapsed, string Branch)
{
    /// <summary>Why the answer was refused; null = valid.</summary>
    public string? Problem { get; init; }

    public IReadOnlyList<string> Phones { get; init; } = [];

    public int? ReturnedCode { get; init; }

    public string? Text { get; init; }

    public string? OperatorText { get; init; }

    public string? MessageName { get; init; }

    /// <summary>Allowed but suspicious things, such as a number twice or the caller's own number.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
