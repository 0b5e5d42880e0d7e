using TelephonyHub.Uis.Wire;

namespace TelephonyHub.Uis.Notifications;

/// <summary>
/// One understood event (reference 3.3–3.5). Everything typed is read once from <see cref="Fields"/> and is <see langword="null"/>, or empty for
/// lists, where the template did not send it, the placeholder was not replaced, or the value cannot be read.
/// </summary>
public sealed record UisNotification
{
    internal UisNotification(string mnemonic, bool isCallEvent, IReadOnlyDictionary<string, string?> fields, string contentKey)
    {
        Mnemonic = mnemonic;
        IsCallEvent = isCallEvent;
        Fields = fields;
        ContentKey = contentKey;

        CallSessionId = Id("call_session_id");
        NotificationTime = Time("notification_time");
        LegId = Id("leg_id");
        LegIds = Ids("leg_ids");
        VirtualPhoneNumber = Text("virtual_phone_number");
        ContactPhoneNumber = Text("contact_phone_number");
        CallingPhoneNumber = Text("calling_phone_number");
        CalledPhoneNumber = Text("called_phone_number");
        Direction = Text("direction")?.ToLowerInvariant() switch { "in" => "in", "out" => "out", _ => null };
        ContactFullName = Text("contact_full_name");
        ExternalId = Text("external_id");
        CallSource = Text("call_source");
        ScenarioName = Text("scenario_name");
        LostReason = Text("lost_reason");
        Status = Text("status");
        FileLink = Text("file_link");
        EmployeeFullName = Text("employee_full_name");
        EmployeePhoneNumber = Text("employee_phone_number");
        EmployeeEmail = Text("employee_email");
        TagName = Text("tag_name");
        SipLineLogin = Text("sip_line_login");
        EmployeeId = Id("employee_id");
        ContactId = Id("contact_id");
        TagId = Id("tag_id");
        AppId = Id("app_id");
        LastTalkedEmployeeId = Id("last_talked_employee_id");
        CommunicationId = Id("communication_id");
        SipLineId = Id("sip_line_id");
        EmployeeIds = Ids("employee_ids");
        TagIds = Ids("tag_ids");
        TagNames = Texts("tag_names");
        RecordFileLinks = Texts("record_file_links");
        TalkTimeDuration = Number("talk_time_duration");
        TotalTimeDuration = Number("total_time_duration");
        WaitTimeDuration = Number("wait_time_duration");
        FileDuration = Number("file_duration");
        CommunicationNumber = Number("communication_number");
        IsLost = Flag("is_lost");
        IsInternal = Flag("is_internal");
        IsTransfer = Flag("is_transfer");
        StartTime = Time("start_time");
        FinishTimeLocalized = Time("finish_time_localized");
    }

    /// <summary>One of <see cref="NotificationKinds"/>, including <c>leg_unknown</c> and <c>mark_unknown</c>.</summary>
    public string Mnemonic { get; }

    /// <summary>Whether the event belongs to a call; then <see cref="CallSessionId"/> is a positive number.</summary>
    public bool IsCallEvent { get; }

    /// <summary>
    /// Leaf name to text: nested blocks are dissolved, arrays are compact JSON text, absent and JSON null are left out, NUL and lone surrogates
    /// are U+FFFD. The vendor's second spellings are unified: <c>contact_fullname</c> is <c>contact_full_name</c>,
    /// <c>call_record_duration</c> is <c>file_duration</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Fields { get; }

    /// <summary>
    /// Hexadecimal SHA-256 over kind and content: the same event sent again in any notation (key order, white space, nested or flat, GET or POST,
    /// quoted or bare values) has the same key. The free text <c>notification_name</c> counts only for <c>leg_unknown</c> and
    /// <c>mark_unknown</c>: there it may be the only difference between two events, anywhere else it would tell apart two notifications that
    /// report the same event.
    /// </summary>
    public string ContentKey { get; }

    /// <summary>Call session; positive.</summary>
    public long? CallSessionId { get; }

    /// <summary>Time of the event in the account's zone; Kind Unspecified.</summary>
    public DateTime? NotificationTime { get; }

    /// <summary>Leg of the event.</summary>
    public long? LegId { get; }

    /// <summary>Legs of a talk (<c>talk_started</c>, <c>talk_finished</c>, <c>talk_record_control</c>).</summary>
    public IReadOnlyList<long> LegIds { get; }

    /// <summary>The account's own number.</summary>
    public string? VirtualPhoneNumber { get; }

    /// <summary>The outside party in both directions.</summary>
    public string? ContactPhoneNumber { get; }

