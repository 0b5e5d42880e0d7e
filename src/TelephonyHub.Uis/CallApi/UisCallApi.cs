using System.Text.Json.Nodes;
using TelephonyHub.Uis.JsonRpc;

namespace TelephonyHub.Uis.CallApi;

internal sealed class UisCallApi(RpcChannel channel) : IUisCallApi
{
    public Task<long> StartEmployeeCallAsync(StartEmployeeCall call, CancellationToken cancellationToken)
    {
        // A JSON number: as text it is a data_type_error.
        var employee = new JsonObject { ["id"] = call.EmployeeId }.With("phone_number", call.EmployeePhoneNumber);
        return StartAsync(
            "start.employee_call",
            TwoSided(call, "employee")
                .With("employee", employee)
                .With("show_virtual_phone_number", call.ShowVirtualPhoneNumber)
                .With("media_file_id", call.MediaFileId)
                .With("employee_message", Message(call.EmployeeMessage)),
            cancellationToken);
    }

    public Task<long> StartSimpleCallAsync(StartSimpleCall call, CancellationToken cancellationToken) => StartAsync(
        "start.simple_call",
        TwoSided(call, "operator")
            .With("operator", call.Operator)
            .With("operator_confirmation", call.OperatorConfirmation)
            .With("show_virtual_phone_number", call.ShowVirtualPhoneNumber)
            .With("media_file_id", call.MediaFileId)
            .With("operator_message", Message(call.OperatorMessage)),
        cancellationToken);

    public Task<long> StartScenarioCallAsync(StartScenarioCall call, CancellationToken cancellationToken) => StartAsync(
        "start.scenario_call",
        TwoSided(call, "employee").With("scenario_id", call.ScenarioId).With("employee_message", Message(call.EmployeeMessage)),
        cancellationToken);

    public Task<long> StartVirtualNumberCallAsync(StartVirtualNumberCall call, CancellationToken cancellationToken) =>
        StartAsync("start.vnumber_call", TwoSided(call, "employee"), cancellationToken);

    public Task<long> StartInformerCallAsync(StartInformerCall call, CancellationToken cancellationToken) =>
        StartAsync("start.informer_call", Common(call).With("dialing_timeout", call.DialingTimeout), cancellationToken);

    public Task ReleaseAsync(long callSessionId, CancellationToken cancellationToken) =>
        ControlAsync("release.call", Session(callSessionId), cancellationToken);

    public Task HoldAsync(long callSessionId, UisMessage contactMessage, CancellationToken cancellationToken) =>
        ControlAsync("hold.call", Session(callSessionId).With("contact_message", Message(contactMessage)), cancellationToken);

    public Task UnholdAsync(long callSessionId, CancellationToken cancellationToken) =>
        ControlAsync("unhold.call", Session(callSessionId), cancellationToken);

    public Task MakeCallAsync(long callSessionId, string to, UisMessage? toMessage, CancellationToken cancellationToken) =>
        ControlAsync("make.call", Session(callSessionId).With("to", to).With("to_message", Message(toMessage)), cancellationToken);

    public Task TransferAsync(long callSessionId, CancellationToken cancellationToken) =>
        ControlAsync("transfer.talk", Session(callSessionId), cancellationToken);

    public Task RestoreAsync(long callSessionId, CancellationToken cancellationToken) =>
        ControlAsync("restore.talk", Session(callSessionId), cancellationToken);

    public Task DisconnectLegAsync(long callSessionId, long legId, CancellationToken cancellationToken) =>
        ControlAsync("disconnect.leg", Session(callSessionId).With("leg_id", legId), cancellationToken);

    public Task RecordAsync(long callSessionId, bool on, CancellationToken cancellationToken) =>
        ControlAsync("record.call", Session(callSessionId).With("action", on ? "on" : "off"), cancellationToken);

    public Task AddCoachAsync(long callSessionId, string? phoneNumber, CancellationToken cancellationToken) =>
        ControlAsync("add.coach", Session(callSessionId).With("phone_number", phoneNumber), cancellationToken);

    public Task BlockContactAsync(long callSessionId, CancellationToken cancellationToken) =>
        ControlAsync("block.contact", Session(callSessionId), cancellationToken);

    public Task TagAsync(long callSessionId, long tagId, CancellationToken cancellationToken) =>
        ControlAsync("tag.call", Session(callSessionId).With("tag_id", tagId), cancellationToken);

    public Task SendDtmfAsync(long callSessionId, char symbol, CancellationToken cancellationToken) =>
        ControlAsync("send.dtmf", Session(callSessionId).With("dtmf_string", symbol.ToString()), cancellationToken);

    public Task CallTalkOptionAsync(long callSessionId, string button, CancellationToken cancellationToken) =>
        ControlAsync("call.talk_option", Session(callSessionId).With("button", button), cancellationToken);

    public async Task<IReadOnlyList<UisTalkOption>> ListTalkOptionsAsync(UisPriority priority, CancellationToken cancellationToken)
    {
        var answer = await channel.CallAsync(new RpcRequest("list.talk_options", [], priority), cancellationToken);
        return [.. UisRow.RowsOf(answer.Data).Select(LiveMapping.TalkOption)];
    }

    public async Task<IReadOnlyList<UisLiveCall>> ListCallsAsync(
        string? direction, string? virtualPhoneNumber, UisPriority priority, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject().With("direction", direction).With("virtual_phone_number", virtualPhoneNumber);
        var answer = await channel.CallAsync(new RpcRequest("list.calls", parameters, priority), cancellationToken);
        return [.. UisRow.RowsOf(answer.Data).Select(LiveMapping.Call).OfType<UisLiveCall>()];
    }

    private static JsonObject Session(long callSessionId) => new() { ["call_session_id"] = callSessionId };

    private static JsonObject? Message(UisMessage? message) =>
        message is null ? null : new JsonObject { ["type"] = message.Type, ["value"] = message.Value };

    private static JsonObject Common(StartCall call) => new JsonObject
    {
        ["virtual_phone_number"] = call.VirtualPhoneNumber,
        ["contact"] = call.Contact,
        ["direction"] = call.Direction,
    }
        .With("external_id", call.ExternalId)
        .With("virtual_phone_usage_rule", call.VirtualPhoneUsageRule)
        .With("dtmf_string", call.DtmfString)
        .With("contact_message", Message(call.ContactMessage));

    private static JsonObject TwoSided(StartTwoSidedCall call, string employee) => Common(call)
        .With("first_call", call.FirstCall == UisFirstCall.Contact ? "contact" : employee)
        .With("switch_at_once", call.SwitchAtOnce)
        .With("early_switching", call.EarlySwitching);

    private async Task<long> StartAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var answer = await channel.CallAsync(new RpcRequest(method, parameters, UisPriority.Interactive), cancellationToken);
        return new UisRow(answer.Data).Long("call_session_id") ?? throw new UisApiException(UisFailure.Unknown, method, "unreadable_answer");
    }

    // success is the text "true" here and a boolean elsewhere; an answer without it is a success, too: errors come as errors.
    private async Task ControlAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var answer = await channel.CallAsync(new RpcRequest(method, parameters, UisPriority.Interactive), cancellationToken);
        if (new UisRow(answer.Data).Flag("success") is false)
        {
            throw new UisApiException(UisFailure.Unknown, method, "not_successful");
        }
    }
}
