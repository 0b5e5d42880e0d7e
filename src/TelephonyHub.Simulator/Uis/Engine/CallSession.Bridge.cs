namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>One conversation over several cabinets: dialling another cabinet's virtual number opens a session there, and each end is felt at the other.</summary>
internal sealed partial class CallSession
{
    /// <summary>This session and those that it opened, directly or not.</summary>
    public IEnumerable<CallSession> WithOnward => Copy(_onward).SelectMany(onward => onward.WithOnward).Prepend(this);

    /// <summary>All sessions of the conversation, the first one first.</summary>
    public IEnumerable<CallSession> Conversation => Start.Upstream is { } up ? up.Session.Conversation : WithOnward;

    /// <summary>Returns when all that the conversation has to say was sent.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        foreach (var session in Conversation.ToList())
        {
            await session.Outbox.DrainAsync(ct);
        }
    }

    /// <summary>What the rung side sees: `show_virtual_phone_number`, else `is_use_numb_as_numa` of the forwarding operation (section 5.1).</summary>
    private string? CallerIdFor(bool isOperator, SimOperation? operation)
    {
        var service = !isOperator || (Start.ShowVirtualNumber
            ?? Cabinet.Options.UseNumbAsNuma
            ?? (operation ?? Operation)?.ShowServiceNumber
            ?? !Start.IsIncoming);
        return service ? Start.VirtualNumber : Start.Contact;
    }

    private void OpenOnward(CallLeg leg)
    {
        if (Cabinet.Simulator.CabinetOfNumber(leg.Phone!) is not { } other || other == Cabinet)
        {
            return;
        }

        var call = new IncomingCall(leg.Calling, SimPhone.WithoutTail(leg.Phone!)) { StartedAt = Now, Recorded = Start.Recorded };
        leg.Onward = other.StartIncoming(call, new Upstream(this, leg));
        _onward.Add(leg.Onward);
    }

    /// <summary>Our leg is the other cabinet's caller: it hangs up.</summary>
    private void EndOnward(CallLeg leg)
    {
        if (leg.Onward is { IsFinished: false } onward)
        {
            onward.CatchUp(Now);
            onward.Finish("subscriber_disconnects");
        }
    }

    /// <summary>Somebody in the other cabinet has picked up: our leg is answered.</summary>
    private void OnwardAnswered(CallLeg leg, DateTimeOffset at)
    {
        if (!leg.IsOpen || leg.ConnectedAt is not null)
        {
            return;
        }

        CatchUp(at);
        if (State is SessionState.Dialing or SessionState.Transferring)
        {
            ThirdAnswers(leg);
            return;
        }

        Connect(leg);
        if (leg.IsOperator && ContactLeg is { IsOpen: true, ConnectedAt: not null } contact)
        {
            StartTalk(contact, leg, Start.Recorded);
        }
    }

    /// <summary>The session in the other cabinet is over; "subscriber_disconnects" there means that our side, the client, hung up.</summary>
    private void OnwardEnded(CallLeg leg, string reason, DateTimeOffset at)
    {
        if (IsFinished || !leg.IsOpen)
        {
            return;
        }

        CatchUp(at);
        var clientLeft = string.Equals(reason, "subscriber_disconnects", StringComparison.Ordinal);
        if (leg == Third)
        {
            LeaveOperator(leg, leg.ConnectedAt is null ? "operator_not_responsible" : "operator_disconnects");
        }
        else if (clientLeft || (!leg.IsOperator && leg.ConnectedAt is not null))
        {
            Finish("subscriber_disconnects");
        }
        else if (State == SessionState.Transferring)
        {
            ThirdFails(leg, "operator_not_responsible");
        }
        else if (leg.ConnectedAt is not null)
        {
            LeaveOperator(leg);
        }
        else
        {
            EndLeg(leg, leg.IsOperator ? "operator_not_responsible" : "subscriber_not_responsible");
        }
    }
}
