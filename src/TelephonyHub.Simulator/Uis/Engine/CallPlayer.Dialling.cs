namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>Rings phones for a scenario: one after another, all at once, or through another cabinet.</summary>
internal sealed partial class CallPlayer
{
    /// <summary>Dials in list order, or all at once; true = a talk took place and the call is over.</summary>
    private async Task<bool> DialAsync(IReadOnlyList<string> phones, SimOperation operation, SimGroup? group, IncomingCall call, CancellationToken ct)
    {
        if (group?.Simultaneous == true)
        {
            return await DialAllAsync(phones, operation, group, call, ct);
        }

        foreach (var phone in phones)
        {
            if (simulator.CabinetOfNumber(phone) is { } other && other != session.Cabinet)
            {
                if (await DialCabinetAsync(other, phone, operation, call, ct))
                {
                    return true;
                }
            }
            else if (session.Ring(phone, operation, group?.Id) is { } leg)
            {
                var answers = call.AnsweredBy?.Invoke(phone) == true;
                if (!await RingOnAsync(answers ? call.Ring : RingTimeOf(leg), ct))
                {
                    return false;
                }

                if (answers)
                {
                    await TalkAsync(leg, call, ct);
                    return true;
                }

                session.EndLeg(leg, "operator_not_responsible");
            }

            if (session.IsFinished)
            {
                return false;
            }
        }

        return false;
    }

    private async Task<bool> DialAllAsync(IReadOnlyList<string> phones, SimOperation operation, SimGroup group, IncomingCall call, CancellationToken ct)
    {
        var legs = phones.Select(phone => session.Ring(phone, operation, group.Id)).OfType<CallLeg>().ToList();
        var answering = legs.Find(leg => call.AnsweredBy?.Invoke(leg.Phone!) == true);
        if (!await RingOnAsync(answering is null ? RingsInVain : call.Ring, ct))
        {
            return false;
        }

        if (answering is not null)
        {
            await TalkAsync(answering, call, ct);
            return true;
        }

        legs.ForEach(leg => session.EndLeg(leg, "operator_not_responsible"));
        return false;
    }

    /// <summary>The phone is another cabinet's virtual number: a second session of the same conversation begins there.</summary>
    private async Task<bool> DialCabinetAsync(SimCabinet other, string number, SimOperation operation, IncomingCall call, CancellationToken ct)
    {
        if (session.Ring(number, operation) is not { } leg)
        {
            return false;
        }

        var onward = other.StartIncoming(call with
        {
            From = operation.ShowServiceNumber ? session.Start.VirtualNumber : session.Start.Contact,
            To = number,
            StartedAt = session.Now,
            Digit = null,
            Tags = [],
        });
        var playing = new CallPlayer(onward, simulator).PlayAsync(call, ct);
        await Task.WhenAny(onward.Answered, playing);
        session.Advance(onward.Wait);
        if (onward.Answered.IsCompleted)
        {
            session.Connect(leg);
            session.StartTalk(session.ContactLeg!, leg, call.Recorded);
        }

        await playing;
        await onward.Completed.WaitAsync(ct);
        session.Add(onward.Snapshot());
        if (onward.IsLost)
        {
            session.EndLeg(leg, "operator_not_responsible");
            return false;
        }

        session.Advance(onward.TalkTime);
        session.Finish("subscriber_disconnects");
        return true;
    }

    private List<string> PhonesOf(SimGroup group) =>
    [
        .. group.EmployeeIds
            .Select(id => session.Cabinet.Employees.FirstOrDefault(employee => employee.Id == id))
            .OfType<SimEmployee>()
            .Select(employee => employee.PhoneNumbers.FirstOrDefault(employee.IsActive))
            .OfType<string>(),
        .. group.ExtraPhones,
    ];

    private static TimeSpan RingTimeOf(CallLeg leg) => leg.Employee is { } employee ? TimeSpan.FromSeconds(employee.DialTime) : RingsInVain;
}
