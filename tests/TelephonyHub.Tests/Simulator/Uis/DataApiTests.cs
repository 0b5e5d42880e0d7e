using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

public sealed class DataApiTests
{
    private const string Client = "79261112233";

    [Fact]
    public async Task Account_Data_IsAnArrayAndMetadataMisspelt()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var answer = await sim.DataAsync("get.account", token: "sim-token-sgt");

        answer.Data().ToJsonString().Should().Be(new JsonArray(new JsonObject
        {
            ["app_id"] = 10_400,
            ["name"] = "Крепёж Сургут",
            ["timezone"] = "Asia/Yekaterinburg",
        }).ToJsonString());
        answer["result"]!["metadata"].Should().BeNull();
        answer["result"]!["meta_data"]!["limits"].Should().NotBeNull();
    }

    [Theory]
    [InlineData("get.employees", 4)]
    [InlineData("get.statuses", 5)]
    [InlineData("get.group_employees", 2)]
    [InlineData("get.virtual_numbers", 3)]
    [InlineData("get.sip_lines", 4)]
    [InlineData("get.schedules", 1)]
    [InlineData("get.scenarios", 2)]
    [InlineData("get.tags", 3)]
    [InlineData("get.media_files", 4)]
    public async Task Dictionary_All_AnswersRowsAndTotal(string method, int total)
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var answer = await sim.DataAsync(method, new JsonObject { ["limit"] = 1, ["offset"] = total - 1 });

        answer.Data().AsArray().Should().ContainSingle();
        ((int?)answer["result"]!["metadata"]!["total_items"]).Should().Be(total);
    }

    [Fact]
    public async Task Employees_Person_HasNumbersInDiallingOrder()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Moscow.SetStatus(101_001, SimStatus.Break);

        var person = (await sim.DataAsync("get.employees", Parse("""{"filter":{"field":"email","operator":"=","value":"anna.ivanova@krepezh.example"}}""")))
            .Data().AsArray().Single()!;

        ((string?)person["full_name"], (string?)person["status"], (int?)person["status_id"]).Should().Be(("Иванова Анна", "break", 2));
        person["phone_numbers"]!.AsArray().Select(phone => (string?)phone!["phone_number"]).Should().Equal("0101001", "79161000001");
        ((string?)person["extension"]!["extension_phone_number"]).Should().Be("101");
    }

    [Fact]
    public async Task CallsReport_PlayedCalls_AreThereWithDefaultColumns()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0101001"]}""");
        var answered = await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });
        await sim.Moscow.IncomingAsync(new IncomingCall("79260000001", SimulatorCompany.MoscowNumber));

        var answer = await sim.DataAsync("get.calls_report", Dated());

        ((int?)answer["result"]!["metadata"]!["total_items"]).Should().Be(2);
        var row = answer.Data().AsArray()[0]!.AsObject();
        row.Select(member => member.Key).Should().Equal(
            "id", "communication_id", "communication_type", "start_time", "finish_time", "finish_reason", "direction", "source", "is_lost",
            "contact_phone_number", "virtual_phone_number", "wait_duration", "total_wait_duration", "talk_duration", "clean_talk_duration",
            "total_duration", "call_records", "wav_call_records", "full_record_file_link", "cpn_region_id", "cpn_region_name", "cpn_country_id",
            "cpn_country_name");
        ((long?)row["id"], (string?)row["start_time"], (int?)row["talk_duration"]).Should().Be((answered.SessionId, "2026-03-02 12:15:30", 42));
        row["call_records"]!.AsArray().Select(hash => (string?)hash).Should().Equal(answered.RecordHashes);
    }

    [Fact]
    public async Task CallsReport_FieldsFilterSortAndPage_AreObeyed()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0101001"]}""");
        for (var n = 0; n < 3; n++)
        {
            await sim.Moscow.IncomingAsync(new IncomingCall("7926000000" + n, SimulatorCompany.MoscowNumber)
            {
                AnsweredBy = Answers.First,
                StartedAt = SimulatorFixture.Start.AddMinutes(n),
            });
        }

        await sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));

        var answer = await sim.DataAsync("get.calls_report", Dated("""
            {"fields":["contact_phone_number","employees"],"sort":[{"field":"start_time","order":"desc"}],"limit":2,"offset":1,
             "filter":{"condition":"and","filters":[{"field":"is_lost","operator":"=","value":false},{"field":"direction","operator":"=","value":"in"}]}}
            """));

        ((int?)answer["result"]!["metadata"]!["total_items"]).Should().Be(3);
        answer.Data().AsArray().Select(row => (string?)row!["contact_phone_number"]).Should().Equal("79260000001", "79260000000");
        answer.Data()[0]!["employees"]!.ToJsonString().Should().Contain("\"is_talked\":true").And.Contain("101001");
    }

    [Theory]
    [InlineData("""{"fields":["nope"]}""", "unexpected_parameters")]
    [InlineData("""{"sort":[{"field":"nope"}]}""", "unexpected_parameters")]
    [InlineData("""{"sort":[{"field":"contact_phone_number"}]}""", "sort_prohibited")]
    [InlineData("""{"sort":[{"field":"id","order":"up"}]}""", "sort_prohibited")]
    [InlineData("""{"sort":[{"field":"start_time","order":"up"}]}""", "invalid_parameter_value")]
    [InlineData("""{"filter":{"field":"nope","operator":"=","value":1}}""", "unexpected_parameters")]
    [InlineData("""{"filter":{"field":"start_time","operator":">","value":"2026-03-01 00:00:00"}}""", "filter_prohibited")]
    [InlineData("""{"filter":{"field":"id","operator":"~","value":1}}""", "invalid_parameter_value")]
    [InlineData("""{"filter":{"filters":[{"field":"id","operator":"=","value":1}]}}""", "required_parameter_missed")]
    [InlineData("""{"limit":10001}""", "invalid_parameter_value")]
    [InlineData("""{"offset":100001}""", "invalid_parameter_value")]
    [InlineData("""{"limit":"5"}""", "data_type_error")]
    [InlineData("""{"date_from":"2026-03-01"}""", "invalid_parameter_value")]
    [InlineData("""{"date_from":"2025-12-01 00:00:00"}""", "date_interval_limit_reached")]
    [InlineData("""{"nope":1}""", "unexpected_parameters")]
    public async Task CallsReport_WrongQuery_IsRefused(string change, string mnemonic)
    {
        await using var sim = await SimulatorFixture.StartAsync();

        (await sim.DataAsync("get.calls_report", Dated(change))).Mnemonic().Should().Be(mnemonic);
    }

    [Fact]
    public async Task CallsReport_WithoutDates_IsMissed()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        (await sim.DataAsync("get.calls_report")).Mnemonic().Should().Be("required_parameter_missed");
    }

    [Fact]
    public async Task CallsReport_OngoingCalls_OnlyOnDemand()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        await sim.Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));

        (await sim.DataAsync("get.calls_report", Dated())).Data().AsArray().Should().BeEmpty();
        (await sim.DataAsync("get.calls_report", Dated("""{"include_ongoing_calls":true}"""))).Data().AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task LegsReport_Legs_BelongToTheirCall()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["0101001","79221000001"]}""");
        var call = await sim.Moscow.IncomingAsync(
            new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.Phone("79221000001") });

        var rows = (await sim.DataAsync("get.call_legs_report", Dated(
            $$$"""{"filter":{"field":"call_session_id","operator":"in","value":[{{{call.SessionId}}}]}}"""))).Data().AsArray();

        rows.Select(row => ((string?)row!["called_phone_number"], (long?)row["employee_id"], (bool?)row["is_failed"], (int?)row["duration"])).Should().Equal(
            (SimulatorCompany.MoscowNumber, null, false, 68), ("0101001", 101_001, true, 0), ("79221000001", null, false, 42));
    }

    [Fact]
    public async Task FinancialReport_MobileLeg_IsBilledByWholeMinutes()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Hub.Route = _ => (200, """{"phones":["79221000001"]}""");
        await sim.Moscow.IncomingAsync(
            new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First, Talk = TimeSpan.FromSeconds(61) });
        await sim.Moscow.OutgoingAsync(new OutgoingCall(101_001, "74951112233", Answered: true) { Talk = TimeSpan.FromSeconds(30) });

        var rows = (await sim.DataAsync("get.financial_call_legs_report", Dated())).Data().AsArray();

        rows.Select(row => ((string?)row!["direction_type"], (int?)row["chargeable_duration"], (decimal?)row["total_charge"])).Should().Equal(
            ("mobile", 120, 3.6m), ("local", 60, 0.5m));
    }

    [Fact]
    public async Task SipLine_Created_IsUnregisteredUntilATerminalComes()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var created = (await sim.DataAsync("create.sip_lines", Parse($$"""{"employee_id":101001,"virtual_phone_number":"{{SimulatorCompany.MoscowNumber}}"}""")))["result"]!;
        var number = (string)created["phone_number"]!;
        (await SipStateAsync(sim, number)).Should().Be("Не зарегистрирован");
        await sim.Moscow.SetSipRegisteredAsync(number, registered: true);
        (await SipStateAsync(sim, number)).Should().Be("Зарегистрирован");
        var password = (string?)(await sim.DataAsync("update.sip_line_password", Parse($$"""{"id":{{created["id"]}}}""")))["result"]!["password"];

        password.Should().NotBeNullOrEmpty().And.NotBe((string?)created["password"]);
    }

    private static async Task<string?> SipStateAsync(SimulatorFixture sim, string number) => (string?)(await sim.DataAsync(
        "get.sip_lines", Parse($$$"""{"filter":{"field":"phone_number","operator":"=","value":"{{{number}}}"}}"""))).Data()[0]!["physical_state"];

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static JsonObject Dated(string more = "{}")
    {
        var parameters = Parse(more);
        parameters.TryAdd("date_from", "2026-03-02 00:00:00");
        parameters.TryAdd("date_till", "2026-03-02 23:59:59");
        return parameters;
    }
}
