using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using TelephonyHub.Calls;
using TelephonyHub.Console.Texts;
using TelephonyHub.Hosting;

namespace TelephonyHub.Console;

/// <summary>
/// The journal as CSV (semicolons and a byte-order mark, as Excel in Russian expects) and as XLSX: for the page with the page's filters, for programs with those
/// of the list of calls.
/// </summary>
internal static class JournalExport
{
    private const int PageSize = 200;
    private const string Csv = "csv";
    private const string Xlsx = "xlsx";
    private const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapJournalExport(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/calls/export", ExportAsync).RequireAuthorization(HubPolicies.ReadOwn).NeedsDatabase().WithTags("Calls")
            .WithSummary("All calls that match, newest first, as a file for a spreadsheet")
            .WithDescription("The filters of GET /calls. Times are those of each call's city. Texts and heads are in the language asked for.")
            .WithQuery([.. CallEndpoints.FilterParameters, ("format", "csv (default) | xlsx", Xlsx), ("language", "en | ru; without it as the caller's browser asks", "ru")])
            .Produces<string>(200, "text/csv", WorkbookType).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        foreach (var format in new[] { Csv, Xlsx })
        {
            routes.MapGet($"{ConsoleServices.Root}/journal.{format}", (HttpContext http, CallQueries calls, ConsoleText text, CancellationToken ct) => PageAsync(http, calls, text, format, ct))
                .RequireAuthorization(HubPolicies.ReadOwn).NeedsDatabase().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> ExportAsync(HttpContext http, CallQueries calls, ConsoleText text, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var (filter, format) = (CallFilter.Read(query), query.Choice("format", Csv, Xlsx) ?? Csv);
        text.Use(query.Choice("language", "en", "ru") ?? ConsoleChoice.Of(http.Request).Language);
        return query.Problem ?? await FileAsync(ReadAsync(calls, filter, ct), text, format, ct);
    }

    private static Task<IResult> PageAsync(HttpContext http, CallQueries calls, ConsoleText text, string format, CancellationToken ct)
    {
        text.Use(ConsoleChoice.Of(http.Request).Language);
        var filter = JournalFilter.Read(http.Request.Query.ToDictionary(q => q.Key, q => (string?)q.Value.ToString(), StringComparer.Ordinal));
        return FileAsync(ReadAsync(calls, filter.ToCallFilter(text), ct), text, format, ct);
    }

    /// <summary>
    /// CSV is streamed, however long it is. A workbook goes by way of a file that vanishes by itself: its parts are closed one after another, and a fault
    /// half-way is still an error page.
    /// </summary>
    private static async Task<IResult> FileAsync(IAsyncEnumerable<CallItem> calls, ConsoleText text, string format, CancellationToken ct)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"calls-{text.Now:yyyy-MM-dd}.{format}");
        if (format == Csv)
        {
            // The first is read before the answer begins: a database that is away is still told as such.
            var rows = calls.GetAsyncEnumerator(ct);
            var first = await rows.MoveNextAsync();
            return Results.Stream(body => WriteAsync(body, rows, first, text), "text/csv; charset=utf-8", name);
        }

        var file = TemporaryFile();
        try
        {
            await JournalWorkbook.WriteAsync(file, calls, text, ct);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        file.Position = 0;
        return Results.File(file, WorkbookType, name);
    }

    private static async Task WriteAsync(Stream body, IAsyncEnumerator<CallItem> rows, bool any, ConsoleText text)
    {
        await using var ended = rows;
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await WriteLineAsync(writer, JournalTexts.CsvColumns.Select(text.Of));
        for (; any; any = await rows.MoveNextAsync())
        {
            await WriteLineAsync(writer, Row(rows.Current, text));
        }
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
