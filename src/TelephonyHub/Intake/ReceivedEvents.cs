using System.Text;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Intake;

/// <summary>An event as it came, without the token.</summary>
/// <param name="Body">As text; NUL as ␀. What was understood of it where the retention deleted it.</param>
public sealed record RawEvent(long Id, string Kind, string? Method, string? ContentType, string? Query, string Body)
{
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary><c>webhook</c>, or <c>report</c>: rebuilt from the cabinet's own report.</summary>
    public required string Source { get; init; }
}

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

    /// <summary>Null when there is no such event, or when it is of a call that may not be seen.</summary>
    public async Task<RawEvent?> RawAsync(string cabinet, long id, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        var row = await context.Events.AsNoTracking().Where(e => e.Id == id && e.Cabinet == cabinet).FirstOrDefaultAsync(ct);

        // Of a foreign cabinet only one's own call.
        return row is not null && (access.Sees(cabinet) || await SeesCallAsync(cabinet, row.SessionId, ct)) ? ToRaw(row) : null;
    }

    /// <summary>All of a call, in the order in which they came. Null when there is no such call, or when it may not be seen.</summary>
    public async Task<IReadOnlyList<RawEvent>?> OfCallAsync(string cabinet, long sessionId, CancellationToken ct)
    {
        if (!await SeesCallAsync(cabinet, sessionId, ct))
        {
            return null;
        }

        await using var context = database.CreateContext();
        var rows = await context.Events.AsNoTracking().Where(e => e.Cabinet == cabinet && e.SessionId == sessionId).OrderBy(e => e.Id).ToListAsync(ct);
        return rows.ConvertAll(ToRaw);
    }

    private async Task<bool> SeesCallAsync(string cabinet, long? sessionId, CancellationToken ct)
    {
        await using var seen = database.CreateContext(access);
        return await seen.Calls.AnyAsync(c => c.Cabinet == cabinet && c.SessionId == sessionId, ct);
    }

    private static RawEvent ToRaw(EventRow row) =>
        new(row.Id, row.Kind, row.Method, row.ContentType, row.Query, row.Body is { } body ? Encoding.UTF8.GetString(body).Replace('\0', '␀') : row.Facts ?? "") { ReceivedAt = row.ReceivedAt, Source = row.Source };
}
