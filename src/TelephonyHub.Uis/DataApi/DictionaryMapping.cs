using TelephonyHub.Uis.JsonRpc;

namespace TelephonyHub.Uis.DataApi;

/// <summary>Rows of the dictionaries (reference 2.2, 2.6).</summary>
internal static class DictionaryMapping
{
    internal static IReadOnlyList<string> ScenarioFields { get; } = ["id", "name", "virtual_phone_numbers", "operations"];

    internal static UisEmployee? Employee(UisRow row) => row.Long("id") is not { } id ? null : new UisEmployee
    {
        Id = id,
        Login = row.Text("login"),
        FirstName = row.Text("first_name"),
        LastName = row.Text("last_name"),
        Patronymic = row.Text("patronymic"),
        FullName = row.Text("full_name"),
        Status = row.Text("status"),
        StatusId = row.Long("status_id"),
        Email = row.Text("email"),
        CallRecording = row.Text("call_recording"),
        InExternalAllowedCallDirections = row.Texts("in_external_allowed_call_directions"),
        InInternalAllowedCallDirections = row.Texts("in_internal_allowed_call_directions"),
        OutExternalAllowedCallDirections = row.Texts("out_external_allowed_call_directions"),
        OutInternalAllowedCallDirections = row.Texts("out_internal_allowed_call_directions"),
        ScheduleId = row.Long("schedule_id"),
        ScheduleName = row.Text("schedule_name"),
        Coach = row.Object("coach") is { } coach ? Named(coach, "coach_id", "coach_full_name") : null,
        CoachAlwaysEnabled = row.Object("coach")?.Flag("coach_always_enabled"),
        PhoneNumbers = [.. row.Rows("phone_numbers").Select(EmployeePhone).OfType<UisEmployeePhone>()],
        Extension = row.Object("extension")?.Text("extension_phone_number"),
        Groups = [.. row.Rows("groups").Select(group => Named(group, "group_id", "group_name")).OfType<UisNamed>()],
    };

    internal static UisVirtualNumber? VirtualNumber(UisRow row) => row.Long("id") is not { } id ? null : new UisVirtualNumber
    {
        Id = id,
        VirtualPhoneNumber = row.Text("virtual_phone_number"),
        RedirectionPhoneNumber = row.Text("redirection_phone_number"),
        Status = row.Text("status"),
        Category = row.Text("category"),
        Type = row.Text("type"),
        Name = row.Text("name"),
        Comment = row.Text("comment"),
        ChildCustomerId = row.Long("child_customer_id"),
        Scenarios = [.. row.Rows("scenarios").Select(scenario => new UisNumberScenario(
            scenario.Long("scenario_id"), scenario.Text("scenario_name"), scenario.Long("call_processing_rule_id"), scenario.Flag("is_active")))],
    };

    internal static UisStatus? Status(UisRow row) => row.Long("id") is not { } id ? null : new UisStatus
    {
        Id = id,
        Name = row.Text("name"),
        Mnemonic = row.Text("mnemonic"),
        Description = row.Text("description"),
        Color = row.Text("color"),
        IsDeleted = row.Flag("is_deleted") ?? false,
        IsWorkTime = row.Flag("is_worktime"),
        IsSelectAllowed = row.Flag("is_select_allowed"),
        InExternalAllowedCallDirections = row.Texts("in_external_allowed_call_directions"),
        InInternalAllowedCallDirections = row.Texts("in_internal_allowed_call_directions"),
        OutExternalAllowedCallDirections = row.Texts("out_external_allowed_call_directions"),
        OutInternalAllowedCallDirections = row.Texts("out_internal_allowed_call_directions"),
        AllowedPhoneProtocols = row.Texts("allowed_phone_protocols"),
    };

    internal static UisEmployeeGroup? Group(UisRow row) => row.Long("id") is not { } id ? null : new UisEmployeeGroup
    {
        Id = id,
        Name = row.Text("name"),
        GroupPhoneNumber = row.Text("group_phone_number"),
        QueueEnabled = row.Flag("queue_enabled"),
        ChannelsCount = row.Int("channels_count"),
        Members = [.. row.Rows("members").Select(member => Named(member, "employee_id", "employee_full_name")).OfType<UisNamed>()],

        // The table says phone_numbers, the documented JSON skeleton phone_number.
        PhoneNumbers = [.. row.Rows("phone_numbers").Concat(row.Rows("phone_number")).Select(phone => new UisGroupPhone(
            phone.Long("employee_phone_number_id"), phone.Text("employee_phone_number"), phone.Long("employee_id"),
            phone.Text("employee_full_name"), phone.Flag("available")))],
    };

