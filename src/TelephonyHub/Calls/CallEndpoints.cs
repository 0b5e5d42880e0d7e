using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;

namespace TelephonyHub.Calls;

/// <summary>The records a call has in the CRM.</summary>
public sealed record CrmIds(Guid? CallId, Guid? ContactId, Guid? DealId, Guid? ActivityId);

/// <summary>A call in lists.</summary>
public record CallItem
{
    public required string Cabinet { get; init; }

    /// <summary>UIS call session id, as text: it is a name, not a number to reckon with.</summary>
    public required string SessionId { get; init; }

    /// <summary>The same for sessions that belong together.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The session that dialled this one, as <c>cabinet:session</c>: a transfer or a forwarding.</summary>
    public string? ParentSession { get; init; }

    /// <summary>Possibly the same conversation as this session, for want of evidence left apart.</summary>
    public string? PossiblySameAs { get; init; }

    /// <summary><c>in | out | internal</c></summary>
    public required string Direction { get; init; }

    /// <summary><c>ringing | talking | answered | missed | notReached</c></summary>
    public required string State { get; init; }

    /// <summary>E.164, as received if it cannot be parsed, null when hidden.</summary>
    public string? ClientPhone { get; init; }

    /// <summary>The number could not be parsed and is kept raw.</summary>
    public bool ClientPhoneUnparsed { get; init; }

    public string? DialledNumber { get; init; }

    /// <summary>Key of the region's cabinet.</summary>
    public string? Region { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public int? WaitSeconds { get; init; }

    public int? TalkSeconds { get; init; }

    public int? TotalSeconds { get; init; }

    public string? Owner { get; init; }

    public required CrmIds Crm { get; init; }
}

/// <summary>Reads of calls: the list, and one call with everything that explains it.</summary>
internal static class CallEndpoints
{
    public static void MapCalls(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").RequireAuthorization(HubPolicies.Read).WithTags("Calls").NeedsDatabase();
        api.MapGet("/calls", ListAsync)
            .WithSummary("Calls, newest first")
            .WithDescription("Filters: cabinet, from ≤ start < to (ISO 8601 with offset), phone in any format, state (ringing, talking, answered, missed, notReached), limit 1–200, cursor.")
            .Produces<ApiPage<CallItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .WithQuery(("cabinet", "Cabinet key", "msk"), ("from", "Start, inclusive", "2026-01-01T00:00:00+03:00"), ("to", "Start, exclusive", "2026-01-02T00:00:00+03:00"),
                ("phone", "Client's number in any format", "8 (999) 123-45-67"), ("state", "ringing | talking | answered | missed | notReached", "missed"), ("limit", "1–200", "50"), ("cursor", "From the page before", null));
        api.MapGet("/calls/{cabinet}/{sessionId}", OneAsync)
            .WithSummary("One call: legs, events, routing decision with reasons, tasks of the CRM")
            .Produces<CallDetail>().ProducesProblem(404).ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(HttpContext http, HubDatabase database, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        var state = query.Choice("state", "ringing", "talking", "answered", "missed", "notReached");
        var cursor = query.Cursor(3);
        var at = cursor is null ? default : query.CursorInstant(cursor[0]);
        var afterId = cursor is null ? 0 : query.Number(cursor[2], "cursor");
        if (query.Problem is { } problem)
        {
            return problem;
        }

        await using var context = database.CreateContext();
        var calls = context.Calls.AsNoTracking();
        if (query.Text("cabinet") is { } cabinet)
        {
            var key = cabinet.ToLowerInvariant();
            calls = calls.Where(c => c.Cabinet == key);
        }

        if (query.Text("phone") is { } phone)
        {
            // A plus that was not encoded arrives as a blank.
            var number = PhoneNumber.TryParse(phone)?.E164 ?? phone.Trim();
            calls = calls.Where(c => c.ClientPhone == number);
        }

        calls = from is { } f ? calls.Where(c => c.StartedAt >= f) : calls;
        calls = to is { } t ? calls.Where(c => c.StartedAt < t) : calls;
        calls = state is null ? calls : calls.Where(c => c.State == state);
        if (cursor is not null)
        {
            var afterCabinet = cursor[1];
            calls = calls.Where(c => c.StartedAt < at
                || (c.StartedAt == at && (string.Compare(c.Cabinet, afterCabinet) > 0 || (c.Cabinet == afterCabinet && c.SessionId > afterId))));
        }

        var rows = await calls.OrderByDescending(c => c.StartedAt).ThenBy(c => c.Cabinet).ThenBy(c => c.SessionId).Take(limit + 1).ToListAsync(ct);
        return Results.Ok(PageOf(rows, limit));
    }

    private static async Task<IResult> OneAsync(string cabinet, string sessionId, HubDatabase database, ICallDetails details, CancellationToken ct)
    {
        if (!CabinetKey.TryParse(cabinet, out var key) || !long.TryParse(sessionId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return Results.Problem(statusCode: 404, title: "No such call.");
        }

        await using var context = database.CreateContext();
        var row = await context.Calls.AsNoTracking().FirstOrDefaultAsync(c => c.Cabinet == key.Value && c.SessionId == id, ct);
        if (row is null)
        {
            return Results.Problem(statusCode: 404, title: "No such call.");
        }

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
        return Results.Ok(new CallDetail
        {
            Call = ToItem(row) with { Crm = crm },
            Legs = [.. call.Legs.Select(LegItem.Of)],
            Events = [.. events.Select(e => new EventItem(e.Id, e.Kind, e.Source, e.OccurredAt, e.ReceivedAt, e.Facts is null ? null : JsonNode.Parse(e.Facts)))],
            Decision = await details.DecisionAsync(context, call, ct),
            Tasks = tasks,
            Recordings = await details.RecordingsAsync(context, call.Key, ct),
            Cards = await details.CardsAsync(context, call.Key, ct),
            Rule = await details.RuleAsync(context, row.RuleId, row.RuleVersion, ct),
            Plan = row.PlanReason is null ? null : JsonNode.Parse(row.PlanReason),
            FoldError = foldError,
        });
    }

    private static ApiPage<CallItem> PageOf(List<CallRow> rows, int limit)
    {
        var page = rows.Take(limit).Select(ToItem).ToList();
        var last = rows.Count > limit ? rows[limit - 1] : null;
        return new ApiPage<CallItem>(page, last is null
            ? null
            : ApiQuery.CursorOf(ApiQuery.CursorPart(last.StartedAt), last.Cabinet, last.SessionId.ToString(CultureInfo.InvariantCulture)));
    }

    internal static CallItem ToItem(CallRow row) => new()
    {
        Cabinet = row.Cabinet,
        SessionId = row.SessionId.ToString(CultureInfo.InvariantCulture),
        ConversationId = row.ConversationId,
        ParentSession = row.ParentCabinet is null ? null : string.Create(CultureInfo.InvariantCulture, $"{row.ParentCabinet}:{row.ParentSessionId}"),
        PossiblySameAs = row.PossiblySameAs,
        Direction = row.Direction,
        State = row.State,
        ClientPhone = row.ClientPhone,
        ClientPhoneUnparsed = row.ClientPhoneUnparsed,
        DialledNumber = row.DialledNumber,
        Region = row.Region,
        StartedAt = row.StartedAt,
        EndedAt = row.EndedAt,
        WaitSeconds = row.WaitSeconds,
        TalkSeconds = row.TalkSeconds,
        TotalSeconds = row.TotalSeconds,
        Owner = row.Owner,
        Crm = new CrmIds(row.CrmCallId, row.ContactId, row.DealId, row.ActivityId),
    };
}
