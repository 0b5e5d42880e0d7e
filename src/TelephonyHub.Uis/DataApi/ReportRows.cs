namespace TelephonyHub.Uis.DataApi;

/// <summary>Row of <c>get.calls_report</c> (reference 2.3). Times account-local, durations in seconds; what was not asked for is null.</summary>
public sealed record UisCallRow
{
    /// <summary>Call session.</summary>
    public required long Id { get; init; }

    /// <summary>Communication; id in recording links.</summary>
    public long? CommunicationId { get; init; }

    /// <summary>How many communications the contact has had.</summary>
    public int? CommunicationNumber { get; init; }

    /// <summary>Start.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>End; <see langword="null"/> while the call goes on.</summary>
    public DateTime? FinishTime { get; init; }

    /// <summary>Reason code of the session.</summary>
    public string? FinishReason { get; init; }

    /// <summary><c>in</c> or <c>out</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Source code.</summary>
    public string? Source { get; init; }

    /// <summary>Lost.</summary>
    public bool? IsLost { get; init; }

    /// <summary>Transferred.</summary>
    public bool? IsTransfer { get; init; }

    /// <summary>The outside party in both directions.</summary>
    public string? ContactPhoneNumber { get; init; }

    /// <summary>The account's number.</summary>
    public string? VirtualPhoneNumber { get; init; }

    /// <summary>Until the first talk with an employee.</summary>
    public int? WaitDuration { get; init; }

    /// <summary>All time not talking.</summary>
    public int? TotalWaitDuration { get; init; }

    /// <summary>First talk until post-processing.</summary>
    public int? TalkDuration { get; init; }

    /// <summary>Only actual talk.</summary>
    public int? CleanTalkDuration { get; init; }

    /// <summary>Whole.</summary>
    public int? TotalDuration { get; init; }

    /// <summary>Post-processing.</summary>
    public int? PostprocessDuration { get; init; }

    /// <summary>Hashes of mp3 recordings (reference 2.7).</summary>
    public IReadOnlyList<string> CallRecords { get; init; } = [];

    /// <summary>Hashes of wav recordings.</summary>
    public IReadOnlyList<string> WavCallRecords { get; init; } = [];

    /// <summary>Link to the whole recording.</summary>
    public string? FullRecordFileLink { get; init; }

    /// <summary>Hashes of voice mail.</summary>
    public IReadOnlyList<string> VoiceMailRecords { get; init; } = [];

    /// <summary>Scenario that started the processing.</summary>
    public long? ScenarioId { get; init; }

    /// <summary>Its name.</summary>
    public string? ScenarioName { get; init; }

    /// <summary>Operations that the call passed: where in the menu it ended.</summary>
    public IReadOnlyList<UisNamed> ScenarioOperations { get; init; } = [];

    /// <summary>From the missed call to the first successful one.</summary>
    public int? LostCallProcessingDuration { get; init; }

    /// <summary>Region of the contact's number by the vendor's tables.</summary>
    public string? ContactRegionName { get; init; }

    /// <summary>Employees of the session; empty also where the wire says null.</summary>
    public IReadOnlyList<UisCallEmployee> Employees { get; init; } = [];

    /// <summary>Who picked up first.</summary>
    public UisNamed? FirstAnsweredEmployee { get; init; }

    /// <summary>Who picked up last.</summary>
    public UisNamed? LastAnsweredEmployee { get; init; }

    /// <summary>Who talked first.</summary>
    public UisNamed? FirstTalkedEmployee { get; init; }

    /// <summary>Who talked last.</summary>
    public UisNamed? LastTalkedEmployee { get; init; }

    /// <summary>Number that took the call.</summary>
    public string? OperatorPhoneNumber { get; init; }

    /// <summary>Contact of the PBX's address book.</summary>
    public long? ContactId { get; init; }

    /// <summary>His name.</summary>
    public string? ContactFullName { get; init; }

    /// <summary>Call API request.</summary>
    public long? CallApiRequestId { get; init; }

    /// <summary>Our <c>external_id</c>.</summary>
    public string? CallApiExternalId { get; init; }

