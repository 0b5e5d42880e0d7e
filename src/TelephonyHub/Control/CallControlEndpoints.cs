using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Uis;
using TelephonyHub.Uis.CallApi;

namespace TelephonyHub.Control;

/// <param name="TagId">Id of the cabinet's tag.</param>
public sealed record TagRequest(long? TagId);

/// <param name="On">True: begin, false: stop.</param>
public sealed record RecordRequest(bool? On);

/// <param name="Phone">Who listens in; null: the coach of the employee's settings.</param>
public sealed record CoachRequest(string? Phone);

/// <param name="Symbol">One of <c>0-9 * #</c>.</param>
public sealed record DtmfRequest(string? Symbol);

/// <summary>Live calls: each step of the state machine is one POST. A 409 names the state that forbids it.</summary>
internal static class CallControlEndpoints
{
    public static void MapCallControl(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/calls/{cabinet}/{sessionId}").RequireAuthorization(HubPolicies.Control).WithTags("Call control").NeedsDatabase()
            .AddEndpointFilter(async (context, next) =>
                HubAccess.Of(context.HttpContext.User).Sees(context.HttpContext.GetRouteValue("cabinet")?.ToString()?.ToLowerInvariant() ?? "") ? await next(context) : ControlProblem.NoSuchCall.ToResult(context.HttpContext));
        Simple(api, "/hold", CallAction.Hold, "Puts the client on hold", (c, settings) => (calls, ct) => calls.HoldAsync(c, UisMessage.Speech(settings.Control.HoldText), ct));
        Simple(api, "/unhold", CallAction.Unhold, "Takes the client off hold", (c, _) => (calls, ct) => calls.UnholdAsync(c, ct));
        Simple(api, "/transfer/complete", CallAction.CompleteTransfer, "Connects client and third party; the manager leaves", (c, _) => (calls, ct) => calls.TransferAsync(c, ct));
        Simple(api, "/restore", CallAction.Restore, "The third party leaves, the manager is back with the client", (c, _) => (calls, ct) => calls.RestoreAsync(c, ct));
        Simple(api, "/release", CallAction.Release, "Ends the call", (c, _) => (calls, ct) => calls.ReleaseAsync(c, ct));
        Simple(api, "/blacklist", CallAction.Blacklist, "Blacklists the client of a talk", (c, _) => (calls, ct) => calls.BlockContactAsync(c, ct));

        Answers<TransferAnswer>(api.MapPost("/transfer", TransferAsync).IsIdempotent<TransferRequest>())
            .WithSummary("Transfers the client to a manager of any cabinet, or to a number")
            .WithDescription("{manager: contact id or <cabinet>:<employee id>} or {phone}, mode blind | attended (default blind). In the manager's own cabinet his phone is dialled; of another cabinet its number, and routing "
                + "there rings him first: the second session is joined to this conversation. What fails half way is undone.")
            .WithName("transferCall");
        Answers<ControlAnswer>(api.MapPost("/legs/{legId}/drop", DropAsync).IsIdempotent<object>()).WithSummary("Drops one leg; the client's leg ends the call");
        Answers<ControlAnswer>(api.MapPost("/tags", TagAsync).IsIdempotent<TagRequest>()).WithSummary("Tags a call, live or finished");
        Answers<ControlAnswer>(api.MapPost("/record", RecordAsync).IsIdempotent<RecordRequest>()).WithSummary("Recording on or off");
        Answers<ControlAnswer>(api.MapPost("/coach", CoachAsync).IsIdempotent<CoachRequest>()).WithSummary("Somebody listens in and prompts the manager");
        Answers<ControlAnswer>(api.MapPost("/dtmf", DtmfAsync).IsIdempotent<DtmfRequest>()).WithSummary("Sends one DTMF symbol; it also triggers configured talk options");
    }

    private static void Simple(RouteGroupBuilder api, string path, CallAction action, string summary, Func<long, HubSettings, Func<IUisCallApi, CancellationToken, Task>> act) =>
        Answers<ControlAnswer>(api.MapPost(
            path,
            async (string cabinet, string sessionId, HttpContext http, CallControl control, HubSettings settings, CancellationToken ct) =>
                TryKey(cabinet, sessionId, out var key)
                    ? (await control.DoAsync(key, action, http.User, new { }, (calls, _, token) => act(key.Id, settings)(calls.Calls, token), ct)).ToResult(http)
                    : ControlProblem.NoSuchCall.ToResult(http)).IsIdempotent<object>()).WithSummary(summary);

