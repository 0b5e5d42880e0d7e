using System.Text;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Intake;

/// <summary>An event as it came, without the token.</summary>
/// <param name="Body">As text; NUL as ␀.</param>
public sealed record RawEvent(long Id, string Kind, string? Method, string? ContentType, string? Query, string Body);

/// <summary>Reads of the journal for people: what came of which kind, and in which words.</summary>
public sealed class ReceivedEvents(HubDatabase database, HubAccess access)
{
    /// <summary>When the first notification of each kind came from a cabinet.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> FirstByKindAsync(string cabinet, IReadOnlyList<string> kinds, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        var found = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

        // One short look for each kind: to group the whole journal would read it whole.
        foreach (var kind in kinds)
        {
            if (await context.Events.AsNoTracking().Where(e => e.Cabinet == cabinet && e.Kind == kind && e.Source == "webhook").OrderBy(e => e.Id).Select(e => (DateTimeOffset?)e.ReceivedAt).FirstOrDefaultAsync(ct) is { } at)
            {
                found[kind] = at;
            }
        }

        return found;
    }

    /// <summary>Null when there is no such event, or when its body was deleted by the retention.</summary>
    public async Task<RawEvent?> RawAsync(string cabinet, long id, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var row = await context.Events.AsNoTracking().Where(e => e.Id == id && e.Cabinet == cabinet)
            .Select(e => new { e.Id, e.SessionId, e.Kind, e.Method, e.ContentType, e.Query, e.Body, e.Facts }).FirstOrDefaultAsync(ct);
        if (row is not null && !access.Sees(cabinet))
        {
            // One's own call of another cabinet.
            await using var seen = database.CreateContext(access);
            row = await seen.Calls.AnyAsync(c => c.Cabinet == cabinet && c.SessionId == row.SessionId, ct) ? row : null;
        }

        return row is null ? null : new RawEvent(row.Id, row.Kind, row.Method, row.ContentType, row.Query, row.Body is { } body ? Encoding.UTF8.GetString(body).Replace('\0', '␀') : row.Facts ?? "");
    }
}
