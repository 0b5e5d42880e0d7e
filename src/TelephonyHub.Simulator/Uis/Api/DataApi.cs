using System.Globalization;
using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Api;

/// <summary>Data API v2.0, section 2.</summary>
internal static class DataApi
{
    private static readonly ParamSpec[] Dated =
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
        new("create.sip_lines", ["va"],
        [
            CallApi.Token, ParamSpec.Number("user_id"), ParamSpec.Number("employee_id", required: true),
            ParamSpec.Text("virtual_phone_number", accepts: SimPhone.IsE164),
        ], CreateSipLine),
        new("update.sip_line_password", ["va"], [CallApi.Token, ParamSpec.Number("user_id"), ParamSpec.Number("id", required: true)], NewSipPassword),
        new("get.schedules", [], TableQuery.Params, call => TableQuery.Run(SimSchedule.All, Dictionaries.Schedules, call.Params)),
        new("get.scenarios", ["va"], TableQuery.Params, call => TableQuery.Run(
            call.Cabinet.Scenarios, Dictionaries.Scenarios(call.Cabinet), call.Params)),
        new("get.tags", [], TableQuery.Params, call => TableQuery.Run(call.Cabinet.Options.Tags, Dictionaries.Tags, call.Params)),
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

    private static RpcResult CreateSipLine(RpcCall call)
    {
        var employeeId = call.Number("employee_id");
        var employee = call.Cabinet.Employees.FirstOrDefault(candidate => candidate.Id == employeeId)
            ?? throw new RpcException(-32602, "entity_not_found", "Entity not found") { Field = "employee_id" };
        var number = call.Text("virtual_phone_number");
        if (number is not null && !call.Cabinet.OwnsNumber(number))
        {
            throw RpcErrors.NumberNotFound(number);
        }

        call.Charge();
        var lines = call.Cabinet.SipLines;
        var id = lines.Count == 0 ? 50_001 : lines.Max(line => line.Id) + 1;
        var line = new SimSipLine(id, id.ToString("D7", CultureInfo.InvariantCulture), number, employee.Id)
        {
            Registered = false,
            Password = Guid.CreateVersion7().ToString("N")[^12..],
        };
        call.Cabinet.SetSipLine(line);
        call.Cabinet.SetEmployee(employee with { PhoneNumbers = [.. employee.PhoneNumbers, line.PhoneNumber] });
        return new RpcResult(new JsonObject
        {
            ["phone_number"] = line.PhoneNumber,
            ["password"] = line.Password,
            ["server"] = "sip.uiscom.ru:5060",
            ["id"] = line.Id,
        })
        {
            WithoutData = true,
        };
    }

    private static RpcResult NewSipPassword(RpcCall call)
    {
        var id = call.Number("id");
        var line = call.Cabinet.SipLines.FirstOrDefault(candidate => candidate.Id == id)
            ?? throw new RpcException(-32602, "entity_not_found", "Entity not found") { Field = "id" };
        call.Charge();
        var changed = line with { Password = Guid.CreateVersion7().ToString("N")[^12..], Registered = false };
        call.Cabinet.SetSipLine(changed);
        return new RpcResult(new JsonObject { ["password"] = changed.Password }) { WithoutData = true };
    }

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

    private static DateTime? Date(string text) => DateTime.TryParseExact(
        text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
