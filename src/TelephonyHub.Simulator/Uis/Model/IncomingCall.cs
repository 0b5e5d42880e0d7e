namespace TelephonyHub.Simulator.Uis;

/// <summary>A client calls a virtual number.</summary>
/// <param name="From">7XXXXXXXXXX, or null for a hidden number</param>
/// <param name="To">a virtual number of the cabinet</param>
public sealed record IncomingCall(string? From, string To)
{
    /// <summary>What the caller presses in the menu; null = nothing.</summary>
    public string? Digit { get; init; }

    /// <summary>Which dialled phone answers; null = none.</summary>
    public Func<string, bool>? AnsweredBy { get; init; }

    /// <summary>From the first ring to the answer. A phone that does not answer rings for its employee's dial time.</summary>
    public TimeSpan Ring { get; init; } = TimeSpan.FromSeconds(6);

    public TimeSpan Talk { get; init; } = TimeSpan.FromSeconds(42);

    public bool Recorded { get; init; } = true;

    /// <summary>The caller leaves a message if the scenario reaches voice mail.</summary>
    public bool VoiceMail { get; init; }

    /// <summary>Name of the caller in the PBX's address book; null = not in it.</summary>
    public string? ContactFullName { get; init; }

    /// <summary>The caller hangs up after ringing this long, whoever might have answered later.</summary>
    public TimeSpan? GivesUpAfter { get; init; }

    /// <summary>The employee, not the client, ends the talk.</summary>
    public bool EndedByEmployee { get; init; }

    /// <summary>The talk lasts until somebody ends it, so that it can be held, transferred and released.</summary>
    public bool HoldOpen { get; init; }

    /// <summary>After <see cref="Talk"/> the employee transfers on his phone to this number, where the talk lasts as long again.</summary>
    public string? TransferTo { get; init; }

    /// <summary>Simulated start; null = now.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Tag ids set during the talk (event `set_mark`).</summary>
    public IReadOnlyList<long> Tags { get; init; } = [];
}

/// <summary>An employee calls out from his SIP line.</summary>
public sealed record OutgoingCall(long EmployeeId, string To, bool Answered)
{
    /// <summary>Virtual number shown to the client; null = that of the employee's SIP line, else the cabinet's first.</summary>
    public string? VirtualNumber { get; init; }

    public TimeSpan Ring { get; init; } = TimeSpan.FromSeconds(8);

    public TimeSpan Talk { get; init; } = TimeSpan.FromSeconds(65);

    public bool Recorded { get; init; } = true;

    public string? ContactFullName { get; init; }

    public DateTimeOffset? StartedAt { get; init; }
}

/// <summary>Ready values for <see cref="IncomingCall.AnsweredBy"/>.</summary>
public static class Answers
{
    public static Func<string, bool> First => _ => true;

    public static Func<string, bool> Phone(string phone) => dialled => string.Equals(dialled, phone, StringComparison.Ordinal);
}
