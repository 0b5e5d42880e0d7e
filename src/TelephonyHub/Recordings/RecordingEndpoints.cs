using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Recordings.Archive;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Recordings;

/// <summary>
/// The hub's own short link to a recording. It never reveals the PBX's open link: the file comes from the archive, or is fetched and streamed to whoever has
/// the right, with Range, so that any player works.
/// </summary>
internal static class RecordingEndpoints
{
    public static void MapRecordings(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/r/{code}", ["GET", "HEAD"], GetAsync)
            .WithTags("Recordings")
            .WithSummary("Plays a recording")
            .WithDescription("With a right (session or X-Api-Key): audio, 200 or 206 with Range, 416 out of range; 404 unknown or revoked; 410 when the cabinet's retention is over. Without: 302 to sign-in for browsers, else 401; 403 without the role.")
            .Produces(200).Produces(206).Produces(302).Produces(304).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(410).Produces(416).ProducesProblem(502);

    private static async Task<IResult> GetAsync(
        string code, HttpContext http, HubAccess access, HubDatabase database, RecordingRetention retention, RecordingPlayer player, ListeningLog listening, CancellationToken ct)
    {
        if (http.User.Identity is not { IsAuthenticated: true })
        {
            return http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase))
                ? Results.Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(http.Request.Path)}")
                : Results.Problem(statusCode: 401, title: "Sign in, or send X-Api-Key.");
        }

        if (!HubPolicies.IsAllowed(HubPolicies.Listen, access))
        {
            return Results.Problem(statusCode: 403, title: "Your role does not listen to recordings.");
        }

        if (!database.IsReady)
        {
            return DatabaseAway.Answer(http);
        }

        if (await FindAsync(code, access, database, ct) is not { } recording)
        {
            return Results.Problem(statusCode: 404, title: "No such recording, or its link was revoked.");
        }

        if (retention.IsOver(recording))
        {
            return Results.Problem(statusCode: 410, title: "The recording was deleted: this cabinet keeps recordings for a limited number of days.");
        }

        var (answer, plays) = await player.OpenAsync(recording, http, ct);
        if (plays && HttpMethods.IsGet(http.Request.Method))
        {
            await listening.NoteAsync(http.User, recording, ct);
        }

        return answer;
    }

    /// <summary>A recording goes with its call: who sees that hears it.</summary>
    private static async Task<RecordingRow?> FindAsync(string code, HubAccess access, HubDatabase database, CancellationToken ct)
    {
        var known = DbText.Of(code);
        await using var all = database.CreateContext();
        var recording = await all.Recordings.AsNoTracking().FirstOrDefaultAsync(r => r.Code == known && r.RevokedAt == null, ct);
        await using var seen = database.CreateContext(access);
        return recording is not null && await seen.Calls.AnyAsync(c => c.Cabinet == recording.Cabinet && c.SessionId == recording.SessionId, ct) ? recording : null;
    }
}
