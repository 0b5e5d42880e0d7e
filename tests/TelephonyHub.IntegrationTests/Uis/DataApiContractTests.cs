using TelephonyHub.Uis;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>Requests and answers of reference 2.</summary>
public sealed class DataApiContractTests : IDisposable
{
    private readonly UisServer _uis = new();

    public void Dispose() => _uis.Dispose();

    [Fact]
    public async Task GetAccount_MetaDataWithUnderscore_ReadWithLimits()
    {
        _uis.Answer("get.account", """
            {"jsonrpc":"2.0","id":1,"result":{"data":[{"app_id":1103,"name":"Ромашка","timezone":"Europe/Moscow"}],
             "meta_data":{"api_version":{"current_version_deprecated":true,"current_version":"v1.0","latest_version":"v2.0"},
             "limits":{"day_limit":3000,"day_remaining":2999,"day_reset":31492,"minute_limit":60,"minute_remaining":59,"minute_reset":52}}}}
            """);
        var client = _uis.Client();

        (await client.Data.GetAccountAsync()).Should().Be(new UisAccount(1103, "Ромашка", "Europe/Moscow"));

        client.Limits.CallApi.Should().BeNull();
        client.Limits.DataApi.Should().BeEquivalentTo(new { DayLimit = 3000, DayRemaining = 2999, MinuteLimit = 60, MinuteRemaining = 59 });
        CallApiContractTests.Same(_uis.Requests.Single()["params"], """{"access_token":"permanent-key-1"}""");
    }

    [Theory]
    [InlineData("current_version_depricated")]
    [InlineData("current_version_deprecated")]
    public async Task Metadata_BothSpellingsAndNulls_Accepted(string spelling)
    {
        _uis.Answer("get.account", UisServer.Ok(
            """[{"app_id":"1103","timezone":"Asia/Yekaterinburg"}]""",
            $$$"""{"api_version":{"{{{spelling}}}":true},"version":null,"limits":{"day_limit":"750","day_remaining":741,"day_reset":31492,"minute_limit":150,"minute_remaining":149,"minute_reset":52}}"""));
        var client = _uis.Client();

        (await client.Data.GetAccountAsync()).AppId.Should().Be(1103);
        client.Limits.DataApi!.DayLimit.Should().Be(750);
    }

    [Fact]
    public async Task GetCallsReport_DocumentedSample_SameRequest()
    {
        _uis.AnswerExactly(
            """
            {"jsonrpc":"2.0","id":1,"method":"get.calls_report","params":{"access_token":"permanent-key-1",
             "date_from":"2026-04-01 00:00:00","date_till":"2026-04-01 23:59:59","limit":1000,"offset":0,
             "sort":[{"field":"start_time","order":"asc"}],
             "fields":["id","start_time","finish_time","direction","is_lost","contact_phone_number","virtual_phone_number",
                       "employees","call_records","full_record_file_link","call_api_external_id","finish_reason","communication_id"]}}
            """,
            UisServer.Ok("""[{"id":"998677427","start_time":"2026-04-01 10:00:00","finish_time":null,"employees":null,"call_records":null,"is_lost":false}]"""));

        var rows = await _uis.Client().Data.GetCallsReportAsync(new UisReportQuery(new DateTime(2026, 4, 1), new DateTime(2026, 4, 1, 23, 59, 59))
        {
            Query = new UisQuery
            {
                Fields =
                [
                    "id", "start_time", "finish_time", "direction", "is_lost", "contact_phone_number", "virtual_phone_number", "employees",
                    "call_records", "full_record_file_link", "call_api_external_id", "finish_reason", "communication_id",
                ],
            },
        }).ToListAsync();

        var row = rows.Should().ContainSingle().Subject;
        row.Id.Should().Be(998677427);
        row.StartTime.Should().Be(new DateTime(2026, 4, 1, 10, 0, 0));
        row.FinishTime.Should().BeNull();
        row.Employees.Should().BeEmpty();
        row.CallRecords.Should().BeEmpty();
    }

