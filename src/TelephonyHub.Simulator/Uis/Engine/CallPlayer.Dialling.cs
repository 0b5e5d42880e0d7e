namespace TelephonyHub.Simulator.Uis.Engine;

/// <summary>Rings phones for a scenario: one after another, all at once, or through another cabinet.</summary>
internal sealed partial class CallPlayer
{
    /// <summary>Dials in list order, or all at once; true = a talk took place and the scenario is over.</summary>
    private async Task<bool> DialAsync(IReadOnlyList<string> phones, SimOperation operation, SimGroup? group, IncomingCall call, CancellationToken ct)
    {
        if (group?.Simultaneous == true)
        {
            return await DialAllAsync(phones, operation, group, call, ct);
        }

        foreach (var phone in phones)
        {
            if (session.Ring(phone, operation, group?.Id) is { } leg && await WaitForAsync(leg, call, ct))
            {
                return true;
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
        var local = legs.FindAll(leg => leg.Onward is null);
        var answering = local.Find(leg => call.AnsweredBy?.Invoke(leg.Phone!) == true);
        if (local.Count > 0 && !await RingOnAsync(answering is null ? RingsInVain : call.Ring, ct))
        {
            return false;
        }

        if (answering is not null)
        {
            // The sessions that rang along in other cabinets end with their legs.
            return await TalkAsync(answering, call, ct);
        }

        local.ForEach(leg => session.EndLeg(leg, "operator_not_responsible"));
        foreach (var leg in legs.Where(leg => leg.Onward is not null))
        {
            if (await WaitForOnwardAsync(leg, call, ct))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> WaitForAsync(CallLeg leg, IncomingCall call, CancellationToken ct)
    {
        if (leg.Onward is not null)
        {
            return await WaitForOnwardAsync(leg, call, ct);
        }

        var answers = call.AnsweredBy?.Invoke(leg.Phone!) == true;
        if (!await RingOnAsync(answers ? call.Ring : RingTimeOf(leg), ct))
        {
            return false;
        }

        if (answers)
        {
            return await TalkAsync(leg, call, ct);
        }

        session.EndLeg(leg, "operator_not_responsible");
        return false;
    }

    /// <summary>The phone is another cabinet's virtual number: the second session of the conversation is played there and ends this one, too.</summary>
    private async Task<bool> WaitForOnwardAsync(CallLeg leg, IncomingCall call, CancellationToken ct)
    {
        var onward = leg.Onward!;
        if (session.ContactLeg is null)
        {
            // A scenario call with the employee first: the contact is rung once somebody has picked up over there.
            await PlayOpenAsync(onward, call.AnsweredBy is not null, call.Ring, ct);
            return leg is { IsOpen: true, ConnectedAt: not null } && await TalkAsync(leg, call, ct);
        }

        await new CallPlayer(onward, simulator).PlayAsync(call with { GivesUpAfter = _patience, Tags = [] }, ct);
        await onward.Completed.WaitAsync(ct);
        if (onward.IsLost)
        {
            _patience -= onward.Total;
            return false;
        }

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

    private List<string>? PhonesOfManager() =>
        session.Start.Contact is { } phone
        && session.Cabinet.Book.Find(phone)?.PersonalManagerId is { } id
        && session.Cabinet.Employees.FirstOrDefault(employee => employee.Id == id) is { } manager
            ? [.. manager.PhoneNumbers.Where(manager.IsActive)]
            : null;

    private static TimeSpan RingTimeOf(CallLeg leg) => leg.Employee is { } employee ? TimeSpan.FromSeconds(employee.DialTime) : RingsInVain;
}
