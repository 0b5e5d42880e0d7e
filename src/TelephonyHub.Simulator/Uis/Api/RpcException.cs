using System.Globalization;
using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>A refusal in the vendor's words (sections 1.5 and 2.1).</summary>
internal sealed class RpcException(int code, string mnemonic, string message) : Exception(message)
{
    public int Code { get; } = code;

    public string Mnemonic { get; } = mnemonic;

    public string? Field { get; init; }

    public string? Value { get; init; }

    public JsonObject? Params { get; init; }

    /// <summary>Limits travel with every answer except these (section 1.4).</summary>
    public bool HasMetadata => Mnemonic is not ("parse_error" or "invalid_request" or "method_not_found" or "access_token_blocked"
        or "access_token_invalid" or "access_token_expired" or "auth_error" or "ip_not_whitelisted");
}

internal static class RpcErrors
{
    public static RpcException ParseError => new(-32700, "parse_error", "Invalid JSON was received by the server.");

    public static RpcException InvalidRequest => new(-32600, "invalid_request", "Invalid Request The JSON sent is not a valid Request object");

    public static RpcException MethodNotFound => new(-32601, "method_not_found", "The method does not exist / is not available");

    // The vendor's spelling.
    public static RpcException Batch => new(-32099, "batch_opreations_not_supported", "Batch operations not supported");

    public static RpcException Notification => new(-32099, "notifications_not_supported", "Notifications not supported");

    public static RpcException TokenInvalid => new(-32001, "access_token_invalid", "Access token has been invalid");

    public static RpcException TokenExpired => new(-32001, "access_token_expired", "Access token has been expired");

    public static RpcException TokenBlocked => new(-32001, "access_token_blocked", "Access token has been blocked");

    public static RpcException AuthError => new(-32001, "auth_error", "Login or password is wrong");

    public static RpcException Forbidden => new(-32003, "forbidden", "Permission denied");

    public static RpcException AccountInactive =>
        new(-32009, "account_inactive", "Your account has been disabled, contact the support service");

    public static RpcException InternalError => new(-32603, "internal_error", "Internal error, contact the support service");

    public static RpcException SessionNotFound => new(-32602, "call_session_not_found", "Call session not found");

    public static RpcException InvalidState => new(-32004, "invalid_state", "The call is not in the required state");

    public static RpcException NoActivePhone => new(-32602, "no_active_phone_number", "The phone number does not exist or inactive");

    public static RpcException LegNotFound => new(-32602, "leg_not_found", "The call's leg not found");

    public static RpcException DateInterval =>
        new(-32602, "date_interval_limit_reached", "Max value of requested date interval is 3 months");

    public static RpcException Missing(string field) =>
        new(-32602, "required_parameter_missed", "The required parameter has been missed") { Field = field };

    public static RpcException InvalidValue(string field, JsonNode? value) =>
        new(-32602, "invalid_parameter_value", "Invalid parameter value") { Field = field, Value = Text(value) };

    public static RpcException WrongType(string field, JsonNode? value) =>
        new(-32602, "data_type_error", "Data supplied is of wrong type") { Field = field, Value = Text(value) };

    public static RpcException Unexpected(string field, string? value = null) =>
        new(-32602, "unexpected_parameters", "Unexpected method parameter(s)") { Field = field, Value = value };

    public static RpcException InvalidCombination(string field) =>
        new(-32602, "invalid_parameters_combination", "The combination of parameters is not permitted") { Field = field };

    public static RpcException IpNotWhitelisted(string ip) =>
        new(-32003, "ip_not_whitelisted", $"Your IP {ip} is not whitelisted") { Params = new JsonObject { ["ip"] = ip } };

    public static RpcException ComponentDisabled(string component) =>
        new(-32008, "component_disabled", $"Component {component} has been disabled") { Params = new JsonObject { ["component_name"] = component } };

    // "at least on of" is the vendor's.
    public static RpcException MethodComponentDisabled(string components) =>
        new(-32008, "method_component_disabled", $"You need at least on of the following components to access this method: {components}")
        {
            Params = new JsonObject { ["components"] = components },
        };

    public static RpcException SortProhibited(string field) => new(-32602, "sort_prohibited", "Sorting by this field is prohibited") { Field = field };

    public static RpcException FilterProhibited(string field) =>
        new(-32602, "filter_prohibited", "Filtering by this field is prohibited") { Field = field };

    public static RpcException LimitExceeded(string type, int max) => new(
        -32029, "limit_exceeded",
        string.Create(CultureInfo.InvariantCulture, $"Limit per {type} has been exceeded. Value of current limit per {type} is {max}"))
    {
        Params = new JsonObject { ["limit_type"] = type, ["limit_max_value"] = max },
    };

    public static RpcException NumberNotFound(string number) => new(
        -32007, "virtual_phone_number_not_found", $"Virtual phone number {number} not found. It is not your virtual phone number.")
    {
        Field = "virtual_phone_number",
        Value = number,
    };

    public static RpcException EmployeeNotFound(long id) => new(
        -32602, "employee_not_found", string.Create(CultureInfo.InvariantCulture, $"Employee with id {id} not found. It is not your employee."))
    {
        Field = "employee.id",
        Value = id.ToString(CultureInfo.InvariantCulture),
    };

    public static RpcException OwnNumber(string contact) => new(
        -32602, "own_virtual_phone_number_not_allowed", "Parameter contact can not contain own virtual phone number")
    {
        Field = "contact",
        Value = contact,
    };

    public static RpcException ScenarioNotFound(long id) => new(
        -32602, "scenario_not_found", string.Create(CultureInfo.InvariantCulture, $"Scenario with id {id} not found"))
    {
        Field = "scenario_id",
        Value = id.ToString(CultureInfo.InvariantCulture),
    };

    public static RpcException TooLong(string field, int longest, int sent) => new(
        -32602, "tts_text_exceeded",
        string.Create(CultureInfo.InvariantCulture, $"The maximum length of Text-to-Speech message is {longest}. The length of your message is {sent}"))
    {
        Field = field,
        Params = new JsonObject { ["tts_message_max_length"] = longest, ["sent_tts_message_length"] = sent },
    };

    public static RpcException EntityNotFound(string field) => new(-32602, "entity_not_found", "Entity not found") { Field = field };

    public static RpcException DuplicateContact(string phone) =>
        new(-32602, "duplicate_contact", $"The contact with phone number {phone} already exists");

    public static RpcException DuplicateEntity(string field) => new(-32602, "duplicate_entity", "Entity already exists") { Field = field };

    public static RpcException Blacklisted(string contact, int code) => new(
        code, "contact_in_blacklist", $"The contact {contact} has been found in the blacklist")
    {
        Field = "contact",
        Value = contact,
    };

    /// <summary>What the caller sent, unchanged, as text.</summary>
    public static string? Text(JsonNode? value) => value switch
    {
        null => null,
        JsonValue text when text.TryGetValue<string>(out var content) => content,
        _ => value.ToJsonString(),
    };
}
