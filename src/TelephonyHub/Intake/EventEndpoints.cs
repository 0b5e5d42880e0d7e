using Microsoft.AspNetCore.Mvc;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;

namespace TelephonyHub.Intake;

/// <summary>Where UIS posts what happens. 200 only after the commit (promise 1); then never another answer than the contract's.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/uis/{cabinet}/events", ["GET", "POST"], ReceiveAsync)
            .WithMetadata(new DisableRequestSizeLimitAttribute()) // else the server breaks the connection of who sends too much, and he never reads the answer
            .WithTags("UIS")
            .WithSummary("Receives one notification of a cabinet")
            .WithDescription("Any encoding UIS uses: nested, flat or observed templates, JSON whatever the Content-Type, form or query fields. "
                + "Name the event by notification_mnemonic in the body or ?event= in the URL. 200 after the event is on disk; 503 with Retry-After when it cannot be.")
            .Produces<EventAnswer>()
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(413).ProducesProblem(503);

    private static async Task<IResult> ReceiveAsync(string cabinet, HttpContext context, CabinetGate gate, EventReader reader, JournalWriter journal, HubMetrics metrics, CancellationToken ct)
    {
        var refusal = gate.Refuse(cabinet, context.Connection.RemoteIpAddress, context.Request.Query["token"], out var settings);
        if (refusal is { } status)
        {
            return Results.Problem(statusCode: status, title: status switch
            {
                404 => "No such cabinet.",
                403 => "This source address is not allowed for the cabinet.",
                _ => "The token is missing or wrong.",
            });
        }

        if (await RequestBody.ReadAsync(context.Request, ct) is not { } body)
        {
            return Results.Problem(statusCode: 413, title: "The body is larger than 1 MiB.");
        }

        var entry = reader.Read(settings, context.Request.Method, RequestBody.QueryWithoutToken(context.Request), context.Request.ContentType, body);
        var outcome = await journal.AppendAsync(entry, ct);
        metrics.Event(settings.Key.Value, outcome);
        switch (outcome)
        {
            case AppendOutcome.Stored:
                return Results.Ok(new EventAnswer("accepted"));
            case AppendOutcome.Quarantined:
                return Results.Ok(new EventAnswer("quarantined"));
            default:
                context.Response.Headers.RetryAfter = "5";
                return Results.Problem(statusCode: 503, title: "The event cannot be stored now. Send it again.");
        }
    }

    /// <param name="Status"><c>accepted</c> (also for a duplicate) or <c>quarantined</c>.</param>
    private sealed record EventAnswer(string Status);
}
