using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>Which calls.</summary>
public sealed record CallFilter
{
    public string? Cabinet { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Within these times: further bounds for single cabinets, because a day begins earlier in the east.</summary>
    public IReadOnlyList<CabinetSpan> Spans { get; init; } = [];

    /// <summary>Client's number in any format.</summary>
    public string? Phone { get; init; }

    /// <summary><c>ringing | talking | answered | missed | notReached</c></summary>
    public string? State { get; init; }

    /// <summary><c>in | out | internal</c></summary>
    public string? Direction { get; init; }

    /// <summary>What a person typed: the client's number in any format, a session id, or a part of the client's or owner's name.</summary>
    public string? Search { get; init; }

    /// <summary>From a request of the API; what is wrong with it stands in the query's problem.</summary>
    internal static CallFilter Read(ApiQuery query) => new()
    {
        Cabinet = query.Text("cabinet"),
        From = query.Instant("from"),
        To = query.Instant("to"),
        Phone = query.Text("phone"),
        Search = query.Text("search"),
        State = query.Choice("state", "ringing", "talking", "answered", "missed", "notReached"),
        Direction = query.Choice("direction", "in", "out", "internal"),
    };
}

/// <summary>A time that counts for calls of some cabinets.</summary>
/// <param name="Cabinets">Keys.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record CabinetSpan(IReadOnlyList<string> Cabinets, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>Reads of calls for API and console.</summary>
public sealed class CallQueries(HubDatabase database, HubAccess access, ICallDetails details, DirectoryService directory)
{
    private const int MostNumbers = 20_000;

    /// <summary>Newest first.</summary>
    public async Task<SessionPage<CallItem>> ListAsync(CallFilter filter, SessionCursor? after, int limit, CancellationToken ct)
    {
        await using var context = database.CreateContext(access);
        var calls = Matching(context, filter);
        if (after is not null)
        {
            var (at, afterCabinet, afterId) = after;
            calls = calls.Where(c => c.StartedAt < at
                || (c.StartedAt == at && (string.Compare(c.Cabinet, afterCabinet) > 0 || (c.Cabinet == afterCabinet && c.SessionId > afterId))));
        }

        var rows = await NewestFirst(calls).Take(limit + 1).ToListAsync(ct);
        var last = rows.Count > limit ? rows[limit - 1] : null;
        return new SessionPage<CallItem>([.. rows.Take(limit).Select(CallItem.Of)], last is null ? null : new SessionCursor(last.StartedAt, last.Cabinet, last.SessionId));
    }

    internal static IQueryable<CallRow> NewestFirst(IQueryable<CallRow> calls) => calls.OrderByDescending(c => c.StartedAt).ThenBy(c => c.Cabinet).ThenBy(c => c.SessionId);

