using System.Globalization;
using System.Text;
using TelephonyHub.Calls;
using TelephonyHub.Console.Texts;

namespace TelephonyHub.Console;

/// <summary>The journal as CSV with the filters of the page, streamed: semicolons and a byte-order mark, as Excel in Russian expects.</summary>
internal static class JournalExport
{
    private const int PageSize = 200;

    public static async Task WriteAsync(HttpContext http, CallQueries calls, ConsoleText text, CancellationToken ct)
    {
        text.Use(ConsoleChoice.Of(http.Request).Language);
        var filter = JournalFilter.Read(http.Request.Query.ToDictionary(q => q.Key, q => (string?)q.Value.ToString(), StringComparer.Ordinal));
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"calls-{text.Now:yyyy-MM-dd}.csv\"");
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await WriteLineAsync(writer, JournalTexts.CsvColumns.Select(text.Of));
        SessionCursor? after = null;
        do
        {
            var page = await calls.ListAsync(filter.ToCallFilter(text), after, PageSize, ct);
            foreach (var call in page.Items)
            {
                await WriteLineAsync(writer, Row(call, text));
            }

            await writer.FlushAsync(ct);
            after = page.Next;
        }
        while (after is not null);
    }

    private static string?[] Row(CallItem call, ConsoleText text) =>
    [
        text.CabinetName(call.Cabinet),
        call.SessionId,
        text.Local(call.StartedAt, call.Cabinet).ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture),
        text.Word(WordTexts.Directions, call.Direction),
        text.Word(WordTexts.States, call.State),
        call.ClientPhone,
        call.DialledNumber,
        call.Owner,
        call.WaitSeconds?.ToString(CultureInfo.InvariantCulture),
        call.TalkSeconds?.ToString(CultureInfo.InvariantCulture),
        call.TotalSeconds?.ToString(CultureInfo.InvariantCulture),
        call.Crm.CallId?.ToString(),
    ];

    private static Task WriteLineAsync(StreamWriter writer, IEnumerable<string?> values) => writer.WriteAsync(string.Join(';', values.Select(Cell)) + "\r\n");

    /// <summary>Quoted where needed. A text that a spreadsheet would take for a formula gets an apostrophe; a phone number's plus does not begin one.</summary>
    internal static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        var risky = value[0] is '=' or '@' or '-' or '\t' or '\r' || (value[0] == '+' && !value.Skip(1).All(char.IsAsciiDigit));
        var safe = risky ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(";\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
