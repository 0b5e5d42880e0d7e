using System.Globalization;
using TelephonyHub.Uis;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>Bounds of reference 2.1: pages, offsets, intervals.</summary>
public sealed class UisPagingTests : IDisposable
{
    private readonly UisServer _uis = new();

    public void Dispose() => _uis.Dispose();

    [Fact]
    public async Task Report_OverThreeMonths_AskedInPartsWithoutDoubles()
    {
        _uis.Answer("get.calls_report", UisServer.Ok("""[{"id":1,"start_time":"2026-04-01 00:00:00"},{"id":2,"start_time":"2026-05-01 00:00:00"}]"""));

        await _uis.Client().Data.GetCallsReportAsync(new UisReportQuery(new DateTime(2026, 1, 1), new DateTime(2026, 8, 15))).ToListAsync();

        var parts = _uis.Requests.Select(request => (
            From: DateTime.Parse((string)request["params"]!["date_from"]!, CultureInfo.InvariantCulture),
            Till: DateTime.Parse((string)request["params"]!["date_till"]!, CultureInfo.InvariantCulture))).ToList();
        parts.Should().HaveCount(3);
        parts[0].From.Should().Be(new DateTime(2026, 1, 1));
        parts[^1].Till.Should().Be(new DateTime(2026, 8, 15));
        parts.Should().OnlyContain(part => part.Till < part.From.AddMonths(3));
        parts.Zip(parts.Skip(1)).Should().OnlyContain(pair => pair.First.Till == pair.Second.From);
    }

    [Fact]
    public async Task Report_RowOnABorder_ComesOnce()
    {
        _uis.Answer("get.calls_report", UisServer.Ok("""[{"id":1,"start_time":"2026-03-31 23:59:59.500"}]"""));

        var rows = await _uis.Client().Data.GetCallsReportAsync(new UisReportQuery(new DateTime(2026, 1, 1), new DateTime(2026, 5, 1))).ToListAsync();

        _uis.Requests.Should().HaveCount(2);
        rows.Should().ContainSingle();
    }

    [Fact]
    public async Task Report_MoreRowsThanOffsetAllows_IntervalHalved()
    {
        _uis.AnswerInTurn(
            "get.calls_report",
            UisServer.Ok("""[{"id":1}]""", """{"total_items":250000}"""),
            UisServer.Ok("""[{"id":1,"start_time":"2026-04-01 01:00:00"}]""", """{"total_items":1}"""),
            UisServer.Ok("""[{"id":2,"start_time":"2026-04-01 20:00:00"}]""", """{"total_items":1}"""));

        var rows = await _uis.Client().Data.GetCallsReportAsync(Day()).ToListAsync();

        rows.Select(row => row.Id).Should().Equal(1, 2);
        _uis.Requests.Select(request => (string)request["params"]!["date_till"]!).Should().Equal(
            "2026-04-01 23:59:59", "2026-04-01 11:59:59", "2026-04-01 23:59:59");
    }

    [Fact]
    public async Task List_SeveralPages_ObeysTotalItems()
    {
        _uis.AnswerInTurn(
            "get.employees",
            UisServer.Ok("""[{"id":1},{"id":2}]""", """{"total_items":3}"""),
            UisServer.Ok("""[{"id":3}]""", """{"total_items":3}"""));

        var employees = await _uis.Client().Data.GetEmployeesAsync(new UisQuery { PageSize = 2 }).ToListAsync();

        employees.Select(employee => employee.Id).Should().Equal(1, 2, 3);
        _uis.Requests.Select(request => (int)request["params"]!["offset"]!).Should().Equal(0, 2);
    }

    [Fact]
    public async Task List_BeyondTheGreatestOffset_FailsInsteadOfAHole()
    {
        _uis.Answer("get.employees", UisServer.Ok("""[{"id":1}]""", """{"total_items":200000}"""));

        var read = async () => await _uis.Client().Data.GetEmployeesAsync().ToListAsync();

        (await read.Should().ThrowAsync<UisApiException>()).Which.Mnemonic.Should().Be("offset_limit_reached");
    }

    private static UisReportQuery Day() => new(new DateTime(2026, 4, 1), new DateTime(2026, 4, 1, 23, 59, 59));
}
