using System.Globalization;
using TelephonyHub.Cabinets;
using TelephonyHub.Uis;

namespace TelephonyHub.Control;

/// <summary>Why an action was refused, as the API answers it. The one place that turns a fault of UIS into a status.</summary>
/// <param name="Status">HTTP.</param>
/// <param name="Title">In plain words.</param>
/// <param name="State">State of the call, where it is the reason.</param>
/// <param name="Field">Input at fault.</param>
/// <param name="Mnemonic">The vendor's.</param>
/// <param name="RetryAfter">When it makes sense again.</param>
public sealed record ControlProblem(int Status, string Title, CallStates? State = null, string? Field = null, string? Mnemonic = null, TimeSpan? RetryAfter = null)
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    public static readonly ControlProblem NoSuchCall = new(404, "No such call.");

    public static ControlProblem WrongState(CallAction action, CallStates state) => new(
        409,
        $"The call is in state {CallStateReader.NameOf(state)}; {action.ToString().ToLowerInvariant()} is possible in {CallStateReader.NameOf(CallActions.AllowedIn(action))}.",
        state);

    public static ControlProblem Input(string field, string reason) => new(422, $"{field} {reason}", Field: field);

    public static ControlProblem Short(TimeSpan until) => new(429, "The cabinet's API points do not suffice for this now. Nothing was done.", RetryAfter: until);

    /// <summary>The answer was lost, and the call's state says that nothing was done.</summary>
    public static ControlProblem NotDone(UisApiException e) => new(503, "UIS did not answer. Nothing was done.", Mnemonic: e.Mnemonic, RetryAfter: TryAgain);

    /// <param name="e">What UIS or the way to it said.</param>
    /// <param name="state">State of the call as known now.</param>
    /// <param name="at">Now.</param>
    public static ControlProblem Of(UisApiException e, CallStates state, DateTimeOffset at) => e.Failure switch
    {
        _ when e is { Method: "record.call", Mnemonic: "forbidden" } => new(422, "Recording is set in the cabinet and cannot be switched off for one call, or the key lacks the right.", Mnemonic: e.Mnemonic),
        UisFailure.Conflict => new(409, $"UIS refuses this in the call's state ({CallStateReader.NameOf(state)}): {e.Mnemonic}.", state, Mnemonic: e.Mnemonic),
        UisFailure.NotFound when e.Mnemonic == "call_session_not_found" => new(409, "The call is over.", CallStates.Finishing, Mnemonic: e.Mnemonic),
        UisFailure.NotFound when e.Mnemonic == "leg_not_found" => new(404, "No such leg in this call.", Mnemonic: e.Mnemonic),
        UisFailure.NotFound or UisFailure.Permanent => new(422, $"UIS refuses the request: {e.Mnemonic}.", Field: e.Field, Mnemonic: e.Mnemonic),
        UisFailure.Limit => new(429, "The cabinet's API points are used up for now.", Mnemonic: e.Mnemonic, RetryAfter: e.RetryAfter ?? TryAgain),
        UisFailure.Authentication or UisFailure.AccessDenied => new(502, CabinetFault.Of(e, at).Words.En, Mnemonic: e.Mnemonic),
        UisFailure.Transient => new(503, "UIS cannot be reached now. Nothing was done.", Mnemonic: e.Mnemonic, RetryAfter: TryAgain),
        _ => new(504, "UIS did not answer, and whether it was done cannot be seen. Look at the call before you try again.", state, Mnemonic: e.Mnemonic),
    };

    public IResult ToResult(HttpContext http)
    {
        if (RetryAfter is { } pause)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (State is { } state)
        {
            extensions["state"] = CallStateReader.NameOf(state);
        }

        if (Mnemonic is not null)
        {
            extensions["mnemonic"] = Mnemonic;
        }

        if (Field is not null)
        {
            extensions["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal) { [Field] = [Title] };
        }

        return Results.Problem(statusCode: Status, title: Title, extensions: extensions);
    }
}

/// <summary>Either what was done or why not.</summary>
public readonly record struct ControlOutcome<T>(T? Done, ControlProblem? Problem)
    where T : class
{
    public static implicit operator ControlOutcome<T>(T done) => new(done, null);

    public static implicit operator ControlOutcome<T>(ControlProblem problem) => new(null, problem);

    public IResult ToResult(HttpContext http) => Problem?.ToResult(http) ?? Results.Ok(Done);
}
