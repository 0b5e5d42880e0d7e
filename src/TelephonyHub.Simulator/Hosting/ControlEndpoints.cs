using Microsoft.AspNetCore.Http.HttpResults;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Simulator.Hosting;

/// <summary>Places calls and looks at what happened: `POST /control/calls`, `GET /control/…`. For demos; it has no login.</summary>
public static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes, UisSimulator simulator)
    {
        var control = routes.MapGroup("/control");
        control.MapGet("/health", () => TypedResults.Text("ok"));
        control.MapGet("/cabinets", () => TypedResults.Ok(simulator.Cabinets.Values.Select(cabinet => new ControlCabinet(
            cabinet.Key, cabinet.Options.Name, cabinet.Options.VirtualNumbers, cabinet.Options.EventsUrl is not null, cabinet.Options.RouteUrl is not null,
            [.. cabinet.Employees.Select(employee => new ControlEmployee(employee.Id, employee.FullName, employee.PhoneNumbers, employee.Status))]))));
        control.MapGet("/calls", (string? cabinet) => TypedResults.Ok(simulator.Cabinets.Values
            .Where(candidate => cabinet is null || candidate.Key == cabinet)
            .SelectMany(candidate => candidate.Calls)));
        control.MapGet("/notifications", (long? session) => TypedResults.Ok(
            simulator.Notifications.Where(sent => session is null || sent.SessionId == session).Select(sent => new ControlNotification(
                sent.Sequence, sent.Cabinet, sent.Mnemonic, sent.SessionId, sent.Attempt, sent.Status, sent.Error, sent.Body))));
        control.MapGet("/api-calls", () => TypedResults.Ok(simulator.ApiCalls));
        control.MapGet("/calls/live", () => TypedResults.Ok(
            simulator.Cabinets.Values.SelectMany(cabinet => cabinet.LiveCalls).Select(live => new ControlLive(live.State, live.Call))));
        control.MapPost("/calls/{session:long}/transfer", (long session, ControlTransfer transfer, CancellationToken ct) =>
            TransferAsync(simulator, session, transfer, ct));
        control.MapPost("/calls/{session:long}/hangup", (long session, CancellationToken ct) => HangUpAsync(simulator, session, ct));
        control.MapPost("/calls", (ControlCall call, CancellationToken ct) => PlaceAsync(simulator, call, ct));
    }

    private static async Task<Results<Ok<SimCall>, NotFound, ProblemHttpResult>> TransferAsync(
        UisSimulator simulator, long session, ControlTransfer transfer, CancellationToken ct)
    {
        if (Live(simulator, session) is not { } live)
        {
            return TypedResults.NotFound();
        }

        if (live.State != "Talk")
        {
            return TypedResults.Problem($"Nobody talks: {live.State}.", statusCode: StatusCodes.Status409Conflict);
        }

        // Leaving early does not stop the phone from ringing.
        await simulator.Background.RunAsync(stopping => live.TransferByPhoneAsync(transfer.To, transfer.Answered, stopping)).WaitAsync(ct);
        return TypedResults.Ok(live.Call);
    }

    private static async Task<Results<Ok<SimCall>, NotFound>> HangUpAsync(UisSimulator simulator, long session, CancellationToken ct) =>
        Live(simulator, session) is { } live ? TypedResults.Ok(await live.HangUpAsync(ct: ct)) : TypedResults.NotFound();

    private static LiveCall? Live(UisSimulator simulator, long session) =>
        simulator.Cabinets.Values.Select(cabinet => cabinet.FindLive(session)).FirstOrDefault(live => live is not null);

    /// <summary>Plays the call in the process's time scale; who does not wait gets 202 at once. Leaving early does not end the call.</summary>
    private static async Task<Results<Ok<SimCall>, Accepted, ProblemHttpResult>> PlaceAsync(UisSimulator simulator, ControlCall call, CancellationToken ct)
    {
        if (!simulator.Cabinets.TryGetValue(call.Cabinet, out var cabinet))
        {
            return TypedResults.Problem($"No cabinet {call.Cabinet}.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (call.EmployeeId is { } employeeId && cabinet.Employees.All(employee => employee.Id != employeeId))
        {
            return TypedResults.Problem($"No employee {employeeId}.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (call.EmployeeId is null && !cabinet.Options.VirtualNumbers.Contains(call.To, StringComparer.Ordinal))
        {
            return TypedResults.Problem($"{call.To} is no number of this cabinet.", statusCode: StatusCodes.Status400BadRequest);
        }

        var played = simulator.Background.RunAsync(stopping => call.EmployeeId is { } caller
            ? cabinet.OutgoingAsync(Outgoing(call, caller), stopping)
            : cabinet.IncomingAsync(Incoming(call), stopping));
        return call.Wait ? TypedResults.Ok(await played.WaitAsync(ct)) : TypedResults.Accepted((string?)null);
    }

    private static OutgoingCall Outgoing(ControlCall call, long employeeId)
    {
        var outgoing = new OutgoingCall(employeeId, call.To, call.Answered);
        return outgoing with
        {
            Ring = Seconds(call.RingSeconds, outgoing.Ring),
            Talk = Seconds(call.TalkSeconds, outgoing.Talk),
        };
    }

    private static IncomingCall Incoming(ControlCall call)
    {
        var incoming = new IncomingCall(call.From, call.To);
        return incoming with
        {
            Digit = call.Digit,
            AnsweredBy = !call.Answered ? null : call.AnsweredBy is null ? Answers.First : Answers.Phone(call.AnsweredBy),
            VoiceMail = call.VoiceMail,
            ContactFullName = call.ContactFullName,
            HoldOpen = call.HoldOpen,
            TransferTo = call.TransferTo,
            Ring = Seconds(call.RingSeconds, incoming.Ring),
            Talk = Seconds(call.TalkSeconds, incoming.Talk),
        };
    }

    private static TimeSpan Seconds(double? given, TimeSpan otherwise) => given is { } seconds ? TimeSpan.FromSeconds(seconds) : otherwise;
}

/// <param name="From">the client; null = hidden number</param>
/// <param name="To">virtual number of an incoming call, client of an outgoing one</param>
/// <param name="EmployeeId">given = outgoing call of this employee</param>
/// <param name="AnsweredBy">the phone that answers; null = the first that rings</param>
public sealed record ControlCall(string Cabinet, string? From, string To, long? EmployeeId = null, bool Answered = true, string? AnsweredBy = null)
{
    public string? Digit { get; init; }

    public bool VoiceMail { get; init; }

    public string? ContactFullName { get; init; }

    /// <summary>The talk lasts until `POST /control/calls/{session}/hangup`.</summary>
    public bool HoldOpen { get; init; }

    /// <summary>Where the employee transfers the client to when the talk time is over.</summary>
    public string? TransferTo { get; init; }

    /// <summary>False: answer 202 at once and play on.</summary>
    public bool Wait { get; init; } = true;

    public double? RingSeconds { get; init; }

    public double? TalkSeconds { get; init; }
}

/// <param name="To">extension, employee's number, public number or another cabinet's virtual number</param>
/// <param name="Answered">null = it goes on ringing</param>
public sealed record ControlTransfer(string To, bool? Answered = true);

/// <param name="State">of section 1.8</param>
public sealed record ControlLive(string State, SimCall Call);

public sealed record ControlCabinet(
    string Key, string Name, IReadOnlyList<string> VirtualNumbers, bool Notifies, bool AsksRouting, IReadOnlyList<ControlEmployee> Employees);

public sealed record ControlEmployee(long Id, string FullName, IReadOnlyList<string> PhoneNumbers, string Status);

/// <summary>A delivery without its URL, which holds the hub's secret.</summary>
public sealed record ControlNotification(
    long Sequence, string Cabinet, string Mnemonic, long? SessionId, int Attempt, int? Status, string? Error, string? Body);
