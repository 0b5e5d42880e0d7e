namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>What can be told of the call: reports and notifications read it here.</summary>
internal sealed partial class CallSession
{
    /// <summary>The message of start.informer_call was played to the end: that call was no failure.</summary>
    public bool Informed { get; set; }

    public Talk? FirstTalk => _talks.Find(talk => talk.WithContact);

    public Talk? LastTalk => _talks.FindLast(talk => talk.WithContact);

    public Talk? OpenTalk => _talks.FindLast(talk => talk.EndedAt is null);

    /// <summary>"Не принят вызываемой стороной": no talk with the outside party.</summary>
    public bool IsLost => FirstTalk is null && !Informed;

    public bool IsInternal => Start.Contact is { } contact && Cabinet.FindEmployee(contact) is not null;

    public TimeSpan Total => (FinishedAt ?? Now) - StartedAt;

    public TimeSpan Wait => (FirstTalk?.StartedAt ?? FinishedAt ?? Now) - StartedAt;

    public TimeSpan TalkTime => FirstTalk is { } first ? (LastTalk!.EndedAt ?? Now) - first.StartedAt : TimeSpan.Zero;

    public TimeSpan CleanTalkTime => _talks.Where(talk => talk.WithContact)
        .Aggregate(TimeSpan.Zero, (sum, talk) => sum + talk.Duration(Now) - talk.Held);

    public Uri FileLink(CallRecord record) => Cabinet.Simulator.Media.LinkOf(Id, record);

    /// <summary>Words of `legs[].state` in list.calls (Russian interface texts).</summary>
    public string StateText(CallLeg leg)
    {
        lock (Gate)
        {
            if (!leg.IsOpen)
            {
                return "Разъединено";
            }

            var held = State is SessionState.Hold or SessionState.Dialing or SessionState.OperatorTalk;
            return leg.ConnectedAt is null ? "Дозвон"
                : held && !leg.IsOperator ? "На удержании"
                : State == SessionState.OperatorTalk ? "Разговор операторов"
                : State == SessionState.Transferring ? "Перевод вызова"
                : State == SessionState.Processing ? "На очереди"
                : "Разговор";
        }
    }

    public SimCall Snapshot()
    {
        lock (Gate)
        {
            return new SimCall(Id, Cabinet.Key, [.. _legs.Select(leg => leg.Snapshot())], IsLost)
            {
                Direction = Start.Direction,
                Source = Start.Source,
                ContactPhone = Start.Contact,
                VirtualNumber = Start.VirtualNumber,
                ExternalId = Start.ExternalId,
                StartedAt = StartedAt,
                FinishedAt = FinishedAt,
                FinishReason = FinishReason,
                Wait = Wait,
                Talk = TalkTime,
                Total = Total,
                Transferred = Transferred,
                TalkedEmployeeId = LastTalk?.Operator.Employee?.Id,
                TalkedPhone = LastTalk?.Operator.Phone,
                RecordHashes = [.. _records.Where(record => !record.IsVoiceMail).Select(record => record.Hash)],
                VoiceMailHashes = [.. _records.Where(record => record.IsVoiceMail).Select(record => record.Hash)],
                FileLinks = [.. _records.OrderBy(record => record.IsVoiceMail).Select(FileLink)],
                Interactions = [.. _interactions],
                TagIds = [.. _tags.Select(tag => tag.Id)],
                Onward = [.. _onward.Select(onward => onward.Snapshot())],
                OpenedBy = Start.Upstream?.Session.Id,
            };
        }
    }
}
