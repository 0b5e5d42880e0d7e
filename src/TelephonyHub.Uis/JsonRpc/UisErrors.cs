using System.Collections.Frozen;

namespace TelephonyHub.Uis.JsonRpc;

/// <summary>Mnemonic to category (reference 1.5, 1.8, 2.1). Never by code: <c>contact_in_blacklist</c> alone has two.</summary>
internal static class UisErrors
{
    internal static FrozenDictionary<string, UisFailure> Table { get; } = new Dictionary<UisFailure, string[]>
    {
        [UisFailure.Transient] = ["internal_error"],
        [UisFailure.Limit] = ["limit_exceeded"],
        [UisFailure.Authentication] = ["access_token_invalid", "access_token_expired", "access_token_blocked", "auth_error"],
        [UisFailure.AccessDenied] =
        [
            "ip_not_whitelisted", "forbidden", "component_disabled", "method_component_disabled", "parameter_component_disabled",
            "account_inactive", "tariff_restrictions",
        ],
        [UisFailure.Conflict] =
        [
            "invalid_state", "duplicate_contact", "duplicate_tag", "duplicate_entity", "record_already_started", "record_already_stopped",
            "already_in_use", "dependency_error", "campaign_is_inactive",
        ],
        [UisFailure.NotFound] =
        [
            "call_session_not_found", "media_file_not_found", "virtual_phone_number_not_found", "employee_not_found", "no_active_phone_number",
            "scenario_not_found", "leg_not_found", "coach_not_found", "tag_not_found", "talk_option_not_found", "entity_not_found",
        ],
        [UisFailure.Permanent] =
        [
            "parse_error", "invalid_request", "method_not_found", "batch_opreations_not_supported", "notifications_not_supported",
            "required_parameter_missed", "invalid_parameter_value", "data_type_error", "unexpected_parameters",
            "invalid_parameters_combination", "tts_text_exceeded", "own_virtual_phone_number_not_allowed", "contact_in_blacklist",
            "character_encoding_not_allowed", "error", "sort_prohibited", "filter_prohibited", "date_interval_limit_reached",
            "invalid_date_time", "data_limit_exceeded",
        ],
    }.SelectMany(pair => pair.Value, (pair, mnemonic) => KeyValuePair.Create(mnemonic, pair.Key)).ToFrozenDictionary(StringComparer.Ordinal);

    internal static UisFailure FailureOf(string? mnemonic) => mnemonic is null ? UisFailure.Unknown : Table.GetValueOrDefault(mnemonic, UisFailure.Unknown);
}
