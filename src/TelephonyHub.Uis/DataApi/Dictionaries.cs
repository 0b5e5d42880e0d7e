namespace TelephonyHub.Uis.DataApi;

/// <summary>Row of <c>get.virtual_numbers</c>.</summary>
public sealed record UisVirtualNumber
{
    /// <summary>Number id (<c>number_capacity_id</c>).</summary>
    public required long Id { get; init; }

    /// <summary>Digits, <c>7XXXXXXXXXX</c>.</summary>
    public string? VirtualPhoneNumber { get; init; }

    /// <summary>Linked number, e.g. of an 800 number.</summary>
    public string? RedirectionPhoneNumber { get; init; }

    /// <summary><c>active</c>, <c>waiting</c>, <c>manual_lock</c>, …</summary>
    public string? Status { get; init; }

    /// <summary><c>usual</c>, <c>bronze</c>, …</summary>
    public string? Category { get; init; }

    /// <summary><c>va</c>, <c>call_tracking</c>, <c>dynamic_call_tracking</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Comment.</summary>
    public string? Comment { get; init; }

    /// <summary>Given on to an agent's client.</summary>
    public long? ChildCustomerId { get; init; }

    /// <summary>Rules that bind scenarios.</summary>
    public IReadOnlyList<UisNumberScenario> Scenarios { get; init; } = [];
}

/// <summary>Scenario bound to a number.</summary>
/// <param name="ScenarioId">Scenario.</param>
/// <param name="ScenarioName">Its name.</param>
/// <param name="CallProcessingRuleId">Rule.</param>
/// <param name="IsActive">Rule is switched on.</param>
public sealed record UisNumberScenario(long? ScenarioId, string? ScenarioName, long? CallProcessingRuleId, bool? IsActive);

/// <summary>Row of <c>get.scenarios</c>.</summary>
/// <param name="Id">Scenario id.</param>
/// <param name="Name">Name.</param>
/// <param name="VirtualPhoneNumbers">Numbers it serves.</param>
public sealed record UisScenario(long Id, string? Name, IReadOnlyList<string> VirtualPhoneNumbers)
{
    /// <summary>Operations in the vendor's order; what leads from one to another is not told.</summary>
    public IReadOnlyList<UisNamed> Operations { get; init; } = [];
}

/// <summary>Row of <c>get.sip_lines</c>.</summary>
public sealed record UisSipLine
{
    /// <summary>Line id.</summary>
    public required long Id { get; init; }

    /// <summary>SIP login.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary><c>in</c> or <c>in_out</c>.</summary>
    public string? Type { get; init; }

    /// <summary><c>active</c>, <c>manual_lock</c>, <c>limit_lock</c>.</summary>
    public string? BillingState { get; init; }

    /// <summary>As sent, Russian.</summary>
    public string? PhysicalState { get; init; }

    /// <summary>Registered, read from <see cref="PhysicalState"/>; <see langword="null"/> if the text is a new one.</summary>
    public bool? IsRegistered { get; init; }

    /// <summary>Caller ID of outgoing calls; <see langword="null"/> for incoming-only lines.</summary>
    public string? VirtualPhoneNumber { get; init; }

    /// <summary><c>active</c> or <c>inactive</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Owner.</summary>
    public long? EmployeeId { get; init; }

    /// <summary>His name.</summary>
    public string? EmployeeFullName { get; init; }

    /// <summary>Simultaneous calls.</summary>
    public int? ChannelsCount { get; init; }

    /// <summary>Ringing time in seconds.</summary>
    public int? DialTime { get; init; }

    /// <summary>Terminals that are registered.</summary>
    public IReadOnlyList<UisSipTerminal> IpAddresses { get; init; } = [];
}

/// <summary>Registered terminal.</summary>
/// <param name="RegisteredAt">Account-local time.</param>
/// <param name="Ip">Address.</param>
public sealed record UisSipTerminal(DateTime? RegisteredAt, string? Ip);

/// <summary>Answer of <c>create.sip_lines</c>. Its text form hides the password.</summary>
/// <param name="Id">Line id.</param>
/// <param name="PhoneNumber">SIP login.</param>
/// <param name="Password">Password; shown only once.</param>
/// <param name="Server">Host and port.</param>
public sealed record UisSipLineCredentials(long Id, string PhoneNumber, string Password, string Server)
{
    /// <inheritdoc/>
    public override string ToString() => $"{nameof(UisSipLineCredentials)} {{ Id = {Id} }}";
}

/// <summary>Row of <c>get.tags</c>, and a tag of a live call.</summary>
/// <param name="Id">Tag id.</param>
/// <param name="Name">Name.</param>
/// <param name="IsSystem">Made by the vendor.</param>
public sealed record UisTag(long Id, string? Name, bool? IsSystem = null);

/// <summary>Row of <c>get.blacklist_phone_numbers</c>.</summary>
/// <param name="Id">Entry id.</param>
/// <param name="PhoneNumber">Number.</param>
/// <param name="Comment">Comment.</param>
/// <param name="AddedBy">User.</param>
/// <param name="AddedAt">Account-local time.</param>
public sealed record UisBlacklistEntry(long Id, string? PhoneNumber, string? Comment, string? AddedBy, DateTime? AddedAt);

/// <summary>Row of <c>get.notifications</c>: the PBX's delivery of one notification.</summary>
public sealed record UisNotificationDelivery
{
    /// <summary>Notification.</summary>
    public long? NotificationId { get; init; }

    /// <summary>Its name.</summary>
    public string? NotificationName { get; init; }

    /// <summary>Seconds between event and sending.</summary>
    public int? DelaySeconds { get; init; }

    /// <summary>Rendered body. May hold personal data.</summary>
    public string? Message { get; init; }

    /// <summary>URL. Holds the webhook's token.</summary>
    public string? SendTo { get; init; }

    /// <summary>Event mnemonic.</summary>
    public string? EventType { get; init; }

    /// <summary>Communication.</summary>
    public long? CommunicationId { get; init; }

    /// <summary>Status code, such as <c>sent</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Channel code, such as <c>http_request</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>Kind of the error.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Text of the error.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Time of the event, account-local.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>Time of sending, account-local.</summary>
    public DateTime? SentAt { get; init; }
}

/// <summary>Row of <c>get.api_requests</c>.</summary>
public sealed record UisApiRequestRow
{
    /// <summary>Method.</summary>
    public string? Method { get; init; }

    /// <summary><c>success</c> or <c>failure</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Error code.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Error mnemonic.</summary>
    public string? ErrorMnemonic { get; init; }

    /// <summary>Duration as sent.</summary>
    public string? ExecutionTime { get; init; }

    /// <summary>Points.</summary>
    public int? MethodWeight { get; init; }

    /// <summary>Our request id.</summary>
    public string? RequestId { get; init; }

    /// <summary>Address.</summary>
    public string? Ip { get; init; }

    /// <summary>Session the request belonged to.</summary>
    public long? CallSessionId { get; init; }

    /// <summary>Name of the key.</summary>
    public string? TokenName { get; init; }
}