    /// <summary>Null when there is no such call.</summary>
    public async Task<CallDetail?> OneAsync(string cabinet, string sessionId, CancellationToken ct)
    {
        if (!CabinetKey.TryParse(cabinet, out var key) || !long.TryParse(sessionId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        await using var seen = database.CreateContext(access);
        var row = await seen.Calls.AsNoTracking().FirstOrDefaultAsync(c => c.Cabinet == key.Value && c.SessionId == id, ct);
        if (row is null)
        {
            return null;
        }

        // Who sees a call sees all that belongs to it, also what a transfer did in another cabinet.
        await using var context = database.CreateContext();

        var call = CallRows.Read(row);
        var events = await context.Events.AsNoTracking()
            .Where(e => e.Cabinet == key.Value && e.SessionId == id)
            .OrderBy(e => e.OccurredAt).ThenBy(e => e.Id)
            .Select(e => new { e.Id, e.Kind, e.Source, e.OccurredAt, e.ReceivedAt, e.Facts })
            .ToListAsync(ct);
        var foldError = await context.Sessions.Where(s => s.Cabinet == key.Value && s.SessionId == id).Select(s => s.FoldError).FirstOrDefaultAsync(ct);

        // The plan comes before its tasks and their records after them, as they arise: a call whose tasks are done shows what they made.
        var tasks = await details.TasksAsync(context, call.Key, SessionKey.Parse(row.ConversationId), ct);
        var crm = await context.Calls.AsNoTracking().Where(c => c.Cabinet == key.Value && c.SessionId == id).Select(c => new CrmIds(c.CrmCallId, c.ContactId, c.DealId, c.ActivityId)).FirstAsync(ct);
        return new CallDetail
        {
            Call = CallItem.Of(row) with { Crm = crm },
            Legs = [.. call.Legs.Select(LegItem.Of)],
            Events = [.. events.Select(e => new EventItem(e.Id, e.Kind, e.Source, e.OccurredAt, e.ReceivedAt, e.Facts is null ? null : JsonNode.Parse(e.Facts)))],
            Decision = await details.DecisionAsync(context, call, ct),
            Tasks = tasks,
            Recordings = await details.RecordingsAsync(context, call.Key, ct),
            Cards = await details.CardsAsync(context, call, ct),
            Rule = await details.RuleAsync(context, row.RuleId, row.RuleVersion, ct),
            Plan = row.PlanReason is null ? null : JsonNode.Parse(row.PlanReason),
            FoldError = foldError,
        };
    }

    private IQueryable<CallRow> Matching(HubDbContext context, CallFilter filter)
    {
        var calls = context.Calls.AsNoTracking();
        if (filter.Cabinet?.ToLowerInvariant() is { } key)
        {
            calls = calls.Where(c => c.Cabinet == key);
        }

        if (filter.Phone is { } phone)
        {
            // A plus that was not encoded arrives as a blank.
            var number = PhoneNumber.TryParse(phone)?.E164 ?? phone.Trim();
            calls = calls.Where(c => c.ClientPhone == number);
        }

        calls = filter.From is { } f ? calls.Where(c => c.StartedAt >= f) : calls;
        calls = filter.To is { } t ? calls.Where(c => c.StartedAt < t) : calls;
        calls = filter.Spans.Aggregate(calls, Within);
        calls = filter.State is { } state ? calls.Where(c => c.State == state) : calls;
        calls = filter.Direction is { } direction ? calls.Where(c => c.Direction == direction) : calls;
        return string.IsNullOrWhiteSpace(filter.Search) ? calls : Found(calls, filter.Search.Trim());
    }

    private static IQueryable<CallRow> Within(IQueryable<CallRow> calls, CabinetSpan span)
    {
        string[] cabinets = [.. span.Cabinets];
        calls = span.From is { } from ? calls.Where(c => c.StartedAt >= from || !EF.Parameter(cabinets).Contains(c.Cabinet)) : calls;
        return span.To is { } to ? calls.Where(c => c.StartedAt < to || !EF.Parameter(cabinets).Contains(c.Cabinet)) : calls;
    }

    private IQueryable<CallRow> Found(IQueryable<CallRow> calls, string text)
    {
        var number = PhoneNumber.TryParse(text)?.E164;
        if (long.TryParse(text[(text.LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var session))
        {
            // No number would be compared with NULL, which all calls with a hidden number have.
            return number is null ? calls.Where(c => c.SessionId == session) : calls.Where(c => c.SessionId == session || c.ClientPhone == number);
        }

        return number is null ? Named(calls, text) : calls.Where(c => c.ClientPhone == number);
    }

    /// <summary>
    /// Names are looked for in memory: a call bears no client's name (the CRM's changes), and SQLite does not fold the case of Cyrillic. Numbers and contacts
    /// go to the database as one list. Who is no manager any more is found as typed, or with the first letter raised.
    /// </summary>
    private IQueryable<CallRow> Named(IQueryable<CallRow> calls, string text)
    {
        var name = new NameQuery(text);
        string[] numbers = [.. directory.Clients.Find(name, MostNumbers).Select(n => n.E164)];
        Guid?[] owners = [.. directory.Managers.Managers.Where(m => m.ContactId is not null && name.Fits(m.Name)).Select(m => m.ContactId)];
        var raised = char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
        return calls.Where(c => EF.Parameter(numbers).Contains(c.ClientPhone) || EF.Parameter(owners).Contains(c.OwnerContactId) || (c.Owner != null && (c.Owner.Contains(text) || c.Owner.Contains(raised))));
    }
}
