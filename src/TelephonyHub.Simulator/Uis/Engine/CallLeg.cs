namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>One connection between the platform and a phone.</summary>
internal sealed class CallLeg(long id, string? calling, string? called, SimEmployee? employee, bool isOperator, DateTimeOffset startedAt)
{
    public long Id { get; } = id;

    public string? Calling { get; } = calling;

    public string? Called { get; } = called;

    public SimEmployee? Employee { get; } = employee;

    /// <summary>The employee's side: the leg that may use talk options.</summary>
    public bool IsOperator { get; } = isOperator;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset? ConnectedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? FinishReason { get; set; }

    /// <summary>False for the leg of whoever called the platform: nobody pays for that one.</summary>
    public bool DialledByPlatform { get; init; }

    public long? GroupId { get; init; }

    public SimOperation? Operation { get; init; }

    public bool Talked { get; set; }

    public bool Recording { get; set; }

    /// <summary>The phone at the other end, whichever side dialled.</summary>
    public string? Phone { get; init; }

    /// <summary>Hears employee and contact, is heard by the employee only (add.coach).</summary>
    public bool IsCoach { get; init; }

    /// <summary>The session in another cabinet whose virtual number this leg dialled.</summary>
    public CallSession? Onward { get; set; }

    public bool IsOpen => EndedAt is null;

    public bool TalkedOrContact => Talked || !IsOperator;

    public SimLeg Snapshot() => new(Id, Calling, Called, Employee?.Id, IsOperator)
    {
        StartedAt = StartedAt,
        ConnectedAt = ConnectedAt,
        EndedAt = EndedAt,
        FinishReason = FinishReason,
        GroupId = GroupId,
        IsCoach = IsCoach,
    };
}

/// <summary>A voice path between two legs.</summary>
internal sealed class Talk(CallLeg first, CallLeg second, DateTimeOffset startedAt)
{
    public CallLeg First { get; } = first;

    public CallLeg Second { get; } = second;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset? HeldSince { get; set; }

    public TimeSpan Held { get; set; }

    public bool Recorded { get; set; }

    /// <summary>Set from outside while it talks (record.call).</summary>
    public bool RecordedByRequest { get; set; }

    public bool WithContact => !First.IsOperator || !Second.IsOperator;

    public CallLeg Operator => Second.IsOperator ? Second : First;

    public TimeSpan Duration(DateTimeOffset now) => (EndedAt ?? now) - StartedAt;
}

internal sealed record CallRecord(string Hash, TimeSpan Duration, Talk? Talk, bool IsVoiceMail)
{
    public bool Ready { get; set; }
}

/// <summary>The diagram of section 1.8, with what comes before and after it.</summary>
internal enum SessionState
{
    Processing,
    Talk,
    Hold,
    Dialing,
    OperatorTalk,
    Transferring,
    Finished,
}