    [Fact]
    public async Task GetCallsReport_AllColumns_Mapped()
    {
        _uis.Answer("get.calls_report", UisServer.Ok("""
            [{"id":5,"communication_id":5,"start_time":"2026-04-01 10:00:00.123","finish_time":"2026-04-01 10:01:00","finish_reason":"operator_disconnects",
              "direction":"in","source":"va","is_lost":false,"is_transfer":true,"contact_phone_number":"7916","virtual_phone_number":"7495","wait_duration":11,
              "total_wait_duration":12,"talk_duration":30,"clean_talk_duration":29,"total_duration":60,"postprocess_duration":0,
              "call_records":["3dd1e8815bde5e7f9bb15831e1f51e63"],"wav_call_records":[],"full_record_file_link":"https://media.uiscom.ru/5/x",
              "employees":[{"employee_id":7,"employee_full_name":"Анна","is_answered":true,"is_talked":"true"}],
              "last_talked_employee_id":7,"last_talked_employee_full_name":"Анна","call_api_external_id":"t456uy",
              "tags":[{"tag_id":1,"tag_name":"VIP","tag_type":"manual"}],"attributes":["first"],"scenario_operations":[{"id":8,"name":"Меню"}],
              "lost_call_processing_duration":90,"cpn_region_name":"Москва"}]
            """));

        var row = await _uis.Client().Data.GetCallsReportAsync(Day(), includeOngoingCalls: true).SingleAsync();

        row.Employees.Should().Equal(new UisCallEmployee(7, "Анна", true, true));
        row.LastTalkedEmployee.Should().Be(new UisNamed(7, "Анна"));
        row.FirstTalkedEmployee.Should().BeNull();
        row.Tags.Should().Equal(new UisTag(1, "VIP"));
        row.ScenarioOperations.Should().Equal(new UisNamed(8, "Меню"));
        (row.LostCallProcessingDuration, row.ContactRegionName).Should().Be((90, "Москва"));
        row.CallRecords.Should().Equal("3dd1e8815bde5e7f9bb15831e1f51e63");
        (row.WaitDuration, row.TalkDuration, row.TotalDuration).Should().Be((11, 30, 60));
        var sent = _uis.Requests.Single()["params"]!;
        ((bool?)sent["include_ongoing_calls"]).Should().BeTrue();
        sent["fields"]!.AsArray().Count.Should().BeGreaterThan(30);
    }

    [Fact]
    public async Task GetCallLegsReport_BySession_Mapped()
    {
        _uis.Answer("get.call_legs_report", UisServer.Ok("""
            [{"id":5598221001,"call_session_id":5,"start_time":"2026-04-01 10:00:00","connect_time":null,"is_transfered":true,"is_operator":true,
              "is_failed":true,"is_talked":false,"called_phone_number":"74959268686...9.2.3.3","employee_id":7,"finish_reason":"sip_offline"}]
            """));

        var leg = await _uis.Client().Data.GetCallLegsReportAsync(
            Day() with { Query = new UisQuery { Filter = UisFilter.Equal("call_session_id", 5) } }, UisPriority.Interactive).SingleAsync();

        leg.Should().BeEquivalentTo(new { Id = 5598221001L, CallSessionId = 5L, ConnectTime = (DateTime?)null, IsTransferred = true, FinishReason = "sip_offline" });
        CallApiContractTests.Same(_uis.Requests.Single()["params"]!["filter"], """{"field":"call_session_id","operator":"=","value":5}""");
    }

    [Fact]
    public async Task GetFinancialCallLegsReport_Money_AsDecimal()
    {
        _uis.Answer("get.financial_call_legs_report", UisServer.Ok(
            """[{"call_session_id":"5","leg_id":6,"start_time":"2026-04-01 10:00:00","chargeable_duration":60,"cost_per_minute":1.8,"total_charge":"1.80","bonuses_charge":0}]"""));

        (await _uis.Client().Data.GetFinancialCallLegsReportAsync(Day()).SingleAsync())
            .Should().BeEquivalentTo(new { CallSessionId = 5L, LegId = 6L, CostPerMinute = 1.8m, TotalCharge = 1.8m, BonusesCharge = 0m });
        _uis.Requests.Single()["params"]!.AsObject().Should().NotContain(member => member.Key == "fields");
    }

    [Fact]
    public async Task GetEmployees_NumbersWithPriorityTailsAndExtension_Mapped()
    {
        _uis.Answer("get.employees", UisServer.Ok("""
            [{"id":323409,"full_name":"Иванова Анна","last_name":"Иванова","email":"a@b.ru","status_id":3,"status":"available",
              "phone_numbers":[{"phone_id":1,"phone_number":"083506","channels_count":1,"dial_time":60,"status":"active"},
                               {"phone_id":2,"phone_number":"74955140578...2345","status":"inactive"}],
              "extension":{"extension_phone_number":"101","extension_voice_mail_enabled":false},"groups":[{"group_id":4,"group_name":"Продажи"}]},
             {"id":5,"phone_numbers":null,"extension":null,"groups":[]}]
            """));

        var employees = await _uis.Client().Data.GetEmployeesAsync().ToListAsync();

        employees[0].PhoneNumbers.Should().Equal(
            new UisEmployeePhone(1, "083506", true, 1, 60), new UisEmployeePhone(2, "74955140578...2345", false, null, null));
        employees[0].Extension.Should().Be("101");
        employees[0].Groups.Should().Equal(new UisNamed(4, "Продажи"));
        employees[1].PhoneNumbers.Should().BeEmpty();
    }

