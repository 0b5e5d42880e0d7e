namespace TelephonyHub.Uis.DataApi;

/// <summary>
/// Data API v2.0 (reference 2; vendor's pages: <see href="https://comagic.github.io/data_api/"/>). Reading methods repeat once on transient failures; writing methods go out once. Lists are paged as they are read;
/// every page costs one point. All methods throw <see cref="UisApiException"/>.
/// </summary>
public interface IUisDataApi
{
    /// <summary><c>get.account</c> (reference 2.2): id and time zone of the account.</summary>
    Task<UisAccount> GetAccountAsync(UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.employees</c> (reference 2.6): employees with numbers in order of priority.</summary>
    IAsyncEnumerable<UisEmployee> GetEmployeesAsync(
        UisQuery? query = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.virtual_numbers</c> (reference 2.6): the account's own numbers and their scenarios.</summary>
    IAsyncEnumerable<UisVirtualNumber> GetVirtualNumbersAsync(
        UisQuery? query = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.calls_report</c>: one row a call session (reference 2.3).</summary>
    /// <param name="query">Interval, filter, columns.</param>
    /// <param name="includeOngoingCalls">Also calls that have not ended.</param>
    /// <param name="priority">Who goes first when points are short.</param>
    /// <param name="cancellationToken">Stops between pages, too.</param>
    IAsyncEnumerable<UisCallRow> GetCallsReportAsync(
        UisReportQuery query, bool includeOngoingCalls = false, UisPriority priority = UisPriority.Background,
        CancellationToken cancellationToken = default);

    /// <summary><c>get.call_legs_report</c>: one row a leg; filter by <c>call_session_id</c> for one call (reference 2.4).</summary>
    IAsyncEnumerable<UisCallLegRow> GetCallLegsReportAsync(
        UisReportQuery query, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.financial_call_legs_report</c>: money of the legs (reference 2.5).</summary>
    IAsyncEnumerable<UisFinancialLegRow> GetFinancialCallLegsReportAsync(
        UisReportQuery query, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.statuses</c>: presence statuses (reference 2.6).</summary>
    /// <param name="query">Filter, order, columns, page size.</param>
    /// <param name="isDeleted">Deleted ones, which old calls and employees may still name; <see langword="null"/> = the vendor's default.</param>
    /// <param name="priority">Who goes first when points are short.</param>
    /// <param name="cancellationToken">Cancels.</param>
    IAsyncEnumerable<UisStatus> GetStatusesAsync(
        UisQuery? query = null, bool? isDeleted = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.group_employees</c> (reference 2.6): groups with numbers in dialling order.</summary>
    IAsyncEnumerable<UisEmployeeGroup> GetGroupEmployeesAsync(
        UisQuery? query = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.schedules</c> (reference 2.6).</summary>
    IAsyncEnumerable<UisSchedule> GetSchedulesAsync(
        UisQuery? query = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.scenarios</c> (reference 2.6). Without columns the adapter asks for the operations, too, which are not among the vendor's default columns.</summary>
    IAsyncEnumerable<UisScenario> GetScenariosAsync(
        UisQuery? query = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.sip_lines</c> (reference 2.6): lines with their registration.</summary>
    IAsyncEnumerable<UisSipLine> GetSipLinesAsync(
        UisQuery? query = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>create.sip_lines</c> (reference 2.6). The only place, beside <see cref="UpdateSipLinePasswordAsync"/>, that shows the password.</summary>
    /// <param name="employeeId">Owner of the line.</param>
    /// <param name="virtualPhoneNumber">Caller ID of its outgoing calls, <c>7XXXXXXXXXX</c>; <see langword="null"/> = incoming only.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<UisSipLineCredentials> CreateSipLineAsync(long employeeId, string? virtualPhoneNumber, CancellationToken cancellationToken = default);

    /// <summary><c>update.sip_line_password</c> (reference 2.6): makes and returns a new password.</summary>
    Task<string> UpdateSipLinePasswordAsync(long id, CancellationToken cancellationToken = default);

    /// <summary><c>get.tags</c> (reference 2.6).</summary>
    IAsyncEnumerable<UisTag> GetTagsAsync(
        UisQuery? query = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>set.tag_communications</c> (reference 2.6): tags a finished call (live ones: <c>tag.call</c> of the Call API).</summary>
    Task SetTagAsync(long communicationId, long tagId, string communicationType = "call", CancellationToken cancellationToken = default);

    /// <summary><c>unset.tag_communications</c> (reference 2.6).</summary>
    Task UnsetTagAsync(long communicationId, long tagId, string communicationType = "call", CancellationToken cancellationToken = default);

    /// <summary><c>get.contacts</c> (reference 2.6): the PBX's address book.</summary>
    IAsyncEnumerable<UisContact> GetContactsAsync(
        UisQuery? query = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>create.contacts</c> (reference 2.6); a personal manager makes operation 10 of a scenario find him (reference 4.6).</summary>
    /// <returns>Id of the contact.</returns>
    Task<long> CreateContactAsync(UisContactDraft contact, CancellationToken cancellationToken = default);

    /// <summary><c>update.contacts</c> (reference 2.6): what is not set stays; arrays are replaced as a whole.</summary>
    Task UpdateContactAsync(UisContactChange change, CancellationToken cancellationToken = default);

    /// <summary><c>get.blacklist_phone_numbers</c> (reference 2.6).</summary>
    IAsyncEnumerable<UisBlacklistEntry> GetBlacklistAsync(
        UisQuery? query = null, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>create.phone_number_to_blacklist</c> (reference 2.6).</summary>
    /// <returns>Id of the entry.</returns>
    Task<long> AddToBlacklistAsync(string phoneNumber, string? comment = null, CancellationToken cancellationToken = default);

    /// <summary><c>delete.phone_number_from_blacklist</c> (reference 2.6).</summary>
    Task DeleteFromBlacklistAsync(long id, CancellationToken cancellationToken = default);

    /// <summary><c>get.reports_list</c> (reference 2.9): the reports of the cabinet, whose ids <see cref="GetNotificationsAsync"/> and
    /// <see cref="GetApiRequestsAsync"/> need. The reference names the method only; id and name are read under both likely spellings.</summary>
    Task<IReadOnlyList<UisNamed>> GetReportsAsync(UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.notifications</c>: the PBX's delivery log of notifications (reference 2.9).</summary>
    /// <param name="reportId">From <see cref="GetReportsAsync"/>.</param>
    /// <param name="query">Interval up to 366 days.</param>
    /// <param name="priority">Who goes first when points are short.</param>
    /// <param name="cancellationToken">Cancels.</param>
    IAsyncEnumerable<UisNotificationDelivery> GetNotificationsAsync(
        long reportId, UisReportQuery query, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>get.api_requests</c>: the PBX's log of API requests (reference 2.9).</summary>
    /// <param name="reportId">From <see cref="GetReportsAsync"/>.</param>
    /// <param name="query">Interval up to 366 days.</param>
    /// <param name="priority">Who goes first when points are short.</param>
    /// <param name="cancellationToken">Cancels.</param>
    IAsyncEnumerable<UisApiRequestRow> GetApiRequestsAsync(
        long reportId, UisReportQuery query, UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);
}
