using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using TelephonyHub.Recordings.Archive;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings;

/// <summary>
/// A recording as HTTP: from the archive where it is there, else streamed from the PBX. Either way the same ETag and time, so that a player which began
/// with the one goes on with the other.
/// </summary>
internal sealed partial class RecordingPlayer(RecordingArchive archive, ArchiveQueue queue, ArchiveSignal signal, RecordingSource source, ILogger<RecordingPlayer> logger)
{
    /// <returns>The answer, and whether audio goes out with it.</returns>
    public async Task<(IResult Answer, bool Plays)> OpenAsync(RecordingRow recording, HttpContext context, CancellationToken ct)
    {
        // Kept by the browser, but asked for each time: a link that was revoked must fall silent at once.
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var tag = TagOf(recording);
        if (archive.Open(recording) is { } file)
        {
            context.Response.RegisterForDispose(file);
            return (Results.Stream(file, recording.ContentType, lastModified: recording.CreatedAt, entityTag: tag, enableRangeProcessing: true), true);
        }

        if (recording.ArchiveState == "archived")
        {
            LogLost(logger, recording.Cabinet, recording.SessionId);
            await queue.FetchAgainAsync(recording, ct);
            signal.Raise();
        }

        try
        {
            return await StreamAsync(recording, tag, context, ct);
        }
        catch (MediaFaultException e)
        {
            LogUnreachable(logger, recording.Cabinet, recording.SessionId, e.Fault.Kind, e);
            return (Results.Problem(statusCode: e.Fault.Kind is MediaFaultKind.Missing or MediaFaultKind.Gone ? 404 : 502, title: e.Fault.Words), false);
        }
    }

    /// <summary>One and the same file as long as the PBX gives it the same hash.</summary>
    private static EntityTagHeaderValue TagOf(RecordingRow recording) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recording.Code + recording.Hash)).AsSpan(0, 16))}\"");

    private async Task<(IResult, bool)> StreamAsync(RecordingRow recording, EntityTagHeaderValue tag, HttpContext context, CancellationToken ct)
    {
        var response = await source.OpenAsync(recording.SourceLink, RangeOf(context.Request, tag, recording.CreatedAt), ct);
        context.Response.RegisterForDispose(response);
        return response.StatusCode switch
        {
            HttpStatusCode.PartialContent => (await PartAsync(response, recording, tag, context, ct), true),
            HttpStatusCode.RequestedRangeNotSatisfiable => (NotSatisfiable(response, context), false),
            _ => (await WholeAsync(response, recording, tag, context, ct), true),
        };
    }

    /// <summary>A range is passed on unless the asker's part is of another file (If-Range).</summary>
    private static System.Net.Http.Headers.RangeHeaderValue? RangeOf(HttpRequest request, EntityTagHeaderValue tag, DateTimeOffset modified)
    {
        var headers = request.GetTypedHeaders();
        var same = headers.IfRange is not { } only || (only.EntityTag is { } asked ? asked.Compare(tag, useStrongComparison: true) : only.LastModified >= Seconds(modified));
        return same && headers.Range is { Unit.Value: "bytes" } range && System.Net.Http.Headers.RangeHeaderValue.TryParse(range.ToString(), out var passed) ? passed : null;
    }

    /// <summary>The PBX ignored the range, or none was asked: the framework cuts it, from a file that it can seek in.</summary>
    private static async Task<IResult> WholeAsync(HttpResponseMessage response, RecordingRow recording, EntityTagHeaderValue tag, HttpContext context, CancellationToken ct)
    {
        var body = await response.Content.ReadAsStreamAsync(ct);
        if (!context.Request.Headers.ContainsKey(HeaderNames.Range) && response.Content.Headers.ContentLength is { } length)
        {
            context.Response.Headers.AcceptRanges = "bytes";
            context.Response.ContentLength = length;
            return Results.Stream(body, TypeOf(response), lastModified: recording.CreatedAt, entityTag: tag);
        }

        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        context.Response.RegisterForDispose(file);
        await body.CopyToAsync(file, ct);
        file.Position = 0;
        return Results.Stream(file, TypeOf(response), lastModified: recording.CreatedAt, entityTag: tag, enableRangeProcessing: true);
    }

    private static async Task<IResult> PartAsync(HttpResponseMessage response, RecordingRow recording, EntityTagHeaderValue tag, HttpContext context, CancellationToken ct)
    {
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.Headers.AcceptRanges = "bytes";
        context.Response.Headers.ContentRange = response.Content.Headers.ContentRange?.ToString();
        context.Response.ContentLength = response.Content.Headers.ContentLength;
        return Results.Stream(await response.Content.ReadAsStreamAsync(ct), TypeOf(response), lastModified: recording.CreatedAt, entityTag: tag);
    }

    private static IResult NotSatisfiable(HttpResponseMessage response, HttpContext context)
    {
        context.Response.Headers.ContentRange = response.Content.Headers.ContentRange?.ToString();
        return Results.StatusCode(StatusCodes.Status416RangeNotSatisfiable);
    }

    private static string TypeOf(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) ? type : "audio/mpeg";

    /// <summary>HTTP knows no fractions of a second.</summary>
    private static DateTimeOffset Seconds(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerSecond));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A recording of {Cabinet}:{Session} cannot be fetched: {Kind}.")]
    private static partial void LogUnreachable(ILogger logger, string cabinet, long session, MediaFaultKind kind, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The archived file of a recording of {Cabinet}:{Session} is not there; it is fetched again.")]
    private static partial void LogLost(ILogger logger, string cabinet, long session);
}
