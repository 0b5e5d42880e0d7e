using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings;

/// <summary>
/// The hub's own short link to a recording. It never reveals the PBX's open link: the file is fetched here and streamed to whoever has the right,
/// with Range, so that any player works.
/// </summary>
internal static class RecordingEndpoints
{
    public static void MapRecordings(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/r/{code}", ["GET", "HEAD"], GetAsync)
            .WithTags("Recordings")
            .WithSummary("Plays a recording")
            .WithDescription("With a right (session or X-Api-Key): audio, 200 or 206 with Range, 416 out of range; 404 unknown or revoked. Without: 302 to sign-in for browsers, else 401; 403 without the role.")
            .Produces(200).Produces(206).Produces(302).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).Produces(416).ProducesProblem(502);

    private static async Task<IResult> GetAsync(string code, HttpContext context, HubAccess access, HubDatabase database, RecordingSource source, Audit audit, CancellationToken ct)
    {
        if (context.User.Identity is not { IsAuthenticated: true })
        {
            return context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase))
                ? Results.Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(context.Request.Path)}")
                : Results.Problem(statusCode: 401, title: "Sign in, or send X-Api-Key.");
        }

        if (!HubPolicies.IsAllowed(HubPolicies.Listen, access))
        {
            return Results.Problem(statusCode: 403, title: "Your role does not listen to recordings.");
        }

        if (!database.IsReady)
        {
            return Results.Problem(statusCode: 503, title: "The database cannot be reached.");
        }

        if (await FindAsync(code, access, database, ct) is not { } recording)
        {
            return Results.Problem(statusCode: 404, title: "No such recording, or its link was revoked.");
        }

        if (BeginsToListen(context.Request))
        {
            var (cabinet, session) = (recording.Cabinet, recording.SessionId);
            await database.WriteAsync((db, token) => audit.WriteAsync(db, context.User, "recording.listen", new { session = $"{cabinet}:{session}", recording.Kind, from = context.Connection.RemoteIpAddress?.ToString() }, token), ct);
        }

        return await source.ServeAsync(recording.SourceLink, context, ct);
    }

    /// <summary>A recording goes with its call: who sees that hears it.</summary>
    private static async Task<RecordingRow?> FindAsync(string code, HubAccess access, HubDatabase database, CancellationToken ct)
    {
        await using var all = database.CreateContext();
        var recording = await all.Recordings.AsNoTracking().FirstOrDefaultAsync(r => r.Code == code && r.RevokedAt == null, ct);
        await using var seen = database.CreateContext(access);
        return recording is not null && await seen.Calls.AnyAsync(c => c.Cabinet == recording.Cabinet && c.SessionId == recording.SessionId, ct) ? recording : null;
    }

    /// <summary>A player asks for a file piece by piece; only its first piece is a listening.</summary>
    private static bool BeginsToListen(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && (request.GetTypedHeaders().Range is not { Ranges: var ranges } || ranges.Any(r => r.From is null or 0));
}

/// <summary>The PBX's files: only from its own hosts, never through redirects.</summary>
internal sealed partial class RecordingSource(IHttpClientFactory http, HubSettings settings, ILogger<RecordingSource> logger)
{
    public const string ClientName = "media";

    public async Task<IResult> ServeAsync(string link, HttpContext context, CancellationToken ct)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || !settings.Uis.MediaHosts.Contains(url.Host))
        {
            return Results.Problem(statusCode: 502, title: "The recording lies on a host that is not in Uis:MediaHosts.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var range = context.Request.GetTypedHeaders().Range;
        if (range is { Unit.Value: "bytes" } && System.Net.Http.Headers.RangeHeaderValue.TryParse(range.ToString(), out var asked))
        {
            request.Headers.Range = asked;
        }

        HttpResponseMessage response;
        try
        {
            response = await http.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException e)
        {
            LogUnreachable(logger, e);
            return Results.Problem(statusCode: 502, title: "The PBX's recordings cannot be reached.");
        }

        context.Response.RegisterForDispose(response);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => await WholeAsync(response, context, ct),
            HttpStatusCode.PartialContent => await PartAsync(response, context, ct),
            HttpStatusCode.RequestedRangeNotSatisfiable => NotSatisfiable(response, context),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => Results.Problem(statusCode: 404, title: "The PBX does not have the file (any more)."),
            _ => Results.Problem(statusCode: 502, title: $"The PBX answered {(int)response.StatusCode}."),
        };
    }

    /// <summary>The PBX ignored the range, or none was asked: the framework cuts it, from a file that it can seek in.</summary>
    private static async Task<IResult> WholeAsync(HttpResponseMessage response, HttpContext context, CancellationToken ct)
    {
        var type = TypeOf(response);
        if (!context.Request.Headers.ContainsKey(HeaderNames.Range) && response.Content.Headers.ContentLength is { } length)
        {
            context.Response.Headers.AcceptRanges = "bytes";
            context.Response.ContentLength = length;
            return Results.Stream(await response.Content.ReadAsStreamAsync(ct), type);
        }

        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await response.Content.CopyToAsync(file, ct);
        file.Position = 0;
        return Results.Stream(file, type, enableRangeProcessing: true);
    }

    private static async Task<IResult> PartAsync(HttpResponseMessage response, HttpContext context, CancellationToken ct)
    {
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.Headers.AcceptRanges = "bytes";
        context.Response.Headers.ContentRange = response.Content.Headers.ContentRange?.ToString();
        context.Response.ContentLength = response.Content.Headers.ContentLength;
        return Results.Stream(await response.Content.ReadAsStreamAsync(ct), TypeOf(response));
    }

    private static IResult NotSatisfiable(HttpResponseMessage response, HttpContext context)
    {
        context.Response.Headers.ContentRange = response.Content.Headers.ContentRange?.ToString();
        return Results.StatusCode(StatusCodes.Status416RangeNotSatisfiable);
    }

    private static string TypeOf(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) ? type : "audio/mpeg";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A recording cannot be fetched.")]
    private static partial void LogUnreachable(ILogger logger, Exception exception);
}
