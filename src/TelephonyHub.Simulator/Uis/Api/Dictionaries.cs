using System.Globalization;
using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Lists an integrator needs (section 2.6). Where the reference marks no flags, scalar columns can be filtered and sorted.</summary>
internal static class Dictionaries
{
    private const string All = "FSD";

    public static IReadOnlyList<Column<SimStatus>> Statuses { get; } =
    [
        new("id", All, status => status.Id),
        new("name", All, status => status.Name),
        new("mnemonic", All, status => status.Mnemonic),
        new("description", "D", _ => null),
        new("color", "D", _ => null),
        new("is_deleted", All, _ => false),
        new("in_external_allowed_call_directions", "D", status => Directions(status.TakesCalls)),
        new("in_internal_allowed_call_directions", "D", status => Directions(status.TakesCalls)),
        new("out_external_allowed_call_directions", "D", _ => Directions(allowed: true)),
        new("out_internal_allowed_call_directions", "D", _ => Directions(allowed: true)),
        new("allowed_phone_protocols", "D", status => status.TakesCalls ? new JsonArray("PSTN", "SIP", "SIP_TRUNK", "FMC") : []),
        new("is_select_allowed", All, _ => true),
        new("is_worktime", All, status => status.Mnemonic != SimStatus.NotAtWork),
        new("is_auto_out_calls_ready", All, _ => false),
    ];

    public static IReadOnlyList<Column<SimSchedule>> Schedules { get; } =
    [
        new("id", All, schedule => schedule.Id),
        new("name", All, schedule => schedule.Name),
        new("activity_days", "D", schedule => new JsonObject
        {
            ["type"] = "days_of_week",
            ["days"] = new JsonArray([.. schedule.DaysOfWeek.Select(day => (JsonNode)day)]),
        }),
        new("activity_time", "D", schedule => new JsonArray(new JsonObject { ["time_from"] = schedule.From, ["time_till"] = schedule.Till })),
        new("activity_date_from", "D", _ => null),
        new("activity_date_till", "D", _ => null),
    ];

    public static IReadOnlyList<Column<SimTag>> Tags { get; } =
    [
        new("id", All, tag => tag.Id),
        new("name", All, tag => tag.Name),
        new("is_system", All, _ => false),
    ];

    public static IReadOnlyList<Column<SimMediaFile>> MediaFiles { get; } =
    [
        new("id", All, file => file.Id),
        new("name", All, file => file.Name),
        new("duration", All, file => (int)file.Duration.TotalSeconds),
        new("play_link", "D", _ => null),
        new("normalization", "D", _ => null),
        new("size", All, _ => null),
        new("type", All, _ => "user"),
    ];

    public static IReadOnlyList<Column<SimContact>> Contacts(SimCabinet cabinet) =>
    [
        new("id", All, contact => contact.Id),
        new("first_name", All, contact => contact.FirstName),
        new("last_name", All, contact => contact.LastName),
        new("patronymic", All, contact => contact.Patronymic),
        new("full_name", All, contact => contact.FullName),
        new("emails", "FD", contact => Texts(contact.Emails)),
        new("phone_numbers", "FD", contact => Texts(contact.PhoneNumbers)),
        new("personal_manager_id", All, contact => contact.PersonalManagerId),
        new("personal_manager_full_name", All, contact =>
            cabinet.Employees.FirstOrDefault(employee => employee.Id == contact.PersonalManagerId)?.FullName),
        new("organization_id", All, _ => null),
        new("organization_name", All, _ => null),
        new("groups", "D", _ => new JsonArray()),
    ];

    public static IReadOnlyList<Column<SimBlacklistEntry>> Blacklist(SimCabinet cabinet) =>
    [
        new("id", All, entry => entry.Id),
        new("phone_number", All, entry => entry.PhoneNumber),
        new("add_user_name", All, _ => "Администратор"),
        new("add_comment", All, entry => entry.Comment),
        new("add_date_time", All, entry => cabinet.WireTime(entry.AddedAt, milliseconds: false)),
    ];

    public static IReadOnlyList<Column<SimEmployee>> Employees(SimCabinet cabinet) =>
    [
        new("id", All, employee => employee.Id),
        new("login", All, employee => employee.Login),
        new("first_name", All, employee => employee.FirstName),
        new("last_name", All, employee => employee.LastName),
        new("patronymic", "SD", employee => employee.Patronymic),
        new("full_name", All, employee => employee.FullName),
        new("status", "D", employee => employee.Status),
        new("status_id", "D", employee => SimStatus.All.FirstOrDefault(status => status.Mnemonic == employee.Status)?.Id),
        new("calls_available", "D", employee => Takes(employee)),
        new("allowed_in_call_types", "D", employee => Types(Takes(employee))),
        new("allowed_out_call_types", "D", _ => Types(allowed: true)),
        new("in_external_allowed_call_directions", "D", employee => Directions(Takes(employee))),
        new("in_internal_allowed_call_directions", "D", employee => Directions(Takes(employee))),
        new("out_external_allowed_call_directions", "D", _ => Directions(allowed: true)),
        new("out_internal_allowed_call_directions", "D", _ => Directions(allowed: true)),
        new("email", All, employee => employee.Email),
        new("call_recording", "D", _ => "all"),
        new("schedule_id", "D", _ => SimSchedule.All[0].Id),
        new("schedule_name", "D", _ => SimSchedule.All[0].Name),
        new("coach", "D", employee => new JsonObject
        {
            ["coach_id"] = employee.CoachId,
            ["coach_full_name"] = cabinet.Employees.FirstOrDefault(coach => coach.Id == employee.CoachId)?.FullName,
            ["coach_always_enabled"] = false,
        }),
        new("groups", "D", employee => new JsonArray([.. cabinet.Options.Groups.Where(group => group.EmployeeIds.Contains(employee.Id))
            .Select(group => new JsonObject { ["group_id"] = group.Id, ["group_name"] = group.Name })])),
        new("phone_numbers", "D", employee => new JsonArray([.. employee.PhoneNumbers.Select((phone, index) => new JsonObject
        {
            ["phone_id"] = PhoneId(employee, index),
            ["phone_number"] = phone,
            ["channels_count"] = 1,
            ["dial_time"] = employee.DialTime,
            ["status"] = employee.IsActive(phone) ? "active" : "inactive",
        })])),
        new("extension", "D", employee => employee.Extension is null ? new JsonObject() : new JsonObject
        {
            ["extension_phone_number"] = employee.Extension,
            ["extension_voice_mail_enabled"] = false,
            ["extension_queue_enabled"] = false,
        }),
        new("operator", "D", _ => new JsonObject()),
    ];

