using System.Text.Json.Nodes;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>Filters, orders, columns and answers that all <c>get.*</c> methods share (reference 2.1).</summary>
public sealed class DataApiQueryTests : IDisposable
{
    private readonly UisServer _uis = new();

    public void Dispose() => _uis.Dispose();

    [Fact]
    public async Task Get_DocumentedAnswer_RowsLimitsAndTotalRead()
    {
        _uis.Answer("get.tags", """
            {"jsonrpc":"2.0","id":1,"result":{"data":[{"id":1,"name":"VIP","is_system":false}],
             "metadata":{"api_version":null,"limits":{"day_limit":3000,"day_remaining":2999,"day_reset":31492,"minute_limit":60,"minute_remaining":59,"minute_reset":52},"total_items":1}}}
            """);
        var client = _uis.Client();

        (await client.Data.GetTagsAsync().ToListAsync()).Should().Equal(new UisTag(1, "VIP", false));

        _uis.Requests.Should().ContainSingle("total_items says that there is no second page");
        client.Limits.DataApi.Should().BeEquivalentTo(new { DayLimit = 3000, DayRemaining = 2999, MinuteLimit = 60, MinuteRemaining = 59 });
    }

    [Fact]
    public async Task Filter_DocumentedSample_SameTree()
    {
        _uis.Answer("get.calls_report", UisServer.Ok("[]"));

        await _uis.Client().Data.GetCallsReportAsync(Day() with
        {
            Query = new UisQuery { Filter = UisFilter.And(UisFilter.Equal("is_lost", true), UisFilter.Equal("direction", "in")) },
        }).ToListAsync();

        CallApiContractTests.Same(
            new JsonObject { ["filter"] = _uis.Requests.Single()["params"]!["filter"]!.DeepClone() },
            """{"filter":{"filters":[{"field":"is_lost","operator":"=","value":true},{"field":"direction","operator":"=","value":"in"}],"condition":"and"}}""");
    }

    public static TheoryData<UisFilter, string> Operators => new()
    {
        { UisFilter.Equal("f", 1), """{"field":"f","operator":"=","value":1}""" },
        { UisFilter.NotEqual("f", "x"), """{"field":"f","operator":"!=","value":"x"}""" },
        { UisFilter.Less("f", 1), """{"field":"f","operator":"<","value":1}""" },
        { UisFilter.Greater("f", 1), """{"field":"f","operator":">","value":1}""" },
        { UisFilter.AtMost("f", 1), """{"field":"f","operator":"<=","value":1}""" },
        { UisFilter.AtLeast("f", new DateTime(2026, 4, 1, 9, 5, 0)), """{"field":"f","operator":">=","value":"2026-04-01 09:05:00"}""" },
        { UisFilter.Like("f", "a%"), """{"field":"f","operator":"like","value":"a%"}""" },
        { UisFilter.LikeAnyCase("f", "a%"), """{"field":"f","operator":"ilike","value":"a%"}""" },
        { UisFilter.NotLike("f", "a%"), """{"field":"f","operator":"not_like","value":"a%"}""" },
        { UisFilter.NotLikeAnyCase("f", "a%"), """{"field":"f","operator":"not_ilike","value":"a%"}""" },
        { UisFilter.Matches("f", "^7"), """{"field":"f","operator":"regexp","value":"^7"}""" },
        { UisFilter.Overlaps("f", 1, 2), """{"field":"f","operator":"overlap","value":[1,2]}""" },
        { UisFilter.NotOverlaps("f", "a"), """{"field":"f","operator":"not_overlap","value":["a"]}""" },
        { UisFilter.IsNull("f"), """{"field":"f","operator":"=","value":null}""" },
        { UisFilter.IsNotNull("f"), """{"field":"f","operator":"!=","value":null}""" },
        { UisFilter.Or(UisFilter.Equal("f", true)), """{"field":"f","operator":"=","value":true}""" },
    };

    [Theory]
    [MemberData(nameof(Operators))]
    public async Task Filter_EveryOperator_AsDocumented(UisFilter filter, string json)
    {
        _uis.Answer("get.contacts", UisServer.Ok("[]"));

        await _uis.Client().Data.GetContactsAsync(new UisQuery { Filter = filter, Sort = [new UisSort("id", Descending: true), new UisSort("last_name")], UserId = 7 }).ToListAsync();

        var sent = _uis.Requests.Single()["params"]!;
        CallApiContractTests.Same(sent["filter"], json);
        CallApiContractTests.Same(sent["sort"], """[{"field":"id","order":"desc"},{"field":"last_name","order":"asc"}]""");
        ((int?)sent["user_id"]).Should().Be(7, "an agent has to say for whom he asks");
    }

    [Fact]
    public async Task GetStatuses_DeletedOnes_OnRequest()
    {
        _uis.Answer("get.statuses", UisServer.Ok("[]"));
        var data = _uis.Client().Data;

        await data.GetStatusesAsync().ToListAsync();
        await data.GetStatusesAsync(isDeleted: true).ToListAsync();

        _uis.Requests.Select(request => (bool?)request["params"]!["is_deleted"]).Should().Equal(null, true);
    }

    [Fact]
    public async Task GetScenarios_Operations_AreAskedForByName()
    {
        _uis.Answer("get.scenarios", UisServer.Ok("""[{"id":1,"name":"День","virtual_phone_numbers":[],"operations":[{"id":5,"name":"Меню"}]}]"""));

        (await _uis.Client().Data.GetScenariosAsync().SingleAsync()).Operations.Should().Equal(new UisNamed(5, "Меню"));
        _uis.Requests.Single()["params"]!["fields"]!.AsArray().Select(field => (string?)field).Should().Contain("operations");
    }

    [Fact]
    public async Task GetCallsReport_FilterOnIds_TreeOfEquals()
    {
        _uis.Answer("get.calls_report", UisServer.Ok("[]"));

        await _uis.Client().Data.GetCallsReportAsync(Day() with
        {
            Query = new UisQuery
            {
                Filter = UisFilter.And(UisFilter.AnyOf("id", [1, 2]), UisFilter.Equal("is_lost", true), UisFilter.IsNull("contact_id")),
            },
        }).ToListAsync();

        CallApiContractTests.Same(_uis.Requests.Single()["params"]!["filter"], """
            {"filters":[{"filters":[{"field":"id","operator":"=","value":1},{"field":"id","operator":"=","value":2}],"condition":"or"},
             {"field":"is_lost","operator":"=","value":true},{"field":"contact_id","operator":"=","value":null}],"condition":"and"}
            """);
    }

    private static UisReportQuery Day() => new(new DateTime(2026, 4, 1), new DateTime(2026, 4, 1, 23, 59, 59));
}