    [Fact]
    public async Task Dictionaries_Rows_Mapped()
    {
        _uis.Answer("get.virtual_numbers", UisServer.Ok("""[{"id":1,"virtual_phone_number":"74951234567","status":"active","type":"va","scenarios":[{"scenario_id":2,"scenario_name":"День","call_processing_rule_id":3,"is_active":true}]}]"""));
        _uis.Answer("get.statuses", UisServer.Ok("""[{"id":1,"name":"Доступен","mnemonic":"available","is_deleted":false,"is_worktime":true,"allowed_phone_protocols":["SIP","FMC"],"in_external_allowed_call_directions":["in"]}]"""));
        _uis.Answer("get.group_employees", UisServer.Ok("""[{"id":1,"name":"Продажи","members":[{"employee_id":2,"employee_full_name":"Анна"}],"phone_number":[{"employee_phone_number_id":3,"employee_phone_number":"083506","employee_id":2,"employee_full_name":"Анна","available":true}],"group_phone_number":"200"}]"""));
        _uis.Answer("get.schedules", UisServer.Ok("""[{"id":1,"name":"Будни","activity_days":{"type":"days_of_week","days":[1,2]},"activity_time":[{"time_from":"09:00","time_till":"18:00"}]}]"""));
        _uis.Answer("get.sip_lines", UisServer.Ok("""[{"id":1,"phone_number":"083506","type":"in_out","physical_state":"Не зарегистрирован","virtual_phone_number":"","employee_id":2,"ip_addresses":[{"date_time":"2026-04-01 10:00:00","ip":"10.0.0.1"}]}]"""));
        _uis.Answer("get.scenarios", UisServer.Ok("""[{"id":1,"name":"День","virtual_phone_numbers":["74951234567"]}]"""));
        _uis.Answer("get.tags", UisServer.Ok("""[{"id":1,"name":"VIP","is_system":false}]"""));
        _uis.Answer("get.contacts", UisServer.Ok("""[{"id":1,"last_name":"Петров","phone_numbers":["79161234567"],"emails":[],"personal_manager_id":2}]"""));
        _uis.Answer("get.blacklist_phone_numbers", UisServer.Ok("""[{"id":1,"phone_number":"7916","add_user_name":"u","add_comment":"c","add_date_time":"2026-04-01 10:00:00"}]"""));
        var data = _uis.Client().Data;

        (await data.GetVirtualNumbersAsync().SingleAsync()).Scenarios.Should().Equal(new UisNumberScenario(2, "День", 3, true));
        (await data.GetStatusesAsync().SingleAsync()).AllowedPhoneProtocols.Should().Equal("SIP", "FMC");
        (await data.GetGroupEmployeesAsync().SingleAsync()).PhoneNumbers.Should().Equal(new UisGroupPhone(3, "083506", 2, "Анна", true));
        (await data.GetSchedulesAsync().SingleAsync()).Should().BeEquivalentTo(new { DaysType = "days_of_week", Days = new[] { "1", "2" }, Times = new[] { new UisTimeSpan("09:00", "18:00") } });
        (await data.GetSipLinesAsync().SingleAsync()).Should().BeEquivalentTo(new { IsRegistered = false, VirtualPhoneNumber = (string?)null });
        (await data.GetScenariosAsync().SingleAsync()).VirtualPhoneNumbers.Should().Equal("74951234567");
        (await data.GetTagsAsync().SingleAsync()).Should().Be(new UisTag(1, "VIP", false));
        (await data.GetContactsAsync().SingleAsync()).PersonalManagerId.Should().Be(2);
        (await data.GetBlacklistAsync().SingleAsync()).AddedAt.Should().Be(new DateTime(2026, 4, 1, 10, 0, 0));
    }

