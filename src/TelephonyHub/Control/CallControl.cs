using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;
using TelephonyHub.Uis;
using TelephonyHub.Uis.CallApi;

namespace TelephonyHub.Control;

/// <summary>A live call as it stands before an action.</summary>
/// <param name="Call">As folded; null while no event of it has come.</param>
/// <param name="Client">Its outside party; of a second session the first one's.</param>
/// <param name="Live">As UIS lists it; null while UIS cannot be asked.</param>
/// <param name="State">Several where the journal alone knows.</param>
public sealed record ControlledCall(SessionKey Key, Call? Call, PhoneNumber? Client, UisLiveCall? Live, CallStates State);

/// <summary>What an action led to.</summary>
/// <param name="State"><c>session | talk | hold | dialing | operatorTalk | transferring | finishing</c>; several joined by <c>|</c> where only that much is known.</param>
public sealed record ControlAnswer(string State);

/// <summary>
/// Acts on live calls through the Call API. The state is checked before UIS is asked to act; UIS has the last word. Nothing is sent twice: where the
/// answer was lost, the effect is looked up.
/// </summary>
public sealed class CallControl(HubDatabase database, HubSettings settings, UisCabinets cabinets, Audit audit, TimeProvider time)
{
    /// <summary>So long the client waits with the manager still on the line.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    /// <summary>Finds the call and its state.</summary>
    /// <param name="key">Which.</param>
    /// <param name="requests">How many will follow: what is asked of a live call is done now or not at all, not when points come back.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ControlOutcome<ControlledCall>> OpenAsync(SessionKey key, int requests, CancellationToken ct)
    {
        if (!settings.Cabinets.ContainsKey(key.Cabinet))
        {
            return ControlProblem.NoSuchCall;
        }

        var (cabinet, id) = (key.Cabinet.Value, key.Id);
        await using var context = database.CreateContext();
        var row = await context.Calls.AsNoTracking().FirstOrDefaultAsync(c => c.Cabinet == cabinet && c.SessionId == id, ct);
        var call = row is null ? null : CallRows.Read(row);
        var client = PhoneNumber.TryParse(row?.ClientPhone);
        if (call is { Ended: true })
        {
            return new ControlledCall(key, call, client, null, CallStates.Finishing);
        }

        if (PointsFor(key.Cabinet, 1 + requests) is { } shortage)
        {
            return shortage;
        }

        try
        {
            var live = await FindAsync(key, ct);
            if (live is null && call is null)
            {
                return ControlProblem.NoSuchCall;
            }

            return new ControlledCall(key, call, client ?? PhoneNumber.TryParse(live?.ContactPhoneNumber), live, live is null ? CallStates.Finishing : CallStateReader.Of(live));
        }
        catch (UisApiException e)
        {
            // The journal says less, but enough to try: a person waits.
            return call is null ? ControlProblem.Of(e, CallStates.None, time.GetUtcNow()) : new ControlledCall(key, call, client, null, CallStateReader.Of(call));
        }
    }

    /// <summary>One step on a call.</summary>
    /// <param name="key">Which.</param>
    /// <param name="action">What, for rules and words.</param>
    /// <param name="who">Who asked for it.</param>
    /// <param name="details">For the audit.</param>
    /// <param name="act">The request to UIS.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ControlOutcome<ControlAnswer>> DoAsync(
        SessionKey key, CallAction action, ClaimsPrincipal who, object details, Func<IUisCabinetClient, ControlledCall, CancellationToken, Task> act, CancellationToken ct)
    {
        var opened = await OpenAsync(key, requests: 1, ct);
        if (opened is { Problem: { } closed })
        {
            return closed;
        }

        var call = opened.Done!;
        if (!CallActions.IsAllowed(action, call.State))
        {
            return ControlProblem.WrongState(action, call.State);
        }

        await database.WriteAsync((context, token) => audit.WriteAsync(context, who, $"call.{AuditName(action)}", new { session = key.IntegrationId, details }, token), ct);
        return await StepAsync(call, action, api => act(api, call, ct), ct) is { } problem ? problem : new ControlAnswer(CallStateReader.NameOf(After(action, call.State)));
    }

    /// <summary>Sends one request; a lost answer is looked up, a refusal is told with the state that UIS sees.</summary>
    /// <returns>Null when it is done.</returns>
    internal async Task<ControlProblem?> StepAsync(ControlledCall call, CallAction action, Func<IUisCabinetClient, Task> act, CancellationToken ct)
    {
        try
        {
            await act(cabinets.Client(call.Key.Cabinet));
            return null;
        }
        catch (UisApiException e)
        {
            var state = e.Failure is UisFailure.Conflict or UisFailure.Unknown ? await StateAsync(call.Key, ct) : call.State;
            return e.Failure == UisFailure.Unknown && CallActions.Proof(action) is { } proof && state != CallStates.None
                ? (state & ~proof) == CallStates.None ? null
                    : CallActions.IsAllowed(action, state) ? ControlProblem.NotDone(e)
                    : ControlProblem.Of(e, state, time.GetUtcNow())
                : ControlProblem.Of(e, state, time.GetUtcNow());
        }
    }

    /// <summary>Nothing is begun when points are known not to suffice soon: half a transfer is worse than none, and a hold that comes a minute late, too.</summary>
    private ControlProblem? PointsFor(CabinetKey cabinet, int requests)
    {
        var now = time.GetUtcNow();
        return cabinets.Client(cabinet).Limits.CallApi switch
        {
            { DayRemaining: { } day, DayResetAt: { } reset } when day < requests && reset - now > Soon => ControlProblem.Short(reset - now),
            { MinuteRemaining: { } minute, MinuteResetAt: { } reset } when minute < requests && reset - now > Soon => ControlProblem.Short(reset - now),
            _ => null,
        };
    }

    /// <summary>The state that UIS sees now; none when it cannot be asked.</summary>
    internal async Task<CallStates> StateAsync(SessionKey key, CancellationToken ct)
    {
        try
        {
            return await FindAsync(key, ct) is { } live ? CallStateReader.Of(live) : CallStates.Finishing;
        }
        catch (UisApiException)
        {
            return CallStates.None; // said as "unknown" in the answer
        }
    }

    internal static string AuditName(CallAction action) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(action.ToString());

    private static CallStates After(CallAction action, CallStates before) => action switch
    {
        CallAction.CompleteTransfer => before == CallStates.OperatorTalk ? CallStates.Talk : before == CallStates.Dialing ? CallStates.Transferring : CallStates.Talk | CallStates.Transferring,
        CallAction.DropLeg => CallStates.None, // depends on whose leg it was
        _ => CallActions.Proof(action) ?? before,
    };

    private async Task<UisLiveCall?> FindAsync(SessionKey key, CancellationToken ct) =>
        (await cabinets.Client(key.Cabinet).Calls.ListCallsAsync(priority: UisPriority.Interactive, cancellationToken: ct)).FirstOrDefault(c => c.CallSessionId == key.Id);
}
