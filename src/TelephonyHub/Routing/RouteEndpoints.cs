using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using TelephonyHub.Cabinets;
using TelephonyHub.Hosting;
using TelephonyHub.Intake;
using TelephonyHub.Uis.Interactive;

namespace TelephonyHub.Routing;

/// <summary>Where UIS asks who gets the call. Always 200 with a valid instruction within the budget, once the caller is let in.</summary>
internal static partial class RouteEndpoints
{
    public static void MapRouting(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/uis/{cabinet}/route", ["GET", "POST"], RouteAsync)
            .WithMetadata(new DisableRequestSizeLimitAttribute()) // else the server breaks the connection of who sends too much, and he never reads the answer
            .WithTags("UIS")
            .WithSummary("Interactive call processing: who gets this call")
            .WithDescription("call_session_id or cdr_id, numa, numb, start_time, input_result, direction in query, form or JSON. "
                + "Answers {\"phones\":[…],\"operator_text\":…} or {\"returned_code\":n}, always with 200 and within Routing:BudgetMs.")
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

    private static async Task<IResult> RouteAsync(
        string cabinet,
        HttpContext context,
        CabinetGate gate,
        RoutingService routing,
        RouteFollowUp followUp,
        HubSettings settings,
        TimeProvider time,
        ILogger<RoutingService> logger)
    {
        var started = time.GetTimestamp();
        var refusal = gate.Refuse(cabinet, context.Connection.RemoteIpAddress, context.Request.Query["token"], out var cabinetSettings);
        if (refusal is { } status)
        {
            return Results.Problem(statusCode: status);
        }

        var question = new RouteQuestion(cabinetSettings.Key, null, null, null, null);
        RouteDecision decision;
        try
        {
            // A part of the budget is kept for writing the answer out.
            using var budget = new CancellationTokenSource(settings.Routing.Budget * 0.9, time);
            question = await ReadAsync(cabinetSettings.Key, context.Request, budget.Token);

            // On a thread of its own: what does not wait, such as code that is still to be compiled, must not outlast the budget either.
            var (asked, deadline) = (question, budget.Token);
            decision = await Task.Run(() => routing.DecideAsync(asked, deadline), CancellationToken.None).WaitAsync(deadline);
        }
        catch (Exception e)
        {
            // Any fault: the phone does not wait, the configuration answers. The fault is in the log and in the stored explanation.
            LogFallback(logger, cabinetSettings.Key.Value, e.GetType().Name, e is OperationCanceledException ? null : e);
            decision = routing.Fallback(question, e is OperationCanceledException ? "budget" : e.GetType().Name);
        }

        routing.Remember(question, decision);
        var answer = new InteractiveAnswer
        {
            Phones = decision.Phones.Count > 0 ? decision.Phones : null,
            OperatorText = decision.OperatorText,
            ReturnedCode = decision.ReturnedCode,
        }.ToJson();
        followUp.Answered(new AnsweredRoute(question, decision, answer, time.GetUtcNow(), time.GetElapsedTime(started)));
        return Results.Text(answer, "application/json; charset=utf-8");
    }

    private static async Task<RouteQuestion> ReadAsync(CabinetKey cabinet, HttpRequest request, CancellationToken ct)
    {
        // A body over the limit is no reason to lose the call: the query may have said all.
        var body = await RequestBody.ReadAsync(request, ct) ?? [];
        var asked = InteractiveRequest.Parse(request.Method, RequestBody.QueryWithoutToken(request), request.ContentType, body);
        long? callId = long.TryParse(asked.CallSessionId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        return new RouteQuestion(cabinet, callId, asked.Numa, asked.Numb, asked.InputResult);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Routing in cabinet {Cabinet} answered from the configuration: {Fault}.")]
    private static partial void LogFallback(ILogger logger, string cabinet, string fault, Exception? exception);
}
