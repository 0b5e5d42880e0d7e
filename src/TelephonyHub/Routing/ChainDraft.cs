using TelephonyHub.Directory;
using TelephonyHub.Hosting;

namespace TelephonyHub.Routing;

/// <summary>A chain while it is made: each phone that is offered goes into it, or is left out with a reason.</summary>
internal sealed class ChainDraft(RoutingFacts facts)
{
    private readonly List<ChainEntry> _chain = [];
    private readonly List<(string Kind, Colleague Who, Reason Reason)> _onCall = [];

    public IReadOnlyList<ChainEntry> Chain => _chain;

    public List<LeftOut> LeftOut { get; } = [];

    public void Leave(string kind, string? phone, string? name, Reason reason) => LeftOut.Add(new LeftOut(kind, phone, name, reason));

    /// <summary>All his phones, unless something speaks against ringing him now.</summary>
    public void AddPerson(string kind, Colleague who, Reason reason)
    {
        if (PersonCheck.Against(who, facts) is { } against)
        {
            Leave(kind, null, who.Manager.Name, against);
        }
        else if (PersonCheck.OnCall(who) is not { } busy)
        {
            AddPhones(kind, who, reason);
        }
        else if (facts.Rules.OnCall == OnCallRule.Last)
        {
            _onCall.Add((kind, who, Reasons.Both(reason, busy)));
        }
        else
        {
            Leave(kind, who.Phones.FirstOrDefault(), who.Manager.Name, busy);
        }
    }

    public void AddPhones(string kind, Colleague who, Reason reason)
    {
        if (who.Phones.Count == 0)
        {
            Leave(kind, null, who.Manager.Name, Reasons.NoPhone);
        }

        foreach (var phone in who.Phones)
        {
            Offer(new ChainEntry(kind, phone, who.Manager.Name, who.Manager.ContactId, Reasons.WithStatus(reason, who.Presence)), who.VirtualPhones.Contains(phone));
        }
    }

    /// <summary>A group rings as a whole: nobody in it is left out for his status, but who is on a call stands behind the free ones.</summary>
    public void AddGroup(string kind, Desk desk, Reason reason)
    {
        var busy = desk.Group.Where(p => p.Who is { } who && PersonCheck.OnCall(who) is not null).ToList();
        foreach (var phone in desk.Group.Except(busy))
        {
            AddDesk(kind, desk, phone, reason);
        }

        foreach (var phone in busy)
        {
            AddDesk(kind, desk, phone, Reasons.Both(reason, PersonCheck.OnCall(phone.Who!)!));
        }
    }

    public void AddDesk(string kind, Desk desk, DeskPhone phone, Reason reason)
    {
        var entry = new ChainEntry(kind, phone.Phone, phone.Who?.Manager.Name, phone.Who?.Manager.ContactId, reason);
        if (phone.IsOff)
        {
            Leave(kind, phone.Phone, entry.Name, Reasons.SwitchedOff);
        }
        else if (desk.Cabinet.Key != facts.Question.Cabinet && PhoneNumber.TryParse(phone.Phone) is null)
        {
            Leave(kind, phone.Phone, entry.Name, Reasons.NotFromHere);
        }
        else
        {
            Offer(entry, phone.IsVirtual);
        }
    }

    public void AddThoseOnCall()
    {
        foreach (var (kind, who, reason) in _onCall)
        {
            AddPhones(kind, who, reason);
        }
    }

    private void Offer(ChainEntry entry, bool isVirtual)
    {
        if (Against(entry, isVirtual) is { } reason)
        {
            Leave(entry.Kind, entry.Phone, entry.Name, reason);
        }
        else
        {
            _chain.Add(entry);
        }
    }

    private Reason? Against(ChainEntry entry, bool isVirtual)
    {
        var (phone, caller) = (entry.Phone, facts.Question.Caller);
        var isCaller = caller is { } number ? PhoneNumber.TryParse(phone) == number : phone == facts.Question.CallerRaw?.Trim();

        // Where a branch of UIS rings the group, that branch was the group's turn.
        var branchTaken = entry.Kind is "group" or "substitute" && facts.Rules.GroupCode is { } code && facts.AlreadyTried.Contains(RouteDecision.CodeAsGiven(code));
        return branchTaken || facts.AlreadyTried.Contains(phone) ? Reasons.Tried
            : isVirtual && facts.IsSecondHop ? Reasons.Circle
            : isCaller ? Reasons.OwnCaller
            : facts.CallerPerson?.ContactId is { } self && entry.ContactId == self ? Reasons.CallerHimself
            : facts.Question.Dialled is { } dialled && PhoneNumber.TryParse(phone) == dialled ? Reasons.Itself
            : facts.AssumedBusy.Contains(phone) ? Reasons.AssumedBusy
            : _chain.Exists(e => e.Phone == phone) ? Reasons.Twice
            : null;
    }
}
