using TelephonyHub.Uis.JsonRpc;

namespace TelephonyHub.Uis.DataApi;

/// <summary>Columns and rows of the reports (reference 2.3–2.5, 2.9).</summary>
internal static class ReportMapping
{
    internal static IReadOnlyList<string> CallFields { get; } =
    [
        "id", "communication_id", "communication_number", "start_time", "finish_time", "finish_reason", "direction", "source", "is_lost",
        "is_transfer", "contact_phone_number", "virtual_phone_number", "wait_duration", "total_wait_duration", "talk_duration",
        "clean_talk_duration", "total_duration", "postprocess_duration", "call_records", "wav_call_records", "full_record_file_link",
        "voice_mail_records", "scenario_id", "scenario_name", "scenario_operations", "employees", "first_answered_employee_id", "first_answered_employee_full_name",
        "last_answered_employee_id", "last_answered_employee_full_name", "first_talked_employee_id", "first_talked_employee_full_name",
        "last_talked_employee_id", "last_talked_employee_full_name", "operator_phone_number", "contact_id", "contact_full_name",
        "call_api_request_id", "call_api_external_id", "ext_id", "tags", "attributes", "lost_call_processing_duration", "cpn_region_name",
    ];

    internal static IReadOnlyList<string> LegFields { get; } =
    [
        "id", "call_session_id", "start_time", "connect_time", "duration", "total_duration", "finish_reason", "finish_reason_description",
        "virtual_phone_number", "calling_phone_number", "called_phone_number", "direction", "is_transfered", "is_operator", "is_coach",
        "is_failed", "is_talked", "employee_id", "employee_full_name", "employee_phone_number", "group_id", "group_name", "action_id",
        "action_name", "call_records", "wav_call_records", "scenario_id", "scenario_name",
    ];

    internal static IReadOnlyList<string> NotificationFields { get; } =
    [
        "notification_id", "notification_name", "notification_delay", "notification_message", "notification_send_to", "event_type",
        "communication_id", "notification_status", "notification_channel", "notification_error_type", "notification_error_message",
        "notification_send_date_time", "notification_start_date_time",
    ];

    internal static IReadOnlyList<string> ApiRequestFields { get; } =
    [
        "api_request_method", "api_request_status", "api_request_error_code", "api_request_error_mnemonic", "api_request_execution_time",
        "api_request_method_weight", "api_request_raw_id", "api_request_ip", "call_session_id", "token_name",
    ];

    internal static UisCallRow? Call(UisRow row) => row.Long("id") is not { } id ? null : new UisCallRow
    {
        Id = id,
        CommunicationId = row.Long("communication_id"),
        CommunicationNumber = row.Int("communication_number"),
        StartTime = row.Time("start_time"),
        FinishTime = row.Time("finish_time"),
        FinishReason = row.Text("finish_reason"),
        Direction = row.Text("direction"),
        Source = row.Text("source"),
        IsLost = row.Flag("is_lost"),
        IsTransfer = row.Flag("is_transfer"),
        ContactPhoneNumber = row.Text("contact_phone_number"),
        VirtualPhoneNumber = row.Text("virtual_phone_number"),
        WaitDuration = row.Int("wait_duration"),
        TotalWaitDuration = row.Int("total_wait_duration"),
        TalkDuration = row.Int("talk_duration"),
        CleanTalkDuration = row.Int("clean_talk_duration"),
        TotalDuration = row.Int("total_duration"),
        PostprocessDuration = row.Int("postprocess_duration"),
        CallRecords = row.Texts("call_records"),
        WavCallRecords = row.Texts("wav_call_records"),
        FullRecordFileLink = row.Text("full_record_file_link"),
        VoiceMailRecords = row.Texts("voice_mail_records"),
        ScenarioId = row.Long("scenario_id"),
        ScenarioName = row.Text("scenario_name"),
        ScenarioOperations = [.. row.Rows("scenario_operations").Select(operation => DictionaryMapping.Named(operation, "id", "name")).OfType<UisNamed>()],
        LostCallProcessingDuration = row.Int("lost_call_processing_duration"),
        ContactRegionName = row.Text("cpn_region_name"),
        Employees = [.. row.Rows("employees").Select(employee => new UisCallEmployee(
            employee.Long("employee_id"), employee.Text("employee_full_name"), employee.Flag("is_answered"), employee.Flag("is_talked")))],
        FirstAnsweredEmployee = Employee(row, "first_answered"),
        LastAnsweredEmployee = Employee(row, "last_answered"),
        FirstTalkedEmployee = Employee(row, "first_talked"),
        LastTalkedEmployee = Employee(row, "last_talked"),
        OperatorPhoneNumber = row.Text("operator_phone_number"),
        ContactId = row.Long("contact_id"),
        ContactFullName = row.Text("contact_full_name"),
        CallApiRequestId = row.Long("call_api_request_id"),
        CallApiExternalId = row.Text("call_api_external_id"),
        ExtId = row.Text("ext_id"),
        Tags = [.. row.Rows("tags").Select(Tag).OfType<UisTag>()],
        Attributes = row.Texts("attributes"),
    };

