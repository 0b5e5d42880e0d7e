using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using TelephonyHub.Calls;
using TelephonyHub.Console.Texts;

namespace TelephonyHub.Console;

/// <summary>The journal with the filters of the page, as CSV (semicolons and a byte-order mark, as Excel in Russian expects) and as XLSX.</summary>
internal static class JournalExport
{
    private const int PageSize = 200;
    private const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Streamed, however long it is.</summary>
    public static async Task WriteAsync(HttpContext http, CallQueries calls, ConsoleText text, CancellationToken ct)
    {
        var found = Found(http, calls, text, ct);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{NameOf(text, "csv")}\"";
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await WriteLineAsync(writer, JournalTexts.CsvColumns.Select(text.Of));
        await foreach (var call in found)
        {
            await WriteLineAsync(writer, Row(call, text));
        }
    }

    /// <summary>By way of a file that vanishes by itself: a workbook's parts are closed one after another, and a fault half-way is still an error page.</summary>
    public static async Task<IResult> WriteWorkbookAsync(HttpContext http, CallQueries calls, ConsoleText text, CancellationToken ct)
    {
        var file = TemporaryFile();
        try
        {
            await JournalWorkbook.WriteAsync(file, Found(http, calls, text, ct), text, ct);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        file.Position = 0;
        return Results.File(file, WorkbookType, NameOf(text, "xlsx"));
    }

    private static FileStream TemporaryFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // it holds phone numbers
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    private static IAsyncEnumerable<CallItem> Found(HttpContext http, CallQueries calls, ConsoleText text, CancellationToken ct)
    {
        text.Use(ConsoleChoice.Of(http.Request).Language);
        var filter = JournalFilter.Read(http.Request.Query.ToDictionary(q => q.Key, q => (string?)q.Value.ToString(), StringComparer.Ordinal));
        return ReadAsync(calls, filter.ToCallFilter(text), ct);
    }

    private static async IAsyncEnumerable<CallItem> ReadAsync(CallQueries calls, CallFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        SessionCursor? after = null;
        do
        {
            var page = await calls.ListAsync(filter, after, PageSize, ct);
            foreach (var call in page.Items)
            {
                yield return call;
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private static string NameOf(ConsoleText text, string type) => string.Create(CultureInfo.InvariantCulture, $"calls-{text.Now:yyyy-MM-dd}.{type}");

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

        // Blanks before it do not keep a spreadsheet from it.
        var first = value.AsSpan().TrimStart() is [var c, ..] ? c : value[0];
        var risky = first is '=' or '@' or '-' || value[0] is '\t' or '\r' or '\n' || (first == '+' && !value.Skip(1).All(char.IsAsciiDigit));
        var safe = risky ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(";\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
