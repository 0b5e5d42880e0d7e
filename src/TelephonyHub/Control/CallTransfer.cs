using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Presence;
using TelephonyHub.Storage;
using TelephonyHub.Storage.Model;
using TelephonyHub.Uis.CallApi;

namespace TelephonyHub.Control;

/// <summary>To whom, and how.</summary>
/// <param name="Manager">Contact id of a manager (<c>GET /api/v1/managers</c>), or <c>&lt;cabinet&gt;:&lt;employee id&gt;</c>.</param>
/// <param name="Phone">Instead of a manager: a full number in any format, an extension or a SIP number of the call's cabinet.</param>
/// <param name="Mode"><c>blind</c>: the manager leaves at once; <c>attended</c>: he talks with the third party first, then complete or restore.</param>
public sealed record TransferRequest(string? Manager, string? Phone, string? Mode);

/// <summary>What was dialled, and why.</summary>
public sealed record TransferTargetItem(string Number, string Kind, string? Cabinet, string? Manager, Words Reason)
{
    internal static TransferTargetItem Of(TransferTarget t) => new(t.To, t.Kind, t.Cabinet?.Value, t.Manager?.Name, t.Reason);
}

/// <param name="State">Of the call: <c>dialing</c> (attended), <c>transferring</c> (blind).</param>
/// <param name="Mode">As asked for.</param>
/// <param name="Target">Who is rung.</param>
public sealed record TransferAnswer(string State, string Mode, TransferTargetItem Target);