    internal static UisTag? Tag(UisRow row) => row.Long("tag_id") is { } id ? new UisTag(id, row.Text("tag_name")) : null;

    internal static UisCallLegRow? Leg(UisRow row) => row.Long("id") is not { } id ? null : new UisCallLegRow
    {
        Id = id,
        CallSessionId = row.Long("call_session_id"),
        StartTime = row.Time("start_time"),
        ConnectTime = row.Time("connect_time"),
        Duration = row.Int("duration"),
        TotalDuration = row.Int("total_duration"),
        FinishReason = row.Text("finish_reason"),
        FinishReasonDescription = row.Text("finish_reason_description"),
        VirtualPhoneNumber = row.Text("virtual_phone_number"),
        CallingPhoneNumber = row.Text("calling_phone_number"),
        CalledPhoneNumber = row.Text("called_phone_number"),
        Direction = row.Text("direction"),
        IsTransferred = row.Flag("is_transfered"),
        IsOperator = row.Flag("is_operator"),
        IsCoach = row.Flag("is_coach"),
        IsFailed = row.Flag("is_failed"),
        IsTalked = row.Flag("is_talked"),
        EmployeeId = row.Long("employee_id"),
        EmployeeFullName = row.Text("employee_full_name"),
        EmployeePhoneNumber = row.Text("employee_phone_number"),
        GroupId = row.Long("group_id"),
        GroupName = row.Text("group_name"),
        ScenarioId = row.Long("scenario_id"),
        ScenarioName = row.Text("scenario_name"),
        ActionId = row.Long("action_id"),
        ActionName = row.Text("action_name"),
        CallRecords = row.Texts("call_records"),
        WavCallRecords = row.Texts("wav_call_records"),
    };

    internal static UisFinancialLegRow? Money(UisRow row) => row.Long("call_session_id") is not { } session ? null : new UisFinancialLegRow
    {
        CallSessionId = session,
        LegId = row.Long("leg_id"),
        StartTime = row.Time("start_time"),
        Direction = row.Text("direction"),
        Source = row.Text("source"),
        CallingPhoneNumber = row.Text("calling_phone_number"),
        CalledPhoneNumber = row.Text("called_phone_number"),
        Duration = row.Int("duration"),
        ChargeableDuration = row.Int("chargeable_duration"),
        DirectionType = row.Text("direction_type"),
        CostPerMinute = row.Decimal("cost_per_minute"),
        TotalCharge = row.Decimal("total_charge"),
        BonusesCharge = row.Decimal("bonuses_charge"),
    };

    internal static UisNotificationDelivery Notification(UisRow row) => new()
    {
        NotificationId = row.Long("notification_id"),
        NotificationName = row.Code("notification_name"),
        DelaySeconds = row.Int("notification_delay"),
        Message = row.Text("notification_message"),
        SendTo = row.Text("notification_send_to"),
        EventType = row.Code("event_type"),
        CommunicationId = row.Long("communication_id"),
        Status = row.Code("notification_status"),
        Channel = row.Code("notification_channel"),
        ErrorType = row.Code("notification_error_type"),
        ErrorMessage = row.Text("notification_error_message"),
        SentAt = row.Time("notification_send_date_time"),
        StartedAt = row.Time("notification_start_date_time"),
    };

    internal static UisApiRequestRow ApiRequest(UisRow row) => new()
    {
        Method = row.Code("api_request_method"),
        Status = row.Code("api_request_status"),
        ErrorCode = row.Int("api_request_error_code"),
        ErrorMnemonic = row.Code("api_request_error_mnemonic"),
        ExecutionTime = row.Text("api_request_execution_time"),
        MethodWeight = row.Int("api_request_method_weight"),
        RequestId = row.Text("api_request_raw_id"),
        Ip = row.Text("api_request_ip"),
        CallSessionId = row.Long("call_session_id"),
        TokenName = row.Text("token_name"),
    };

    private static UisNamed? Employee(UisRow row, string role) =>
        row.Long(role + "_employee_id") is { } id ? new UisNamed(id, row.Text(role + "_employee_full_name")) : null;
}
