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

        var contact = session.Ring(session.Start.Contact!, isOperator: false)!;
        await PassAsync(plan.Ring, ct);
        if (!plan.ContactAnswers)
        {
            session.EndLeg(contact, "subscriber_not_responsible");
            session.Finish("no_success_subscriber_call");
            return;
        }

        session.Connect(contact);
        employee ??= await RingEmployeeAsync(call, ct);
        if (employee is null)
        {
            session.Finish("no_success_operator_call");
            return;
        }

        session.StartTalk(contact, employee, plan.Recorded);
        if (!plan.HoldOpen)
        {
            await PassAsync(plan.Talk, ct);
            session.Finish("operator_disconnects");
        }
    }

    /// <summary>The third party of make.call.</summary>
    public async Task PlayThirdAsync(CallLeg third, bool answers, ApiCallPlan plan, CancellationToken ct)
    {
        await PassAsync(plan.Ring, ct);
        if (answers)
        {
            session.ThirdAnswers(third);
        }
        else
        {
            session.ThirdFails(third, "operator_not_responsible");
        }
    }

    private async Task<CallLeg?> RingEmployeeAsync(ApiCall call, CancellationToken ct)
    {
        foreach (var phone in call.Phones)
        {
            if (session.Ring(phone, employee: call.Employee) is not { } leg)
            {
                continue;
            }

            await PassAsync(call.Plan.Ring, ct);
            if (call.Plan.EmployeeAnswers)
            {
                session.Connect(leg);
                return leg;
            }

            session.EndLeg(leg, "operator_not_responsible");
        }

        return null;
    }
}

/// <summary>What a start method asked for.</summary>
internal sealed record ApiCall(SimEmployee? Employee, IReadOnlyList<string> Phones, bool EmployeeFirst, ApiCallPlan Plan);