    internal static UisSchedule? Schedule(UisRow row)
    {
        if (row.Long("id") is not { } id)
        {
            return null;
        }

        var days = row.Object("activity_days");
        return new UisSchedule
        {
            Id = id,
            Name = row.Text("name"),
            DaysType = days?.Text("type"),
            Days = days?.Texts("days") ?? [],
            Times = [.. row.Rows("activity_time").Select(time => new UisTimeSpan(time.Text("time_from"), time.Text("time_till")))],
            DateFrom = row.Text("activity_date_from"),
            DateTill = row.Text("activity_date_till"),
        };
    }

    internal static UisScenario? Scenario(UisRow row) =>
        row.Long("id") is { } id
            ? new UisScenario(id, row.Text("name"), VirtualNumbers(row))
            {
                Operations = [.. row.Rows("operations").Select(operation => Named(operation, "id", "name")).OfType<UisNamed>()],
            }
            : null;

    internal static UisSipLine? SipLine(UisRow row) => row.Long("id") is not { } id ? null : new UisSipLine
    {
        Id = id,
        PhoneNumber = row.Text("phone_number"),
        Type = row.Text("type"),
        BillingState = row.Text("billing_state"),
        PhysicalState = row.Text("physical_state"),
        IsRegistered = row.Text("physical_state") switch { "Зарегистрирован" => true, "Не зарегистрирован" => false, _ => null },
        VirtualPhoneNumber = row.Text("virtual_phone_number"),
        Status = row.Text("status"),
        EmployeeId = row.Long("employee_id"),
        EmployeeFullName = row.Text("employee_full_name"),
        ChannelsCount = row.Int("channels_count"),
        DialTime = row.Int("dial_time"),
        IpAddresses = [.. row.Rows("ip_addresses").Select(terminal => new UisSipTerminal(terminal.Time("date_time"), terminal.Text("ip")))],
    };

    internal static UisTag? Tag(UisRow row) => row.Long("id") is { } id ? new UisTag(id, row.Text("name"), row.Flag("is_system")) : null;

    internal static UisContact? Contact(UisRow row) => row.Long("id") is not { } id ? null : new UisContact
    {
        Id = id,
        FirstName = row.Text("first_name"),
        LastName = row.Text("last_name"),
        Patronymic = row.Text("patronymic"),
        FullName = row.Text("full_name"),
        Emails = row.Texts("emails"),
        PhoneNumbers = row.Texts("phone_numbers"),
        PersonalManagerId = row.Long("personal_manager_id"),
        PersonalManagerFullName = row.Text("personal_manager_full_name"),
        OrganizationId = row.Long("organization_id"),
        OrganizationName = row.Text("organization_name"),
    };

    internal static UisBlacklistEntry? Blacklisted(UisRow row) => row.Long("id") is { } id
        ? new UisBlacklistEntry(id, row.Text("phone_number"), row.Text("add_comment"), row.Text("add_user_name"), row.Time("add_date_time"))
        : null;

    internal static UisNamed? Report(UisRow row) =>
        (row.Long("report_id") ?? row.Long("id")) is { } id ? new UisNamed(id, row.Text("report_name") ?? row.Text("name")) : null;

    private static UisEmployeePhone? EmployeePhone(UisRow row) => row.Text("phone_number") is { } number
        ? new UisEmployeePhone(
            row.Long("phone_id"), number, row.Text("status") is not "inactive", row.Int("channels_count"), row.Int("dial_time"))
        : null;

    internal static UisNamed? Named(UisRow row, string id, string name) => row.Long(id) is { } number ? new UisNamed(number, row.Text(name)) : null;

    // An array of numbers, or of objects with the number, as in other dictionaries.
    private static IReadOnlyList<string> VirtualNumbers(UisRow row) =>
        [.. row.Texts("virtual_phone_numbers"), .. row.Rows("virtual_phone_numbers").Select(number => number.Text("virtual_phone_number")).OfType<string>()];
}
