using System.Globalization;
using System.Text.Json.Nodes;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>
/// The cabinet's own logs by the new report methods (section 2.9): delivery of notifications, requests of the API. Coded values are objects, without
/// `fields` the rows are empty, intervals may have 366 days. Columns beyond the documented names, and the shape of get.reports_list, are assumed.
/// </summary>
internal static class LogReports
{
    private const int Days = 366;
    private const int FilterDepth = 2;
    private const long NotificationsReport = 9_001;
    private const long RequestsReport = 9_002;
    private const string All = "FS";
    private static readonly ParamSpec[] Params = [.. DataApi.Dated, ParamSpec.Number("report_id", required: true)];
    private static readonly IReadOnlyList<string> Provisioning = ["dataapi_provisioning"];

    public static IEnumerable<RpcMethod> Methods =>
    [
        new("get.reports_list", Provisioning, [CallApi.Token, ParamSpec.Number("user_id")], _ => new RpcResult(new JsonArray(
            new JsonObject { ["report_id"] = NotificationsReport, ["report_name"] = "Уведомления" },
            new JsonObject { ["report_id"] = RequestsReport, ["report_name"] = "Запросы к API" })))
        {
            Hourly = true,
        },
        new("get.notifications", Provisioning, Params, call => Run(
            call, NotificationsReport, call.Simulator.Notifications.Where(sent => sent.Cabinet == call.Cabinet.Key && !sent.Dropped), sent => sent.EventTime,
            Notifications(call.Cabinet)))
        {
            Hourly = true,
        },
        new("get.api_requests", Provisioning, Params, call => Run(
            call, RequestsReport, call.Simulator.ApiCalls.Where(request => request.Cabinet == call.Cabinet.Key && request.InReport), request => request.At,
            Requests))
        {
            Hourly = true,
        },
    ];

    private static IReadOnlyList<Column<ReceivedApiCall>> Requests { get; } =
    [
        new("api_request_method", All, request => request.Method),
        new("api_request_body", "F", request => request.Params.ToJsonString()),
        new("api_request_status", All, request => request.Error is null ? Coded("Успешно", "success") : Coded("Ошибка", "failure")),
        new("api_request_error_code", All, request => request.ErrorCode),
        new("api_request_error_mnemonic", All, request => request.Error),
        new("api_request_execution_time", All, _ => "00:00:00"),
        new("api_request_method_weight", All, _ => 1),
        new("api_request_raw_id", All, request => request.RequestId),
        new("api_request_raw_ext_id", All, request => (string?)(request.Params["external_id"] as JsonValue)),
        new("api_request_ip", All, request => request.Ip),
        new("call_session_id", All, request => request.Params["call_session_id"]?.DeepClone()),
        new("token_name", All, _ => null),
        new("employee_login", All, _ => null),
    ];

    private static IReadOnlyList<Column<SentNotification>> Notifications(SimCabinet cabinet) =>
    [
        new("notification_id", All, sent => (cabinet.Options.AppId * 100) + EventNames.Titles.Keys.Order(StringComparer.Ordinal).ToList().IndexOf(sent.Mnemonic)),
        new("notification_name", All, sent => EventNames.Titles[sent.Mnemonic]),
        new("notification_delay", All, sent => (int)Math.Max(0, (sent.SentAt - sent.EventTime).TotalSeconds)),
        new("notification_message", "F", sent => sent.Body ?? sent.Url.Query),
        new("notification_send_to", All, sent => sent.Url.AbsoluteUri),
        new("event_type", All, sent => Coded(EventNames.Titles[sent.Mnemonic], sent.Mnemonic)),
        new("communication_id", All, sent => sent.SessionId),
        new("communication_type", All, _ => Coded("Звонок", "call")),
        new("notification_status", All, sent => sent.Status == 200 ? Coded("Отправлено", "sent") : Coded("Не отправлено", "failed")),
        new("notification_channel", All, _ => Coded("HTTP-запрос", "http_request")),
        new("notification_error_type", All, sent => sent.Status == 200 ? null : sent.Status is null ? Coded("Нет ответа", "no_answer") : Coded("Код ответа", "http_status")),
        new("notification_error_message", All, sent => sent.Status == 200 ? null : sent.Error ?? sent.Status!.Value.ToString(CultureInfo.InvariantCulture)),
        new("notification_send_date_time", All, sent => cabinet.WireTime(sent.SentAt, milliseconds: false)),
        new("notification_start_date_time", All, sent => cabinet.WireTime(sent.EventTime, milliseconds: false)),
    ];

    private static RpcResult Run<TRow>(
        RpcCall call, long report, IEnumerable<TRow> rows, Func<TRow, DateTimeOffset> at, IReadOnlyList<Column<TRow>> columns)
    {
        if (call.Number("report_id") != report)
        {
            throw RpcErrors.EntityNotFound("report_id");
        }

        var from = call.Text("date_from")!;
        var till = call.Text("date_till")!;
        if (DataApi.Date(from)!.Value.AddDays(Days) < DataApi.Date(till)!.Value)
        {
            throw new RpcException(-32602, "date_interval_limit_reached", "Max value of requested date interval is 366 days");
        }

        if (call.Params["filter"] is JsonObject filter && Depth(filter) > FilterDepth)
        {
            throw RpcErrors.InvalidValue("filter", filter);
        }

        var found = rows.Where(row =>
        {
            var time = call.Cabinet.WireTime(at(row), milliseconds: false);
            return string.CompareOrdinal(time, from) >= 0 && string.CompareOrdinal(time, till) <= 0;
        }).ToList();
        return TableQuery.Run(found, columns, call.Params);
    }

    private static int Depth(JsonObject filter) => filter["filters"] is JsonArray parts
        ? 1 + parts.OfType<JsonObject>().Select(Depth).DefaultIfEmpty(0).Max()
        : 0;

    private static JsonObject Coded(string value, string id) => new() { ["value"] = value, ["value_id"] = id };
}
