using TelephonyHub.Calls;
using TelephonyHub.Hosting;

namespace TelephonyHub.Sync;

/// <summary>The call that reached the client.</summary>
/// <param name="By">Who talked with him; null when nobody knows.</param>
public sealed record ReachedByItem(string Cabinet, string SessionId, string? By);

/// <summary>A client who was not reached, from his first missed call on.</summary>
/// <param name="Cabinet">Of the first missed call; the later ones may be of others.</param>
/// <param name="SessionId">The first missed call; its task is the one task of all.</param>
/// <param name="Attempts">How often he tried.</param>
/// <param name="Owner">Who is to call him back.</param>
/// <param name="DueAt">By when; null when he was reached before a task was planned.</param>
/// <param name="Overdue">Open, and the deadline is over.</param>
/// <param name="AgeSeconds">From the end of the first missed call until he was reached, the task was ended, or now.</param>
/// <param name="State"><c>open | calledBack | answeredLater | closed</c> (a person ended the task in the CRM)</param>
/// <param name="SecondsToCallBack">From the end of the first missed call to the beginning of the talk.</param>
/// <param name="TaskId">The Activity in the CRM, once it is written.</param>
/// <param name="TaskState">Of the hub's task: <c>pending | running | retry | done | dead</c></param>
public sealed record MissedItem(
    string Cabinet,
    string SessionId,
    string? ClientPhone,
    string? ClientName,
    DateTimeOffset FirstMissedAt,
    DateTimeOffset LastMissedAt,
    int Attempts,
    string? Owner,
    Guid? OwnerContactId,
    DateTimeOffset? DueAt,
    bool Overdue,
    long AgeSeconds,
    string State,
    DateTimeOffset? ReachedAt,
    ReachedByItem? ReachedBy,
    int? SecondsToCallBack,
    Guid? TaskId,
    string? TaskState);

/// <summary>Missed calls with an owner and a deadline, and how fast they were called back.</summary>
internal static class MissedCallEndpoints
{
    private static readonly string[] States = ["open", "calledBack", "answeredLater", "closed"];

    public static void MapMissedCalls(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/missed", ListAsync)
        .RequireAuthorization(HubPolicies.ReadOwn).WithTags("Missed calls").NeedsDatabase()
        .WithSummary("Clients who were not reached, newest first: owner, deadline, attempts, time to call back")
        .WithDescription("One entry for all attempts of a client, in whichever cabinet, until somebody talked with him. Filters: cabinet of the first attempt, from ≤ first missed call < to, state.")
        .Produces<ApiPage<MissedItem>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
        .WithQuery(("cabinet", "Cabinet key", "msk"), ("from", "First missed call, inclusive", "2026-01-01T00:00:00+03:00"), ("to", "First missed call, exclusive", "2026-01-02T00:00:00+03:00"),
            ("state", string.Join(" | ", States), "open"), ("limit", "1–200", "50"), ("cursor", "From the page before", null));

    private static async Task<IResult> ListAsync(HttpContext http, MissedCallQueries missed, CancellationToken ct)
    {
        var query = new ApiQuery(http.Request);
        var limit = query.Limit();
        var filter = new MissedFilter(query.Text("cabinet"), query.Instant("from"), query.Instant("to"), query.Choice("state", States));
        var cursor = SessionCursor.Read(query);
        return query.Problem ?? Results.Ok((await missed.ListAsync(filter, cursor, limit, ct)).ForApi());
    }
}
