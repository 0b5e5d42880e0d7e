using TelephonyHub.Simulator.Uis.Notifications;

namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>What is attached to the call: tags, messages, routing answers, sessions it opened elsewhere.</summary>
internal sealed partial class CallSession
{
    public void LeaveVoiceMail(TimeSpan duration)
    {
        lock (Gate)
        {
            Now += duration;
            _records.Add(new CallRecord(NewHash(), duration, Talk: null, IsVoiceMail: true));
        }
    }

    public void SetTag(SimTag tag)
    {
        lock (Gate)
        {
            _tags.Add(tag);
            Emit(EventNames.SetMark, new EventFacts { Tag = tag });
        }
    }

    public void UnsetTag(SimTag tag)
    {
        lock (Gate)
        {
            if (_tags.Remove(tag))
            {
                Emit(EventNames.UnsetMark, new EventFacts { Tag = tag });
            }
        }
    }

    public void Add(InteractiveExchange exchange)
    {
        lock (Gate)
        {
            _interactions.Add(exchange);
            Now += exchange.Elapsed;
        }
    }
}
