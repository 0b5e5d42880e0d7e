namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>Plays a call from the first notification to the hang-up: the scenario's operations, the phones, the talk.</summary>
internal sealed partial class CallPlayer(CallSession session, UisSimulator simulator)
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan VoiceMessage = TimeSpan.FromSeconds(17);
    private static readonly TimeSpan RingsInVain = TimeSpan.FromSeconds(20);
    private ApiCall? _api;
    private TimeSpan? _patience;
    private string? _typed;

    public async Task PlayAsync(IncomingCall call, CancellationToken ct)
    {
        _patience = call.GivesUpAfter;
        if (session.Cabinet.Blocked.Contains(session.Start.Contact))
        {
            session.Finish("numa_in_black_list");
            return;
        }

        var scenario = session.Start.Scenario;
        var operation = scenario?.Operations.Count > 0 ? scenario.Operations[0] : null;
        var reason = scenario is null ? "no_active_scenario" : "no_operation";
        for (var transitions = 0; operation is not null && !session.IsFinished; transitions++)
        {
            if (transitions >= simulator.Options.MaxTransitions)
            {
                reason = "max_transition_count_exceeded";
                break;
            }

            session.Operation = operation;
            if (await RunAsync(operation, call, ct) is not { } branch)
            {
                return;
            }

            reason = session.Legs.Any(leg => leg.IsOperator) ? "no_success_operator_call" : "no_operation";
            operation = operation.Branches.TryGetValue(branch, out var next) ? scenario!.Find(next) : null;
        }

        session.Finish(reason);
    }

    public async Task PlayAsync(OutgoingCall call, CancellationToken ct)
    {
        var contact = session.Ring(call.To, isOperator: false)!;
        if (!await WaitForContactAsync(contact, call.Answered, call.Ring, ct))
        {
            session.Finish("no_success_subscriber_call");
            return;
        }

        session.StartTalk(contact, session.Legs[0], call.Recorded);
        await PassAsync(call.Talk, ct);
        session.Finish("operator_disconnects");
    }

    /// <summary>Branch to leave through; null = the call is over.</summary>
    private async Task<string?> RunAsync(SimOperation operation, IncomingCall call, CancellationToken ct)
    {
        switch (operation.Kind)
        {
            case SimOperationKind.Info:
                return await ListenAsync(ct) ? "play_done" : null;

            case SimOperationKind.Menu:
                if (!await ListenAsync(ct))
                {
                    return null;
                }

                _typed = simulator.Faults.LoseDigit ? null : call.Digit;
                return _typed is null ? "input_timeout" : operation.Branches.ContainsKey(_typed) ? _typed : "incorrect_input";

            case SimOperationKind.Integration:
                return await IntegrateAsync(operation, call, ct);

            case SimOperationKind.Dialing:
                var group = session.Cabinet.FindGroup(operation.GroupId);
                var phones = group is null ? operation.Phones : PhonesOf(group);
                return await DialAsync(phones, operation, group, call, ct) ? null : session.IsFinished ? null : "dial_failed";

            case SimOperationKind.PersonalManager:
                return PhonesOfManager() is not { } own ? "manager_not_found"
                    : await DialAsync(own, operation, group: null, call, ct) ? null : session.IsFinished ? null : "dial_failed";

            case SimOperationKind.VoiceMail:
                if (call.VoiceMail && await ListenAsync(ct))
                {
                    await simulator.PassAsync(VoiceMessage, ct);
                    session.LeaveVoiceMail(VoiceMessage);
                }

                session.Finish(call.VoiceMail ? "subscriber_disconnects" : "no_success_operator_call");
                return null;

            default:
                throw new InvalidOperationException($"Unknown operation {operation.Kind}.");
        }
    }

    private async Task<string?> IntegrateAsync(SimOperation operation, IncomingCall call, CancellationToken ct)
    {
        if (operation.CollectsDigit && !simulator.Faults.LoseDigit)
        {
            _typed = call.Digit;
        }

        var exchange = await simulator.Interactive.AskAsync(session, _typed, ct);
        session.Add(exchange);
        if (exchange.Phones.Count == 0)
        {
            return exchange.Branch == "play_done" && !await ListenAsync(ct) ? null : exchange.Branch;
        }

        return await DialAsync(exchange.Phones, operation, group: null, call, ct) ? null : session.IsFinished ? null : "dial_failed";
    }

    /// <summary>Always true: whatever comes of it, the scenario is over.</summary>
    private async Task<bool> TalkAsync(CallLeg leg, IncomingCall call, CancellationToken ct)
    {
        session.Connect(leg);
        if (session.ContactLeg is null && !await RingContactAsync(_api!.Plan, ct))
        {
            session.Finish("no_success_subscriber_call");
            return true;
        }

        session.StartTalk(session.ContactLeg!, leg, call.Recorded);
        foreach (var tag in session.Cabinet.Options.Tags.Where(tag => call.Tags.Contains(tag.Id)))
        {
            session.SetTag(tag);
        }

        if (call.HoldOpen)
        {
            return true;
        }

        await PassAsync(call.Talk, ct);
        if (call.TransferTo is { } to && session.TransferByPhone(to, out var third) && third is not null)
        {
            await PlayThirdAsync(third, call.AnsweredBy?.Invoke(to) == true, call.Ring, ct);
            await PassAsync(call.Talk, ct);
        }

        session.Finish(call.EndedByEmployee ? "operator_disconnects" : "subscriber_disconnects");
        return true;
    }

    private Task<bool> ListenAsync(CancellationToken ct) => RingOnAsync(Prompt, ct);

    /// <summary>Lets time pass; false = the caller lost patience and the call is over.</summary>
    private async Task<bool> RingOnAsync(TimeSpan duration, CancellationToken ct)
    {
        if (_patience is { } left && left <= duration)
        {
            await PassAsync(left, ct);
            session.Finish("subscriber_disconnects");
            return false;
        }

        _patience -= duration;
        await PassAsync(duration, ct);
        return !session.IsFinished;
    }

    /// <summary>Passes simulated time; a call that ends meanwhile (release.call) stops the wait.</summary>
    private async Task PassAsync(TimeSpan duration, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var passing = simulator.PassAsync(duration, over.Token);
        if (await Task.WhenAny(passing, session.Finished) == passing)
        {
            await passing;
            session.Advance(duration);
        }
        else
        {
            await over.CancelAsync();
        }
    }
}