    [Fact]
    public async Task Writes_ResultWithOrWithoutData_Read()
    {
        _uis.Answer("create.contacts", """{"jsonrpc":"2.0","id":1,"result":{"id":1}}""");
        _uis.Answer("update.contacts", """{"jsonrpc":"2.0","id":1,"result":{}}""");
        _uis.Answer("create.phone_number_to_blacklist", """{"jsonrpc":"2.0","id":1,"result":{"data":{"id":7,"phone_number":"7916"}}}""");
        _uis.Answer("delete.phone_number_from_blacklist", """{"jsonrpc":"2.0","id":1,"result":{}}""");
        _uis.Answer("set.tag_communications", """{"jsonrpc":"2.0","id":1,"result":{}}""");
        _uis.Answer("unset.tag_communications", """{"jsonrpc":"2.0","id":1,"result":{}}""");
        _uis.Answer("create.sip_lines", """{"jsonrpc":"2.0","id":1,"result":{"phone_number":"083506","password":"p","server":"sip.uiscom.ru:9060","id":3}}""");
        _uis.Answer("update.sip_line_password", """{"jsonrpc":"2.0","id":1,"result":{"password":"q"}}""");
        var data = _uis.Client().Data;

        (await data.CreateContactAsync(new UisContactDraft("Петров", ["79161234567"]) { PersonalManagerId = 2 })).Should().Be(1);
        await data.UpdateContactAsync(new UisContactChange(1) { ClearPersonalManager = true });
        (await data.AddToBlacklistAsync("7916")).Should().Be(7);
        await data.DeleteFromBlacklistAsync(7);
        await data.SetTagAsync(12323, 5);
        await data.UnsetTagAsync(12323, 5);
        var line = await data.CreateSipLineAsync(2, virtualPhoneNumber: null);
        (await data.UpdateSipLinePasswordAsync(3)).Should().Be("q");

        line.Should().Be(new UisSipLineCredentials(3, "083506", "p", "sip.uiscom.ru:9060"));
        line.ToString().Should().NotContain("p ").And.NotContain("sip.uiscom");
        string[] expected =
        [
            """{"access_token":"permanent-key-1","last_name":"Петров","phone_numbers":["79161234567"],"personal_manager_id":2}""",
            """{"access_token":"permanent-key-1","id":1,"personal_manager_id":null}""",
            """{"access_token":"permanent-key-1","phone_number":"7916"}""",
            """{"access_token":"permanent-key-1","id":7}""",
            """{"access_token":"permanent-key-1","communication_id":12323,"communication_type":"call","tag_id":5}""",
            """{"access_token":"permanent-key-1","communication_id":12323,"communication_type":"call","tag_id":5}""",
            """{"access_token":"permanent-key-1","employee_id":2}""",
            """{"access_token":"permanent-key-1","id":3}""",
        ];
        _uis.Requests.Should().HaveCount(expected.Length);
        foreach (var (request, json) in _uis.Requests.Zip(expected))
        {
            CallApiContractTests.Same(request["params"], json);
        }
    }

    [Fact]
    public async Task NewReports_CodedValues_Read()
    {
        _uis.Answer("get.notifications", UisServer.Ok("""
            [{"notification_id":76146,"notification_name":"x","notification_delay":2,"notification_message":"{}","notification_send_to":"https://hub/x",
              "event_type":{"value":"Тег","value_id":"set_mark"},"notification_status":{"value":"Отправлено","value_id":"sent"},
              "notification_channel":{"value":"HTTP","value_id":"http_request"},"notification_send_date_time":"2026-04-01 10:00:02"}]
            """));
        _uis.Answer("get.api_requests", UisServer.Ok("""[{"api_request_method":"get.account","api_request_status":{"value":"Ошибка","value_id":"failure"},"api_request_error_code":-32029}]"""));
        var data = _uis.Client().Data;

        (await data.GetNotificationsAsync(11, Day()).SingleAsync()).Should().BeEquivalentTo(
            new { DelaySeconds = 2, EventType = "set_mark", Status = "sent", Channel = "http_request", SentAt = new DateTime(2026, 4, 1, 10, 0, 2) });
        (await data.GetApiRequestsAsync(12, Day()).SingleAsync()).Should().BeEquivalentTo(
            new { Method = "get.account", Status = "failure", ErrorCode = -32029 });
        ((int)_uis.Requests[0]["params"]!["report_id"]!).Should().Be(11);
        _uis.Requests[0]["params"]!["fields"]!.AsArray().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("""[{"id":11,"name":"Уведомления"}]""")]
    [InlineData("""[{"report_id":11,"report_name":"Уведомления"}]""")]
    public async Task GetReports_EitherSpelling_Read(string rows)
    {
        _uis.Answer("get.reports_list", UisServer.Ok(rows));

        (await _uis.Client().Data.GetReportsAsync()).Should().Equal(new UisNamed(11, "Уведомления"));
        CallApiContractTests.Same(_uis.Requests.Single()["params"], """{"access_token":"permanent-key-1"}""");
    }

    [Fact]
    public async Task GetNotifications_HourLimitsOfNewReports_LeaveTheOtherPointsAlone()
    {
        _uis.Answer("get.account", UisServer.Ok("""[{"app_id":1}]""", UisServer.Limits(minute: 40, reset: 52)));
        _uis.Answer("get.notifications", UisServer.Ok(
            "[]", """{"api_version":null,"version":null,"limits":{"hour_limit":100000,"hour_remaining":99999,"hour_reset":3000},"total_items":0}"""));
        var client = _uis.Client();

        await client.Data.GetAccountAsync();
        await client.Data.GetNotificationsAsync(11, Day()).ToListAsync();

        client.Limits.DataApi.Should().BeEquivalentTo(new { MinuteRemaining = 40, DayRemaining = 700 });
    }

    private static UisReportQuery Day() => new(new DateTime(2026, 4, 1), new DateTime(2026, 4, 1, 23, 59, 59));
}
