using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TelephonyHub.Simulator.Uis.Notifications;

namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>What is attached to the call: tags, recordings, messages, routing answers.</summary>
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

    /// <summary>Mnemonic of the refusal of record.call; null = it may.</summary>
    public string? WhyNoRecording(bool on)
    {
        lock (Gate)
        {
            return OpenTalk is not { } talk ? "invalid_state"
                : talk.First.Recording == on ? (on ? "record_already_started" : "record_already_stopped")
                : !on && talk.Recorded ? "forbidden"
                : null;
        }
    }

    public void SetRecording(bool on)
    {
        lock (Gate)
        {
            if (OpenTalk is not { } talk)
            {
                return;
            }

            talk.First.Recording = talk.Second.Recording = on;
            talk.RecordedByRequest |= on;
            Emit(EventNames.TalkRecordControl, new EventFacts { Talk = talk, Status = on ? "on" : "off" });
        }
    }

    private string NewHash()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Cabinet.Options.AppId}/{Id}/{_records.Count}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }
}
