using TelephonyHub.Simulator.Uis.Notifications;

namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>The state machine of section 1.8: A = contact, B = first employee, C = third party. False = wrong state.</summary>
internal sealed partial class CallSession
{
    public bool Hold()
    {
        lock (Gate)
        {
            if (State != SessionState.Talk || OpenTalk is not { } talk)
            {
                return false;
            }

            State = SessionState.Hold;
            talk.HeldSince = Now;
            Emit(EventNames.CallHoldControl, new EventFacts { Leg = talk.Operator, Status = "hold" });
            return true;
        }
    }

    public bool Unhold()
    {
        lock (Gate)
        {
            if (State != SessionState.Hold || OpenTalk is not { } talk)
            {
                return false;
            }

            Unhold(talk);
            State = SessionState.Talk;
            Emit(EventNames.CallHoldControl, new EventFacts { Leg = talk.Operator, Status = "unhold" });
            return true;
        }
    }

    /// <summary>Dials C while A is held. The leg is null if C cannot be reached: then A stays held.</summary>
    public bool Make(string to, out CallLeg? third)
    {
        lock (Gate)
        {
            third = null;
            if (State != SessionState.Hold)
            {
                return false;
            }

            third = Ring(to);
            State = third is null ? SessionState.Hold : SessionState.Dialing;
            return true;
        }
    }

    /// <summary>C has picked up: he talks with B, or, after a blind transfer, with A.</summary>
    public void ThirdAnswers(CallLeg third)
    {
        lock (Gate)
        {
            Connect(third);
            if (State == SessionState.Dialing && HeldTalk is { } held)
            {
                StartTalk(held.Operator, third, recorded: false);
            }
            else if (State == SessionState.Transferring && ContactLeg is { IsOpen: true } contact)
            {
                StartTalk(contact, third, recorded: _talks.Exists(talk => talk.Recorded));
            }
        }
    }

    /// <summary>C did not pick up: back to hold, or the end after a blind transfer.</summary>
    public void ThirdFails(CallLeg third, string reason)
    {
        lock (Gate)
        {
            EndLeg(third, reason);
            if (State == SessionState.Dialing)
            {
                State = SessionState.Hold;
            }
            else if (State == SessionState.Transferring)
            {
                Finish("no_success_operator_call");
            }
        }
    }

    /// <summary>A goes to C, B leaves.</summary>
    public bool Transfer()
    {
        lock (Gate)
        {
            if (State is not (SessionState.Dialing or SessionState.OperatorTalk) || HeldTalk is not { } held || Third is not { } third)
            {
                return false;
            }

            FinishOperatorTalk();
            FinishTalk(held);
            Transferred = true;
            EndLeg(held.Operator, "transfer_disconnects");
            State = SessionState.Transferring;
            if (third.ConnectedAt is not null)
            {
                StartTalk(ContactLeg!, third, held.Recorded);
            }

            return true;
        }
    }

    /// <summary>B returns to A, C leaves.</summary>
    public bool Restore()
    {
        lock (Gate)
        {
            if (State is not (SessionState.Dialing or SessionState.OperatorTalk) || HeldTalk is not { } held || Third is not { } third)
            {
                return false;
            }

            FinishOperatorTalk();
            EndLeg(third, "operator_disconnects");
            Unhold(held);
            State = SessionState.Talk;
            return true;
        }
    }

    /// <summary>Drops one leg. The contact's leg, or the last partner of the contact, ends the session.</summary>
    public bool Disconnect(long legId)
    {
        lock (Gate)
        {
            if (_legs.Find(leg => leg.Id == legId && leg.IsOpen) is not { } leg)
            {
                return false;
            }

            if (!leg.IsOperator)
            {
                Finish("subscriber_disconnects");
                return true;
            }

            LeaveOperator(leg);
            return true;
        }
    }

    /// <summary>The employee presses the transfer key of his phone: he leaves at once, the contact waits for the new one. No hold is notified.</summary>
    /// <param name="to">extension, employee's number or public number</param>
    /// <param name="third">null = the phone cannot be rung and the talk goes on</param>
    public bool TransferByPhone(string to, out CallLeg? third)
    {
        lock (Gate)
        {
            third = null;
            if (State != SessionState.Talk || OpenTalk is not { WithContact: true } talk)
            {
                return false;
            }

            third = Ring(to);
            if (third is not null)
            {
                FinishTalk(talk);
                Transferred = true;
                EndLeg(talk.Operator, "transfer_disconnects");
                State = SessionState.Transferring;
            }

            return true;
        }
    }

    private Talk? HeldTalk => _talks.FindLast(talk => talk.WithContact && talk.HeldSince is not null && talk.EndedAt is null);

    private CallLeg? Third => HeldTalk is { } held
        ? _legs.FindLast(leg => leg is { IsOperator: true, IsOpen: true, IsCoach: false } && leg != held.Operator)
        : null;

    /// <summary>An operator's leg ends: the third party leaves the contact held, the last partner of the contact ends the session.</summary>
    private void LeaveOperator(CallLeg leg, string reason = "operator_disconnects")
    {
        if (leg == Third)
        {
            FinishOperatorTalk();
            ThirdFails(leg, reason);
            State = IsFinished ? State : SessionState.Hold;
            return;
        }

        foreach (var talk in _talks.Where(talk => talk.EndedAt is null && (talk.First == leg || talk.Second == leg)).ToList())
        {
            FinishTalk(talk);
        }

        EndLeg(leg, "operator_disconnects");
        if (State != SessionState.Processing && !_talks.Exists(talk => talk.EndedAt is null))
        {
            Finish("operator_disconnects");
        }
    }

    private void FinishOperatorTalk()
    {
        foreach (var talk in _talks.Where(talk => talk.EndedAt is null && !talk.WithContact).ToList())
        {
            FinishTalk(talk);
        }
    }

    private void Unhold(Talk talk)
    {
        if (talk.HeldSince is { } since)
        {
            talk.Held += Now - since;
            talk.HeldSince = null;
        }
    }
}
