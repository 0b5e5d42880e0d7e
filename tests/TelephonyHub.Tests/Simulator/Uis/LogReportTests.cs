using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

/// <summary>The cabinet's logs by the new report methods (section 2.9).</summary>
public sealed class LogReportTests
{
    [Fact]
    public async Task Notifications_OneCall_AreLoggedAsTheyWereDelivered()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        sim.Simulator.Faults.Notifications.LoseKinds.Add("talk_started");
        var call = await sim.Moscow.IncomingAsync(new IncomingCall("79261112233", SimulatorCompany.MoscowNumber));
        sim.Hub.EventStatus = 503;
        await sim.Moscow.SetTagAsync(call.SessionId, 101);

        var answer = await sim.DataAsync("get.notifications", Params(await ReportAsync(sim, "Уведомления"), """
            {"fields":["event_type","notification_status","notification_message","notification_start_date_time","communication_id"],
             "filter":{"field":"event_type","operator":"=","value":"set_mark"}}
            """));

        ((int?)answer["result"]!["metadata"]!["total_items"]).Should().Be(1);
        var row = answer.Data()[0]!;
        JsonNode.DeepEquals(row["event_type"], JsonNode.Parse("""{"value":"Проставление тега","value_id":"set_mark"}""")).Should().BeTrue();
        ((string?)row["notification_status"]!["value_id"], (long?)row["communication_id"]).Should().Be(("failed", call.SessionId));
        ((string?)row["notification_message"]).Should().Be(sim.Hub.Events.Last().Body);
        answer["result"]!["metadata"]!["limits"]!.ToJsonString().Should().Be("""{"hour_limit":100000,"hour_remaining":99998,"hour_reset":2670}""");
    }

    [Fact]
    public async Task ApiRequests_Failures_AreThereExceptThoseOfTheKey()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        await sim.DataAsync("get.account");
        await sim.DataAsync("get.tags", new JsonObject { ["x"] = 1 });
        sim.Simulator.Faults.Cabinet("msk").IpNotWhitelisted = true;
        await sim.DataAsync("get.tags");
        sim.Simulator.Faults.Cabinet("msk").IpNotWhitelisted = false;
        await sim.DataAsync("get.tags", token: "sim-token-spb");

        var rows = (await sim.DataAsync("get.api_requests", Params(
            await ReportAsync(sim, "Запросы к API"),
            """{"fields":["api_request_method","api_request_status","api_request_error_code","api_request_error_mnemonic","api_request_raw_id"]}"""))).Data().AsArray();

        rows.Select(row => ((string?)row!["api_request_method"], (string?)row["api_request_status"]!["value_id"], (int?)row["api_request_error_code"])).Should().Equal(
            ("get.account", "success", null), ("get.tags", "failure", -32602), ("get.reports_list", "success", null));
        rows.Select(row => (string?)row!["api_request_raw_id"]).Should().OnlyContain(id => id == "r1");
    }

    [Theory]
    [InlineData("""{"report_id":5}""", "entity_not_found")]
    [InlineData("""{"date_from":"2025-01-01 00:00:00"}""", "date_interval_limit_reached")]
    [InlineData("""{"date_from":"2025-06-01 00:00:00"}""", null)]
    [InlineData("""{"fields":["nope"]}""", "unexpected_parameters")]
    [InlineData("""{"filter":{"condition":"and","filters":[{"condition":"and","filters":[{"condition":"and","filters":[]}]}]}}""", "invalid_parameter_value")]
    public async Task Notifications_Query_IsChecked(string change, string? mnemonic)
    {
        await using var sim = await SimulatorFixture.StartAsync();

        (await sim.DataAsync("get.notifications", Params(await ReportAsync(sim, "Уведомления"), change))).Mnemonic().Should().Be(mnemonic);
    }

    [Fact]
    public async Task Notifications_WithoutFields_HaveEmptyRows()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        await sim.Moscow.BeginIncomingAsync(new IncomingCall("79261112233", SimulatorCompany.MoscowNumber));

        var rows = (await sim.DataAsync("get.notifications", Params(await ReportAsync(sim, "Уведомления"), "{}"))).Data().AsArray();

        rows.Should().HaveCount(2).And.OnlyContain(row => row!.AsObject().Count == 0);
    }

    [Fact]
    public async Task Logs_WithoutTheirComponent_AreDisabled()
    {
        await using var sim = await SimulatorFixture.StartAsync(
            SimulatorFixture.WithMoscow(moscow => moscow with { Components = new HashSet<string>(StringComparer.Ordinal) { "dataapi" } }));

        (await sim.DataAsync("get.reports_list")).Mnemonic().Should().Be("method_component_disabled");
    }

    private static async Task<long> ReportAsync(SimulatorFixture sim, string name) =>
        (long)(await sim.DataAsync("get.reports_list")).Data().AsArray().Single(report => (string?)report!["report_name"] == name)!["report_id"]!;

    private static JsonObject Params(long report, string change)
    {
        var parameters = JsonNode.Parse(change)!.AsObject();
        parameters.TryAdd("report_id", report);
        parameters.TryAdd("date_from", "2026-03-02 00:00:00");
        parameters.TryAdd("date_till", "2026-03-02 23:59:59");
        return parameters;
    }
}
