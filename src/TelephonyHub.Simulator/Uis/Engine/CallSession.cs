using TelephonyHub.Simulator.Uis.Notifications;

namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>What the PBX knows of one call. Every change goes through here, says so by notification, and holds <see cref="Gate"/>.</summary>
internal sealed partial class CallSession
{
    private readonly List<CallLeg> _legs = [];
    private readonly List<Talk> _talks = [];
    private readonly List<CallRecord> _records = [];
    private readonly List<SimTag> _tags = [];
    private readonly List<InteractiveExchange> _interactions = [];
    private readonly List<CallSession> _onward = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CallSession(SimCabinet cabinet, SessionStart start)
    {
        Cabinet = cabinet;
        Start = start;

        // One gate for all sessions of a conversation: they act on each other, and two gates would be taken in both orders.
        Gate = start.Upstream?.Session.Gate ?? new Lock();
        Id = cabinet.Simulator.NextSessionId();
        StartedAt = start.StartedAt;
        Now = start.StartedAt;
        Outbox = new SessionOutbox(cabinet.Simulator.Sender);
        (ContactId, CommunicationNumber) = cabinet.RegisterContact(start.Contact, start.ContactFullName);
    }

    public Lock Gate { get; }

    public SimCabinet Cabinet { get; }

    public SessionStart Start { get; }

    public long Id { get; }

    public long? ContactId { get; }

    public int CommunicationNumber { get; }

    public SessionOutbox Outbox { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Simulated clock of the call.</summary>
    public DateTimeOffset Now { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public string? FinishReason { get; private set; }

    public SessionState State { get; private set; }

    public bool Transferred { get; private set; }

    public SimOperation? Operation { get; set; }

    public IReadOnlyList<CallLeg> Legs => Copy(_legs);

    public IReadOnlyList<CallRecord> Records => Copy(_records);

    public IReadOnlyList<SimTag> Tags => Copy(_tags);

    public Task Answered => _answered.Task;

    public Task Finished => _finished.Task;

    /// <summary>Everything is sent, recordings included.</summary>
    public Task Completed => _completed.Task;

    public bool IsFinished => State == SessionState.Finished;

    public CallLeg? ContactLeg => _legs.Find(leg => !leg.IsOperator && leg.IsOpen) ?? _legs.Find(leg => !leg.IsOperator);

    public void Advance(TimeSpan by)
    {
        lock (Gate)
        {
            Now += by;
        }
    }

    /// <summary>The call lives in real time: its clock is never behind the clock on the wall.</summary>
    public void CatchUp(DateTimeOffset wall)
    {
        lock (Gate)
        {
            Now = wall > Now ? wall : Now;
        }
    }

    public void Begin()
    {
        lock (Gate)
        {
            Emit(Start.IsIncoming ? EventNames.InCallSession : EventNames.OutCallSession, new EventFacts { Employee = Start.Caller });
            if (Start.IsFromPhone)
            {
                // The side that dialled into the platform: the client, or the employee's line of an outgoing call.
                var leg = Start.Caller is null
                    ? NewLeg(Start.Contact, Start.VirtualNumber, employee: null, isOperator: false, Start.Contact)
                    : NewLeg(Start.CallerPhone, Start.Contact, Start.Caller, isOperator: true, Start.CallerPhone);
                leg.ConnectedAt = Now;
                Emit(EventNames.InCall, new EventFacts { Leg = leg });
            }
        }
    }

    /// <summary>Rings a phone; null = it could not be rung, the reason is in the leg that ended at once.</summary>
    public CallLeg? Ring(
        string phone, SimOperation? operation = null, long? groupId = null, bool isOperator = true, SimEmployee? employee = null, bool isCoach = false)
    {
        lock (Gate)
        {
            if (IsFinished)
            {
                return null;
            }

            employee ??= isOperator ? Cabinet.FindEmployee(phone) : null;
            var leg = NewLeg(CallerIdFor(isOperator, operation), phone, employee, isOperator, phone, dialled: true, operation, groupId, isCoach);
            Emit(EventNames.OutCall, new EventFacts { Leg = leg });
            if (isOperator && Cabinet.WhyUnreachable(phone, employee) is { } reason)
            {
                EndLeg(leg, reason);
                return null;
            }

            Emit(EventNames.CallProceeding, new EventFacts { Leg = leg });
            OpenOnward(leg);
            return leg;
        }
    }

    public void Connect(CallLeg leg)
    {
        lock (Gate)
        {
            if (leg.IsOpen && leg.ConnectedAt is null)
            {
                leg.ConnectedAt = Now;
                Emit(EventNames.CallConnected, new EventFacts { Leg = leg });
            }
        }
    }

    /// <summary>Joins two connected legs; other phones that still ring stop.</summary>
    public Talk? StartTalk(CallLeg first, CallLeg second, bool recorded)
    {
        lock (Gate)
        {
            if (IsFinished || !first.IsOpen || !second.IsOpen)
            {
                return null;
            }

            var talk = new Talk(first, second, Now) { Recorded = recorded };
            first.Talked = second.Talked = true;
            first.Recording |= recorded;
            second.Recording |= recorded;
            _talks.Add(talk);
            State = talk.WithContact ? SessionState.Talk : SessionState.OperatorTalk;
            Emit(EventNames.TalkStarted, new EventFacts { Talk = talk });
            if (talk.WithContact)
            {
                foreach (var ringing in _legs.Where(leg => leg is { IsOpen: true, ConnectedAt: null, IsCoach: false }).ToList())
                {
                    EndLeg(ringing, "another_operator_answer");
                }

                _answered.TrySetResult();
                Start.Upstream?.Session.OnwardAnswered(Start.Upstream.Leg, Now);
            }

            return talk;
        }
    }

    public void EndLeg(CallLeg leg, string reason)
    {
        lock (Gate)
        {
            if (leg.IsOpen)
            {
                leg.EndedAt = Now;
                leg.FinishReason = reason;
                leg.Recording = false;
                Emit(EventNames.CallDisconnected, new EventFacts { Leg = leg });
                EndOnward(leg);
            }
        }
    }

    public void FinishTalk(Talk talk)
    {
        lock (Gate)
        {
            if (talk.EndedAt is not null)
            {
                return;
            }

            Unhold(talk);
            talk.EndedAt = Now;
            Emit(EventNames.TalkFinished, new EventFacts { Talk = talk });
            if (talk.WithContact && (talk.Recorded || talk.RecordedByRequest))
            {
                _records.Add(new CallRecord(NewHash(), talk.Duration(Now), talk, IsVoiceMail: false));
            }
        }
    }

    private CallLeg NewLeg(
        string? calling, string? called, SimEmployee? employee, bool isOperator, string? phone,
        bool dialled = false, SimOperation? operation = null, long? groupId = null, bool isCoach = false)
    {
        var leg = new CallLeg(Cabinet.Simulator.NextLegId(), calling, called, employee, isOperator, Now)
        {
            Phone = phone,
            DialledByPlatform = dialled,
            Operation = operation,
            GroupId = groupId,
            IsCoach = isCoach,
        };
        _legs.Add(leg);
        return leg;
    }

    /// <summary>Readers see a moment of the call, not a list that changes under them.</summary>
    private T[] Copy<T>(List<T> items)
    {
        lock (Gate)
        {
            return [.. items];
        }
    }

    private void Emit(string mnemonic, EventFacts facts) => Cabinet.Notify(this, mnemonic, facts);
}
