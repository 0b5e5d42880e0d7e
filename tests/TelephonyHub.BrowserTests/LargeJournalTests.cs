using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.BrowserTests.Support;
using TelephonyHub.Storage;

namespace TelephonyHub.BrowserTests;

/// <summary>
/// The console over a hundred thousand calls: every page of lists shows rows. How long that took is written to <c>artifacts/console/100000-calls.md</c>; a
/// test asserts no times.
/// </summary>
public sealed class LargeJournalTests : IAsyncLifetime
{
    private const int Calls = 100_000;
    private readonly ConsoleWorld _world = new();

    public async Task InitializeAsync()
    {
        await _world.InitializeAsync();
        if (!Chromium.IsMissing)
        {
            await _world.Hub.Services.GetRequiredService<HubDatabase>().WriteAsync(FillAsync, CancellationToken.None);
        }
    }

    public Task DisposeAsync() => _world.DisposeAsync();

    [SkippableFact]
    public async Task Lists_OverAHundredThousandCalls_ShowTheirRows()
    {
        var figures = new StringBuilder("| Page | First rows, median of three visits after the first |\n|---|--:|\n");
        foreach (var path in new[]
        {
            "/console/live", "/console/journal", "/console/journal?cabinet=spb", "/console/journal?cabinet=spb&state=missed", "/console/journal?q=8+916+555-01-01", "/console/journal?q=100050000",
            $"/console/journal?q={Uri.EscapeDataString("Белова")}", "/console/missed?state=all", "/console/numbers", "/console/proof", _world.AnsweredPath,
        })
        {
            // The first visit warms up what a hub at work, and a browser of somebody who works with it, have long warmed up.
            await using var page = await _world.OpenAsync(path);
            var times = new List<long>();
            for (var visit = 0; visit < 3; visit++)
            {
                var clock = Stopwatch.StartNew();
                await page.GoAsync(path);
                times.Add(clock.ElapsedMilliseconds);
            }

            figures.Append(CultureInfo.InvariantCulture, $"| {path} | {times.Order().ElementAt(1)} ms |\n");

            page.Errors.Should().BeEmpty(path);
            if (path.Contains("journal", StringComparison.Ordinal))
            {
                (await page.Page.Locator("tbody tr").CountAsync()).Should().BePositive(path);
            }
        }

        System.IO.Directory.CreateDirectory(ConsoleWorld.Artifacts);
        await File.WriteAllTextAsync(System.IO.Path.Combine(ConsoleWorld.Artifacts, "100000-calls.md"), figures.ToString());
    }

    /// <summary>Copies of one real call: one a minute, by turns in all cabinets and of two hundred clients, each fifth missed.</summary>
    private async Task<int> FillAsync(HubDbContext context, CancellationToken ct)
    {
        var columns = new List<string>();
        await using (DbCommand command = HubDatabase.Command(context, "SELECT name FROM pragma_table_info('calls')"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                columns.Add(reader.GetString(0));
            }
        }

        var values = columns.Select(c => c switch
        {
            "session_id" => "100000000 + n",
            "cabinet" => "CASE n % 4 WHEN 0 THEN 'msk' WHEN 1 THEN 'spb' WHEN 2 THEN 'rzn' ELSE 'sgt' END",
            "started_at" or "ended_at" or "answered_at" => $"{c} - n * 60000000",
            "client_phone" => "CASE n % 200 WHEN 0 THEN client_phone ELSE '+7' || (9035000000 + n % 200) END",
            "conversation_id" => "'large:' || n",
            "state" => "CASE n % 5 WHEN 0 THEN 'missed' ELSE state END",
            "answered" => "n % 5 <> 0",
            _ => c,
        });
        return await context.Database.ExecuteSqlRawAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"WITH RECURSIVE ns(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM ns WHERE n < {Calls}) INSERT INTO calls ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM ns, (SELECT * FROM calls WHERE session_id = {_world.Answered.SessionId})"), ct);
    }
}
