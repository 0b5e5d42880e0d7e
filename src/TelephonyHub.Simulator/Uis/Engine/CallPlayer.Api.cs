namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>Calls that the Call API makes.</summary>
internal sealed partial class CallPlayer
{
    /// <summary>A call of the Call API: the side named by `first_call` rings first (section 1.6).</summary>
    public async Task PlayAsync(ApiCall call, CancellationToken ct)
    {
        var plan = call.Plan;
        var employee = call.EmployeeFirst ? await RingEmployeeAsync(call, ct) : null;
        if (call.EmployeeFirst && employee is null)
        {
            session.Finish("no_success_operator_call");
            return;
        }

        if (!await RingContactAsync(plan, ct))
        {
            session.Finish("no_success_subscriber_call");
            return;
        }

        employee ??= await RingEmployeeAsync(call, ct);
        if (employee is null)
        {
            session.Finish("no_success_operator_call");
            return;
        }

        if (session.OpenTalk is null)
        {
            session.StartTalk(session.ContactLeg!, employee, plan.Recorded);
        }

        if (!plan.HoldOpen)
        {
            await PassAsync(plan.Talk, ct);
            session.Finish("operator_disconnects");
        }
    }

    /// <summary>start.scenario_call and start.vnumber_call: the scenario finds the employee, before or after the contact was rung.</summary>
    public async Task PlayScenarioAsync(ApiCall call, CancellationToken ct)
    {
        _api = call;
        if (!call.EmployeeFirst && !await RingContactAsync(call.Plan, ct))
        {
            session.Finish("no_success_subscriber_call");
            return;
        }

        await PlayAsync(Behaviour(call.Plan, call.Plan.EmployeeAnswers), ct);
    }

    /// <summary>start.informer_call: the message is played and the call is over.</summary>
    public async Task PlayInformerAsync(ApiCallPlan plan, TimeSpan dialingTimeout, CancellationToken ct)
    {
        if (!await RingContactAsync(plan with { Ring = plan.ContactAnswers ? plan.Ring : dialingTimeout }, ct))
        {
            session.Finish("no_success_subscriber_call");
            return;
        }

        await PassAsync(Prompt, ct);
        session.Informed = true;
        session.Finish("success_finish");
    }

    /// <summary>The third party of a transfer: rings, and picks up or does not.</summary>
    public async Task PlayThirdAsync(CallLeg third, bool answers, TimeSpan ring, CancellationToken ct)
    {
        if (third.Onward is { } onward)
        {
            await PlayOpenAsync(onward, answers, ring, ct);
            return;
        }

        await PassAsync(ring, ct);
        if (answers)
        {
            session.ThirdAnswers(third);
        }
        else
        {
            session.ThirdFails(third, "operator_not_responsible");
        }
    }

    /// <summary>The coach picks up, or not.</summary>
    public async Task PlayCoachAsync(CallLeg coach, ApiCallPlan plan, CancellationToken ct)
    {
        await PassAsync(plan.Ring, ct);
        if (plan.EmployeeAnswers)
        {
            session.Connect(coach);
        }
        else
        {
            session.EndLeg(coach, "operator_not_responsible");
        }
    }

    private static IncomingCall Behaviour(ApiCallPlan plan, bool answers) => new(From: null, string.Empty)
    {
        AnsweredBy = answers ? Answers.First : null,
        Ring = plan.Ring,
        Talk = plan.Talk,
        HoldOpen = plan.HoldOpen,
        Recorded = plan.Recorded,
        EndedByEmployee = true,
    };

    /// <summary>Plays another cabinet's session up to the talk, which our side then ends.</summary>
    private Task PlayOpenAsync(CallSession onward, bool answers, TimeSpan ring, CancellationToken ct) => new CallPlayer(onward, simulator).PlayAsync(
        Behaviour(new ApiCallPlan { Ring = ring, HoldOpen = true, Recorded = onward.Start.Recorded }, answers), ct);

    private async Task<bool> RingContactAsync(ApiCallPlan plan, CancellationToken ct) =>
        session.Ring(session.Start.Contact!, isOperator: false) is { } contact
        && await WaitForContactAsync(contact, plan.ContactAnswers, plan.Ring, ct);

    private async Task<bool> WaitForContactAsync(CallLeg contact, bool answers, TimeSpan ring, CancellationToken ct)
    {
        if (contact.Onward is { } onward)
        {
            await PlayOpenAsync(onward, answers, ring, ct);
        }
        else
        {
            await PassAsync(ring, ct);
            if (answers)
            {
                session.Connect(contact);
            }
            else
            {
                session.EndLeg(contact, "subscriber_not_responsible");
            }
        }

        return contact is { IsOpen: true, ConnectedAt: not null };
    }

    private async Task<CallLeg?> RingEmployeeAsync(ApiCall call, CancellationToken ct)
    {
        foreach (var phone in call.Phones)
        {
            if (session.Ring(phone, employee: call.Employee) is not { } leg)
            {
                continue;
            }

            if (leg.Onward is { } onward)
            {
                await PlayOpenAsync(onward, call.Plan.EmployeeAnswers, call.Plan.Ring, ct);
            }
            else
            {
                await PassAsync(call.Plan.Ring, ct);
                if (call.Plan.EmployeeAnswers)
                {
                    session.Connect(leg);
                }
            }

            if (leg is { IsOpen: true, ConnectedAt: not null })
            {
                return leg;
            }

            session.EndLeg(leg, "operator_not_responsible");
        }

        return null;
    }
}

/// <summary>What a start method asked for.</summary>
internal sealed record ApiCall(SimEmployee? Employee, IReadOnlyList<string> Phones, bool EmployeeFirst, ApiCallPlan Plan);