    /// <summary>Calling side of the leg; may carry a tail such as <c>...9.2.3.3</c>.</summary>
    public string? CallingPhoneNumber { get; }

    /// <summary>Called side of the leg; may carry a tail such as <c>...9.2.3.3</c>.</summary>
    public string? CalledPhoneNumber { get; }

    /// <summary><c>in</c>, <c>out</c> or <see langword="null"/>.</summary>
    public string? Direction { get; }

    /// <summary>Name from the PBX's address book.</summary>
    public string? ContactFullName { get; }

    /// <summary>Correlation id given to a <c>start.*</c> method.</summary>
    public string? ExternalId { get; }

    /// <summary>Source code, such as <c>va</c>, <c>callapi</c>, <c>sip</c> (reference 2.3).</summary>
    public string? CallSource { get; }

    /// <summary>Scenario that processed the call.</summary>
    public string? ScenarioName { get; }

    /// <summary>Russian text of the cabinet.</summary>
    public string? LostReason { get; }

    /// <summary>State of hold or recording (27, 28), or of a chat (8).</summary>
    public string? Status { get; }

    /// <summary>Link to recording, voice mail or fax.</summary>
    public string? FileLink { get; }

    /// <summary>Employee of the leg or talk.</summary>
    public string? EmployeeFullName { get; }

    /// <summary>Number on which the employee is reached.</summary>
    public string? EmployeePhoneNumber { get; }

    /// <summary>E-mail of the employee.</summary>
    public string? EmployeeEmail { get; }

    /// <summary>Tag of a mark event.</summary>
    public string? TagName { get; }

    /// <summary>SIP login of the line that lost its registration.</summary>
    public string? SipLineLogin { get; }

    /// <summary>Employee of the leg or talk.</summary>
    public long? EmployeeId { get; }

    /// <summary>Contact of the PBX's address book.</summary>
    public long? ContactId { get; }

    /// <summary>Tag of a mark event.</summary>
    public long? TagId { get; }

    /// <summary>Account id; tells cabinets apart.</summary>
    public long? AppId { get; }

    /// <summary>Employee who talked last.</summary>
    public long? LastTalkedEmployeeId { get; }

    /// <summary>Communication; for telephony the same as the session.</summary>
    public long? CommunicationId { get; }

    /// <summary>SIP line that lost its registration.</summary>
    public long? SipLineId { get; }

    /// <summary>Employees who were rung (<c>lost_call_session</c>).</summary>
    public IReadOnlyList<long> EmployeeIds { get; }

    /// <summary>Tags of the call.</summary>
    public IReadOnlyList<long> TagIds { get; }

    /// <summary>Tags of the call.</summary>
    public IReadOnlyList<string> TagNames { get; }

    /// <summary>Links to the call's recordings.</summary>
    public IReadOnlyList<string> RecordFileLinks { get; }

    /// <summary>Talk time in seconds.</summary>
    public int? TalkTimeDuration { get; }

    /// <summary>Whole duration in seconds.</summary>
    public int? TotalTimeDuration { get; }

    /// <summary>Waiting time in seconds.</summary>
    public int? WaitTimeDuration { get; }

    /// <summary>Length of the recording or message in seconds.</summary>
    public int? FileDuration { get; }

    /// <summary>How many communications this contact has had.</summary>
    public int? CommunicationNumber { get; }

    /// <summary>The call was lost.</summary>
    public bool? IsLost { get; }

    /// <summary>The call was internal.</summary>
    public bool? IsInternal { get; }

    /// <summary>The call was transferred.</summary>
    public bool? IsTransfer { get; }

    /// <summary>Start of the session in the account's zone; Kind Unspecified.</summary>
    public DateTime? StartTime { get; }

    /// <summary>End of the session in the account's zone; Kind Unspecified.</summary>
    public DateTime? FinishTimeLocalized { get; }

    private string? Text(string name) => WireValues.Text(Fields.GetValueOrDefault(name));

    private long? Id(string name) => WireValues.Long(Fields.GetValueOrDefault(name)) is { } id and > 0 ? id : null;

    private int? Number(string name) => WireValues.NonNegativeInt(Fields.GetValueOrDefault(name));

    private bool? Flag(string name) => WireValues.Flag(Fields.GetValueOrDefault(name));

    private DateTime? Time(string name) => WireValues.LocalTime(Fields.GetValueOrDefault(name));

    private IReadOnlyList<long> Ids(string name) => WireValues.Longs(Fields.GetValueOrDefault(name));

    private IReadOnlyList<string> Texts(string name) => WireValues.Texts(Fields.GetValueOrDefault(name));
}
