using TelephonyHub.Simulator.Uis.Notifications;

namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>The end of the call and what comes after it.</summary>
internal sealed partial class CallSession
{
    /// <summary>Ends the call for everybody and starts what follows: recordings become ready, held notifications go out.</summary>
    public void Finish(string reason)
    {
        lock (Gate)
        {
            if (IsFinished)
            {
                return;
            }

            foreach (var talk in _talks)
            {
                FinishTalk(talk);
            }

            foreach (var leg in _legs.Where(leg => leg.IsOpen).OrderByDescending(leg => leg.IsOperator).ToList())
            {
                EndLeg(leg, reason);
            }

            State = SessionState.Finished;
            FinishedAt = Now;
            FinishReason = reason;
            if (IsLost && Start.IsIncoming)
            {
                Emit(EventNames.LostCallSession, new EventFacts());
            }

            Emit(EventNames.CallSessionFinished, new EventFacts { Employee = LastTalk?.Operator.Employee ?? Start.Caller });
            _finished.TrySetResult();
            Start.Upstream?.Session.OnwardEnded(Start.Upstream.Leg, reason, Now);
        }

        Cabinet.Simulator.Background.Run(CompleteAsync);
    }

    private async Task CompleteAsync(CancellationToken ct)
    {
        try
        {
            await Cabinet.Simulator.PassAsync(Cabinet.Simulator.Options.RecordDelay, ct);
            if (_records.Count > 0 && Cabinet.Simulator.Faults.Media.ReadyAfter is { Ticks: > 0 } late)
            {
                await Task.Delay(late, Cabinet.Simulator.Time, ct);
            }

            lock (Gate)
            {
                Now += Cabinet.Simulator.Options.RecordDelay;
                foreach (var record in _records)
                {
                    record.Ready = true;
                    Cabinet.Simulator.Media.Publish(Id, record);
                    Emit(record.IsVoiceMail ? EventNames.VoiceMessage : EventNames.TalkRecordFile, new EventFacts { Record = record, Talk = record.Talk });
                }

                Outbox.ReleaseHeld();
            }

            await Outbox.DrainAsync(ct);
            _completed.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            _completed.TrySetCanceled(ct);
            throw;
        }
        catch (Exception fault)
        {
            // Whoever plays the call waits for this; he must not wait for ever.
            _completed.TrySetException(fault);
            throw;
        }
    }
}
