using TelephonyHub.Hosting;

namespace TelephonyHub.Routing;

/// <summary>
/// Facts → chain with reasons. Pure. Known client: the responsible manager's phones, his deputies, who talked with the client last, the region's group, duty. Unknown:
/// group, duty (contract, section 1; in words: docs/routing.md). Whatever the facts, the answer is a valid instruction.
/// </summary>
public static class RoutingPolicy
{
    public static RouteDecision Decide(RoutingFacts facts)
    {
        if (facts.Special is SpecialCaller.Blocked or SpecialCaller.TooMany)
        {
            return NotPutThrough(facts);
        }

        var draft = new ChainDraft(facts);
        AddPeople(draft, facts);
        AddGroup(draft, facts);
        AddDuty(draft, facts);
        return Answer(facts, draft.Chain, draft.LeftOut);
    }

    private static void AddPeople(ChainDraft draft, RoutingFacts facts)
    {
        if (facts.TransferTo is { } meant)
        {
            // Somebody chose him just now: nothing the hub knows of him counts against that.
            draft.AddPhones("transfer", meant, Reasons.Transferred);
        }

        if (facts.Responsible is { } responsible)
        {
            draft.AddPerson("responsible", responsible, Reasons.Responsible);
        }
        else
        {
            draft.Leave("responsible", null, null, Reasons.NoResponsible(facts));
        }

        foreach (var deputy in facts.Deputies)
        {
            draft.AddPerson("deputy", deputy, Reasons.Deputy);
        }

        if (facts.LastTalked is { } last && last.Manager.ContactId != facts.Responsible?.Manager.ContactId)
        {
            draft.AddPerson("lastTalked", last, Reasons.TalkedLast);
        }
    }

    private static void AddGroup(ChainDraft draft, RoutingFacts facts)
    {
        if (facts.RegionDesk is not { } desk)
        {
            draft.Leave("group", null, null, Reasons.RegionUnknown);
        }
        else if (desk.Hours.Open)
        {
            draft.AddGroup("group", desk, Reasons.Group(desk));
        }
        else
        {
            draft.Leave("group", null, null, Reasons.Closed(desk.Hours));
            foreach (var substitute in facts.Substitutes)
            {
                if (substitute.Hours.Open)
                {
                    draft.AddGroup("substitute", substitute, Reasons.Substitute(substitute, desk));
                }
                else
                {
                    draft.Leave("substitute", null, null, Reasons.Closed(substitute.Hours));
                }
            }
        }

        // Managers on a call, where they are not left out: behind all who are free, before the last resort.
        draft.AddThoseOnCall();
    }

    private static void AddDuty(ChainDraft draft, RoutingFacts facts)
    {
        var desk = facts.RegionDesk ?? facts.Own;
        if (!facts.Rules.DutyInChain)
        {
            draft.Leave("duty", null, null, Reasons.DutyExcluded);
        }
        else if (desk.Duty.Count == 0)
        {
            draft.Leave("duty", null, null, Reasons.NoDuty(desk));
        }

        // On duty is who must be reached: neither hours nor status count, only that the phone can ring at all.
        foreach (var phone in facts.Rules.DutyInChain ? desk.Duty : [])
        {
            draft.AddDesk("duty", desk, phone, Reasons.Duty(desk, phone.Who));
        }
    }

    private static RouteDecision Answer(RoutingFacts facts, IReadOnlyList<ChainEntry> chain, List<LeftOut> leftOut)
    {
        var code = GroupCode(facts, chain, out var before);
        var given = code is not null ? [] : Limited(facts, Step(facts, before), leftOut);
        var (empty, why) = given.Count > 0 ? (null, null) : code is { } group ? (group, Reasons.GroupCode(group)) : EmptyCode(facts);
        return Decision(facts) with
        {
            Chain = chain,
            LeftOut = leftOut,
            Phones = [.. given.Select(e => e.Phone)],
            ReturnedCode = empty,
            CodeReason = why,
            OperatorText = given.Count == 0 || !facts.Rules.OperatorText ? null : Reasons.OperatorText(facts),
        };
    }

    /// <summary>Where a branch of UIS serves the group better: whoever stands before the group is dialled, then the branch is taken, once.</summary>
    private static int? GroupCode(RoutingFacts facts, IReadOnlyList<ChainEntry> chain, out IReadOnlyList<ChainEntry> before)
    {
        before = chain;
        if (facts.Rules.GroupCode is not { } code || !chain.Any(IsGroup))
        {
            return null;
        }

        before = [.. chain.TakeWhile(e => !IsGroup(e))];
        return before.Count == 0 ? code : null;
    }

    private static bool IsGroup(ChainEntry entry) => entry.Kind is "group" or "substitute";

    /// <summary>Step: one person an answer; the next request of the session goes on with the rest.</summary>
    private static IReadOnlyList<ChainEntry> Step(RoutingFacts facts, IReadOnlyList<ChainEntry> chain) =>
        facts.Own.Cabinet.ChainMode == ChainMode.Step && chain.Count > 0 ? [.. chain.TakeWhile(e => IsSamePerson(e, chain[0]))] : chain;

    /// <summary>The longest list that is answered; whoever is on duty keeps his place at its end.</summary>
    private static IReadOnlyList<ChainEntry> Limited(RoutingFacts facts, IReadOnlyList<ChainEntry> chain, List<LeftOut> leftOut)
    {
        var most = facts.Rules.MaxPhones;
        if (chain.Count <= most)
        {
            return chain;
        }

        var duty = chain.Where(e => e.Kind == "duty").Take(most).ToList();
        var others = chain.Where(e => e.Kind != "duty").Take(most - duty.Count).ToList();
        leftOut.AddRange(chain.Except(duty).Except(others).Select(e => new LeftOut(e.Kind, e.Phone, e.Name, Reasons.TooLong(most))));
        return [.. others, .. duty];
    }

    private static (int? Code, Reason? Why) EmptyCode(RoutingFacts facts)
    {
        var desk = facts.RegionDesk ?? facts.Own;
        return !desk.Hours.Open && facts.Own.Cabinet.NightCode is { } night
            ? (night, Reasons.NightCode(desk.Hours))
            : (facts.Own.Cabinet.FallbackCode, Reasons.NobodyLeft);
    }

    private static RouteDecision NotPutThrough(RoutingFacts facts)
    {
        var (code, why) = facts.Special == SpecialCaller.Blocked
            ? (facts.Rules.BlockedCode, Reasons.Blocked)
            : (facts.Rules.TooManyCode, Reasons.TooMany(facts.Rules.IdenticalCallsPerMinute));
        return Decision(facts) with { LeftOut = [new LeftOut("caller", null, null, why)], ReturnedCode = code ?? facts.Own.Cabinet.FallbackCode, CodeReason = why };
    }

    private static RouteDecision Decision(RoutingFacts facts) => new()
    {
        Chain = [],
        LeftOut = [],
        Region = facts.Region,
        RegionReason = Reasons.Region(facts),
        Client = facts.Client.Client,
        ClientPhone = facts.ClientPhone,
        HandedOverBy = facts.Handover?.From,
        Phones = [],
        At = facts.At,
        PlanVersion = facts.PlanVersion,
    };

    private static bool IsSamePerson(ChainEntry a, ChainEntry b) =>
        a.Kind == b.Kind && (a.ContactId is null || b.ContactId is null ? ReferenceEquals(a, b) : a.ContactId == b.ContactId);
}
