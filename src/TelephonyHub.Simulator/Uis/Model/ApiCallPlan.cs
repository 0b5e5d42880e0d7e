namespace TelephonyHub.Simulator.Uis;

/// <summary>How the people behave whom the Call API rings.</summary>
public sealed record ApiCallPlan
{
    public bool EmployeeAnswers { get; init; } = true;

    public bool ContactAnswers { get; init; } = true;

    /// <summary>Whether C of make.call picks up at once; null = he rings until <see cref="LiveCall.AnswerAsync"/> or NoAnswerAsync.</summary>
    public bool? ThirdPartyAnswers { get; init; } = true;

    /// <summary>From the start of ringing to the answer, each party.</summary>
    public TimeSpan Ring { get; init; } = TimeSpan.FromSeconds(4);

    public TimeSpan Talk { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The talk lasts until somebody ends it, so that it can be held, transferred and released.</summary>
    public bool HoldOpen { get; init; }

    public bool Recorded { get; init; } = true;
}