/// <summary>
/// Transfers: hold → make.call → transfer.talk (reference 1.8). Blind is all three at once. What was begun and failed is undone: the client never stays
/// on hold because the hub gave up. The handover is stored before the number is dialled, because the second session may come first.
/// </summary>
public sealed partial class CallTransfer(
    CallControl control,
    HubDatabase database,
    HubSettings settings,
    DirectoryService directory,
    RegionResolver regions,
    CabinetBook book,
    PendingHandovers pending,
    Audit audit,
    TimeProvider time,
    ILogger<CallTransfer> logger)
{
    public async Task<ControlOutcome<TransferAnswer>> StartAsync(SessionKey key, TransferRequest request, bool attended, ClaimsPrincipal who, CancellationToken ct)
    {
        var opened = await control.OpenAsync(key, attended ? 2 : 3, ct);
        if (opened is { Problem: { } closed })
        {
            return closed;
        }

        var call = opened.Done!;
        if (!CallActions.IsAllowed(CallAction.Transfer, call.State))
        {
            return ControlProblem.WrongState(CallAction.Transfer, call.State);
        }

        var chosen = TargetOf(request, call);
        if (chosen is { Problem: { } wrong })
        {
            return wrong;
        }

        var target = chosen.Done!;
        var handover = target.OwnNumber is { } number ? HandoverOf(call, target, number, attended, who) : null;
        await database.WriteAsync(
            async (context, token) =>
            {
                if (handover is not null)
                {
                    context.Handovers.Add(handover);
                }

                await audit.WriteAsync(context, who, "call.transfer", new { session = key.IntegrationId, mode = attended ? "attended" : "blind", to = target.To, manager = target.Manager?.Name }, token);
            },
            ct);
        if (handover is not null)
        {
            pending.Add(handover);
        }

        if (await RunAsync(call, target, attended) is { } problem)
        {
            await ForgetAsync(handover);
            return problem;
        }

        return new TransferAnswer(CallStateReader.NameOf(attended ? CallStates.Dialing : CallStates.Transferring), attended ? "attended" : "blind", TransferTargetItem.Of(target));
    }

    /// <summary>From here on nothing is cancelled half way: a caller who hangs up his HTTP request must not leave the client on hold.</summary>
    private async Task<ControlProblem?> RunAsync(ControlledCall call, TransferTarget target, bool attended)
    {
        var hold = call.State != CallStates.Hold;
        if (hold && await control.StepAsync(call, CallAction.Hold, api => api.Calls.HoldAsync(call.Key.Id, UisMessage.Speech(settings.Control.HoldText)), default) is { } notHeld)
        {
            return notHeld;
        }

        if (await control.StepAsync(call, CallAction.Transfer, api => api.Calls.MakeCallAsync(call.Key.Id, target.To), default) is { } notDialled)
        {
            return await UndoAsync(call, hold, notDialled);
        }

        return !attended && await control.StepAsync(call, CallAction.CompleteTransfer, api => api.Calls.TransferAsync(call.Key.Id), default) is { } notGiven
            ? await UndoAsync(call, hold, notGiven)
            : null;
    }

    /// <summary>The client goes back to the manager he came from.</summary>
    private async Task<ControlProblem> UndoAsync(ControlledCall call, bool held, ControlProblem problem)
    {
        var state = await control.StateAsync(call.Key, default);
        var failed = state switch
        {
            CallStates.Dialing or CallStates.OperatorTalk => await control.StepAsync(call, CallAction.Restore, api => api.Calls.RestoreAsync(call.Key.Id), default),

            // Also where UIS does not say: a hold that was not lifted is worse than a refusal.
            CallStates.Hold or CallStates.None when held => await control.StepAsync(call, CallAction.Unhold, api => api.Calls.UnholdAsync(call.Key.Id), default),
            _ => null,
        };
        if (failed is not null)
        {
            LogNotUndone(logger, call.Key.IntegrationId, failed.Title);
        }

        var words = (state, held, failed) switch
        {
            (CallStates.Finishing, _, _) => " The call is over.",
            (_, _, not null) => " The client may still be on hold: unhold, or release the call.",
            (_, false, _) => " The client is on hold, as before.",
            _ => " The client is back with the manager.",
        };
        return problem with { Title = problem.Title + words, State = problem.Status == StatusCodes.Status409Conflict ? problem.State : null };
    }

    private async Task ForgetAsync(HandoverRow? handover)
    {
        if (handover is null)
        {
            return;
        }

        pending.Remove(handover.Id);

        // A second session that did arise is joined by its leg; this row alone would join a stranger's call to the same number.
        await database.WriteAsync(async (context, token) => await context.Handovers.Where(h => h.Id == handover.Id).ExecuteDeleteAsync(token), default);
    }

    private ControlOutcome<TransferTarget> TargetOf(TransferRequest request, ControlledCall call)
    {
        var facts = new TransferFacts(
            call.Key.Cabinet,
            call.Client,
            PhoneNumber.TryParse(call.Call?.VirtualNumber ?? call.Live?.VirtualPhoneNumber),
            NumbersOf,
            regions.CabinetOf,
            regions.IsOwnNumber,
            k => settings.Cabinets.GetValueOrDefault(k)?.Name ?? k.Value,
            (k, number) => book.Of(k).People?.SipLines?.FirstOrDefault(l => l.PhoneNumber == number) is { } line && !PresenceRules.IsRinging(line));
        if (request.Phone is { } text)
        {
            if (TransferTargets.ToNumber(text, directory.Managers, facts) is not { } typed)
            {
                return ControlProblem.Input("phone", "is neither a full number nor a short one of this cabinet.");
            }

            return PhoneNumber.TryParse(typed.To) is { } to && to == call.Client ? ControlProblem.Input("phone", "is the client's own number.") : typed;
        }

        if (ManagerOf(request.Manager!) is not { } manager)
        {
            return ControlProblem.Input("manager", "is nobody whom the hub knows; see GET /api/v1/managers.");
        }

        if (call.Live?.Legs.FirstOrDefault(l => l is { State: not UisLegState.Disconnected, EmployeeId: not null } && manager.Employees.Any(e => e.Cabinet == call.Key.Cabinet && e.Id == l.EmployeeId)) is not null)
        {
            return ControlProblem.Input("manager", "is in this call already.");
        }

        return TransferTargets.ToManager(manager, facts) is { } target ? target : ControlProblem.Input("manager", "has no number that can be dialled.");
    }

    private Manager? ManagerOf(string text)
    {
        if (Guid.TryParse(text, out var contact))
        {
            return directory.Managers.ByContact(contact);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && CabinetKey.TryParse(text[..colon], out var cabinet) && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var employee) ? directory.Managers.ByEmployee(cabinet, employee) : null;
    }

    private IEnumerable<PhoneNumber> NumbersOf(CabinetKey cabinet) =>
        (settings.Cabinets.GetValueOrDefault(cabinet)?.Numbers ?? []).Concat(book.Of(cabinet).OwnNumbers).Distinct().Where(n => !settings.Routing.CommonNumbers.Contains(n) && !n.IsTollFree);

    private HandoverRow HandoverOf(ControlledCall call, TransferTarget target, PhoneNumber number, bool attended, ClaimsPrincipal who) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        FromCabinet = call.Key.Cabinet.Value,
        FromSession = call.Key.Id,
        Source = "transfer",
        ToNumber = number.E164,
        ToCabinet = target.Cabinet?.Value,
        ClientPhone = call.Client?.E164,
        FromNumber = PhoneNumber.TryParse(call.Call?.VirtualNumber ?? call.Live?.VirtualPhoneNumber)?.E164,
        At = time.GetUtcNow(),
        SeenAt = time.GetUtcNow(),
        ManagerContactId = target.Manager?.ContactId,
        ManagerName = target.Manager?.Name,
        Mode = attended ? "attended" : "blind",
        RequestedBy = who.Identity?.Name,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A transfer of call {Session} failed and could not be undone: {Why}")]
    private static partial void LogNotUndone(ILogger logger, string session, string why);
}