    /// <summary>Id of an uploaded call.</summary>
    public string? ExtId { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<UisTag> Tags { get; init; } = [];

    /// <summary><c>first</c>, <c>lost</c>, …</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];
}

/// <summary>Employee of a session.</summary>
/// <param name="EmployeeId">Employee.</param>
/// <param name="FullName">Name.</param>
/// <param name="IsAnswered">Picked up.</param>
/// <param name="IsTalked">Talked.</param>
public sealed record UisCallEmployee(long? EmployeeId, string? FullName, bool? IsAnswered, bool? IsTalked);

/// <summary>Row of <c>get.call_legs_report</c> (reference 2.4).</summary>
public sealed record UisCallLegRow
{
    /// <summary>Leg.</summary>
    public required long Id { get; init; }

    /// <summary>Session.</summary>
    public long? CallSessionId { get; init; }

    /// <summary>Start.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>Pick-up; <see langword="null"/> if not answered.</summary>
    public DateTime? ConnectTime { get; init; }

    /// <summary>Seconds since pick-up.</summary>
    public int? Duration { get; init; }

    /// <summary>Seconds in all.</summary>
    public int? TotalDuration { get; init; }

    /// <summary>Reason code of the leg.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Russian text of the reason.</summary>
    public string? FinishReasonDescription { get; init; }

    /// <summary>The account's number.</summary>
    public string? VirtualPhoneNumber { get; init; }

    /// <summary>Calling side; may carry a tail.</summary>
    public string? CallingPhoneNumber { get; init; }

    /// <summary>Called side; may carry a tail.</summary>
    public string? CalledPhoneNumber { get; init; }

    /// <summary><c>in</c> or <c>out</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Transferred (<c>is_transfered</c> on the wire).</summary>
    public bool? IsTransferred { get; init; }

    /// <summary>Leg of an employee.</summary>
    public bool? IsOperator { get; init; }

    /// <summary>Leg of a coach.</summary>
    public bool? IsCoach { get; init; }

    /// <summary>Meaning uncertain (reference 2.4): decide by <see cref="IsTalked"/> and <see cref="ConnectTime"/>.</summary>
    public bool? IsFailed { get; init; }

    /// <summary>Talked.</summary>
    public bool? IsTalked { get; init; }

    /// <summary>Employee who was called.</summary>
    public long? EmployeeId { get; init; }

    /// <summary>His name.</summary>
    public string? EmployeeFullName { get; init; }

    /// <summary>His number.</summary>
    public string? EmployeePhoneNumber { get; init; }

    /// <summary>Group.</summary>
    public long? GroupId { get; init; }

    /// <summary>Its name.</summary>
    public string? GroupName { get; init; }

    /// <summary>Scenario.</summary>
    public long? ScenarioId { get; init; }

    /// <summary>Its name.</summary>
    public string? ScenarioName { get; init; }

    /// <summary>Scenario operation that made the leg.</summary>
    public long? ActionId { get; init; }

    /// <summary>Its name.</summary>
    public string? ActionName { get; init; }

    /// <summary>Hashes of mp3 recordings.</summary>
    public IReadOnlyList<string> CallRecords { get; init; } = [];

    /// <summary>Hashes of wav recordings.</summary>
    public IReadOnlyList<string> WavCallRecords { get; init; } = [];
}

/// <summary>Row of <c>get.financial_call_legs_report</c> (reference 2.5). The currency is not stated by the vendor.</summary>
public sealed record UisFinancialLegRow
{
    /// <summary>Session.</summary>
    public required long CallSessionId { get; init; }

    /// <summary>Leg.</summary>
    public long? LegId { get; init; }

    /// <summary>Time of the leg.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary><c>in</c> or <c>out</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Source code.</summary>
    public string? Source { get; init; }

    /// <summary>Calling side.</summary>
    public string? CallingPhoneNumber { get; init; }

    /// <summary>Called side.</summary>
    public string? CalledPhoneNumber { get; init; }

    /// <summary>Real seconds.</summary>
    public int? Duration { get; init; }

    /// <summary>Billed seconds.</summary>
    public int? ChargeableDuration { get; init; }

    /// <summary><c>international</c>, <c>national</c>, <c>local</c>, <c>mobile</c>.</summary>
    public string? DirectionType { get; init; }

    /// <summary>Price of a minute.</summary>
    public decimal? CostPerMinute { get; init; }

    /// <summary>Charge of the leg; the call's cost is the sum over its legs.</summary>
    public decimal? TotalCharge { get; init; }

    /// <summary>Part paid by bonuses.</summary>
    public decimal? BonusesCharge { get; init; }
}
