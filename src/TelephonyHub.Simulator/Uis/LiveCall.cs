using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis;

/// <summary>A call in the hands of a test. Each step returns when its notifications were sent (held ones excepted).</summary>
public sealed class LiveCall
{
    private readonly CallSession _session;
    private readonly IncomingCall? _plan;

    internal LiveCall(CallSession session, IncomingCall? plan)
    {
        _session = session;
        _plan = plan;
    }

    public long SessionId => _session.Id;

    public string Cabinet => _session.Cabinet.Key;

    /// <summary>Processing, Talk, Hold, Dialing, OperatorTalk, Transferring or Finished (section 1.8).</summary>
    public string State => _session.State.ToString();

    public SimCall Call => _session.Snapshot();

    /// <summary>The session that this call opened last in another cabinet, to be answered there; null = none lives.</summary>
    public LiveCall? Onward => _session.WithOnward.Skip(1).LastOrDefault(onward => !onward.IsFinished) is { } onward ? new LiveCall(onward, _plan) : null;

    /// <summary>Moves the conversation's clock; waits where the stand-in has a <see cref="UisSimulatorOptions.TimeScale"/>.</summary>
    public async Task AdvanceAsync(TimeSpan by, CancellationToken ct = default)
    {
        await _session.Cabinet.Simulator.PassAsync(by, ct);
        foreach (var session in _session.Conversation.Where(session => !session.IsFinished).ToList())
        {
            session.Advance(by);
        }
    }

    /// <summary>Asks the routing handler, with or without a digit. Nothing is dialled.</summary>
    public async Task<InteractiveExchange> AskRouteAsync(string? digit = null, CancellationToken ct = default)
    {
        var exchange = await _session.Cabinet.Simulator.Interactive.AskAsync(_session, digit, ct);
        _session.Add(exchange);
        return exchange;
    }

    /// <summary>Asks the routing handler and rings the first phone of its answer.</summary>
    public async Task<SimLeg?> RingAsync(CancellationToken ct = default)
    {
        var exchange = await AskRouteAsync(_plan?.Digit, ct);
        return exchange.Phones.Count == 0 ? null : await RingAsync(exchange.Phones[0], ct);
    }

    /// <summary>Sends `out_call` and `call_proceeding`. Several phones may ring at once. Null = the phone cannot be rung.</summary>
    public async Task<SimLeg?> RingAsync(string phone, CancellationToken ct = default)
    {
        var leg = _session.Ring(phone, _session.Operation);
        await DrainAsync(ct);
        return leg?.Snapshot();
    }

    /// <summary>Lifts the phone without a talk, for example while the employee's prompt plays: `call_connected` only.</summary>
    public Task ConnectAsync(string phone, CancellationToken ct = default) => StepAsync(() => _session.Connect(Ringing(phone)), ct);

    /// <summary>Lets the cabinet's scenario deal with the call: asks the routing handler and rings; the talk stays open.</summary>
    /// <param name="answeredBy">which phone answers; null = none</param>
    public async Task PlayScenarioAsync(Func<string, bool>? answeredBy, CancellationToken ct = default)
    {
        var call = (_plan ?? new IncomingCall(_session.Start.Contact, _session.Start.VirtualNumber)) with { AnsweredBy = answeredBy, HoldOpen = true };
        await new CallPlayer(_session, _session.Cabinet.Simulator).PlayAsync(call, ct);
        await DrainAsync(ct);
    }

    /// <summary>Lifts the phone and talks: `call_connected`, `talk_started`; the other phones stop ringing.</summary>
    public Task AnswerAsync(string? phone = null, CancellationToken ct = default) => StepAsync(
        () =>
        {
            var leg = Ringing(phone);
            if (leg.Onward is not null)
            {
                throw new InvalidOperationException("That phone is another cabinet's number: answer Onward.");
            }

            if (_session.State is SessionState.Dialing or SessionState.Transferring)
            {
                _session.ThirdAnswers(leg);
                return;
            }

            _session.Connect(leg);
            var contact = _session.ContactLeg ?? throw new InvalidOperationException("The call has no contact leg.");
            _session.StartTalk(contact, leg, _plan?.Recorded ?? true);
        },
        ct);

