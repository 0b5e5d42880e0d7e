namespace TelephonyHub.Uis.CallApi;

/// <summary>Prompt: a file of the media library or spoken text (reference 1.6).</summary>
public sealed record UisMessage
{
    private UisMessage(string type, string value)
    {
        Type = type;
        Value = value;
    }

    /// <summary><c>media</c> or <c>tts</c>.</summary>
    public string Type { get; }

    /// <summary>File id as text, or the text.</summary>
    public string Value { get; }

    /// <summary>File of the media library.</summary>
    public static UisMessage Media(long fileId) => new("media", fileId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Spoken text; its length is limited by the tariff (<c>tts_text_exceeded</c>).</summary>
    public static UisMessage Speech(string text) => new("tts", text);
}

/// <summary>Who is rung first.</summary>
public enum UisFirstCall
{
    /// <summary>The contact.</summary>
    Contact,

    /// <summary>The employee, or the operator of a simple call.</summary>
    Employee,
}

/// <summary>What all <c>start.*</c> methods share (reference 1.6).</summary>
public abstract record StartCall
{
    /// <summary>Own number, <c>7XXXXXXXXXX</c>; the caller ID shown to the contact.</summary>
    public required string VirtualPhoneNumber { get; init; }

    /// <summary>E.164 digits, or an employee's SIP number; no <c>+</c>.</summary>
    public required string Contact { get; init; }

    /// <summary><c>in</c> or <c>out</c> in reports. Always sent, because the vendor's default has changed once.</summary>
    public required string Direction { get; init; }

    /// <summary>Our correlation id; comes back in notifications and reports.</summary>
    public string? ExternalId { get; init; }

    /// <summary><c>fixed</c> (default), <c>fixed_for_numa</c>, <c>random</c>, <c>regional_random</c>, <c>regional_fixed_for_numa</c>.</summary>
    public string? VirtualPhoneUsageRule { get; init; }

    /// <summary><c>0-9 * #</c>, a dot is one second of pause; sent to the contact.</summary>
    public string? DtmfString { get; init; }

    /// <summary>Prompt to the contact.</summary>
    public UisMessage? ContactMessage { get; init; }
}

/// <summary>Start methods that connect two sides.</summary>
public abstract record StartTwoSidedCall : StartCall
{
    /// <summary>Who is rung first.</summary>
    public required UisFirstCall FirstCall { get; init; }

    /// <summary>Interrupt the prompts when the second party answers.</summary>
    public bool? SwitchAtOnce { get; init; }

    /// <summary>The employee hears the contact's line ring; only with employee first and <see cref="SwitchAtOnce"/>.</summary>
    public bool? EarlySwitching { get; init; }
}

/// <summary><c>start.employee_call</c>.</summary>
public sealed record StartEmployeeCall : StartTwoSidedCall
{
    /// <summary>Employee.</summary>
    public required long EmployeeId { get; init; }

    /// <summary>Active number of the employee; <see langword="null"/> = all of them one after another.</summary>
    public string? EmployeePhoneNumber { get; init; }

    /// <summary>The employee sees the virtual number or the contact's. Always sent: the vendor's default hides who is on the line.</summary>
    public required bool ShowVirtualPhoneNumber { get; init; }

    /// <summary>Hold music.</summary>
    public long? MediaFileId { get; init; }

    /// <summary>Prompt to the employee.</summary>
    public UisMessage? EmployeeMessage { get; init; }
}

/// <summary><c>start.simple_call</c>.</summary>
public sealed record StartSimpleCall : StartTwoSidedCall
{
    /// <summary>Any number, E.164 digits; never appears as an employee.</summary>
    public required string Operator { get; init; }

    /// <summary>Key the operator must press to accept: one of <c>0-9 * #</c>, or <c>any</c>.</summary>
    public string? OperatorConfirmation { get; init; }

    /// <summary>The operator sees the virtual number or the contact's. Always sent: the vendor's default hides who is on the line.</summary>
    public required bool ShowVirtualPhoneNumber { get; init; }

    /// <summary>Hold music.</summary>
    public long? MediaFileId { get; init; }

    /// <summary>Prompt to the operator.</summary>
    public UisMessage? OperatorMessage { get; init; }
}

/// <summary><c>start.scenario_call</c>.</summary>
public sealed record StartScenarioCall : StartTwoSidedCall
{
    /// <summary>Scenario.</summary>
    public required long ScenarioId { get; init; }

    /// <summary>Prompt to the employee, after the scenario's own.</summary>
    public UisMessage? EmployeeMessage { get; init; }
}

/// <summary><c>start.vnumber_call</c>.</summary>
public sealed record StartVirtualNumberCall : StartTwoSidedCall;

/// <summary><c>start.informer_call</c>; <see cref="StartCall.ContactMessage"/> is compulsory.</summary>
public sealed record StartInformerCall : StartCall
{
    /// <summary>Ringing time in seconds, up to 120; vendor's default 30.</summary>
    public int? DialingTimeout { get; init; }
}