    private static async Task<IResult> TransferAsync(string cabinet, string sessionId, TransferRequest? request, HttpContext http, CallTransfer transfer)
    {
        var attended = request?.Mode?.ToLowerInvariant() switch { null or "" or "blind" => false, "attended" => true, _ => (bool?)null };
        var manager = string.IsNullOrWhiteSpace(request?.Manager) ? null : request.Manager.Trim();
        var phone = string.IsNullOrWhiteSpace(request?.Phone) ? null : request.Phone.Trim();
        if (attended is null)
        {
            return Invalid("mode", "must be blind or attended.");
        }

        if ((manager is null) == (phone is null))
        {
            return Invalid(manager is null ? "manager" : "phone", manager is null ? "or phone is required." : "must not stand beside manager.");
        }

        // Not cancelled by the asker: see CallTransfer.
        return TryKey(cabinet, sessionId, out var key)
            ? (await transfer.StartAsync(key, new TransferRequest(manager, phone, null), attended.Value, http.User, default)).ToResult(http)
            : ControlProblem.NoSuchCall.ToResult(http);
    }

    private static async Task<IResult> DropAsync(string cabinet, string sessionId, string legId, HttpContext http, CallControl control, CancellationToken ct)
    {
        if (!TryKey(cabinet, sessionId, out var key) || !long.TryParse(legId, NumberStyles.None, CultureInfo.InvariantCulture, out var leg))
        {
            return Results.Problem(statusCode: 404, title: "No such call or leg.");
        }

        return (await control.DoAsync(key, CallAction.DropLeg, http.User, new { leg }, (calls, _, token) => calls.Calls.DisconnectLegAsync(key.Id, leg, token), ct)).ToResult(http);
    }

    private static Task<IResult> TagAsync(string cabinet, string sessionId, TagRequest? request, HttpContext http, CallControl control, CancellationToken ct) =>
        request?.TagId is { } tag && tag > 0
            ? RunAsync(cabinet, sessionId, CallAction.Tag, http, control, new { tag }, (uis, call, token) => call.State == CallStates.Finishing ? uis.Data.SetTagAsync(call.Key.Id, tag, cancellationToken: token) : uis.Calls.TagAsync(call.Key.Id, tag, token), ct)
            : Task.FromResult(Invalid("tagId", "is required: the id of a tag of the cabinet."));

    private static Task<IResult> RecordAsync(string cabinet, string sessionId, RecordRequest? request, HttpContext http, CallControl control, CancellationToken ct) =>
        request?.On is { } on
            ? RunAsync(cabinet, sessionId, CallAction.Record, http, control, new { on }, (uis, call, token) => uis.Calls.RecordAsync(call.Key.Id, on, token), ct)
            : Task.FromResult(Invalid("on", "is required: true or false."));

    private static Task<IResult> CoachAsync(string cabinet, string sessionId, CoachRequest? request, HttpContext http, CallControl control, CancellationToken ct)
    {
        var phone = string.IsNullOrWhiteSpace(request?.Phone) ? null : PhoneNumber.TryParse(request.Phone)?.Digits ?? request.Phone.Trim();
        return phone is null || phone.All(char.IsAsciiDigit)
            ? RunAsync(cabinet, sessionId, CallAction.Coach, http, control, new { phone }, (uis, call, token) => uis.Calls.AddCoachAsync(call.Key.Id, phone, token), ct)
            : Task.FromResult(Invalid("phone", "is neither a full number nor a short one of this cabinet."));
    }

    private static Task<IResult> DtmfAsync(string cabinet, string sessionId, DtmfRequest? request, HttpContext http, CallControl control, CancellationToken ct) =>
        request?.Symbol is { Length: 1 } symbol && (char.IsAsciiDigit(symbol[0]) || symbol[0] is '*' or '#')
            ? RunAsync(cabinet, sessionId, CallAction.Dtmf, http, control, new { symbols = 1 }, (uis, call, token) => uis.Calls.SendDtmfAsync(call.Key.Id, symbol[0], token), ct)
            : Task.FromResult(Invalid("symbol", "must be one of 0-9 * #."));

    private static async Task<IResult> RunAsync(
        string cabinet, string sessionId, CallAction action, HttpContext http, CallControl control, object details, Func<IUisCabinetClient, ControlledCall, CancellationToken, Task> act, CancellationToken ct) =>
        TryKey(cabinet, sessionId, out var key)
            ? (await control.DoAsync(key, action, http.User, details, act, ct)).ToResult(http)
            : ControlProblem.NoSuchCall.ToResult(http);

    private static bool TryKey(string cabinet, string sessionId, out SessionKey key)
    {
        key = default;
        if (!CabinetKey.TryParse(cabinet, out var parsed) || !long.TryParse(sessionId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        key = new SessionKey(parsed, id);
        return true;
    }

    private static IResult Invalid(string field, string reason) =>
        Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [reason] }, title: "The request is wrong.");

    private static RouteHandlerBuilder Answers<T>(RouteHandlerBuilder builder) =>
        builder.Produces<T>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .ProducesProblem(429).ProducesProblem(502).ProducesProblem(503).ProducesProblem(504);
}