    /// <summary>The phone rang in vain: `call_disconnected`.</summary>
    public Task NoAnswerAsync(string? phone = null, CancellationToken ct = default) => StepAsync(
        () =>
        {
            var leg = Ringing(phone);
            if (_session.State is SessionState.Dialing or SessionState.Transferring)
            {
                _session.ThirdFails(leg, "operator_not_responsible");
            }
            else
            {
                _session.EndLeg(leg, "operator_not_responsible");
            }
        },
        ct);

    public Task HoldAsync(CancellationToken ct = default) => StepAsync(() => Require(_session.Hold()), ct);

    public Task UnholdAsync(CancellationToken ct = default) => StepAsync(() => Require(_session.Unhold()), ct);

    /// <summary>Dials a third party while the contact is held; he rings until answered.</summary>
    public Task MakeCallAsync(string to, CancellationToken ct = default) => StepAsync(() => Require(_session.Make(to, out _)), ct);

    public Task TransferAsync(CancellationToken ct = default) => StepAsync(() => Require(_session.Transfer()), ct);

    /// <summary>The employee transfers on his phone, nobody knows of it in advance: he leaves, the new phone rings.</summary>
    /// <param name="to">extension, employee's number, public number or another cabinet's virtual number</param>
    /// <param name="answered">null = it rings until <see cref="AnswerAsync"/> or, in another cabinet, until somebody answers <see cref="Onward"/></param>
    /// <param name="ct">cancels</param>
    /// <returns>the leg that rings; null = the phone cannot be rung and the talk goes on</returns>
    public async Task<SimLeg?> TransferByPhoneAsync(string to, bool? answered = null, CancellationToken ct = default)
    {
        Require(_session.TransferByPhone(to, out var third));
        if (third is not null && answered is { } picksUp)
        {
            await new CallPlayer(_session, _session.Cabinet.Simulator).PlayThirdAsync(third, picksUp, _plan?.Ring ?? TimeSpan.FromSeconds(4), ct);
        }

        await DrainAsync(ct);
        return third?.Snapshot();
    }

    public Task RestoreAsync(CancellationToken ct = default) => StepAsync(() => Require(_session.Restore()), ct);

    public Task SetTagAsync(long tagId, CancellationToken ct = default) => StepAsync(() => _session.SetTag(Tag(tagId)), ct);

    public Task UnsetTagAsync(long tagId, CancellationToken ct = default) => StepAsync(() => _session.UnsetTag(Tag(tagId)), ct);

    /// <summary>Leaves a message; it is notified after the call.</summary>
    public Task LeaveVoiceMailAsync(TimeSpan duration, CancellationToken ct = default) => StepAsync(() => _session.LeaveVoiceMail(duration), ct);

    /// <summary>Ends the call for everybody; completes when the recording was notified, too.</summary>
    public async Task<SimCall> HangUpAsync(bool byEmployee = false, CancellationToken ct = default)
    {
        _session.Finish(byEmployee ? "operator_disconnects" : "subscriber_disconnects");
        return await CompletedAsync(ct);
    }

    /// <summary>Ends the call with a reason of section 2.3.</summary>
    public async Task<SimCall> EndAsync(string finishReason, CancellationToken ct = default)
    {
        _session.Finish(finishReason);
        return await CompletedAsync(ct);
    }

    internal Task DrainAsync(CancellationToken ct) => _session.DrainAsync(ct);

    private async Task<SimCall> CompletedAsync(CancellationToken ct)
    {
        foreach (var session in _session.Conversation.Where(session => session.IsFinished).ToList())
        {
            await session.Completed.WaitAsync(ct);
        }

        return _session.Snapshot();
    }

    private static void Require(bool allowed)
    {
        if (!allowed)
        {
            throw new InvalidOperationException("The call is not in a state for that (section 1.8).");
        }
    }

    private Task StepAsync(Action step, CancellationToken ct)
    {
        step();
        return DrainAsync(ct);
    }

    private CallLeg Ringing(string? phone) =>
        _session.Legs.LastOrDefault(leg => leg.IsOpen && !leg.TalkedOrContact && (phone is null || string.Equals(leg.Phone, phone, StringComparison.Ordinal)))
        ?? throw new InvalidOperationException("No such phone is ringing.");

    private SimTag Tag(long id) => _session.Cabinet.Options.Tags.First(tag => tag.Id == id);
}
