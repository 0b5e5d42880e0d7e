using System.Globalization;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
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

    internal static CallItem Of(CallRow row) => new()
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

/// <summary>Reads of calls: the list, and one call with everything that explains it.</summary>
internal static class CallEndpoints
{
    /// <summary>What of <see cref="CallFilter"/> a request may name.</summary>
    internal static readonly (string Name, string Description, string? Example)[] FilterParameters =
    [
        ("cabinet", "Cabinet key", "msk"), ("from", "Start, inclusive", "2026-01-01T00:00:00+03:00"), ("to", "Start, exclusive", "2026-01-02T00:00:00+03:00"),
        ("phone", "Client's number in any format", "8 (999) 123-45-67"), ("search", "Number, session id, or a part of the client's or owner's name", "белова"),
        ("state", "ringing | talking | answered | missed | notReached", "missed"), ("direction", "in | out | internal", "in"),
    ];

    public static void MapCalls(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").RequireAuthorization(HubPolicies.ReadOwn).WithTags("Calls").NeedsDatabase();
        api.MapGet("/calls", ListAsync)
            .WithSummary("Calls, newest first")
            .WithDescription("Filters: cabinet, from ≤ start < to (ISO 8601 with offset), phone in any format, search (number, session id, or a part of the client's or owner's name), state (ringing, talking, answered, missed, notReached), direction (in, out, internal), limit 1–200, cursor.")
            .Produces<ApiPage<CallItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .WithQuery([.. FilterParameters, ("limit", "1–200", "50"), ("cursor", "From the page before", null)]);
        api.MapGet("/calls/{cabinet}/{sessionId}", OneAsync)
            .WithSummary("One call: legs, events, routing decision with reasons, tasks of the CRM")
            .Produces<CallDetail>().ProducesProblem(404).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/calls/{cabinet}/{sessionId}/events", EventsAsync)
            .WithSummary("What came of a call, in the words in which it came; the URL's token is never kept")
            .WithDescription("Oldest first. After the retention a body is gone, and what was understood of it stands there instead.")
            .WithQuery(("limit", "1–200; without it all", "50"), ("cursor", "From the page before", null))
            .Produces<ApiPage<RawEvent>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/statistics", StatisticsAsync).RequireAuthorization(HubPolicies.Read)
            .WithSummary("Numbers over time: calls, answered, waiting and call-back times by day")
            .WithDescription("Every day up to today by the clock of each city, also those without calls; oldest first.")
            .WithQuery(("days", "How many, with today: 1–366", "14"), ("cabinet", "Cabinet key; without it all", "msk"))
            .Produces<ApiPage<CallDay>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> ListAsync(HttpContext http, CallQueries calls, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var filter = CallFilter.Read(query);
        var cursor = SessionCursor.Read(query);
        return query.Problem ?? Results.Ok((await calls.ListAsync(filter, cursor, limit, ct)).ForApi());
    }

    private static async Task<IResult> EventsAsync(HttpContext http, string cabinet, string sessionId, ReceivedEvents events, CancellationToken ct)
    {
        if (!long.TryParse(sessionId, NumberStyles.None, CultureInfo.InvariantCulture, out var session) || await events.OfCallAsync(cabinet.ToLowerInvariant(), session, ct) is not { } all)
        {
            return NoSuchCall();
        }

        var query = new ApiQuery(http.Request);
        return query.TryPage(all, e => e.Id.ToString(CultureInfo.InvariantCulture), out var page, out var next) ? Results.Ok(new ApiPage<RawEvent>(page, next)) : query.Problem!;
    }

    private static async Task<IResult> StatisticsAsync(HttpContext http, CallStatistics statistics, CancellationToken ct)
    {
        var (query, days) = (new ApiQuery(http.Request), 14);
        if (query.Text("days") is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days) && days is >= 1 and <= 366))
        {
            query.Fault("days", "must be a whole number from 1 to 366.");
        }

        return query.Problem ?? Results.Ok(new ApiPage<CallDay>(await statistics.DaysAsync(days, query.Text("cabinet"), ct), null));
    }

    private static IResult NoSuchCall() => Results.Problem(statusCode: 404, title: "No such call.");

    private static async Task<IResult> OneAsync(string cabinet, string sessionId, CallQueries calls, CancellationToken ct) =>
        await calls.OneAsync(cabinet, sessionId, ct) is { } call ? Results.Ok(call) : NoSuchCall();
}
