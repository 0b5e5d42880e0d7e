using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;
using TelephonyHub.Calls;
using TelephonyHub.Console.Texts;

namespace TelephonyHub.Console;

/// <summary>The journal as a workbook: times, lengths and texts each in their own type, so nothing of it can be taken for a formula.</summary>
internal static class JournalWorkbook
{
    /// <summary>A sheet of Excel has 1 048 576 rows; what is beyond goes on with the next.</summary>
    private const int RowsPerSheet = 1_000_000;

    private static readonly double[] Widths = [22, 16, 20, 12, 14, 18, 18, 26, 13, 13, 11, 38];

    public static async Task WriteAsync(Stream file, IAsyncEnumerable<CallItem> calls, ConsoleText text, CancellationToken ct)
    {
        await using var book = await Spreadsheet.CreateNewAsync(file, cancellationToken: ct);
        var head = book.AddStyle(new Style { Font = { Bold = true } });
        var time = book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss") });
        await BeginSheetAsync(book, 1, head, text, ct);
        var rows = 0;
        await foreach (var call in calls)
        {
            if (rows > 0 && rows % RowsPerSheet == 0)
            {
                await BeginSheetAsync(book, (rows / RowsPerSheet) + 1, head, text, ct);
            }

            await book.AddRowAsync(Row(call, time, text), ct);
            rows++;
        }

        await book.FinishAsync(ct);
    }

    private static async Task BeginSheetAsync(Spreadsheet book, int number, StyleId head, ConsoleText text, CancellationToken ct)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var i = 0; i < Widths.Length; i++)
        {
            options.Column(i + 1).Width = Widths[i];
        }

        await book.StartWorksheetAsync(number == 1 ? text.Of(JournalTexts.Sheet) : $"{text.Of(JournalTexts.Sheet)} {number}", options, ct);
        await book.AddRowAsync([.. JournalTexts.CsvColumns.Select(c => new StyledCell(text.Of(c), head))], ct);
    }

    /// <summary>A session id has more digits than a spreadsheet's number: it is a text.</summary>
    private static StyledCell[] Row(CallItem call, StyleId time, ConsoleText text) =>
    [
        new(text.CabinetName(call.Cabinet), null),
        new(call.SessionId, null),
        new(text.Local(call.StartedAt, call.Cabinet).DateTime, time),
        new(text.Word(WordTexts.Directions, call.Direction), null),
        new(text.Word(WordTexts.States, call.State), null),
        new(call.ClientPhone, null),
        new(call.DialledNumber, null),
        new(call.Owner, null),
        new(call.WaitSeconds, null),
        new(call.TalkSeconds, null),
        new(call.TotalSeconds, null),
        new(call.Crm.CallId?.ToString(), null),
    ];
}
