using System.Collections.Frozen;
using TelephonyHub.Uis.DataApi;
using TelephonyHub.Uis.JsonRpc;

namespace TelephonyHub.Uis.CallApi;

/// <summary>Items of <c>list.calls</c> and <c>list.talk_options</c> (reference 1.8).</summary>
internal static class LiveMapping
{
    private static readonly FrozenDictionary<string, UisLegState> States = new Dictionary<string, UisLegState>(StringComparer.OrdinalIgnoreCase)
    {
        ["Дозвон"] = UisLegState.Dialing,
        ["Разговор"] = UisLegState.Talk,
        ["На очереди"] = UisLegState.Queued,
        ["Разъединено"] = UisLegState.Disconnected,
        ["Разговор операторов"] = UisLegState.OperatorTalk,
        ["На удержании"] = UisLegState.OnHold,
        ["Перевод вызова"] = UisLegState.Transfer,
        ["Отправка dtmf"] = UisLegState.SendingDtmf,
        ["Получение факса"] = UisLegState.ReceivingFax,
        ["Факс получен"] = UisLegState.FaxReceived,
        ["Отправка факса"] = UisLegState.SendingFax,
        ["Факс отправлен"] = UisLegState.FaxSent,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    internal static UisLiveCall? Call(UisRow row) => row.Long("call_session_id") is not { } session ? null : new UisLiveCall
    {
        CallSessionId = session,
        Direction = row.Text("direction"),
        StartTime = row.Time("start_time"),
        VirtualPhoneNumber = row.Text("virtual_phone_number"),
        ContactPhoneNumber = row.Text("contact_phone_number"),
        ExternalId = row.Text("external_id"),
        Tags = [.. row.Rows("tags").Select(ReportMapping.Tag).OfType<UisTag>()],
        Legs = [.. row.Rows("legs").Select(Leg).OfType<UisLiveLeg>()],
    };

    internal static UisTalkOption TalkOption(UisRow row)
    {
        var value = row.Object("button_value");
        return new UisTalkOption(row.Text("button"), row.Text("mnemonic"), row.Text("name"), value?.Long("id"), value?.Text("value"));
    }

    private static UisLiveLeg? Leg(UisRow row) => row.Long("leg_id") is not { } leg ? null : new UisLiveLeg
    {
        LegId = leg,
        CallingPhoneNumber = row.Text("calling_phone_number"),
        CalledPhoneNumber = row.Text("called_phone_number"),
        IsOperator = row.Flag("is_operator"),
        EmployeeId = row.Long("employee_id"),
        EmployeeFullName = row.Text("employee_full_name"),
        RecordCallEnabled = row.Flag("record_call_enabled"),
        State = States.GetValueOrDefault(row.Text("state") ?? string.Empty, UisLegState.Unknown),
        StateText = row.Text("state"),
    };
}
