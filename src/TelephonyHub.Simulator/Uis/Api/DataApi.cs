using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Data API v2.0, section 2.</summary>
internal static class DataApi
{
    public static readonly ParamSpec[] Dated =
    [
        .. TableQuery.Params,
        ParamSpec.Text("date_from", required: true, date => Date(date) is not null),
        ParamSpec.Text("date_till", required: true, date => Date(date) is not null),
    ];

    public static IEnumerable<RpcMethod> Methods =>
    [
        new("login.user", [], [ParamSpec.Text("login", required: true), ParamSpec.Text("password", required: true)], call => CallApi.Login(call, withAppId: true))
        {
            WithoutToken = true,
        },
        new("logout.user", [], [CallApi.Token], CallApi.Logout),
        new("get.account", [], [CallApi.Token], Account),
        new("get.employees", [], TableQuery.Params, call => TableQuery.Run(
            call.Cabinet.Employees.OrderBy(employee => employee.Id), Dictionaries.Employees(call.Cabinet), call.Params)),
        new("get.statuses", [], [.. TableQuery.Params, ParamSpec.Flag("is_deleted")], call => TableQuery.Run(
            call.Flag("is_deleted") ? [] : SimStatus.All, Dictionaries.Statuses, call.Params)),
        new("get.group_employees", [], TableQuery.Params, call => TableQuery.Run(
            call.Cabinet.Options.Groups, Dictionaries.Groups(call.Cabinet), call.Params)),
        new("get.virtual_numbers", [], TableQuery.Params, call => TableQuery.Run(
            call.Cabinet.Options.VirtualNumbers, Dictionaries.VirtualNumbers(call.Cabinet), call.Params)),
        new("get.sip_lines", ["va"], TableQuery.Params, call => TableQuery.Run(
            call.Cabinet.SipLines.OrderBy(line => line.Id), Dictionaries.SipLines(call.Cabinet), call.Params)),
        new("get.schedules", [], TableQuery.Params, call => TableQuery.Run(SimSchedule.All, Dictionaries.Schedules, call.Params)),
        new("get.scenarios", ["va"], TableQuery.Params, call => TableQuery.Run(
            call.Cabinet.Scenarios, Dictionaries.Scenarios(call.Cabinet), call.Params)),
        new("get.tags", [], TableQuery.Params, call => TableQuery.Run(call.Cabinet.Options.Tags, Dictionaries.Tags, call.Params)),
        new("get.contacts", [], TableQuery.Params, call => TableQuery.Run(
            call.Cabinet.Book.All, Dictionaries.Contacts(call.Cabinet), call.Params)),
        new("get.blacklist_phone_numbers", [], TableQuery.Params, call => TableQuery.Run(
            call.Cabinet.Blocked.All, Dictionaries.Blacklist(call.Cabinet), call.Params)),
        new("get.media_files", [], TableQuery.Params, call => TableQuery.Run(
            call.Cabinet.Options.MediaFiles, Dictionaries.MediaFiles, call.Params)),
        .. DataWrites.Methods,
        .. LogReports.Methods,
        new("get.calls_report", [], [.. Dated, ParamSpec.Flag("include_ongoing_calls")], CallsReport),
        new("get.call_legs_report", [], Dated, LegsReport),
        new("get.financial_call_legs_report", [], Dated, FinancialReport),
    ];

    private static RpcResult Account(RpcCall call) => new(new JsonArray(new JsonObject
    {
        ["app_id"] = call.Cabinet.Options.AppId,
        ["name"] = call.Cabinet.Options.Name,
        ["timezone"] = call.Cabinet.Options.TimeZone,
    }))
    {
        MetadataKey = "meta_data",
    };

    private static RpcResult CallsReport(RpcCall call)
    {
        var ongoing = call.Flag("include_ongoing_calls");
        return Report(call, session => ongoing || session.IsFinished, session => [session], CallsReportColumns.All);
    }

    private static RpcResult LegsReport(RpcCall call) => Report(
        call, session => session.IsFinished, session => session.Legs.Select(leg => new LegRow(session, leg)), LegReportColumns.Legs);

    private static RpcResult FinancialReport(RpcCall call) => Report(
        call, session => session.IsFinished, LegReportColumns.Charged, LegReportColumns.Financial);

    private static RpcResult Report<TRow>(
        RpcCall call, Func<CallSession, bool> wanted, Func<CallSession, IEnumerable<TRow>> rows, IReadOnlyList<Column<TRow>> columns)
    {
        var from = call.Text("date_from")!;
        var till = call.Text("date_till")!;
        if (Date(from)!.Value.AddMonths(3) < Date(till)!.Value)
        {
            throw RpcErrors.DateInterval;
        }

        // Dates are account-local text of fixed width, so they compare as text.
        var found = call.Cabinet.Sessions.Where(session =>
        {
            var start = call.Cabinet.WireTime(session.StartedAt, milliseconds: false);
            return wanted(session) && string.CompareOrdinal(start, from) >= 0 && string.CompareOrdinal(start, till) <= 0;
        });
        return TableQuery.Run(found.SelectMany(rows), columns, call.Params);
    }

    public static DateTime? Date(string text) => DateTime.TryParseExact(
        text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
