using System.Text.Json.Nodes;
using TelephonyHub.Uis.JsonRpc;

namespace TelephonyHub.Uis.DataApi;

internal sealed class UisDataApi(RpcChannel channel) : IUisDataApi
{
    private const int NewReportDays = 365;

    private readonly Paging _paging = new(channel);

    public async Task<UisAccount> GetAccountAsync(UisPriority priority, CancellationToken cancellationToken)
    {
        const string Method = "get.account";
        var answer = await channel.CallAsync(new RpcRequest(Method, [], priority), cancellationToken);

        // Documented as an array of one.
        var row = UisRow.RowsOf(answer.Data) is [var first, ..] ? first : new UisRow(answer.Data);
        return row.Long("app_id") is { } id ? new UisAccount(id, row.Text("name"), row.Text("timezone")) : throw Unreadable(Method);
    }

    public IAsyncEnumerable<UisEmployee> GetEmployeesAsync(UisQuery? query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync("get.employees", query, DictionaryMapping.Employee, priority, cancellationToken);

    public IAsyncEnumerable<UisVirtualNumber> GetVirtualNumbersAsync(UisQuery? query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync("get.virtual_numbers", query, DictionaryMapping.VirtualNumber, priority, cancellationToken);

    public IAsyncEnumerable<UisCallRow> GetCallsReportAsync(
        UisReportQuery query, bool includeOngoingCalls, UisPriority priority, CancellationToken cancellationToken)
    {
        var more = new JsonObject();
        if (includeOngoingCalls)
        {
            more["include_ongoing_calls"] = true;
        }

        return _paging.ReportAsync(
            "get.calls_report", Complete(query, ReportMapping.CallFields, "id"), more, ThreeMonths, ReportMapping.Call,
            row => (row.Id, row.StartTime), priority, cancellationToken);
    }

    public IAsyncEnumerable<UisCallLegRow> GetCallLegsReportAsync(UisReportQuery query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ReportAsync(
            "get.call_legs_report", Complete(query, ReportMapping.LegFields, "id"), [], ThreeMonths, ReportMapping.Leg,
            row => (row.Id, row.StartTime), priority, cancellationToken);

    public IAsyncEnumerable<UisFinancialLegRow> GetFinancialCallLegsReportAsync(
        UisReportQuery query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ReportAsync(
            "get.financial_call_legs_report", Complete(query, [], "call_session_id"), [], ThreeMonths, ReportMapping.Money,
            row => (row, row.StartTime), priority, cancellationToken);

    public IAsyncEnumerable<UisStatus> GetStatusesAsync(UisQuery? query, bool? isDeleted, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync("get.statuses", query, DictionaryMapping.Status, priority, cancellationToken, new JsonObject().With("is_deleted", isDeleted));

    public IAsyncEnumerable<UisEmployeeGroup> GetGroupEmployeesAsync(UisQuery? query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync("get.group_employees", query, DictionaryMapping.Group, priority, cancellationToken);

    public IAsyncEnumerable<UisSchedule> GetSchedulesAsync(UisQuery? query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync("get.schedules", query, DictionaryMapping.Schedule, priority, cancellationToken);

    public IAsyncEnumerable<UisScenario> GetScenariosAsync(UisQuery? query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync(
            "get.scenarios", query is { Fields.Count: > 0 } ? query : (query ?? new UisQuery()) with { Fields = DictionaryMapping.ScenarioFields },
            DictionaryMapping.Scenario, priority, cancellationToken);

    public IAsyncEnumerable<UisSipLine> GetSipLinesAsync(UisQuery? query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync("get.sip_lines", query, DictionaryMapping.SipLine, priority, cancellationToken);

    public async Task<UisSipLineCredentials> CreateSipLineAsync(long employeeId, string? virtualPhoneNumber, CancellationToken cancellationToken)
    {
        const string Method = "create.sip_lines";
        var row = await WriteAsync(
            Method, new JsonObject { ["employee_id"] = employeeId }.With("virtual_phone_number", virtualPhoneNumber), cancellationToken);
        return row.Long("id") is { } id && row.Text("phone_number") is { } number && row.Text("password") is { } password
            ? new UisSipLineCredentials(id, number, password, row.Text("server") ?? string.Empty)
            : throw Unreadable(Method);
    }

    public async Task<string> UpdateSipLinePasswordAsync(long id, CancellationToken cancellationToken)
    {
        const string Method = "update.sip_line_password";
        var row = await WriteAsync(Method, new JsonObject { ["id"] = id }, cancellationToken);
        return row.Text("password") ?? throw Unreadable(Method);
    }

    public IAsyncEnumerable<UisTag> GetTagsAsync(UisQuery? query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync("get.tags", query, DictionaryMapping.Tag, priority, cancellationToken);

    public Task SetTagAsync(long communicationId, long tagId, string communicationType, CancellationToken cancellationToken) =>
        WriteAsync("set.tag_communications", Tagging(communicationId, tagId, communicationType), cancellationToken);

    public Task UnsetTagAsync(long communicationId, long tagId, string communicationType, CancellationToken cancellationToken) =>
        WriteAsync("unset.tag_communications", Tagging(communicationId, tagId, communicationType), cancellationToken);

    public IAsyncEnumerable<UisContact> GetContactsAsync(UisQuery? query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync("get.contacts", query, DictionaryMapping.Contact, priority, cancellationToken);

    public Task<long> CreateContactAsync(UisContactDraft contact, CancellationToken cancellationToken) => CreateAsync(
        "create.contacts",
        new JsonObject { ["last_name"] = contact.LastName }
            .With("phone_numbers", contact.PhoneNumbers)
            .With("first_name", contact.FirstName)
            .With("patronymic", contact.Patronymic)
            .With("emails", contact.Emails.Count > 0 ? contact.Emails : null)
            .With("personal_manager_id", contact.PersonalManagerId),
        cancellationToken);

    public Task UpdateContactAsync(UisContactChange change, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject { ["id"] = change.Id }
            .With("last_name", change.LastName)
            .With("first_name", change.FirstName)
            .With("patronymic", change.Patronymic)
            .With("phone_numbers", change.PhoneNumbers)
            .With("emails", change.Emails)
            .With("personal_manager_id", change.PersonalManagerId);
        if (change.ClearPersonalManager)
        {
            parameters["personal_manager_id"] = null; // the one null that means something: it clears the field
        }

        return WriteAsync("update.contacts", parameters, cancellationToken);
    }

    public IAsyncEnumerable<UisBlacklistEntry> GetBlacklistAsync(UisQuery? query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ListAsync("get.blacklist_phone_numbers", query, DictionaryMapping.Blacklisted, priority, cancellationToken);

    public Task<long> AddToBlacklistAsync(string phoneNumber, string? comment, CancellationToken cancellationToken) => CreateAsync(
        "create.phone_number_to_blacklist", new JsonObject { ["phone_number"] = phoneNumber }.With("add_comment", comment), cancellationToken);

    public Task DeleteFromBlacklistAsync(long id, CancellationToken cancellationToken) =>
        WriteAsync("delete.phone_number_from_blacklist", new JsonObject { ["id"] = id }, cancellationToken);

    public async Task<IReadOnlyList<UisNamed>> GetReportsAsync(UisPriority priority, CancellationToken cancellationToken)
    {
        var answer = await channel.CallAsync(new RpcRequest("get.reports_list", [], priority), cancellationToken);
        return [.. UisRow.RowsOf(answer.Data).Select(DictionaryMapping.Report).OfType<UisNamed>()];
    }

    public IAsyncEnumerable<UisNotificationDelivery> GetNotificationsAsync(
        long reportId, UisReportQuery query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ReportAsync<UisNotificationDelivery>(
            "get.notifications", Complete(query, ReportMapping.NotificationFields, sorted: false), new JsonObject { ["report_id"] = reportId },
            AYear, ReportMapping.Notification, row => (row, row.StartedAt), priority, cancellationToken);

    // Rows have neither time nor an id of their own (callers reuse request ids): where the interval is parted, a border's second may come twice.
    public IAsyncEnumerable<UisApiRequestRow> GetApiRequestsAsync(
        long reportId, UisReportQuery query, UisPriority priority, CancellationToken cancellationToken) =>
        _paging.ReportAsync<UisApiRequestRow>(
            "get.api_requests", Complete(query, ReportMapping.ApiRequestFields, sorted: false), new JsonObject { ["report_id"] = reportId },
            AYear, ReportMapping.ApiRequest, row => (new object(), null), priority, cancellationToken);

    private static DateTime ThreeMonths(DateTime start) => start.AddMonths(3).AddSeconds(-1);

    private static DateTime AYear(DateTime start) => start.AddDays(NewReportDays);

    // Without columns: all that the row holds; without order: by time, because pages need a stable one. The id is needed to know a row again.
    private static UisReportQuery Complete(UisReportQuery report, IReadOnlyList<string> all, string? id = null, bool sorted = true)
    {
        var query = report.Query;
        var fields = query.Fields.Count == 0 ? all
            : id is null || query.Fields.Contains(id, StringComparer.Ordinal) ? query.Fields
            : [id, .. query.Fields];
        return report with
        {
            Query = query with { Fields = fields, Sort = query.Sort.Count == 0 && sorted ? [new UisSort("start_time")] : query.Sort },
        };
    }

    private static JsonObject Tagging(long communicationId, long tagId, string communicationType) =>
        new() { ["communication_id"] = communicationId, ["communication_type"] = communicationType, ["tag_id"] = tagId };

    private static UisApiException Unreadable(string method) => new(UisFailure.Unknown, method, "unreadable_answer");

    private async Task<UisRow> WriteAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        new((await channel.CallAsync(new RpcRequest(method, parameters, UisPriority.Interactive), cancellationToken)).Data);

    private async Task<long> CreateAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        (await WriteAsync(method, parameters, cancellationToken)).Long("id") ?? throw Unreadable(method);
}