    public static IReadOnlyList<Column<SimGroup>> Groups(SimCabinet cabinet) =>
    [
        new("id", All, group => group.Id),
        new("name", All, group => group.Name),
        new("members", "D", group => new JsonArray([.. Members(cabinet, group).Select(employee => new JsonObject
        {
            ["employee_id"] = employee.Id,
            ["employee_full_name"] = employee.FullName,
        })])),
        new("phone_numbers", "D", group => new JsonArray([.. Members(cabinet, group).SelectMany(employee => employee.PhoneNumbers
            .Select((phone, index) => new JsonObject
            {
                ["employee_phone_number_id"] = PhoneId(employee, index),
                ["employee_phone_number"] = phone,
                ["employee_id"] = employee.Id,
                ["employee_full_name"] = employee.FullName,
                ["available"] = employee.IsActive(phone),
            }))])),
        new("group_phone_number", All, _ => null),
        new("queue_enabled", All, _ => false),
        new("channels_count", All, _ => 1),
    ];

    public static IReadOnlyList<Column<string>> VirtualNumbers(SimCabinet cabinet) =>
    [
        new("id", All, number => cabinet.Options.AppId * 100 + cabinet.Options.VirtualNumbers.ToList().IndexOf(number) + 1),
        new("child_customer_id", All, _ => null),
        new("virtual_phone_number", All, number => number),
        new("redirection_phone_number", All, _ => null),
        new("activation_date", All, _ => "2024-01-15 00:00:00"),
        new("status", All, _ => "active"),
        new("category", All, _ => "usual"),
        new("type", All, _ => "va"),
        new("comment", All, _ => null),
        new("name", All, _ => null),
        new("campaigns", "D", _ => new JsonArray()),
        new("scenarios", "D", number => cabinet.ScenarioOf(number) is { } scenario
            ? new JsonArray(new JsonObject
            {
                ["scenario_id"] = scenario.Id,
                ["scenario_name"] = scenario.Name,
                ["call_processing_rule_id"] = scenario.Id + 1,
                ["is_active"] = true,
            })
            : new JsonArray()),
    ];

    public static IReadOnlyList<Column<SimSipLine>> SipLines(SimCabinet cabinet) =>
    [
        new("id", All, line => line.Id),
        new("phone_number", All, line => line.PhoneNumber),
        new("type", All, line => line.VirtualPhoneNumber is null ? "in" : "in_out"),
        new("channels_count", All, _ => 1),
        new("dial_time", All, _ => 60),
        new("billing_state", All, _ => "active"),
        new("physical_state", All, line => line.Registered ? "Зарегистрирован" : "Не зарегистрирован"),
        new("virtual_phone_number", All, line => line.VirtualPhoneNumber),
        new("status", All, line => line.Active ? "active" : "inactive"),
        new("employee_id", All, line => line.EmployeeId),
        new("employee_full_name", All, line => cabinet.Employees.FirstOrDefault(employee => employee.Id == line.EmployeeId)?.FullName),
        new("ip_addresses", "D", line => line.Registered
            ? new JsonArray(new JsonObject { ["date_time"] = "2026-01-12 09:00:00", ["ip"] = "192.0.2.10" })
            : new JsonArray()),
    ];

    public static IReadOnlyList<Column<SimScenario>> Scenarios(SimCabinet cabinet) =>
    [
        new("id", All, scenario => scenario.Id),
        new("name", All, scenario => scenario.Name),
        new("virtual_phone_numbers", "D", scenario => new JsonArray(
            [.. cabinet.Options.VirtualNumbers.Where(number => cabinet.ScenarioOf(number) == scenario).Select(number => (JsonNode)number)])),
        new("sites", "D", _ => new JsonArray()),
        new("campaigns", "D", _ => new JsonArray()),

        // Only by `fields`; the shape of an item is not in the reference beyond id and name.
        new("operations", string.Empty, scenario => new JsonArray([.. scenario.Operations.Select(operation => new JsonObject
        {
            ["id"] = operation.Id,
            ["name"] = operation.Name,
        })])),
    ];

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static bool Takes(SimEmployee employee) => SimStatus.All.Any(status => status.Mnemonic == employee.Status && status.TakesCalls);

    private static JsonArray Directions(bool allowed) => allowed ? ["in", "out"] : [];

    private static JsonArray Types(bool allowed) => allowed ? ["internal", "external"] : [];

    private static long PhoneId(SimEmployee employee, int index) =>
        long.Parse(string.Create(CultureInfo.InvariantCulture, $"{employee.Id}{index + 1}"), CultureInfo.InvariantCulture);

    private static IEnumerable<SimEmployee> Members(SimCabinet cabinet, SimGroup group) =>
        group.EmployeeIds.Select(id => cabinet.Employees.FirstOrDefault(employee => employee.Id == id)).OfType<SimEmployee>();
}
